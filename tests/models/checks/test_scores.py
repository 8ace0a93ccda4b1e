# SPDX-License-Identifier: MIT
"""Scores, reasons for none, and the course of the pain. The procedure is on 2026-03-04."""

from __future__ import annotations

import pytest

from models import derived
from models.vocabulary import AssessmentMissing, MissingReason, PainContext, PainScale, TimePoint
from tests.builders import a_case, add_score
from tests.models.checks.saying import day, errors_of, warnings_of


def test_a_score_told_out_of_its_top_fits_the_scale() -> None:
    case = a_case(before=None, after=None)
    row = case.add_assessment(
        time_point=TimePoint.BASELINE,
        pain_scale=PainScale.NRS,
        pain_low=8,
        pain_high=8,
        pain_words="8/10",
    )
    assert not errors_of(case, "pain_low")
    row.pain_scale = PainScale.VAS_100
    assert errors_of(case, "pain_low") == ["Before: 8/10 is told out of 10, VAS 0–100 mm is not."]
    row.pain_scale, row.pain_scale_max = PainScale.VERBAL, 6
    assert errors_of(case, "pain_low")


def test_a_verbal_scale_has_a_top_and_a_score_has_a_scale() -> None:
    case = a_case(after=None)
    row = case.assessments[0]
    row.pain_scale = PainScale.VERBAL
    assert warnings_of(case, "pain_scale_max")
    row.pain_scale_max = 6
    assert errors_of(case, "pain_low")
    row.pain_low = row.pain_high = 5
    assert not errors_of(case, "pain_low")
    row.pain_scale = None
    assert warnings_of(case, "pain_scale")


def test_no_more_items_than_there_are() -> None:
    case = a_case()
    case.assessments[0].rmdq, case.assessments[0].rmdq_items = 24, 23
    assert errors_of(case, "rmdq")
    case.assessments[0].rmdq = 23
    assert not errors_of(case, "rmdq")


def test_an_index_and_another_score_say_what_they_are() -> None:
    case = a_case()
    case.assessments[0].eq5d_index, case.assessments[0].other_score = 0.6, 44
    assert warnings_of(case, "eq5d_value_set")
    assert warnings_of(case, "other_score_name")


def test_a_score_without_a_date_is_told_unless_a_reason_is_given() -> None:
    case = a_case(after_on=None)
    assert warnings_of(case, "assessed_on")
    case.assessments[1].missing = {"assessed_on": MissingReason.NOT_RECORDED}
    assert not warnings_of(case, "assessed_on")


def test_a_reason_for_no_score_stands_where_there_is_none() -> None:
    case = a_case()
    case.assessments[1].missing_reason = AssessmentMissing.DECLINED
    assert warnings_of(case, "missing_reason")


def test_died_as_a_reason_has_a_day_of_death() -> None:
    case = a_case(after=None)
    row = case.add_assessment(time_point=TimePoint.M3, missing_reason=AssessmentMissing.DIED)
    assert warnings_of(case, "missing_reason")
    case.patient.died_on = day("2026-05-01")
    assert not warnings_of(case, "missing_reason")
    row.assessed_on = day("2026-04-20")
    assert warnings_of(case, "missing_reason")


@pytest.mark.parametrize(
    ("before", "after", "on", "marked"),
    [
        (1, 10, "2026-03-05", True),
        (1, 9, "2026-03-05", False),
        (1, 10, "2026-03-07", False),
        (10, 1, "2026-03-05", False),
        ((0, 2), 10, "2026-03-05", False),
    ],
)
def test_a_steep_rise_within_two_days_is_marked(
    before: float | tuple[float, float], after: float, on: str, marked: bool
) -> None:
    case = a_case(before=before, after=after, after_on=on)
    assert bool(warnings_of(case, "pain_low")) is marked


def test_a_rise_between_two_scales_or_two_pains_is_no_rise() -> None:
    case = a_case(before=1, after=None)
    add_score(case, 90, "2026-03-05", TimePoint.H24, PainScale.VAS_100)
    assert not warnings_of(case, "pain_low")
    case = a_case(before=1, after=10, after_on="2026-03-05")
    case.assessments[1].pain_context = PainContext.WORST
    assert not warnings_of(case, "pain_low")


def test_a_steep_rise_is_marked_whatever_was_asked_in_between() -> None:
    case = a_case(before=1, after=10, after_on="2026-03-05")
    for row in case.assessments:
        row.pain_context = PainContext.REST
    for on, score in (("2026-03-04", 7), ("2026-03-05", 8)):
        add_score(case, score, on, TimePoint.BASELINE if score == 7 else TimePoint.UNDATED)
        case.assessments[-1].pain_context = PainContext.ACTIVITY
    (said,) = warnings_of(case, "pain_low")
    assert said.endswith("Pain rose by 9 within 1 day.")
    case = a_case(before=1, after=10, after_on="2026-03-06")
    add_score(case, 5, "2026-03-05")
    assert warnings_of(case, "pain_low")


def test_two_scores_of_one_day_are_marked_unless_they_tell_of_two_pains() -> None:
    case = a_case()
    add_score(case, 3, "2026-04-04", TimePoint.UNDATED)
    assert warnings_of(case, "assessed_on")
    case.assessments[-1].pain_context = PainContext.REST
    assert not warnings_of(case, "assessed_on")


def test_a_score_of_another_pain_than_before_is_marked_unless_both_were_asked_for() -> None:
    case = a_case()
    case.assessments[1].pain_context = PainContext.REST
    derived.work_out(case)
    assert not warnings_of(case, "pain_low")
    case.assessments[0].pain_context = PainContext.ACTIVITY
    derived.work_out(case)
    assert warnings_of(case, "pain_low") == [
        "1 month: The score before tells of another pain, so the two are not compared."
    ]
    add_score(case, 5, "2026-03-04", TimePoint.BASELINE)
    add_score(case, 4, "2026-04-04")
    case.assessments[2].pain_context = PainContext.REST
    case.assessments[3].pain_context = PainContext.ACTIVITY
    derived.work_out(case)
    assert not warnings_of(case, "pain_low")
