# SPDX-License-Identifier: MIT
"""The command ``verify``: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.logbook import Logbook
from tests.models.command_line import Run, command_line


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return command_line(capsys)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "Clinic.kypholog"


def test_verify_says_that_all_is_well(run: Run, place: Path) -> None:
    run("--logbook", place, "example")
    assert run("--logbook", place, "verify") == (0, f"{place} is as Kypholog wrote it.\n", "")
    code, out, _ = run("--logbook", place, "verify", "--json")
    assert code == 0
    assert json.loads(out) == {"logbook": str(place), "ok": True, "findings": []}


def test_verify_lists_what_is_wrong_and_ends_with_one(run: Run, place: Path) -> None:
    run("--logbook", place, "example")
    made = Logbook.open(place)
    made.database.execute_sql("UPDATE treated_level SET cement_ml = 5")
    made.close()
    code, out, err = run("--logbook", place, "verify")
    assert (code, err) == (1, "")
    assert len(out.splitlines()) == 2
    assert "Jones2009-I" in out
    code, out, _ = run("--logbook", place, "verify", "--json")
    assert code == 1
    assert len(json.loads(out)["findings"]) == 2


def test_verify_of_a_file_too_damaged_to_open_is_a_finding(run: Run, place: Path) -> None:
    run("--logbook", place, "example")
    file = place / "logbook.db"
    file.write_bytes(file.read_bytes()[:5000])
    code, out, err = run("--logbook", place, "verify")
    assert (code, err) == (1, "")
    assert "damaged" in out
    assert len(out.splitlines()) == 1
