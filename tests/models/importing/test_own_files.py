# SPDX-License-Identifier: MIT
"""What this program exported comes in again, or is refused in one sentence that says what to do."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import commands
from models.arguments import CANNOT_DO
from models.bulk import save_many
from models.case import load_case
from models.caselist import counts
from models.importing.columns import propose
from models.importing.lines import Verdict
from models.importing.opening import Source, open_table
from models.importing.preview import preview
from models.importing.recognizing import UnreadableTable
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import Procedure
from tests.builders import a_case
from tests.fresh import NewLogbook, named
from tests.models.any_case import VARIANTS, whole_case
from tests.models.importing.test_round_trip import held


@pytest.fixture(scope="module")
def source(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    source = lasting_logbook(tmp_path_factory.mktemp("from") / "Whole.kypholog")
    save_many(source, [whole_case(number) for number in range(VARIANTS)])
    yield source
    source.close()


def exported(source: Logbook, target: Path, *options: str) -> Path:
    words = ["--logbook", named(source), "export", "--out", str(target), *options]
    assert commands.run(words) == 0
    return target


@pytest.mark.parametrize("profile", ["machine", "excel", "xlsx"])
def test_one_row_a_case_comes_back(
    source: Logbook, logbook: Logbook, tmp_path: Path, profile: str
) -> None:
    name = "cases.xlsx" if profile == "xlsx" else "cases.csv"
    file = exported(source, tmp_path / name, "--profile", profile, "--shape", "case")
    assert commands.run(["--logbook", named(logbook), "import", str(file)]) == 0
    ids = [row[0] for row in Procedure.select(Procedure.id).tuples().execute(source.database)]
    assert len(ids) == VARIANTS
    for case_id in ids:
        assert held(load_case(logbook, case_id)) == held(load_case(source, case_id))


def test_refused_rows_of_one_row_a_case_are_told_by_the_row_of_the_file(
    source: Logbook, logbook: Logbook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(source, tmp_path / "cases.csv", "--shape", "case")
    with file.open(newline="") as opened:
        rows = list(csv.reader(opened))
    rows[2][rows[0].index("level1_level")] = "T99"
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows(rows)
    capsys.readouterr()
    assert commands.run(["--logbook", named(logbook), "import", str(file)]) == 1
    out = capsys.readouterr().out
    assert "Row 3, column level1_level: Level does not know T99." in out


@pytest.mark.parametrize("shape", ["flat", "case"])
@pytest.mark.parametrize("dates", ["year", "days"])
def test_a_table_without_dates_never_comes_in(
    source: Logbook, tmp_path: Path, shape: str, dates: str
) -> None:
    how = ("--shape", shape, "--deidentify", "safe-harbor", "--dates", dates)
    file = exported(source, tmp_path / "open.csv", *how)
    with pytest.raises(UnreadableTable, match=r"open\.csv is de-identified .* dates are gone"):
        open_table(Source(file))


@pytest.mark.parametrize("shape", ["flat", "case"])
@pytest.mark.parametrize("profile", ["machine", "excel"])
def test_a_table_with_shifted_dates_says_so_and_never_comes_in(
    source: Logbook, tmp_path: Path, shape: str, profile: str
) -> None:
    how = ("--shape", shape, "--deidentify", "limited", "--dates", "shift", "--profile", profile)
    file = exported(source, tmp_path / "open.csv", *how)
    heading = file.read_text(encoding="utf-8-sig").splitlines()[0].replace('"', "").split(",")
    assert "performed_on_shifted" in heading
    assert "performed_on" not in heading
    with pytest.raises(UnreadableTable, match=r"open\.csv is de-identified .* dates are shifted"):
        open_table(Source(file))


@pytest.mark.parametrize("shape", ["flat", "case"])
@pytest.mark.parametrize(
    ("profile", "name"), [("machine", "l.csv"), ("excel", "l.csv"), ("xlsx", "l.xlsx")]
)
def test_a_limited_table_with_its_dates_says_what_it_is(
    source: Logbook, logbook: Logbook, tmp_path: Path, shape: str, profile: str, name: str
) -> None:
    how = ("--shape", shape, "--deidentify", "limited", "--profile", profile)
    table = open_table(Source(exported(source, tmp_path / name, *how)))
    assert table.written.endswith("its patients come in as new ones")
    mapping = propose(table)
    assert mapping.exact
    done = write(logbook, preview(logbook, table, mapping))
    assert done.new == preview(source, table, mapping).counts[Verdict.NEW] > 0


def test_a_limited_data_set_of_our_own_doubles_nobody_unsaid(
    logbook: Logbook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_many(logbook, [a_case("P-1"), a_case("P-2")])
    file = exported(logbook, tmp_path / "limited.csv", "--deidentify", "limited")
    typed = ["--logbook", named(logbook), "import", str(file), "--no-backup"]
    capsys.readouterr()
    assert commands.run([*typed, "--dry-run"]) == commands.DONE
    assert "To write them, say --new-patients." in capsys.readouterr().out
    assert commands.run(typed) == CANNOT_DO
    assert "limited.csv is a limited data set" in capsys.readouterr().err
    assert counts(logbook).cases == 2
    assert commands.run([*typed, "--new-patients"]) == commands.DONE
    assert counts(logbook).cases == 4
    # The same file again makes nobody new, and so asks for nothing.
    assert commands.run(typed) == commands.DONE
    assert counts(logbook).cases == 4


def test_any_columns_of_a_de_identified_table_keep_its_mark(
    source: Logbook, tmp_path: Path
) -> None:
    how = ("--deidentify", "safe-harbor", "--columns", "level,cement_ml")
    file = exported(source, tmp_path / "open.csv", *how)
    heading, row, *_ = file.read_text().splitlines()
    assert (heading, row.split(",")[2]) == (
        "level,cement_ml,kypholog_export",
        "1 safe-harbor year",
    )
    with pytest.raises(UnreadableTable, match="its dates are gone"):
        open_table(Source(file))


def test_rows_of_two_kinds_of_export_never_come_in_together(
    source: Logbook, tmp_path: Path
) -> None:
    how = ("--deidentify", "limited", "--columns", "case_id,level")
    file = exported(source, tmp_path / "open.csv", *how)
    text = file.read_text()
    file.write_text(text + text.splitlines()[1].replace("1 limited keep", "1 none keep") + "\n")
    with pytest.raises(UnreadableTable, match="several kinds: limited, none"):
        open_table(Source(file))
    file.write_text(text.replace("1 limited keep", "2 limited keep"))
    with pytest.raises(UnreadableTable, match="kypholog_export: 2 limited keep is of no export"):
        open_table(Source(file))


def test_a_saved_set_of_columns_finds_shifted_dates(source: Logbook, tmp_path: Path) -> None:
    how = ("--deidentify", "limited", "--dates", "shift", "--columns", "case_id,performed_on")
    file = exported(source, tmp_path / "open.csv", *how)
    assert file.read_text().splitlines()[0] == "case_id,performed_on_shifted,kypholog_export"


def test_a_workbook_of_linked_tables_is_no_list_of_cases(source: Logbook, tmp_path: Path) -> None:
    file = exported(source, tmp_path / "t.xlsx", "--profile", "xlsx", "--shape", "tables")
    with pytest.raises(UnreadableTable, match="one sheet of them is no whole case") as refused:
        open_table(Source(file, sheet="levels"))
    assert "workbook of one row a level" in refused.value.cure


def test_a_fhir_bundle_is_called_by_its_name(source: Logbook, tmp_path: Path) -> None:
    file = exported(source, tmp_path / "bundle.json", "--profile", "fhir")
    with pytest.raises(UnreadableTable, match="JSON, such as a FHIR bundle, and no CSV"):
        open_table(Source(file))
