# SPDX-License-Identifier: MIT
"""Cases that are put together from shared pieces are what saving each of them makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.bulk.measured import REPORTED, measures
from models.importing.columns import propose
from models.importing.lines import Verdict
from models.importing.reading import CsvTable
from models.importing.writing import take_in
from models.logbook import Logbook
from models.schema import CaseRow, TreatedLevel
from models.verify import verify
from tests.fresh import NewLogbook
from tests.models.importing.clinic_tables import HEAD as CLINIC
from tests.models.importing.clinic_tables import NOTED, clinic_rows
from tests.models.importing.one_by_one import cases_of, content, saved_one_by_one, taken

HEAD = (
    *("patient_code", "performed_on", "sex", "birth_date", "age_at_procedure", "operator"),
    *("notes", "level", "technique", "approach", "cement_ml", "cement_left_ml", "leakage"),
    *("pain_scale", "pain_baseline", "pain_3m", "pain_3m_on"),
)
PERSONS = {
    "": ("", ""),
    "P-1": ("female", ""),
    "P-2": ("male", ""),
    "P-3": ("", "1950-02"),
    "Ø 4": ("other", ""),
}
OTHERS = (
    ("2026-01-05", "2026-02", "2026-03-01", ""),
    ("", "71", "140"),
    ("", "Dr. Ångström", 'Dr. "X"'),
    ("", "Second note. Dr. X"),
    ("T12", "L1", "L1", "S2", "C3", ""),
    ("balloon_kyphoplasty", "vertebroplasty", "sacroplasty", ""),
    ("transpedicular", "transoral", ""),
    ("", "4", "4.5", "0", "12.3", "900"),
    ("", "", "", "2"),
    ("none", "present", "not_assessed", ""),
    ("nrs_0_10", "vas_0_100", ""),
    ("", "8", "7.5", "0"),
    ("", "2", "11"),
    ("", "", "2026-04-01"),
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of which many say the same in part, and some what cannot be."""
    rows = []
    for _ in range(draw(st.integers(1, 25))):
        code = draw(st.sampled_from(list(PERSONS)))
        day, age, *rest = [draw(st.sampled_from(said)) for said in OTHERS]
        rows.append([code, day, *PERSONS[code], age, *rest])
    return rows


@pytest.fixture(scope="module")
def fresh(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], tuple[Path, Logbook]]:
    """Makes new logbooks that do not wait for the disk."""

    def make() -> tuple[Path, Logbook]:
        folder = tmp_path_factory.mktemp("plain")
        made = lasting_logbook(folder / "Clinic.kypholog", user="anna")
        return folder, made

    return make


@settings(max_examples=10, deadline=None)
@given(rows=tables())
def test_what_comes_in_is_what_saving_each_case_makes(
    fresh: Callable[[], tuple[Path, Logbook]], rows: list[list[str]]
) -> None:
    folder, many = fresh()
    _, one = fresh()
    shown = taken(many, folder / "clinic.csv", HEAD, rows)
    assert sum(shown.counts.values()) == len(shown.lines)
    cases = cases_of(many)
    assert shown.writes == len(cases)
    saved_one_by_one(one, cases, "Import of clinic.csv.")
    assert content(many) == content(one)
    assert verify(many) == []
    for logbook in (many, one):
        logbook.close()


@settings(max_examples=25, deadline=None)
@given(rows=clinic_rows())
def test_leaks_diagnoses_and_dated_scores_are_what_saving_each_case_makes(
    fresh: Callable[[], tuple[Path, Logbook]], rows: list[list[str]]
) -> None:
    folder, many = fresh()
    _, one = fresh()
    shown = taken(many, folder / "clinic.csv", CLINIC, rows, NOTED)
    cases = cases_of(many)
    assert shown.writes == len(cases)
    saved_one_by_one(one, cases, "Import of clinic.csv.")
    assert content(many) == content(one)
    assert verify(many) == []
    for logbook in (many, one):
        logbook.close()


def test_every_number_that_is_filled_in_is_what_saving_each_case_makes(
    fresh: Callable[[], tuple[Path, Logbook]],
) -> None:
    folder, many = fresh()
    _, one = fresh()
    numbers = [name for name in measures() if name != REPORTED]
    limits = {name: TreatedLevel._meta.fields[name].hard for name in numbers}
    head = ["patient_code", "performed_on", "level", *limits]
    rows = [
        [f"P-{number}", "2026-01-05", "L1", *(str(hard[number % 2]) for hard in limits.values())]
        for number in range(4)
    ]
    assert taken(many, folder / "clinic.csv", head, rows).writes == len(rows)
    saved_one_by_one(one, cases_of(many), "Import of clinic.csv.")
    assert content(many) == content(one)
    for logbook in (many, one):
        logbook.close()


GAINS = ("3", "3-5", "2 to 4 mm", "0", "-1.5", "none", "a little", "")


@pytest.mark.parametrize("beside", [[], ["height_gain_words"], ["middle_before_mm"]])
def test_gains_as_reported_are_what_saving_each_case_makes(
    fresh: Callable[[], tuple[Path, Logbook]], beside: list[str]
) -> None:
    folder, many = fresh()
    _, one = fresh()
    head = ["patient_code", "performed_on", "level", "height_gain", *beside]
    rows = [
        [f"P-{number}", "2026-01-05", level, gain, *["" for _ in beside]]
        for number, of_levels in enumerate(product(GAINS, repeat=2))
        for level, gain in zip(("T12", "L1"), of_levels, strict=True)
    ]
    assert taken(many, folder / "clinic.csv", head, rows).writes == len(GAINS) ** 2
    saved_one_by_one(one, cases_of(many), "Import of clinic.csv.")
    assert content(many) == content(one)
    told = {
        (row.height_gain_low_mm, row.height_gain_high_mm)
        for case in cases_of(many)
        for row in case.levels
    }
    assert {(3, 3), (3, 5), (2, 4), (0, 0), (-1.5, -1.5), (None, None)} == told
    for logbook in (many, one):
        logbook.close()


def test_a_gain_that_runs_downwards_is_refused(logbook: Logbook, tmp_path: Path) -> None:
    rows = [["P-1", "T12", "61"], ["P-2", "T12", "3"]]
    shown = taken(logbook, tmp_path / "c.csv", ["patient_code", "level", "height_gain"], rows)
    (line,) = shown.refused
    assert "61" in " ".join(map(str, line.problems))
    (case,) = cases_of(logbook)
    assert case.levels[0].height_gain_low_mm == 3


ID = "016f6620-7200-7000-8d4b-73246ca22a84"
OTHER_ID = ID[:-1] + "5"


def test_cases_keep_the_ids_that_the_file_gives(logbook: Logbook, tmp_path: Path) -> None:
    head = ["case_id", "patient_code", "performed_on", "level"]
    rows = [
        [ID, "P-1", "2026-01-05", "T12"],
        # The same patient on the same day; the ids tell them apart.
        [OTHER_ID, "P-1", "2026-01-05", "L1"],
        ["", "P-2", "2026-01-05", "L1"],
    ]
    assert taken(logbook, tmp_path / "c.csv", head, rows).counts[Verdict.NEW] == 3
    first, second, third = cases_of(logbook)
    assert [first.id, second.id] == [ID, OTHER_ID]
    assert first.patient.id == second.patient.id
    assert third.id not in (ID, OTHER_ID)
    again = taken(logbook, tmp_path / "c.csv", head, [*rows[:2], [ID[:-1] + "6", *rows[2][1:]]])
    assert again.counts[Verdict.SAME] == 2
    assert again.counts[Verdict.NEW] == 1
    assert verify(logbook) == []


def test_a_number_is_never_taken_for_that_of_another_column(
    logbook: Logbook, tmp_path: Path
) -> None:
    """One case tells its cement by sides, another a gain: each way leaves other columns whole."""
    head = ["patient_code", "level", "cement_left_ml", "cement_ml", "anterior_before_mm"]
    rows = [
        ["P-1", "T12", "2", "2", "", ""],
        ["P-1", "L1", "", "15", "", ""],
        ["P-2", "T12", "", "", "", "3"],
        ["P-2", "L1", "", "", "15", ""],
    ]
    taken(logbook, tmp_path / "clinic.csv", [*head, "height_gain"], rows)
    told = [
        (case.levels[1].cement_ml, case.levels[1].anterior_before_mm) for case in cases_of(logbook)
    ]
    assert told == [(15, None), (None, 15)]


def test_a_gain_that_follows_from_the_heights_stands_in_them_alone(
    logbook: Logbook, tmp_path: Path
) -> None:
    head = ["patient_code", "level", "anterior_before_mm", "anterior_after_mm", "height_gain"]
    rows = [["P-1", "L1", "15", "18", "3"], ["P-2", "L1", "15", "18.4", "3"]]
    taken(logbook, tmp_path / "clinic.csv", head, [*rows, ["P-3", "L1", "15", "15", "0"]])
    told = [case.levels[0].height_gain_low_mm for case in cases_of(logbook)]
    assert told == [None, 3, None]


PLAIN = ["P-9", "2026-01-05", "female", "", "71", "Dr. A", "", "L1", "vertebroplasty"]
PLAIN += ["transpedicular", "4.5", "", "none", "nrs_0_10", "8", "2", ""]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"approach": "transoral"}, "no approach to the lumbar spine"),
        ({"pain_baseline": "11"}, "above the top of"),
        ({"cement_left_ml": "2", "cement_ml": "1"}, "not the total given"),
        ({"cement_ml": "900"}, "900"),
        ({"age_at_procedure": "140"}, "140"),
        ({"birth_date": "2026-01-06", "age_at_procedure": ""}, "before the birth date"),
        ({"patient_code": "P-8", "operator": "Dr. B"}, "row 2 of the same case"),
    ],
)
def test_what_cannot_be_is_refused_also_among_plain_cases(
    logbook: Logbook, tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    def row(**said: str) -> list[str]:
        return list({**dict(zip(HEAD, PLAIN, strict=True)), **said}.values())

    rows = [row(patient_code="P-8"), row(**changes), row(patient_code="P-10")]
    shown = taken(logbook, tmp_path / "clinic.csv", HEAD, rows)
    (line,) = shown.refused
    assert sentence in " ".join(map(str, line.problems))
    assert shown.counts[Verdict.NEW] == len(cases_of(logbook))
    assert verify(logbook) == []


def test_a_cell_of_any_row_goes_before_what_holds_for_all(logbook: Logbook, tmp_path: Path) -> None:
    file = tmp_path / "clinic.csv"
    rows = ["P-1,T12,", "P-1,L1,Dr. B", "P-2,L1,", "P-3,L2,Dr. C"]
    file.write_text("\n".join(["patient_code,level,operator", *rows]), encoding="utf-8")
    table = CsvTable(file)
    mapping = replace(propose(table), constants={"procedure.operator": "Dr. A"})
    assert take_in(logbook, table, mapping)[1].new == 3
    told = {case.patient.patient_code: case.procedure.operator for case in cases_of(logbook)}
    assert told == {"P-1": "Dr. B", "P-2": "Dr. A", "P-3": "Dr. C"}


@pytest.mark.parametrize("constants", [{}, {"treated_level.technique": "vertebroplasty"}])
def test_cells_that_say_nothing_make_no_level(
    logbook: Logbook, tmp_path: Path, constants: dict[str, str]
) -> None:
    file = tmp_path / "clinic.csv"
    rows = ["P-1,,-,", "P-2,n/a,-,", "P-3,L1,-,", "P-4,,-,3"]
    head = "patient_code,level,leakage,cement_ml"
    file.write_text("\n".join([head, *rows, "P-6,T12,none,4"]), encoding="utf-8")
    table = CsvTable(file)
    take_in(logbook, table, replace(propose(table), constants=constants))
    told = {case.patient.patient_code: len(case.levels) for case in cases_of(logbook)}
    assert told == {"P-1": 0, "P-2": 0, "P-3": 1, "P-4": 1, "P-6": 1}


def test_a_scale_that_cannot_be_read_is_refused_also_without_a_score(
    logbook: Logbook, tmp_path: Path
) -> None:
    head = ["patient_code", "performed_on", "level", "pain_scale", "pain_baseline"]
    rows = [["P-1", "2026-01-05", "L1", "?", ""], ["P-2", "2026-01-05", "L1", "nrs_0_10", "8"]]
    (line,) = taken(logbook, tmp_path / "clinic.csv", head, rows).refused
    assert "Pain scale" in " ".join(map(str, line.problems))


def test_a_volume_that_holds_for_every_level_is_added_to_that_of_a_cell(
    logbook: Logbook, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.csv"
    rows = ["P-1,2026-01-05,T12,4.5", "P-1,2026-01-05,L1,", "P-2,2026-01-05,L1,2"]
    file.write_text("\n".join(["patient_code,performed_on,level,cement_ml", *rows]), "utf-8")
    table = CsvTable(file)
    mapping = replace(propose(table), constants={"treated_level.cement_ml": "3"})
    take_in(logbook, table, mapping)
    listed = CaseRow.select(CaseRow.cement_ml).order_by(CaseRow.number).tuples()
    assert [cement for (cement,) in listed.execute(logbook.database)] == [7.5, 2]
    assert verify(logbook) == []
