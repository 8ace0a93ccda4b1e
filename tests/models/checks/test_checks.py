# SPDX-License-Identifier: MIT
"""What is impossible, what is unusual and what is open in a case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import checks
from models.case import Case
from models.derived import work_out
from models.findings import Finding, Severity
from models.partial_date import PartialDate
from models.vocabulary import (
    Approach,
    AssessmentMissing,
    ExtraVertebra,
    Leakage,
    Level,
    PainScale,
    Side,
    Technique,
    TimePoint,
)
from tests.builders import a_case, add_score


def refused(case: Case) -> list[str]:
    return [finding.field for finding in checks.errors(case)]


def remarked(case: Case) -> list[str]:
    return [finding.field for finding in checks.warnings(case)]


def scored(score: float | tuple[float, float], scale: PainScale) -> Case:
    return a_case(before=score, after=None, scale=scale)


def test_a_plausible_case_has_neither_errors_nor_warnings() -> None:
    assert not checks.errors(a_case())
    assert not checks.warnings(a_case())


def test_trap_1_a_numeric_rating_is_whole_and_a_visual_one_has_tenths() -> None:
    assert refused(scored(7.5, PainScale.NRS)) == ["pain_low"]
    assert refused(scored(7.5, PainScale.VAS_10)) == []
    assert refused(scored(7.5, PainScale.VAS_100)) == ["pain_low"]
    assert refused(scored((7, 7.5), PainScale.NRS)) == ["pain_low"]


def test_trap_1_seventy_five_on_a_scale_of_ten_is_refused_and_not_divided() -> None:
    case = scored(75, PainScale.VAS_10)
    (found,) = checks.errors(case)
    assert found.message == "Before: Pain 75 is above the top of VAS 0–10."
    assert case.assessments[0].pain_low == 75
    assert refused(scored(75, PainScale.VAS_100)) == []


def test_a_verbal_scale_has_the_top_that_is_stated() -> None:
    case = scored(5, PainScale.VERBAL)
    assert refused(case) == []
    case.assessments[0].pain_scale_max = 4
    assert refused(case) == ["pain_low"]


@given(st.sampled_from(list(PainScale)), st.integers(0, 1000).map(lambda n: n / 10))
def test_a_score_is_accepted_exactly_where_its_scale_has_it(scale: PainScale, value: float) -> None:
    top, step = scale.maximum, scale.step
    on_scale = top is None or (value <= top and (step != 1 or value == int(value)))
    assert (refused(scored(value, scale)) == []) is on_scale


@pytest.mark.parametrize("pair", [(3, None), (None, 3), (5, 3)])
def test_a_range_has_both_ends_in_order(pair: tuple[float | None, float | None]) -> None:
    case = a_case()
    case.assessments[0].pain_low, case.assessments[0].pain_high = pair
    assert "pain_low" in refused(case)


@pytest.mark.parametrize("pair", [(3, None), (None, 3), (5, 3)])
def test_a_reported_height_gain_has_both_ends_in_order(
    pair: tuple[float | None, float | None],
) -> None:
    case = a_case()
    case.levels[0].height_gain_low_mm, case.levels[0].height_gain_high_mm = pair
    assert refused(case) == ["height_gain_low_mm"]


def test_trap_4_a_range_is_accepted() -> None:
    assert refused(scored((0, 1), PainScale.NRS)) == []


def test_trap_7_a_score_after_cannot_be_dated_before_the_procedure() -> None:
    case = a_case(on="2026-03-04", after=None)
    add_score(case, 2, "2026-03-03", TimePoint.M1)
    assert refused(case) == ["assessed_on"]


def test_trap_7_a_score_before_cannot_be_dated_after_the_procedure() -> None:
    case = a_case(on="2026-03-04", before=None, after=None)
    add_score(case, 8, "2026-03-05", TimePoint.BASELINE)
    work_out(case)
    assert refused(case) == ["assessed_on"]


def test_dates_that_may_be_in_order_are_not_refused() -> None:
    case = a_case(on="2026-03", before=None, after=None)
    add_score(case, 8, "2026-03-31", TimePoint.BASELINE)
    add_score(case, 2, "2026-03-01", TimePoint.W1)
    add_score(case, 2, "2026", TimePoint.M1)
    assert refused(case) == []


def test_the_procedure_cannot_lie_before_the_birth() -> None:
    case = a_case(on="2026-03-04")
    case.patient.birth_date = PartialDate("2026-03-05")
    assert refused(case) == ["performed_on"]
    case.patient.birth_date, case.procedure.age_at_procedure = PartialDate("2026"), 0
    assert refused(case) == []


def test_the_procedure_cannot_lie_after_the_death() -> None:
    case = a_case(on="2026-03-04", after=None)
    case.patient.died_on = PartialDate("2026-03-03")
    assert refused(case) == ["performed_on"]
    case.patient.died_on = PartialDate("2026-03")
    assert refused(case) == []


def test_a_score_from_long_before_is_no_fresh_baseline() -> None:
    case = a_case(on="2026-03-04", before=None, after=None)
    add_score(case, 8, "2026-02-02", TimePoint.BASELINE)
    assert remarked(case) == []
    add_score(case, 8, "2026-02-01", TimePoint.BASELINE)
    assert remarked(case) == ["assessed_on"]


def test_a_child_of_fourteen_is_kept_with_a_warning() -> None:
    assert refused(a_case(age=14)) == []
    assert remarked(a_case(age=14)) == ["age_at_procedure"]


@pytest.mark.parametrize("age", [-1, 121])
def test_an_impossible_age_is_refused(age: int) -> None:
    assert refused(a_case(age=age)) == ["age_at_procedure"]


def test_trap_10_a_variant_asks_how_the_levels_were_counted() -> None:
    for level in (Level.T13, Level.L6):
        case = a_case("P-1", level)
        assert remarked(case) == ["level_counting"]
        case.levels[0].level_counting = "From the sacrum, on MRI of the whole spine."
        assert remarked(case) == []


def test_trap_11_left_and_right_make_the_total() -> None:
    case = a_case(cement_ml=6)
    level = case.levels[0]
    level.cement_left_ml, level.cement_right_ml = 2.9, 3.1
    assert refused(case) == []
    level.cement_right_ml = 3.2
    (found,) = checks.errors(case)
    assert found.field == "cement_ml"
    assert "6.1 mL" in found.message


def test_trap_11_one_side_alone_contradicts_nothing() -> None:
    case = a_case(cement_ml=6)
    case.levels[0].cement_left_ml = 2
    assert refused(case) == []


def test_trap_11_one_side_alone_is_not_more_than_the_total() -> None:
    case = a_case(cement_ml=6)
    case.levels[0].cement_left_ml = 6.1
    assert refused(case) == ["cement_ml"]


def test_trap_12_leakage_not_answered_is_open_and_is_not_none() -> None:
    case = a_case(leakage=None)
    assert "leakage" in [finding.field for finding in checks.open_fields(case)]
    answered = a_case(leakage=Leakage.NONE)
    assert "leakage" not in [finding.field for finding in checks.open_fields(answered)]


def test_trap_12_leaks_and_the_answer_about_leakage_agree() -> None:
    case = a_case(leakage=Leakage.PRESENT)
    assert remarked(case) == ["leakage"]
    case.add_leak(case.levels[0])
    assert remarked(case) == []
    for answer in (Leakage.NONE, Leakage.NOT_ASSESSED):
        case.levels[0].leakage = answer
        assert remarked(case) == ["leakage"]


def test_trap_13_eighteen_ml_are_kept_with_a_warning() -> None:
    case = a_case("P-1", Level.L3, cement_ml=18)
    assert refused(case) == []
    assert remarked(case) == ["cement_ml"]


def test_trap_15_a_loss_of_height_is_no_error() -> None:
    case = a_case()
    case.levels[0].anterior_before_mm, case.levels[0].anterior_after_mm = 20, 18
    assert checks.errors(case) == []
    assert checks.warnings(case) == []


def test_a_change_of_height_beyond_fifteen_mm_is_unusual() -> None:
    case = a_case()
    case.levels[0].middle_before_mm, case.levels[0].middle_after_mm = 10, 26
    assert refused(case) == []
    assert remarked(case) == ["middle_after_mm"]


def test_a_level_stands_in_a_case_once() -> None:
    assert refused(a_case("P-1", Level.T12, Level.T12)) == ["level"]


def test_levels_that_are_not_named_yet_are_not_the_same_level() -> None:
    case = a_case()
    case.add_level()
    case.add_level()
    assert refused(case) == []


@pytest.mark.parametrize(
    ("approach", "level", "possible"),
    [
        (Approach.TRANSORAL, Level.C2, True),
        (Approach.TRANSORAL, Level.L1, False),
        (Approach.ANTEROLATERAL, Level.C5, True),
        (Approach.ANTEROLATERAL, Level.T12, False),
        (Approach.SACRAL_LONG_AXIS, Level.S1, True),
        (Approach.SACRAL_LONG_AXIS, Level.L5, False),
        (Approach.NOT_STATED, Level.L5, True),
    ],
)
def test_an_approach_belongs_to_its_region(
    approach: Approach, level: Level, possible: bool
) -> None:
    case = a_case("P-1", level)
    case.levels[0].approach = approach
    assert ("approach" not in refused(case)) is possible


def test_balloon_kyphoplasty_has_a_balloon() -> None:
    case = a_case(technique=Technique.BALLOON_KYPHOPLASTY)
    case.levels[0].balloon_count = 0
    assert refused(case) == ["balloon_count"]
    case.levels[0].technique = Technique.VERTEBROPLASTY
    assert refused(case) == []


def test_bilateral_with_one_needle_is_unusual() -> None:
    case = a_case()
    case.levels[0].side, case.levels[0].needle_count = Side.BILATERAL, 1
    assert remarked(case) == ["needle_count"]


def test_an_impossible_value_of_any_row_is_refused_with_its_place() -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    case.add_balloon(case.levels[1], volume_ml=11)
    (found,) = checks.errors(case)
    assert (found.table, found.field, found.severity) == ("balloon", "volume_ml", Severity.ERROR)
    assert found.message.startswith("L1: Volume 11 is not possible")
    assert found.row_id == case.balloons[0].id


def test_a_new_case_is_open_and_has_no_errors() -> None:
    case = Case.new()
    assert checks.errors(case) == []
    messages = [finding.message for finding in checks.open_fields(case)]
    assert "No level yet." in messages
    assert "No pain score before the procedure." in messages


def test_a_missing_baseline_with_its_reason_is_an_answer() -> None:
    case = a_case(before=None)

    def is_open() -> bool:
        found = checks.open_fields(case)
        return "No pain score before the procedure." in [finding.message for finding in found]

    assert is_open()
    case.add_assessment(
        time_point=TimePoint.BASELINE, missing_reason=AssessmentMissing.NOT_RECORDED
    )
    assert not is_open()


def test_a_balloon_that_was_counted_needs_its_volume() -> None:
    case = a_case()
    level = case.levels[0]

    def said() -> list[str]:
        found = checks.open_fields(case)
        return [f.message for f in found if f.field in ("balloon_count", "volume_ml")]

    level.balloon_count = 2
    assert said() == ["T12: Volume of 2 balloons is open."]
    balloon = case.add_balloon(level)
    assert said() == ["T12: Volume is open.", "T12: Volume of a balloon is open."]
    balloon.volume_ml = 3.0
    assert said() == ["T12: Volume of a balloon is open."]
    case.add_balloon(level, volume_ml=3.0)
    assert said() == []
    case.balloons = []
    level.technique = Technique.VERTEBROPLASTY
    assert said() == []


@pytest.mark.parametrize("reason", list(AssessmentMissing))
def test_a_baseline_that_is_asked_for_again_is_not_answered_yet(reason: AssessmentMissing) -> None:
    case = a_case(before=None)
    case.add_assessment(time_point=TimePoint.BASELINE, missing_reason=reason)
    is_open = "No pain score before the procedure." in [f.message for f in checks.open_fields(case)]
    assert is_open is (reason in (AssessmentMissing.NOT_REACHED, AssessmentMissing.NOT_YET_DUE))
    assert is_open is not reason.is_final


def test_a_call_that_was_tried_is_no_answer_of_the_dead() -> None:
    case = a_case(after=None)
    case.patient.died_on = PartialDate("2026-03-20")
    row = case.add_assessment(assessed_on=PartialDate("2026-04-01"), call_attempts=3)
    assert not [f for f in checks.errors(case) if f.field == "assessed_on"]
    row.call_attempts = 11
    assert [f.field for f in checks.warnings(case) if f.row_id == row.id] == ["call_attempts"]


def test_an_extra_vertebra_of_the_patient_may_lie_untreated_between() -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    case.patient.extra_vertebrae = (ExtraVertebra.T13,)
    said = [finding.message for finding in checks.warnings(case)]
    assert "T13 lies untreated between cemented T12 and L1." in said


def test_a_field_that_does_not_apply_is_not_open() -> None:
    case = a_case(technique=Technique.VERTEBROPLASTY)
    assert "balloon_count" not in [finding.field for finding in checks.open_fields(case)]
    case.levels[0].technique = Technique.BALLOON_KYPHOPLASTY
    assert "balloon_count" in [finding.field for finding in checks.open_fields(case)]


@pytest.mark.parametrize("ask", [checks.errors, checks.warnings, checks.open_fields])
def test_every_finding_is_a_sentence_about_a_row_of_the_case(
    ask: Callable[[Case], list[Finding]],
) -> None:
    case = a_case("P-1", Level.L6, Level.L1, before=75, cement_ml=18, age=14, leakage=None)
    rows = {str(row.id): row for row in (*case.person_rows(), *case.case_rows())}
    found = ask(case)
    assert found
    for finding in found:
        assert finding.message.endswith(".")
        assert finding.table == rows[finding.row_id]._meta.table_name
        assert finding.field == "" or finding.field in rows[finding.row_id]._meta.fields


def test_findings_come_by_weight_and_what_is_explained_comes_last() -> None:
    case = a_case("P-1", Level.L6, before=75, age=14)
    case.procedure.explained = {"age_at_procedure": "A published case."}
    weights = [finding.severity for finding in checks.findings(case)]
    assert weights == sorted(weights, key=list(Severity).index)
    assert set(weights) == set(Severity)


def test_an_explained_warning_is_no_warning_any_more_and_carries_the_words() -> None:
    case = a_case("P-1", Level.L3, cement_ml=18)
    case.levels[0].explained = {"cement_ml": "Whole body involved"}
    (found,) = checks.warnings(case)
    assert found.severity is Severity.EXPLAINED
    assert found.explanation == "Whole body involved"
    assert found.message.startswith("L3: Cement 18 is unusual")


def test_an_explanation_makes_nothing_possible_that_is_not() -> None:
    case = a_case(cement_ml=31)
    case.levels[0].explained = {"cement_ml": "So it was"}
    assert refused(case) == ["cement_ml"]


def test_an_explanation_that_is_not_needed_any_more_stays_in_sight() -> None:
    case = a_case(cement_ml=6)
    case.levels[0].explained = {"cement_ml": "Whole body involved"}
    (found,) = checks.warnings(case)
    assert (found.severity, found.field) == (Severity.EXPLAINED, "cement_ml")
    assert found.message == "T12: Cement is explained, and is not unusual."
