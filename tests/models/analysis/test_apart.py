# SPDX-License-Identifier: MIT
"""What is shown and enters nothing: ranges, words, other scales, no date; each with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from models.analysis.apart import MOST_LISTED
from models.analysis.report_json import outcomes_json
from models.analysis.report_text import outcomes_text
from models.bulk import save_many
from models.case import Case
from models.example import add_example
from models.logbook import Logbook
from models.numbers import Reported
from models.partial_date import PartialDate
from models.reports.pain_words import methods_of_pain, pain_sentences
from models.vocabulary import (
    AssessmentMissing,
    GlobalOutcome,
    PainScale,
    TimePoint,
)
from tests.builders import Score, add_score
from tests.models.analysis.asking import Ask, case_of, course, reasons


def test_the_published_cases_have_no_complete_pair(logbook: Logbook, ask: Ask) -> None:
    add_example(logbook)
    outcome = ask()
    assert (outcome.numbers.n_cases, outcome.numbers.n_pairs) == (2, 0)
    assert (outcome.n_before, outcome.n_after) == (1, 1)
    assert outcome.numbers.change.mean is None
    assert reasons(outcome) == {"no_score_before:not_recorded": 1, "followup_words": 1}
    assert outcome.message.startswith("No complete pair: ")
    one, two = outcome.apart
    assert (one.patient_code, one.levels) == ("Jones2009-I", ("L5",))
    assert (one.before, one.after, one.dated) == (Reported(), Reported(0.0, 1.0), False)
    assert (two.patient_code, two.levels) == ("Jones2009-II", ("T12",))
    assert (two.before, two.after.words) == (Reported(10.0, 10.0), "totally resolved")


def test_a_range_is_never_averaged(ask: Ask) -> None:
    outcome = ask(
        case_of(before=8, after=2), case_of(before=8, after=(0, 1)), case_of(before=(7, 9), after=1)
    )
    assert outcome.numbers.n_pairs == 1
    assert outcome.numbers.after.mean == 2.0
    assert reasons(outcome) == {"before_range": 1, "followup_range": 1}
    assert outcome.n_ranges == 2
    assert course(outcome)[TimePoint.M1] == (2, 1.5)
    assert [mark.is_range for mark in outcome.marks] == [True, False, True, False]


def test_a_word_never_becomes_a_number(ask: Ask) -> None:
    outcome = ask(case_of(before=8, after="resolved"), case_of(before="unbearable", after=1))
    assert outcome.numbers.n_pairs == 0
    assert reasons(outcome) == {"before_words": 1, "followup_words": 1}
    assert outcome.n_words == 2
    assert {(said.after, said.words) for said in outcome.said} == {
        (True, "resolved"),
        (False, "unbearable"),
    }


def test_later_words_do_not_replace_a_number_and_are_counted(logbook: Logbook, ask: Ask) -> None:
    """Only what is known to be later counts: with a date, after the number, of a pair."""

    def told(words: str, day: str | None, **values: Any) -> Case:
        case = case_of(**values)
        add_score(case, words, day, TimePoint.UNDATED)
        return case

    outcome = ask(
        told("pain free", "2024-06-04"),
        told("quite well", "2024-03-20"),
        told("pain free", "2024-04-04"),
        told("pain free", None),
        told("pain free", "2024-06-04", before=None),
        told("pain free", "2024-06-04", after=(0, 1)),
    )
    assert (outcome.numbers.n_pairs, outcome.numbers.change.mean) == (4, -6.0)
    assert outcome.n_later_words == 1
    assert outcome.later_words == (
        "In 1 pair a later answer was in words only; the last number before it counts."
    )
    assert outcomes_json(logbook)["n_later_words"] == 1
    assert outcome.later_words in outcomes_text(logbook, "baseline", "latest", None)
    assert outcome.later_words in " ".join(pain_sentences(outcome))
    assert "later answer in words only does not" in " ".join(methods_of_pain(outcome))


def test_a_later_range_leaves_no_pair(ask: Ask) -> None:
    case = case_of()
    add_score(case, (0, 1), "2024-06-04", TimePoint.M3)
    outcome = ask(case)
    assert (reasons(outcome), outcome.n_later_words) == ({"followup_range": 1}, 0)


def test_an_outcome_in_words_is_told_by_its_label(ask: Ask) -> None:
    case = case_of(after=None)
    case.add_assessment(time_point=TimePoint.UNDATED, global_outcome=GlobalOutcome.IMPROVED)
    (shown,) = ask(case).apart
    assert shown.after.words == GlobalOutcome.IMPROVED.label.lower()


@pytest.mark.parametrize("day", [None, "2024", "2024-04"])
def test_a_follow_up_without_its_day_is_shown_and_enters_nothing(ask: Ask, day: str | None) -> None:
    outcome = ask(case_of(before=8, after=2, after_on=day))
    assert outcome.numbers.n_pairs == 0
    assert reasons(outcome) == {"followup_undated": 1}
    assert (outcome.n_undated, outcome.n_after) == (1, 1)
    assert set(course(outcome)) == {TimePoint.BASELINE}
    assert [(mark.after, mark.dated) for mark in outcome.marks] == [(False, True), (True, False)]
    assert outcome.apart[0].dated is False


def test_a_follow_up_of_an_undated_procedure_enters_no_time_point(ask: Ask) -> None:
    case = case_of(on=None, before=8, after=None)
    add_score(case, 2, "2024-04-04", TimePoint.M1)
    save_once = ask(case, to="1m")
    assert reasons(save_once) == {"followup_undated": 1}
    assert TimePoint.M1 not in course(save_once)


def test_scales_are_never_mixed(ask: Ask) -> None:
    outcome = ask(
        case_of(before=8, after=2),
        case_of(before=6, after=4),
        case_of(before=80, after=10, scale=PainScale.VAS_100),
    )
    assert outcome.scale is not None
    assert outcome.scale.term is PainScale.NRS
    assert [(scale.term, n) for scale, n in outcome.other_scales] == [(PainScale.VAS_100, 1)]
    assert (outcome.numbers.n_pairs, outcome.numbers.change.mean) == (2, -4.0)
    assert reasons(outcome) == {"other_scale": 1}
    assert course(outcome)[TimePoint.BASELINE] == (2, 7.0)
    assert {mark.low for mark in outcome.marks} == set()


def test_another_scale_after_is_no_pair(ask: Ask) -> None:
    case = case_of(before=8, after=None)
    add_score(case, 20, "2024-04-04", scale=PainScale.VAS_100)
    outcome = ask(case_of(), case)
    assert reasons(outcome) == {"other_scale_after": 1}
    assert outcome.apart[0].after_scale == PainScale.VAS_100.label


def test_two_scales_on_the_same_days_pair_each_with_itself(ask: Ask) -> None:
    case = case_of(before=8, after=2)
    add_score(case, 75, "2024-03-04", TimePoint.BASELINE, PainScale.VAS_100)
    add_score(case, 15, "2024-04-04", scale=PainScale.VAS_100)
    outcome = ask(case, case_of())
    assert (outcome.numbers.n_pairs, outcome.numbers.change.mean) == (2, -6.0)
    assert [n for _, n in outcome.other_scales] == [1]


def test_verbal_scales_with_different_tops_are_different_scales(ask: Ask) -> None:
    case = case_of(before=None, after=None)
    for day, point, score, top in (
        ("2024-03-04", TimePoint.BASELINE, 3, 4),
        ("2024-04-04", TimePoint.M1, 1, 5),
    ):
        row = case.add_assessment(time_point=point, pain_low=score, pain_high=score)
        row.assessed_on, row.pain_scale, row.pain_scale_max = (
            PartialDate(day),
            PainScale.VERBAL,
            top,
        )
    assert reasons(ask(case)) == {"other_scale_after": 1}


def test_a_score_without_its_scale_is_no_pair(ask: Ask) -> None:
    case = case_of(before=None, after=2)
    case.add_assessment(time_point=TimePoint.BASELINE, pain_low=8, pain_high=8)
    outcome = ask(case)
    assert reasons(outcome) == {"before_without_scale": 1}
    assert [mark.after for mark in outcome.marks] == [True]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (None, None, "no_score_before"),
        (None, 2, "no_score_before"),
        ("bad", None, "before_words"),
        ((7, 8), None, "before_range"),
        (8, None, "no_followup_score"),
        (8, "better", "followup_words"),
        (8, (1, 2), "followup_range"),
    ],
)
def test_a_case_without_a_pair_has_one_reason(
    ask: Ask, before: Score | None, after: Score | None, code: str
) -> None:
    outcome = ask(case_of(before=before, after=after))
    assert reasons(outcome) == {code: 1}
    assert (outcome.numbers.n_pairs, outcome.numbers.n_missing) == (0, 1)


def test_a_recorded_reason_is_told(ask: Ask) -> None:
    case = case_of(after=None)
    case.add_assessment(time_point=TimePoint.M1, missing_reason=AssessmentMissing.DIED)
    outcome = ask(case)
    assert reasons(outcome) == {"no_followup_score:died": 1}
    assert outcome.message == "No complete pair: 1 with no follow-up score (died)."


def test_a_reason_of_another_time_point_is_not_told(ask: Ask) -> None:
    case = case_of(after=None)
    case.add_assessment(time_point=TimePoint.M3, missing_reason=AssessmentMissing.LOST)
    assert reasons(ask(case, to="1m")) == {"no_followup_score": 1}
    assert reasons(ask(to="3m")) == {"no_followup_score:lost": 1}


def test_of_very_many_cases_only_some_are_listed(logbook: Logbook, ask: Ask) -> None:
    n = MOST_LISTED + 5
    save_many(logbook, (case_of(code=f"S-{i}", after=(0, 1)) for i in range(n)))
    outcome = ask()
    assert (outcome.n_apart, len(outcome.apart)) == (n, MOST_LISTED)
    assert [(mark.after, mark.n) for mark in outcome.marks] == [(False, n), (True, n)]
