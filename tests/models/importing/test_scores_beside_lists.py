# SPDX-License-Identifier: MIT
"""Pain in wide columns stays where another column stands for a list of assessments."""

from __future__ import annotations

import csv
from pathlib import Path

from models import commands
from models.case import load_case, save_case
from models.importing.mapping import Mapping
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import Assessment
from tests.builders import a_case
from tests.fresh import named
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


def test_a_score_that_was_typed_beside_the_list_is_taken(logbook: Logbook, look: Look) -> None:
    """As when somebody fills in the next visit in the file that was exported."""
    write(logbook, look(SCORES.replace(",8,3,", ",8,9,"), with_pain))
    assert stored(logbook) == [("1w", 5, None), ("1w", 9, "2"), ("baseline", 8, None)]


def test_a_score_that_the_list_has_otherwise_is_refused(logbook: Logbook, look: Look) -> None:
    shown = look(SCORES, with_pain)
    (problem,) = (problem for line in shown.lines for problem in line.problems)
    assert str(problem) == (
        "Row 2: The pain column of 1 week says 3, and the list of assessments does not. Change it "
        "in both."
    )
    write(logbook, shown)
    assert stored(logbook) == [("1w", 5, None)]


def test_a_visit_typed_into_our_own_file_comes_in(logbook: Logbook, tmp_path: Path) -> None:
    case = a_case()
    case.assessments = case.assessments[:1]
    save_case(logbook, case)
    file = tmp_path / "cases.csv"
    assert commands.run(["--logbook", named(logbook), "export", "--out", str(file)]) == 0
    with file.open(encoding="utf-8", newline="") as opened:
        head, row = csv.reader(opened)
    assert row[head.index("pain_3m")] == ""
    row[head.index("pain_3m")] = "2"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([head, row])
    assert commands.run(["--logbook", named(logbook), "import", str(file)]) == 0
    last = load_case(logbook, case.id).assessments[-1]
    assert (last.time_point, last.pain_low, last.pain_scale) == (
        "3m",
        2,
        case.assessments[0].pain_scale,
    )
