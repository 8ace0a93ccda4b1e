# SPDX-License-Identifier: MIT
"""The options of ``export`` and ``codebook`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import commands
from models.case import save_case
from models.exchange import options
from models.exchange.column_sets import save_set
from models.exchange.deidentify import Dates, Kind
from models.exchange.dialects import DECIMAL_SIGNS
from models.exchange.dialects import DELIMITERS as SIGNS
from models.exchange.profiles import FORMS, Profile
from models.exchange.shapes import Shape
from models.images import store
from models.images.reading import read
from models.logbook import Logbook
from tests.builders import a_case
from tests.fresh import named
from tests.models.any_case import IMAGE


def test_the_words_are_those_of_the_models() -> None:
    assert tuple(FORMS) == options.PROFILES
    assert set(options.PROFILES) == set(Profile)
    assert tuple(Shape) == options.SHAPES
    assert tuple(Kind) == options.KINDS
    assert tuple(Dates) == options.DATES
    assert tuple(SIGNS) == options.DELIMITERS
    assert tuple(DECIMAL_SIGNS) == options.DECIMALS


@pytest.fixture
def place(logbook: Logbook) -> str:
    save_case(logbook, a_case("P-1", age=95))
    return named(logbook)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = commands.run([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_package_without_persons_says_what_it_is_and_warns(
    capsys: pytest.CaptureFixture[str], place: str, tmp_path: Path
) -> None:
    target = tmp_path / "out.zip"
    wanted = ("--profile", "package", "--deidentify", "safe-harbor", "--dates", "days")
    code, out, _ = run(capsys, "--logbook", place, "export", "--out", target, *wanted)
    assert code == 0
    assert out.startswith("Wrote ")
    assert "Safe Harbor" in out
    assert "1 of the patients is among fewer than 5" in out


def test_what_is_left_out_of_an_identified_export_is_said(
    capsys: pytest.CaptureFixture[str], logbook: Logbook, place: str, tmp_path: Path
) -> None:
    case = a_case("P-2")
    case.add_image(store.put(logbook, read("a.png", IMAGE)))
    save_case(logbook, case)
    for profile, said in (("fhir", "Left out: 1 image."), ("package", "It holds 1 image")):
        target = tmp_path / f"out.{'json' if profile == 'fhir' else 'zip'}"
        wanted = ("--out", target, "--profile", profile)
        code, out, _ = run(capsys, "--logbook", place, "export", *wanted)
        assert code == 0
        assert said in out


def test_a_preview_says_what_would_be_left_out_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], place: str, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    wanted = ("--deidentify", "limited", "--preview")
    code, out, err = run(capsys, "--logbook", place, "export", "--out", target, *wanted)
    assert (code, err) == (0, "")
    assert "1 case as one row a treated level" in out
    assert out.endswith("Nothing was written.\n")
    assert not target.exists()


def test_columns_by_the_name_of_a_set_or_by_headings(
    capsys: pytest.CaptureFixture[str], logbook: Logbook, place: str, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    save_set(logbook, "Study A", ["level", "sex"])
    for name in ("study a", "level,sex"):
        code, out, _ = run(capsys, "--logbook", place, "export", "--out", target, "--columns", name)
        assert code == 0
        assert "everything" not in out
        assert "patient data" in out
        assert target.read_text().splitlines()[0] == "sex,level"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (["--columns", "Study B"], "no set of columns"),
        (["--columns", "level,colour"], "no column colour"),
        (["--shape", "tables"], ".zip"),
        (["--profile", "fhir", "--shape", "flat"], "no shape flat"),
        (["--profile", "redcap", "--columns", "level"], "has all columns"),
        (["--decimal", "comma"], "profile excel alone"),
        (["--profile", "excel", "--decimal", "comma"], "delimiter as well"),
        (["--deidentify", "limited", "--dates", "year"], "cannot be treated"),
        (["--deidentify", "limited", "--key", "beside"], "beside the file"),
    ],
)
def test_what_cannot_be_is_one_line_and_no_file(
    capsys: pytest.CaptureFixture[str],
    place: str,
    tmp_path: Path,
    wanted: list[str],
    said: str,
) -> None:
    shape_of_zip = "redcap" in wanted
    target = tmp_path / ("out.zip" if shape_of_zip else "out.csv")
    given = [str(tmp_path / "key.csv") if word == "beside" else word for word in wanted]
    if shape_of_zip:
        given = [*given[:2], "--shape", "tables", *given[2:]]
        given[-1] = "case_id"
    code, out, err = run(capsys, "--logbook", place, "export", "--out", target, *given)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert not target.exists()


def test_the_codebook_needs_no_logbook(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "codebook.html"
    code, out, _ = run(capsys, "codebook", "--out", target, "--shape", "tables")
    assert code == 0
    assert out.startswith("Wrote 2")
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
