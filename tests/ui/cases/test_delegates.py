# SPDX-License-Identifier: MIT
"""Where the points of a sparkline stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.case import Case, save_case
from models.caselist import CaseLine
from models.logbook import Logbook
from models.vocabulary import PainScale
from tests.builders import a_case, add_score
from tests.fresh import new_logbook
from tests.listed import listed
from ui.cases.delegates import scale_of, spark_points, undated_points


@pytest.fixture
def logbook(tmp_path: Path) -> Logbook:
    made = new_logbook(tmp_path / "Clinic.kypholog")
    made.close()
    return made


def line(logbook: Logbook, case: Case) -> CaseLine:
    with logbook.session():
        save_case(logbook, case)
        return listed(logbook)[0]


def test_scores_stand_at_their_time_points(logbook: Logbook) -> None:
    made = line(logbook, a_case(before=8, after=(0, 1), after_on="2026-04-04"))
    assert scale_of(made) is PainScale.NRS
    before, after = spark_points(made.course, PainScale.NRS)
    assert before == (0, 8, None)
    assert 0 < after[0] < 1
    assert after[1:] == (0, 1)


def test_a_score_without_a_date_stands_apart_at_the_end(logbook: Logbook) -> None:
    made = line(logbook, a_case(before=8, after=2, after_on=None))
    assert len(list(spark_points(made.course, PainScale.NRS))) == 1
    assert list(undated_points(made.course, PainScale.NRS)) == [(1.0, 2, None)]


def test_words_are_no_points(logbook: Logbook) -> None:
    made = line(logbook, a_case(before=8, after="resolved"))
    assert len(list(spark_points(made.course, PainScale.NRS))) == 1
    assert not list(undated_points(made.course, PainScale.NRS))


def test_a_sparkline_holds_one_scale(logbook: Logbook) -> None:
    case = a_case(before=8, after=None)
    add_score(case, 45, "2026-04-04", scale=PainScale.VAS_100)
    made = line(logbook, case)
    assert [low for _, low, _ in spark_points(made.course, PainScale.NRS)] == [8]


def test_two_scores_of_one_time_point_stand_side_by_side(logbook: Logbook) -> None:
    case = a_case(on="2020-03-04", before=8, after=4, after_on="2020-04-01")
    add_score(case, 3, "2020-04-20")
    add_score(case, 2, "2024-01-01")
    places = [when for when, _, _ in spark_points(line(logbook, case).course, PainScale.NRS)]
    assert places == sorted(set(places))
    assert len(places) == 4
    assert places[-1] <= 1


def test_a_case_without_numbers_has_no_sparkline(logbook: Logbook) -> None:
    assert scale_of(line(logbook, a_case(before=None, after="better"))) is None
