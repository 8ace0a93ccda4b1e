# SPDX-License-Identifier: MIT
"""Which score stands in which column of the flat export."""

from __future__ import annotations

from models.case import Case, find_patient, save_case
from models.example import add_example
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import AssessmentMissing, GlobalOutcome, PainScale, TimePoint
from tests.builders import a_case, add_score
from tests.models.exchange.reading import exported, filled


def test_each_score_stands_at_its_time_point(logbook: Logbook) -> None:
    case = a_case(on="2024-01-01", before=8, after=None)
    days = ["2024-01-02", "2024-01-08", "2024-02-01", "2024-04-01", "2024-07-01", "2025-01-01"]
    for score, day in enumerate([*days, "2026-01-01", "2026-10-01"]):
        add_score(case, score, day)
    (row,) = exported(logbook, case)
    scores = {name: row[f"pain_{name}"] for name in TimePoint}
    assert scores == {
        "baseline": "8",
        "24h": "0",
        "1w": "1",
        "1m": "2",
        "3m": "3",
        "6m": "4",
        "12m": "5",
        "24m": "6",
        "later": "7",
        "undated": "",
    }
    assert row["pain_1m_on"] == "2024-02-01"
    assert row["pain_score_count"] == "9"


def test_trap_4_a_range_stands_beside_its_column_and_leaves_it_empty(logbook: Logbook) -> None:
    case = a_case(before=(7, 8), after=(0, 1), after_on="2026-04-04")
    (row,) = exported(logbook, case)
    assert filled(row, "pain_baseline") == {
        "pain_baseline_low": "7",
        "pain_baseline_high": "8",
        "pain_baseline_on": "2026-03-04",
    }
    assert (row["pain_1m"], row["pain_1m_low"], row["pain_1m_high"]) == ("", "0", "1")


def test_an_exact_score_leaves_low_and_high_empty(logbook: Logbook) -> None:
    (row,) = exported(logbook, a_case(before=10, after=4.5, scale=PainScale.VAS_10))
    assert (row["pain_baseline"], row["pain_1m"]) == ("10", "4.5")
    assert row["pain_baseline_low"] == row["pain_1m_high"] == ""


def test_trap_3_words_are_no_score(logbook: Logbook) -> None:
    case = a_case(after="totally resolved", after_on="2026-04-04")
    case.assessments[1].global_outcome = GlobalOutcome.RESOLVED
    (row,) = exported(logbook, case)
    assert filled(row, "pain_1m") == {"pain_1m_words": "totally resolved"}
    assert row["outcome_1m"] == "resolved"


def test_the_last_words_at_a_time_point_stand_beside_the_score(logbook: Logbook) -> None:
    case = a_case(after=None)
    add_score(case, "much better", "2026-04-10")
    add_score(case, "a little better", "2026-04-02")
    add_score(case, 2, "2026-04-03")
    (row,) = exported(logbook, case)
    assert (row["pain_1m"], row["pain_1m_words"]) == ("2", "much better")


def test_a_score_on_another_scale_takes_no_column_from_the_scale_of_the_case(
    logbook: Logbook,
) -> None:
    case = a_case(before=8, after=5, after_on="2026-04-05")
    add_score(case, 2, "2026-04-30")
    add_score(case, 20, "2026-04-03", scale=PainScale.VAS_100)
    (row,) = exported(logbook, case)
    assert (row["pain_scale"], row["pain_1m"], row["pain_1m_on"]) == ("nrs_0_10", "5", "2026-04-05")
    assert (row["pain_score_count"], row["pain_other_scale"]) == ("4", "1")


def test_a_missing_score_has_its_reason_until_there_is_one(logbook: Logbook) -> None:
    case = a_case(after=None)
    case.add_assessment(
        assessed_on=PartialDate("2026-04-04"), missing_reason=AssessmentMissing.DECLINED
    )
    (row,) = exported(logbook, case)
    assert filled(row, "pain_1m") == {"pain_1m_missing": "declined"}
    add_score(case, 2, "2026-04-05")
    (row,) = exported(logbook, case)
    assert filled(row, "pain_1m") == {"pain_1m": "2", "pain_1m_on": "2026-04-05"}


def test_a_reason_without_a_day_stands_where_the_score_was_due(logbook: Logbook) -> None:
    case = a_case(after=None)
    case.add_assessment(time_point=TimePoint.M3, missing_reason=AssessmentMissing.LAPSED)
    (row,) = exported(logbook, case)
    assert filled(row, "pain_3m") == {"pain_3m_missing": "lapsed"}
    assert filled(row, "pain_undated") == {}


def test_a_follow_up_whose_day_is_not_known_stands_under_undated(logbook: Logbook) -> None:
    case = a_case(after=None)
    add_score(case, 3, None, TimePoint.M1)
    add_score(case, 2, "2026-04", TimePoint.M1)
    (row,) = exported(logbook, case)
    assert filled(row, "pain_1m") == {}
    assert filled(row, "pain_undated") == {"pain_undated": "2", "pain_undated_on": "2026-04"}


def test_without_the_day_of_the_procedure_every_follow_up_is_undated(logbook: Logbook) -> None:
    case = a_case(on="2026", before=8, after=None)
    add_score(case, 2, "2026-04-04", TimePoint.M1)
    (row,) = exported(logbook, case)
    assert (row["pain_baseline"], row["pain_1m"], row["pain_undated"]) == ("8", "", "2")


def test_trap_8_scores_of_two_scales_are_not_mixed(logbook: Logbook) -> None:
    case = a_case(on="2024-01-01", before=8, after=None, scale=PainScale.NRS)
    add_score(case, 20, "2024-02-01", scale=PainScale.VAS_100)
    add_score(case, 3, "2024-04-01", scale=PainScale.NRS)
    (row,) = exported(logbook, case)
    assert (row["pain_scale"], row["pain_other_scale"], row["pain_score_count"]) == (
        "nrs_0_10",
        "1",
        "3",
    )
    assert (row["pain_baseline"], row["pain_1m"], row["pain_3m"]) == ("8", "", "3")


def test_without_a_baseline_the_first_score_after_sets_the_scale(logbook: Logbook) -> None:
    case = a_case(on="2024-01-01", before=None, after=None)
    add_score(case, 3, "2024-04-01", scale=PainScale.NRS)
    add_score(case, 20, "2024-02-01", scale=PainScale.VAS_100)
    (row,) = exported(logbook, case)
    assert (row["pain_scale"], row["pain_1m"], row["pain_3m"]) == ("vas_0_100", "20", "")


def test_verbal_scales_with_different_tops_are_different_scales(logbook: Logbook) -> None:
    case = a_case(on="2024-01-01", before=5, after=None, scale=PainScale.VERBAL)
    add_score(case, 3, "2024-02-01", scale=PainScale.VERBAL)
    add_score(case, 2, "2024-04-01", scale=PainScale.VERBAL)
    for assessment, top in zip(case.assessments, (6, 10, 6), strict=True):
        assessment.pain_scale_max = top
    (row,) = exported(logbook, case)
    assert (row["pain_scale"], row["pain_scale_max"]) == ("verbal", "6")
    assert (row["pain_baseline"], row["pain_1m"], row["pain_3m"]) == ("5", "", "2")
    assert row["pain_other_scale"] == "1"


def test_a_score_without_a_scale_is_on_no_known_one(logbook: Logbook) -> None:
    case = a_case(on="2024-01-01", before=8, after=None)
    add_score(case, 3, "2024-02-01")
    case.assessments[1].pain_scale = None
    (row,) = exported(logbook, case)
    assert (row["pain_scale"], row["pain_1m"], row["pain_other_scale"]) == ("nrs_0_10", "", "1")


def test_trap_19_each_session_of_a_patient_has_its_own_baseline(logbook: Logbook) -> None:
    first = a_case("P-1", on="2024-01-01", before=8, after=None)
    save_case(logbook, first)
    second = Case.new(find_patient(logbook, "P-1"))
    second.procedure.performed_on = PartialDate("2024-06-01")
    add_score(second, 6, "2024-05-30")
    rows = exported(logbook, second)
    assert [row["pain_baseline"] for row in rows] == ["8", "6"]
    assert len({row["patient_id"] for row in rows}) == 1


def test_trap_22_the_two_source_cases_stand_as_the_paper_tells_them(logbook: Logbook) -> None:
    add_example(logbook)
    one, two = sorted(exported(logbook), key=lambda row: row["patient_code"])
    assert (one["patient_code"], two["patient_code"]) == ("Jones2009-I", "Jones2009-II")
    assert (one["level"], one["cement_ml"], one["age_at_procedure"]) == ("L5", "4", "38")
    assert (one["pain_baseline"], one["pain_baseline_missing"]) == ("", "not_recorded")
    assert one["pain_undated"] == ""
    assert (one["pain_undated_low"], one["pain_undated_high"]) == ("0", "1")
    assert (two["level"], two["cement_ml"], two["side"]) == ("T12", "6", "right")
    assert (two["pain_baseline"], two["pain_scale"]) == ("10", "vas_0_10")
    assert two["pain_undated"] == two["pain_undated_low"] == ""
    assert "resolved" in two["pain_undated_words"]
    assert two["outcome_undated"] == "resolved"
    assert two["height_gain_mm"] == ""
    assert (two["height_gain_low_mm"], two["height_gain_high_mm"]) == ("3", "5")
    assert one["height_gain_mm"] == one["height_gain_low_mm"] == ""
    for row in (one, two):
        after = [row[f"pain_{point}"] for point in TimePoint if point is not TimePoint.BASELINE]
        assert not (row["pain_baseline"] and any(after))
