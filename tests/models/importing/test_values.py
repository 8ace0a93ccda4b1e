# SPDX-License-Identifier: MIT
"""Cells become values: numbers and dates by their whole column, terms by all their names."""

from __future__ import annotations

import pytest

from models.case import Case, load_case
from models.importing.judging import Verdict
from models.importing.levels import level_meant_by
from models.importing.mapping import Mapping
from models.importing.preview import Preview
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import CaseRow, TreatedLevel
from models.vocabulary import LeakLocation, Level, Side, Technique
from tests.models.importing.conftest import Look


def reasons(shown: Preview) -> list[str]:
    return [str(problem) for line in shown.lines for problem in line.problems]


def days(logbook: Logbook, shown: Preview) -> list[str]:
    assert reasons(shown) == []
    write(logbook, shown)
    return [str(case.procedure.performed_on) for case in stored(logbook)]


def stored(logbook: Logbook) -> list[Case]:
    """The cases by patient code."""
    query = CaseRow.select(CaseRow.case_id).order_by(CaseRow.patient_code).tuples()
    return [load_case(logbook, case_id) for (case_id,) in query.execute(logbook.database)]


def test_the_order_of_day_and_month_is_decided_by_the_column(logbook: Logbook, look: Look) -> None:
    shown = look("id,date\nA,3/4/2026\nB,13/4/2026\n")
    assert days(logbook, shown) == ["2026-04-03", "2026-04-13"]
    assert shown.seen.recognized == ["date: day before month."]


def test_the_month_may_come_first(logbook: Logbook, look: Look) -> None:
    assert days(logbook, look("id,date\nA,3/4/2026\nB,4/13/2026\n")) == ["2026-03-04", "2026-04-13"]


def test_an_order_that_nothing_settles_is_asked_for(logbook: Logbook, look: Look) -> None:
    content = "id,date\nA,3/4/2026\nB,5/5/2026\n"
    shown = look(content)
    assert shown.seen.questions == [
        "date: Dates such as 3/4/2026 could be two days: no day is above 12. Say which comes first."
    ]
    assert reasons(shown) == [
        "Row 2, column date: Date: 3/4/2026 could be two different days. Write it as "
        "year-month-day."
    ]
    stated = look(content, lambda proposed: proposed.having("date", dates="month_first"))
    assert days(logbook, stated) == ["2026-03-04", "2026-05-05"]


def test_a_column_in_both_orders_is_asked_for(look: Look) -> None:
    shown = look("id,date\nA,13/4/2026\nB,4/13/2026\nC,3/4/2026\n")
    assert "both orders are used" in shown.seen.questions[0]
    assert shown.counts[Verdict.REFUSED] == 1


def test_days_counted_by_excel_midnights_and_partial_dates(logbook: Logbook, look: Look) -> None:
    shown = look("id,date\nA,45000\nB,2026-03-04 00:00:00\nC,2011\nD,3/2011\nE,4.3.2026\n")
    assert days(logbook, shown) == ["2023-03-15", "2026-03-04", "2011", "2011-03", "2026-03-04"]
    assert shown.seen.recognized == ["date: days counted as Excel does, from 1900."]


def test_a_year_of_two_digits_is_read_where_it_can_be_one_only(
    logbook: Logbook, look: Look
) -> None:
    shown = look("id,date,dob\nA,3.4.21,1.2.40\nB,14.12.98,2.2.1950\n")
    assert shown.seen.recognized == [
        "date: years of two digits: 3.4.21 is 2021-04-03.",
        "dob: years of two digits: 1.2.40 is 1940-02-01.",
    ]
    assert days(logbook, shown) == ["2021-04-03", "1998-12-14"]
    assert [str(case.patient.birth_date) for case in stored(logbook)] == [
        "1940-02-01",
        "1950-02-02",
    ]
    assert reasons(look("id,date,dob\nA,2021-04-03,1.2.20\n")) == [
        "Row 2, column dob: Birth date: 1.2.20 is not a date: write the year with four digits, "
        "1920 or 2020."
    ]


def test_the_order_of_a_short_date_with_slashes_is_asked_for(logbook: Logbook, look: Look) -> None:
    asked = look("id,date\nA,3/4/21\n")
    assert len(asked.seen.questions) == len(reasons(asked)) == 1
    assert days(logbook, look("id,date\nA,3/4/21\nB,4/13/21\n")) == ["2021-03-04", "2021-04-13"]
    # It may begin with the year.
    assert "four digits" in reasons(look("id,date\nA,21-04-03\n"))[0]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [(("1,5", "4,25"), None), (("1,5", "6"), [1.5, 6]), (("1.5", "6.0"), [1.5, 6])],
)
def test_decimal_signs(
    logbook: Logbook, look: Look, cells: tuple[str, str], wanted: list[float] | None
) -> None:
    first, second = cells
    shown = look(f"id;level;cement ml\nA;T12;{first}\nB;L1;{second}\n")
    if wanted is None:
        assert "4,25" in shown.lines[1].problems[0].cell
        return
    write(logbook, shown)
    assert [case.levels[0].cement_ml for case in stored(logbook)] == wanted


def test_signs_between_thousands_follow_the_column(logbook: Logbook, look: Look) -> None:
    content = 'id;air kerma mGy\nA;"1.234,5"\nB;"2.100"\n'
    shown = look(content)
    assert shown.seen.recognized == ["air kerma mGy: decimal comma."]
    write(logbook, shown)
    assert [case.procedure.air_kerma_mgy for case in stored(logbook)] == [1234.5, 2100]
    alone = look("id;air kerma\nC;2.100\n")
    assert len(alone.seen.questions) == 1
    assert "could be 2.1 or 2100" in reasons(alone)[0]


@pytest.mark.parametrize(
    ("cell", "level"),
    [("D12", Level.T12), ("Th 12", Level.T12), ("l-1", Level.L1), ("T08", Level.T8), ("X1", None)],
)
def test_levels_are_known_by_many_names(cell: str, level: Level | None) -> None:
    assert level_meant_by(cell) is level


def test_terms_are_known_by_code_label_and_synonym(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id,level,procedure,side,leak location\n"
        "A,D12,BKP,li,basivertebral vein\nB,L1,kypho,re,\nC,L2,vertebroplasty,both,\n"
    )
    assert reasons(shown) == []
    write(logbook, shown)
    cases = stored(logbook)
    levels = [case.levels[0] for case in cases]
    assert [row.side for row in levels] == [Side.LEFT, Side.RIGHT, Side.BILATERAL]
    assert [row.technique for row in levels] == [
        Technique.BALLOON_KYPHOPLASTY,
        Technique.BALLOON_KYPHOPLASTY,
        Technique.VERTEBROPLASTY,
    ]
    assert [leak.location for leak in cases[0].leaks] == [
        LeakLocation.meant_by("basivertebral vein")
    ]


def test_what_is_no_term_is_listed_once_with_its_count(look: Look) -> None:
    content = "id,level,procedure\nA,T12,magic\nB,L1,magic\nC,L2,BKP\nD,L3,other magic\n"
    shown = look(content)
    assert [(term.column, term.cell, term.count) for term in shown.unmatched] == [
        ("procedure", "magic", 2),
        ("procedure", "other magic", 1),
    ]
    terms = {"treated_level.technique": {"Magic": "BKP", "other magic": ""}}
    mended = look(content, lambda proposed: Mapping(proposed.columns, terms))
    assert (mended.unmatched, mended.counts[Verdict.NEW]) == ([], 4)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("11-Jan", "a spreadsheet made a date of"),
        ("5-2", "runs downwards"),
        ("<3", "Write a range such as 0-1, or words"),
        ("=SUM(A1:A3)", ""),
        ("2000", "not possible"),
    ],
)
def test_scores_that_cannot_be_read_or_stay_words(look: Look, cell: str, told: str) -> None:
    shown = look(f"id,VAS pre\nA,{cell}\n")
    said = " ".join(reasons(shown))
    assert told in said
    assert bool(said) is bool(told)


@pytest.mark.parametrize(
    ("heading", "cell", "field", "code"),
    [
        ("side", "bds", "side", "bilateral"),
        ("side", "links", "side", "left"),
        ("procedure", "Vertebroplastie", "technique", "vertebroplasty"),
        ("procedure", "Ballonkyphoplastie", "technique", "balloon_kyphoplasty"),
        ("leak", "nein", "leakage", "none"),
        ("side", "li.", "side", "left"),
        ("leak", "No leak", "leakage", "none"),
        ("leak", "1", "leakage", "present"),
        ("diagnosis", "Hämangiom", "diagnosis", "hemangioma"),
        ("diagnosis", "osteoporotisch", "diagnosis", "osteoporotic_fracture"),
    ],
)
def test_words_of_clinics_and_other_languages_are_understood(
    logbook: Logbook, look: Look, heading: str, cell: str, field: str, code: str
) -> None:
    shown = look(f"id,level,{heading}\nA,T12,{cell}\n")
    assert write(logbook, shown).new == 1
    column = TreatedLevel._meta.fields[field]
    ((held,),) = TreatedLevel.select(column).tuples().execute(logbook.database)
    assert code in (held if isinstance(held, list | tuple) else [held])


def test_both_spellings_of_a_letter_are_the_same_patient(logbook: Logbook, look: Look) -> None:
    write(logbook, look("id,date,level\n\u00c5 1,2026-01-02,T12\n"))
    assert look("id,date,level\nA\u030a 1,2026-01-02,T12\n").counts[Verdict.SAME] == 1


_LISTS = (
    "patient_code,assessment_assessed_on,assessment_pain_low,assessment_pain_high,"
    "assessment_pain_scale,assessment_pain_words\n"
)


def test_an_empty_entry_keeps_its_place_in_a_list(logbook: Logbook, look: Look) -> None:
    words = '"[null, ""better"", null]"'
    shown = look(f"{_LISTS}A,2024-03-04|2024-03-11|,8||2,8||2,nrs_0_10||nrs_0_10,{words}\n")
    assert reasons(shown) == []
    write(logbook, shown)
    (case,) = stored(logbook)
    assert [(row.assessed_on, row.pain_low, row.pain_words) for row in case.assessments] == [
        ("2024-03-04", 8, None),
        ("2024-03-11", None, "better"),
        (None, 2, None),
    ]


def test_a_list_that_is_shorter_than_another_is_named(look: Look) -> None:
    (told,) = reasons(look(f"{_LISTS}A,2024-03-04|2024-03-11|2024-03-18,8|2,8|2,,\n"))
    assert told.endswith(": assessed_on has 3, pain_low has 2, pain_high has 2.")
