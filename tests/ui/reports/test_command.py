# SPDX-License-Identifier: MIT
"""The command ``report`` as it is typed: files by their endings, one line where it cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

import main
from models.case import save_case
from models.example import add_example
from models.filters import save_filter
from models.logbook import Logbook
from models.query import parse
from models.schema import AuditEntry, PatientIdentity
from tests.builders import a_case, store_names
from tests.fresh import new_logbook

ROOT = Path(__file__).parents[3]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(qapp: QApplication, logbook: Logbook, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``report`` on the logbook; gives exit code, output and errors."""

    def work(*arguments: object) -> tuple[int, str, str]:
        typed = ["--logbook", str(logbook.folder), "report", *map(str, arguments)]
        try:
            code = main.main(typed)
        except SystemExit as end:
            code = int(str(end.code))
        said = capsys.readouterr()
        return code, said.out, said.err

    return work


def noted(logbook: Logbook) -> list[str]:
    query = AuditEntry.select(AuditEntry.reason).where(AuditEntry.action == "print")
    return [reason for (reason,) in query.tuples().execute(logbook.database)]


def test_a_report_is_written_without_a_screen(tmp_path: Path) -> None:
    logbook = new_logbook(tmp_path / "Example.kypholog")
    add_example(logbook)
    logbook.close()
    target = tmp_path / "series.pdf"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DISPLAY"))
    }
    done = subprocess.run(
        [
            *(sys.executable, "main.py", "report", "case-series", "--out", str(target)),
            *("--logbook", str(logbook.folder)),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Wrote case series of 2 cases to {target}.\n"
    assert "Jones2009-II" in " ".join(page.extract_text() for page in PdfReader(target).pages)


@pytest.mark.parametrize("ending", ["pdf", "odt", "html", "PDF"])
def test_the_ending_decides_what_it_becomes(
    run: Run, logbook: Logbook, tmp_path: Path, ending: str
) -> None:
    save_case(logbook, a_case())
    target = tmp_path / f"summary.{ending}"
    code, out, err = run("case-summary", "--case", "P-1", "--out", target)
    assert (code, err) == (0, "")
    assert out == f"Wrote case summary of 1 case to {target}.\n"
    starts = {"pdf": b"%PDF", "odt": b"PK", "html": b"<!DOC"}
    assert target.read_bytes().startswith(starts[ending.lower()])
    assert noted(logbook) == [f"Case summary, {ending.upper()} file. Rows: 1."]


def test_a_saved_filter_and_the_paper_can_be_named(
    run: Run, logbook: Logbook, tmp_path: Path
) -> None:
    save_case(logbook, a_case("P-1"))
    save_case(logbook, a_case("P-2", operator="Dr B."))
    save_filter(logbook, "Mine", parse("operator:B."))
    target = tmp_path / "mine.pdf"
    code, out, _ = run("case-series", "--filter", "@mine", "--paper", "letter", "--out", target)
    assert code == 0
    assert "1 case" in out
    assert round(PdfReader(target).pages[0].mediabox.width) == 792


def test_a_name_is_written_only_with_its_option(run: Run, logbook: Logbook, tmp_path: Path) -> None:
    store_names(logbook)
    case = a_case()
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Erika Musterfrau")
    save_case(logbook, case)
    target = tmp_path / "summary.html"
    run("case-summary", "--case", "P-1", "--out", target)
    assert "Erika" not in target.read_text(encoding="utf-8")
    run("case-summary", "--case", "P-1", "--with-name", "--out", target)
    assert "Erika Musterfrau" in target.read_text(encoding="utf-8")
    assert noted(logbook)[-1].startswith("Case summary with a name, HTML file.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("case-series", "--out", "{folder}/series.txt"), "Let it end in .pdf, .odt or .html."),
        (("case-series", "--out", "{folder}/nowhere/series.pdf"), "the folder does not exist"),
        (("case-series", "--out", "{folder}"), "does not say what kind of file"),
        (("case-series", "--filter", "level:X9", "--out", "{folder}/a.pdf"), "X9"),
        (("case-summary", "--case", "P-9", "--out", "{folder}/a.pdf"), "no case of a patient P-9"),
        (("case-summary", "--out", "{folder}/a.pdf"), "--case"),
        (("operator", "--operator", "Nobody", "--out", "{folder}/a.pdf"), "Known are: Dr A."),
        (("year", "--year", "26", "--out", "{folder}/a.pdf"), "26 is no year"),
        (("year", "--year", "soon", "--out", "{folder}/a.pdf"), "soon"),
        (("poem", "--out", "{folder}/a.pdf"), "poem"),
        ((), "REPORT"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    run: Run, logbook: Logbook, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    save_case(logbook, a_case())
    before = sorted(path.name for path in tmp_path.rglob("*"))
    code, out, err = run(*(argument.format(folder=tmp_path) for argument in arguments))
    assert (code, out) == (2, "")
    assert err.startswith("kypholog: ")
    assert err.count("\n") == 1
    assert words in err
    left = sorted(path.name for path in tmp_path.rglob("*") if "-wal" not in path.name)
    assert [name for name in left if name not in before and "-shm" not in name] == []
    assert noted(logbook) == []


def test_the_logbook_itself_is_not_overwritten(run: Run, logbook: Logbook) -> None:
    save_case(logbook, a_case())
    target = logbook.folder / "logbook.db.pdf"
    code, _, err = run("case-series", "--out", target)
    assert code == 2
    assert "is the logbook itself" in err
