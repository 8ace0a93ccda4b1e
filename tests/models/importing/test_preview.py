# SPDX-License-Identifier: MIT
"""What an import would do, case by case, and the file of rows that cannot be taken."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.case import Case, bin_case, load_case, save_case
from models.importing.columns import propose
from models.importing.judging import Verdict
from models.importing.preview import Preview, preview, write_refused
from models.importing.reading import CsvTable
from models.importing.survey import Stopped
from models.importing.targets import IN_NOTES
from models.importing.writing import write
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import CaseRow
from models.vocabulary import GlobalOutcome, Level, PainScale, TimePoint
from tests.builders import a_case, store_names
from tests.models.importing.conftest import Look

HEAD = "patient code,date,sex,level,cement_ml,VAS pre,VAS 3 mo\n"


def verdicts(shown: Preview) -> list[Verdict]:
    return [line.verdict for line in shown.lines]


def said(shown: Preview) -> list[str]:
    lines = shown.lines
    return [str(one) for line in lines for one in (*line.problems, *line.differences)]


def only_case(logbook: Logbook) -> Case:
    ((case_id,),) = CaseRow.select(CaseRow.case_id).tuples().execute(logbook.database)
    return load_case(logbook, case_id)


def test_wide_pain_columns_become_assessments(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id,date,VAS pre,VAS 3 mo,VAS 3 mo date,pain_6m_low,pain_6m_high,pain_12m_words,"
        "outcome_12m\n"
        "A,2026-01-10,8,0-1,2026-04-12,1,2,gone,resolved\n"
    )
    assert said(shown) == []
    write(logbook, shown)
    rows = {row.time_point: row for row in only_case(logbook).assessments}
    assert {point: (row.pain_low, row.pain_high) for point, row in rows.items()} == {
        TimePoint.BASELINE: (8, 8),
        TimePoint.M3: (0, 1),
        TimePoint.M6: (1, 2),
        TimePoint.M12: (None, None),
    }
    assert rows[TimePoint.BASELINE].pain_scale is PainScale.VAS_10
    assert rows[TimePoint.M3].assessed_on == PartialDate("2026-04-12")
    assert rows[TimePoint.M12].pain_words == "gone"
    assert rows[TimePoint.M12].global_outcome is GlobalOutcome.RESOLVED


def test_several_rows_are_one_case(logbook: Logbook, look: Look) -> None:
    shown = look(
        "case no,patient code,date,level,cement_ml,VAS pre\n"
        "1,A,2026-01-10,T12,4,8\n2,B,2026-01-11,L3,5,7\n1,A,,L1,5,8\n"
    )
    assert said(shown) == []
    assert [line.rows for line in shown.lines] == [(3,), (2, 4)]
    write(logbook, shown)
    ids = CaseRow.select(CaseRow.case_id).where(CaseRow.patient_code == "A").tuples()
    ((case_id,),) = ids.execute(logbook.database)
    case = load_case(logbook, case_id)
    assert [(row.level, row.cement_ml) for row in case.levels] == [(Level.T12, 4), (Level.L1, 5)]
    assert len(case.assessments) == 1


def test_without_a_code_the_record_number_tells_which_rows_are_one_case(look: Look) -> None:
    shown = look("MRN;date;level\nA;14.3.2026;T12\nA;14.3.2026;L1\nB;14.3.2026;L1\n")
    assert [line.rows for line in shown.lines] == [(2, 3), (4,)]
    assert shown.seen.comes_again
    assert not look("MRN;patient code;level\nA;P1;T12\n").seen.comes_again


def test_a_row_that_sums_up_others_is_no_case(look: Look) -> None:
    shown = look("code;date;level;cement ml\nA;14.3.2026;T12;4.5\nTotal:;;;4.5\n;Mean;;4.5\n")
    assert [line.verdict for line in shown.lines] == ["new", "refused", "refused"]
    problems = [problem for line in shown.lines for problem in line.problems if problem.cell]
    assert (problems[0].row, problems[0].cell) == (3, "Total:")
    assert "sums up others" in problems[0].message


def test_a_column_of_leakage_may_say_where_it_was(logbook: Logbook, look: Look) -> None:
    content = "code;date;level;leak\nA;14.3.2026;T12;epidural\nA;14.3.2026;L1;none\n"
    assert write(logbook, look(content)).new == 1
    ((case_id,),) = CaseRow.select(CaseRow.case_id).tuples().execute(logbook.database)
    case = load_case(logbook, case_id)
    assert [str(level.leakage) for level in case.levels] == ["present", "none"]
    (leak,) = case.leaks
    assert (str(leak.location), leak.__data__["treated_level"]) == ("epidural", case.levels[0].id)
    assert [line.verdict for line in look(content).lines] == ["same"]


def test_a_level_without_a_name_comes_in_once(logbook: Logbook, look: Look) -> None:
    content = "code;date;cement ml\nA;14.3.2026;4.5\n"
    assert write(logbook, look(content)).new == 1
    assert [line.verdict for line in look(content).lines] == ["same"]


def test_rows_of_one_case_that_contradict_each_other_are_refused(look: Look) -> None:
    shown = look("case no,sex,level\n1,f,T12\n1,m,L1\n2,f,T12\n2,f,T12\n")
    assert [str(one) for one in shown.lines[0].problems] == [
        "Row 3, column sex: m is not what row 2 of the same case says."
    ]
    assert "The level T12 stands in row 4 of the case already" in str(shown.lines[1].problems[0])


def test_a_case_is_new_then_the_same(logbook: Logbook, look: Look) -> None:
    content = HEAD + "A,2026-01-10,f,T12,4,8,2\nB,,m,L1,5,,\n"
    first = look(content)
    assert verdicts(first) == [Verdict.NEW, Verdict.NEW]
    write(logbook, first)
    assert verdicts(look(content)) == [Verdict.SAME, Verdict.SAME]


def test_what_was_empty_is_filled_and_what_is_held_conflicts(logbook: Logbook, look: Look) -> None:
    write(logbook, look(HEAD + "A,2026-01-10,,T12,4,8,\nB,2026-01-11,f,L1,5,7,\n"))
    shown = look(HEAD + "A,2026-01-10,f,L2,,,2\nB,2026-01-11,f,L1,6,7,1\n")
    assert verdicts(shown) == [Verdict.CHANGED, Verdict.CONFLICTING]
    assert said(shown) == [
        "Patient, Sex: Female is added.",
        "3 months, assessment: 3 months, VAS 0–10, 2, 2 is added.",
        "Level: L2 is added.",
        "3 months, assessment: 3 months, VAS 0–10, 1, 1 is added.",
        "L1, Cement: the logbook has 5, the file 6.",
    ]


def test_a_conflict_is_written_only_where_it_is_wanted(logbook: Logbook, look: Look) -> None:
    write(logbook, look(HEAD + "A,2026-01-10,f,T12,4,8,\n"))
    other = HEAD + "A,2026-01-10,f,T12,6,8,\n"
    assert look(other).writes == 0
    write(logbook, look(other))
    assert only_case(logbook).levels[0].cement_ml == 4
    write(logbook, look(other, takes_conflicts=True))
    assert only_case(logbook).levels[0].cement_ml == 6


def test_an_empty_cell_takes_nothing_away(logbook: Logbook, look: Look) -> None:
    write(logbook, look(HEAD + "A,2026-01-10,f,T12,4,8,2\n"))
    assert verdicts(look(HEAD + "A,2026-01-10,,,,,\n")) == [Verdict.SAME]


def test_another_case_of_a_known_patient_joins_the_patient(logbook: Logbook, look: Look) -> None:
    case = a_case("A", on="2026-01-10")
    save_case(logbook, case)
    shown = look(HEAD + "A,2026-02-10,f,L1,4,8,2\nA,2026-03-10,f,L2,4,8,2\n")
    assert verdicts(shown) == [Verdict.NEW, Verdict.NEW]
    write(logbook, shown)
    people = {
        person
        for (person,) in CaseRow.select(CaseRow.patient_id).tuples().execute(logbook.database)
    }
    assert people == {case.patient.id}


def test_cases_of_one_patient_that_contradict_each_other(look: Look) -> None:
    shown = look(HEAD + "A,2026-02-10,f,L1,4,8,2\nA,2026-03-10,m,L2,4,8,2\n")
    assert verdicts(shown) == [Verdict.NEW, Verdict.REFUSED]
    assert said(shown) == [
        "Row 3: Row 2 says otherwise of the same patient: Patient, Sex is Female there, and Male "
        "here."
    ]


def test_a_case_in_the_bin_is_refused(logbook: Logbook, tmp_path: Path) -> None:
    from models.exchange.orders import Order, export

    case = a_case("A")
    save_case(logbook, case)
    export(logbook, tmp_path / "machine.csv", Order())
    bin_case(logbook, case.id, "a mistake")
    table = CsvTable(tmp_path / "machine.csv")
    shown = preview(logbook, table, propose(table))
    assert said(shown) == ["Row 2: The case is in the bin. Take it out of the bin first."]


def test_what_the_checks_call_impossible_is_refused(look: Look) -> None:
    shown = look("id,date,birth date,level,approach,cement ml\nA,2026-01-10,2027-01-01,C3,,\n")
    assert verdicts(shown) == [Verdict.REFUSED]
    assert look("id,level,cement ml\nA,T12,99\n").lines[0].problems[0].cell == "99"


@pytest.mark.parametrize(
    ("heading", "rows", "place"),
    [
        ("id,date,NRS pre,NRS 3 mo", ["A,2026-01-10,8,11"], (2, "NRS 3 mo", "11")),
        ("id,date,level,birth date", ["A,2026-01-10,C3,2027-01-01"], (2, "birth date", "2027-")),
        (
            "id,date,level,approach",
            ["A,2026-01-10,C3,", "A,2026-01-10,L1,anterolateral"],
            (3, "approach", "anterolateral"),
        ),
        ("id,date,birth date", ["A,2026-01-10,", "A,2026-01-10,2027-01-01"], (3, "birth date", "")),
    ],
)
def test_what_is_impossible_names_the_cell_that_says_it(
    look: Look, heading: str, rows: list[str], place: tuple[int, str, str]
) -> None:
    shown = look("\n".join([heading, *rows]) + "\n")
    (problem, *_) = shown.lines[0].problems
    assert (problem.row, problem.column) == place[:2]
    assert problem.cell.startswith(place[2])


def test_names_are_left_out_where_the_logbook_stores_none(logbook: Logbook, look: Look) -> None:
    content = "id,MRN,level\nA,4711,T12\n"
    assert look(content).left_out_names == 1
    store_names(logbook)
    shown = look(content)
    assert shown.left_out_names == 0
    write(logbook, shown)
    identity = only_case(logbook).identity
    assert identity is not None
    assert identity.record_number == "4711"
    # A name that differs is not told in words.
    assert said(look("id,MRN,level\nA,4712,T12\n")) == [
        "Patient, Record number: the logbook has another entry, the file its own."
    ]


def test_refused_rows_are_written_with_reasons_mended_and_taken(
    logbook: Logbook, look: Look, tmp_path: Path
) -> None:
    shown = look("id,level,cement ml\nA,T12,4\nB,T99,4\nC,L1,4,5\nD,L1,four\n")
    assert (shown.counts[Verdict.NEW], shown.counts[Verdict.REFUSED]) == (1, 3)
    write(logbook, shown)
    target = tmp_path / "refused.csv"
    assert write_refused(logbook, shown, target) == 3
    with target.open(newline="") as opened:
        rows = list(csv.reader(opened))
    assert rows[0] == ["id", "level", "cement ml", "reason"]
    assert [row[:3] for row in rows[1:]] == [
        ["B", "T99", "4"],
        ["C", "L1", "4"],
        ["D", "L1", "four"],
    ]
    assert "column level: Level does not know T99" in rows[1][3]
    assert rows[2][4:] == ["5"]
    mended = target.read_text().replace("T99", "T9").replace("four", "4").replace(",5\n", "\n")
    target.write_text(mended)
    table = CsvTable(target)
    again = preview(logbook, table, propose(table))
    assert again.mapping.unused == ["reason"]
    assert said(again) == []
    assert verdicts(again) == [Verdict.NEW] * 3


def test_a_preview_writes_nothing_and_can_be_stopped(logbook: Logbook, tmp_path: Path) -> None:
    target = tmp_path / "many.csv"
    target.write_text("id,level\n" + "".join(f"P{n},T12\n" for n in range(20)))
    table = CsvTable(target)
    heard: list[tuple[int, int]] = []
    preview(logbook, table, propose(table), lambda *so_far: heard.append(so_far))
    assert (heard[0], heard[-1]) == ((1, 20), (20, 20))
    with pytest.raises(Stopped):
        preview(logbook, table, propose(table), cancelled=lambda: len(heard) >= 20)
    assert CaseRow.select().count(logbook.database) == 0


def test_columns_without_a_place_are_kept_in_the_notes(logbook: Logbook, look: Look) -> None:
    shown = look(
        "patient code,date,level,room,referred by,notes\nA,2026-01-10,T12,2,GP,calm\n"
        "A,2026-01-10,L1,2,ward,\n",
        lambda proposed: proposed.having("room", target=IN_NOTES).having(
            "referred by", target=IN_NOTES
        ),
    )
    assert said(shown) == []
    write(logbook, shown)
    assert only_case(logbook).procedure.notes == "calm\nroom: 2\nreferred by: GP; ward"
