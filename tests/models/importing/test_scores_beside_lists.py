# SPDX-License-Identifier: MIT
"""Pain in wide columns stays where another column stands for a list of assessments."""

from __future__ import annotations

from models.importing.mapping import Mapping
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import Assessment
from tests.models.importing.conftest import Look

HEAD = "patient_code,performed_on,level,cement_ml,pain_baseline,pain_1w,Impression,Point,Low,High\n"
SCORES = f"{HEAD}A,2026-03-04,T12,4,8,3,2,1w,9,9\nB,2026-03-04,L1,4,,5,,,,\n"


def impression(proposed: Mapping) -> Mapping:
    """The mapping of a person who found it among everything that a column can stand for."""
    return proposed.having("Impression", target="assessment.pgic")


def at_a_point(proposed: Mapping) -> Mapping:
    return impression(proposed).having("Point", target="assessment.time_point")


def with_pain(proposed: Mapping) -> Mapping:
    return (
        at_a_point(proposed)
        .having("Low", target="assessment.pain_low")
        .having("High", target="assessment.pain_high")
    )


def stored(logbook: Logbook) -> list[tuple[object, object, object]]:
    rows = Assessment.select(Assessment.time_point, Assessment.pain_low, Assessment.pgic)
    found = rows.tuples().execute(logbook.database)
    return sorted([(str(point), low, pgic) for point, low, pgic in found], key=str)


def test_no_score_is_lost_beside_a_list_of_something_else(logbook: Logbook, look: Look) -> None:
    write(logbook, look(SCORES, impression))
    assert stored(logbook) == [
        ("1w", 3, None),
        ("1w", 5, None),
        ("None", None, "2"),
        ("baseline", 8, None),
    ]


def test_a_score_stands_with_what_the_list_says_of_its_time(logbook: Logbook, look: Look) -> None:
    write(logbook, look(SCORES, at_a_point))
    assert stored(logbook) == [("1w", 3, "2"), ("1w", 5, None), ("baseline", 8, None)]


def test_a_list_that_has_the_scores_is_believed_where_it_has_any(
    logbook: Logbook, look: Look
) -> None:
    write(logbook, look(SCORES, with_pain))
    assert stored(logbook) == [("1w", 5, None), ("1w", 9, "2")]
