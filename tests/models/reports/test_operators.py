# SPDX-License-Identifier: MIT
"""The operator's logbook: cases by technique, role and level, with their dates."""

from __future__ import annotations

import pytest

from models.case import save_case
from models.errors import LogbookError
from models.logbook import Logbook
from models.query import parse
from models.reports.content import Heading
from models.reports.operators import operator_logbook
from models.vocabulary import Level, Technique
from tests.builders import a_case
from tests.models.reports.reading_aloud import AROUND, all_of, cells, table

TECHNIQUES, LEVELS, CASES = "Cases by technique", "Treated levels by level", "Cases by date"


@pytest.fixture
def clinic(logbook: Logbook) -> Logbook:
    """Ada operated alone and under Ben, and supervised Cleo."""
    plan = (
        ("P-1", "Ada", "", Technique.VERTEBROPLASTY, "2026-03-04"),
        ("P-2", "ADA", "Ben", Technique.BALLOON_KYPHOPLASTY, "2026-04-04"),
        ("P-3", "Cleo", "Ada", Technique.BALLOON_KYPHOPLASTY, "2026-01-04"),
        ("P-4", "Ben", "", Technique.VERTEBROPLASTY, None),
    )
    for code, operator, supervisor, technique, day in plan:
        case = a_case(code, Level.L1, Level.T12, on=day, operator=operator, technique=technique)
        case.procedure.supervisor = supervisor or None
        if supervisor == "Ben":
            case.procedure.trainee_share = 60
        save_case(logbook, case)
    return logbook


def test_roles_follow_from_operator_and_supervisor(clinic: Logbook) -> None:
    report = operator_logbook(clinic, AROUND, "ada")
    assert report.title == "Operator's logbook: Ada"
    assert cells(report, TECHNIQUES, "Vertebroplasty") == ("1", "0", "0", "1")
    assert cells(report, TECHNIQUES, "Balloon kyphoplasty") == ("0", "1", "1", "2")
    assert cells(report, LEVELS, "T12") == ("1", "1", "1", "3")
    assert "3 cases: operator 1, operator, supervised 1, supervisor 1." in all_of(report)


def test_cases_stand_by_date_with_role_and_company(clinic: Logbook) -> None:
    rows = table(operator_logbook(clinic, AROUND, "Ada"), CASES).rows
    assert [row[1] for row in rows] == ["2026-01-04", "2026-03-04", "2026-04-04"]
    assert [row[5:8] for row in rows] == [
        ("Supervisor", "Cleo", ""),
        ("Operator", "", ""),
        ("Operator, supervised", "Ben", "60 %"),
    ]


def test_everybody_has_a_part_of_the_whole(clinic: Logbook) -> None:
    report = operator_logbook(clinic, AROUND)
    said = all_of(report)
    assert report.n_cases == 4
    headings = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert headings == ["Ada", "Ben", "Cleo"]
    assert "Without a date: 1." in said


def test_more_cases_than_anybody_reads_are_counted_and_not_listed(clinic: Logbook) -> None:
    """Ada's 3, Ben's 2 and Cleo's 1 make 6 lines."""
    whole = operator_logbook(clinic, AROUND, most_listed=6)
    assert all_of(whole).count("Cases by date.") == 3
    short = all_of(operator_logbook(clinic, AROUND, most_listed=5))
    assert "Cases by date." not in short
    assert "Cases by date are left out: a report lists up to 5 of them. Name an operator" in short
    assert "3 cases: operator 1, operator, supervised 1, supervisor 1." in short


def test_a_filter_narrows_it(clinic: Logbook) -> None:
    report = operator_logbook(clinic, AROUND, "Ada", parse("technique:vp"))
    assert report.n_cases == 1
    assert "Filter: Technique vertebroplasty" in report.subtitle[0]


def test_who_is_not_known_is_refused_with_those_who_are(clinic: Logbook) -> None:
    with pytest.raises(LogbookError, match="Nobody called Dora") as told:
        operator_logbook(clinic, AROUND, "Dora")
    assert told.value.cure == "Known are: Ada, Ben, Cleo."


def test_without_operators_it_says_so(logbook: Logbook) -> None:
    save_case(logbook, a_case(operator=""))
    report = operator_logbook(logbook, AROUND)
    assert "None of 1 case names an operator or a supervisor." in all_of(report)
    with pytest.raises(LogbookError, match="Nobody called Ada"):
        operator_logbook(logbook, AROUND, "Ada")


def test_cases_that_name_nobody_are_counted(clinic: Logbook) -> None:
    before = all_of(operator_logbook(clinic, AROUND))
    save_case(clinic, a_case("P-98", operator=""))
    save_case(clinic, a_case("P-99", operator=""))
    said = "2 cases more name neither an operator nor a supervisor."
    assert said not in before
    assert said in all_of(operator_logbook(clinic, AROUND))
    assert said not in all_of(operator_logbook(clinic, AROUND, "Ada"))
