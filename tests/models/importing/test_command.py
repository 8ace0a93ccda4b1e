# SPDX-License-Identifier: MIT
"""The command ``import``: what it prints, writes, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from models import commands
from models.logbook import Logbook
from models.sample import fill
from models.schema import CaseRow, Procedure
from tests.fresh import named
from tests.models.importing.conftest import WriteFile

GOOD = "patient code;date;level;cement ml;VAS pre\nA;14.3.2026;D12;4,5;8\nB;15.3.2026;L1;5;7\n"
BAD = GOOD + "C;16.3.2026;X9;5;7\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], logbook: Logbook) -> Run:
    def work(*arguments: object) -> tuple[int, str, str]:
        words = [str(argument) for argument in arguments]
        code = commands.run(["--logbook", named(logbook), "import", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return work


def saved(logbook: Logbook) -> int:
    return int(CaseRow.select().count(logbook.database))


def test_a_dry_run_tells_and_writes_nothing(run: Run, logbook: Logbook, file: WriteFile) -> None:
    code, out, err = run(file(GOOD), "--dry-run")
    assert (code, err, saved(logbook)) == (0, "", 0)
    assert out.splitlines() == [
        "clinic.csv: UTF-8, separated by semicolon; 2 rows.",
        "Cases: 2 new.",
        "cement ml: decimal comma.",
        "Pain is read as VAS 0–10: VAS pre.",
        "Nothing was written; 2 cases would be.",
    ]


def test_scores_at_no_time_point_of_a_case_are_told(run: Run, file: WriteFile) -> None:
    _, out, _ = run(file("patient code;date;VAS 6 Wochen\nA;14.3.2026;4\n"), "--dry-run")
    assert (
        "Columns that are not read: VAS 6 Wochen.\n"
        "VAS 6 Wochen: a case has no such time point. Choose the one that the scores stand for"
    ) in out


def test_what_can_be_taken_is_and_the_rest_is_told(
    run: Run, logbook: Logbook, file: WriteFile, tmp_path: Path
) -> None:
    refused = tmp_path / "refused.csv"
    code, out, _ = run(file(BAD), "--refused", refused)
    assert (code, saved(logbook)) == (1, 2)
    assert "Not known, column level: X9 (1 time)." in out
    assert "Row 4, column level: Level does not know X9." in out
    assert out.endswith("Wrote 2 cases.\n")
    assert refused.read_text().splitlines()[1].startswith("C,16.3.2026,X9")
    code, out, _ = run(file(GOOD))
    assert code == 0
    assert "Cases: 2 same." in out


def test_without_a_patient_code_it_is_told_that_the_cases_would_come_again(
    run: Run, file: WriteFile
) -> None:
    _, out, _ = run(file("MRN;date;level\nA;14.3.2026;T12\n"), "--dry-run")
    assert "No column tells the patient code: importing the file again would make" in out
    assert "every row is a case" not in out
    _, out, _ = run(file("Name;date;level\nErna M.;14.3.2026;T12\n"), "--dry-run")
    assert "No column tells the patient or the case: every row is a case." in out


def test_the_command_can_answer_what_is_asked_of_dates_and_numbers(
    run: Run, logbook: Logbook, file: WriteFile
) -> None:
    asked = file("code;date;level;air kerma\nA;3/4/2026;T12;1,234\n")
    code, out, _ = run(asked)
    assert (code, saved(logbook)) == (1, 0)
    assert "Answer by --dates day-first or month-first, or by --decimal point or comma." in out
    code, out, _ = run(asked, "--dates", "month-first", "--decimal", "point")
    assert (code, saved(logbook)) == (0, 1)
    columns = Procedure.select(Procedure.performed_on, Procedure.air_kerma_mgy)
    ((day, air_kerma),) = columns.tuples().execute(logbook.database)
    assert (str(day), air_kerma) == ("2026-03-04", 1234)


def test_everything_is_told_as_json(run: Run, file: WriteFile) -> None:
    code, out, _ = run(file(BAD), "--json", "--dry-run")
    said = json.loads(out)
    assert code == 1
    assert said["cases"] == {"new": 2, "changed": 0, "same": 0, "conflicting": 0, "refused": 1}
    assert said["saved"] == 0
    assert said["columns"]["VAS pre"] == {
        "target": "pain.baseline",
        "how": "pain",
        "scale": "vas_0_10",
    }
    problem = said["lines"][2]["problems"][0]
    assert (problem["row"], problem["column"], problem["cell"]) == (4, "level", "X9")


def test_a_mapping_is_saved_changed_and_used(
    run: Run, logbook: Logbook, file: WriteFile, tmp_path: Path
) -> None:
    mapping = tmp_path / "ours.json"
    run(file(BAD), "--dry-run", "--save-mapping", mapping)
    said = json.loads(mapping.read_text())
    said["terms"] = {"treated_level.level": {"X9": "T9"}}
    mapping.write_text(json.dumps(said))
    code, _, _ = run(file(BAD), "--mapping", mapping)
    assert (code, saved(logbook)) == (0, 3)


@pytest.mark.parametrize(
    ("content", "more", "told"),
    [
        ("a,A\n1,2\n", [], "the columns 1 and 2 are both called A"),
        (b"PK\x03\x04", [], "clinic.csv is damaged"),
        (GOOD, ["--encoding", "klingon"], "The encoding klingon is not known"),
        (GOOD, ["--mapping", "none.json"], "none.json cannot be read"),
        (GOOD, ["--delimiter", "x"], "'x' parts no cells"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_leaves_the_logbook(
    run: Run, logbook: Logbook, file: WriteFile, content: str | bytes, more: list[str], told: str
) -> None:
    code, out, err = run(file(content), *more)
    assert (code, out, saved(logbook)) == (2, "", 0)
    assert told in err
    assert err.count("\n") == 1


def test_the_delimiter_can_be_named(run: Run, file: WriteFile) -> None:
    assert "separated by tab" in run(file("id\tlevel\nA\tT12\n"), "--delimiter", "tab")[1]


def test_a_sheet_is_named_and_kept_with_the_mapping(
    run: Run, logbook: Logbook, tmp_path: Path
) -> None:
    file, mapping = tmp_path / "clinic.xlsx", tmp_path / "ours.json"
    with xlsxwriter.Workbook(file) as workbook:
        for name, patient in (("2025", "A"), ("2026", "B")):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["patient code", "date", "level"])
            sheet.write_row(1, 0, [patient, "2026-01-10", "T12"])
    code, out, _ = run(file, "--sheet", "2026", "--dry-run", "--save-mapping", mapping)
    assert code == 0
    assert out.startswith("clinic.xlsx, 2026: workbook, sheet 2026; 1 row.\nCases: 1 new.\n")
    assert "Sheets of the workbook: 2025, 2026." in out
    said = json.loads(run(file, "--mapping", mapping, "--json")[1])
    assert (said["file"], said["sheets"]) == ("clinic.xlsx, 2026", ["2025", "2026"])
    assert [line["patient_code"] for line in said["lines"]] == ["B"]
    code, _, err = run(file, "--sheet", "2027")
    assert (code, saved(logbook)) == (2, 1)
    assert "clinic.xlsx has no sheet 2027. It has: 2025, 2026" in err


def test_a_workbook_that_was_exported_comes_back_as_it_was(
    run: Run, logbook: Logbook, tmp_path: Path
) -> None:
    fill(logbook, 12, seed=5)
    target = tmp_path / "export.xlsx"
    words = ["export", "--profile", "xlsx", "--out", str(target)]
    assert commands.run(["--logbook", named(logbook), *words]) == 0
    code, out, _ = run(target)
    assert code == 0
    assert "Cases: 12 same." in out
