# SPDX-License-Identifier: MIT
"""Who signed a case off when goes out with it, and a file that comes in locks nothing unsaid."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from models import commands
from models.case import load_case, save_case
from models.exchange.deidentify import Kind, Rules
from models.exchange.orders import Order, export
from models.exchange.preview import preview
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.logbook import Logbook
from models.signing_off import sign_off
from models.vocabulary import Level
from tests.builders import a_case

NAME = 'Dr "Ann", Smith'
HEADINGS = ("case_id", "signed_at", "signed_by")


@pytest.fixture
def signed(tmp_path: Path) -> tuple[Logbook, str]:
    """A logbook of two cases, of which one was signed off by somebody whose name is quoted."""
    logbook = Logbook.create(tmp_path / "Ward.kypholog", user=NAME)
    case = a_case("P-1", Level.T12, Level.L1)
    save_case(logbook, case)
    save_case(logbook, a_case("P-2"))
    sign_off(logbook, [case.id])
    return logbook, case.id


def in_csv(text: str) -> set[tuple[str, ...]]:
    """What the rows of signed cases say of it."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {told for row in rows if (told := tuple(row[name] for name in HEADINGS))[1]}


@pytest.mark.parametrize("shape", [Shape.FLAT, Shape.CASE])
def test_a_table_says_who_signed_off_when(
    signed: tuple[Logbook, str], tmp_path: Path, shape: Shape
) -> None:
    logbook, case_id = signed
    target = tmp_path / "cases.csv"
    done = export(logbook, target, Order(shape=shape))
    assert done.rows == (3 if shape is Shape.FLAT else 2)
    at = str(load_case(logbook, case_id).procedure.signed_at)
    assert in_csv(target.read_text(encoding="utf-8")) == {(case_id, at, NAME)}
    assert "Signed off: 1." in preview(logbook, Order(shape=shape)).told


def test_a_package_says_it_too(signed: tuple[Logbook, str], tmp_path: Path) -> None:
    logbook, case_id = signed
    target = tmp_path / "cases.zip"
    export(logbook, target, Order(Profile.PACKAGE, Shape.TABLES))
    with zipfile.ZipFile(target) as archive:
        told = in_csv(archive.read("procedures.csv").decode())
    assert told == {(case_id, str(load_case(logbook, case_id).procedure.signed_at), NAME)}


@pytest.mark.parametrize("kind", [Kind.LIMITED, Kind.SAFE_HARBOR])
def test_what_is_handed_on_names_nobody_who_signed(
    signed: tuple[Logbook, str], tmp_path: Path, kind: Kind
) -> None:
    logbook, _ = signed
    order = Order(rules=Rules.of(kind))
    export(logbook, tmp_path / "cases.csv", order)
    heading = (tmp_path / "cases.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "signed" not in heading
    assert "Signed off" not in preview(logbook, order).told


@pytest.mark.parametrize("profile", [Profile.MACHINE, Profile.PACKAGE, Profile.REDCAP])
def test_a_case_that_comes_in_is_open_and_that_is_said(
    signed: tuple[Logbook, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    profile: Profile,
) -> None:
    logbook, case_id = signed
    shape = Shape.FLAT if profile is Profile.MACHINE else Shape.TABLES
    file = tmp_path / ("cases.csv" if shape is Shape.FLAT else "cases.zip")
    export(logbook, file, Order(profile, shape))
    if profile is Profile.REDCAP:
        with zipfile.ZipFile(file) as archive:
            file = Path(archive.extract("data.csv", tmp_path))
    other = Logbook.create(tmp_path / "Office.kypholog", user="ben")
    typed = ["--logbook", str(other.folder), "import", str(file), "--no-backup"]
    assert commands.run([*typed, "--dry-run", "--json"]) == commands.DONE
    assert json.loads(capsys.readouterr().out)["signed_off_there"] == 1
    assert commands.run(typed) == commands.DONE
    assert "Signed off where the file was written: 1 new case." in capsys.readouterr().out
    assert load_case(other, case_id).procedure.signed_at is None
    assert commands.run(typed) == commands.DONE
    told = capsys.readouterr().out
    assert "2 same" in told
    assert "Signed off" not in told


def test_the_same_file_again_leaves_the_lock(
    signed: tuple[Logbook, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logbook, case_id = signed
    export(logbook, tmp_path / "cases.csv", Order())
    typed = ["--logbook", str(logbook.folder), "import", str(tmp_path / "cases.csv")]
    assert commands.run(typed) == commands.DONE
    told = capsys.readouterr().out
    assert "2 same" in told
    assert "Signed off" not in told
    assert load_case(logbook, case_id).procedure.signed_by == NAME
