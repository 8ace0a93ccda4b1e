# SPDX-License-Identifier: MIT
"""The command ``safety``: JSON, text, and words that it does not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from models import commands

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "Clinic.kypholog"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line; gives exit code, output and errors."""

    def work(*arguments: object) -> tuple[int, str, str]:
        try:
            code = commands.run([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(str(end.code))
        said = capsys.readouterr()
        return code, said.out, said.err

    return work


def test_safety_is_one_json_document(run: Run, place: Path) -> None:
    run("--logbook", place, "example")
    code, out, err = run("--logbook", place, "safety", "--json", "--form", "sprt", "--p1", "0.1")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert document["n_cases"] == 2
    assert (document["cusum"]["form"], document["cusum"]["p1"]) == ("sprt", 0.1)
    assert set(document["leakage"]) >= {"per_level", "per_patient", "by_location", "by_detection"}


def test_safety_in_words_is_of_the_cases_that_are_asked_for(run: Run, place: Path) -> None:
    run("--logbook", place, "sample", "--cases", 60, "--seed", 2)
    code, out, _ = run("--logbook", place, "safety", "--filter", "leak:yes")
    assert code == 0
    assert "Cases: " in out
    assert "95 % CI" in out
    assert "CUSUM" in out


@pytest.mark.parametrize(
    ("wrong", "known"),
    [
        (("--form", "cumsum"), "lc_cusum"),
        (("--failure", "any"), "canal_leak"),
        (("--operator", "Nobody"), "no operator"),
        (("--p0", "2"), "between 0 and 1"),
        (("--p0", "much"), "invalid float"),
        (("--filter", "leek:yes"), "leek"),
    ],
)
def test_a_word_that_safety_does_not_know_is_told(
    run: Run, place: Path, wrong: tuple[str, str], known: str
) -> None:
    run("--logbook", place, "example")
    code, out, err = run("--logbook", place, "safety", "--json", *wrong)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert known in err
