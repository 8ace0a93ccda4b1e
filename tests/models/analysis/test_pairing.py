# SPDX-License-Identifier: MIT
"""Whatever the scores: every case has a pair or one reason, and only what may be paired is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.analysis.instruments import Scale
from models.analysis.members import NOTHING, Cases
from models.analysis.pairing import Gap, Selection, select
from models.analysis.question import FOLLOW_UPS, LATEST, Question
from models.analysis.scores import Scores
from models.errors import LogbookError
from models.vocabulary import AssessmentMissing, PainScale, TimePoint

SCALES = (Scale(PainScale.NRS, 10.0), Scale(PainScale.VAS_100, 100.0))
MOST_CASES = 5
GAPS = tuple(Gap)

QUESTIONS = st.one_of(
    st.sampled_from([None, *FOLLOW_UPS]).map(lambda to: Question(to=to)),
    st.sampled_from([None, *FOLLOW_UPS[2:]]).map(lambda to: Question(TimePoint.W1, to)),
)


@st.composite
def any_row(draw: st.DrawFn) -> tuple[int, ...]:
    low = draw(st.sampled_from([NOTHING, 0, 10, 45, 100]))
    high = low if low == NOTHING else low + draw(st.sampled_from([0, 0, 10]))
    kind = draw(st.sampled_from(["score", "words", "reason"])) if low == NOTHING else "score"
    return (
        draw(st.integers(0, MOST_CASES - 1)),
        draw(st.sampled_from([0, 20240304, 20240404, 20240904])),
        draw(st.integers(NOTHING, len(TimePoint) - 1)),
        draw(st.integers(NOTHING, len(SCALES) - 1)) if low != NOTHING else NOTHING,
        low,
        high,
        draw(st.booleans()),
        draw(st.booleans()),
        0 if kind == "words" else NOTHING,
        draw(st.integers(0, len(AssessmentMissing) - 1)) if kind == "reason" else NOTHING,
        draw(st.booleans()),
    )


@st.composite
def any_scores(draw: st.DrawFn) -> Scores:
    n = draw(st.integers(0, MOST_CASES))
    dated = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    cases = Cases(tuple(map(str, range(n))), np.array(dated, bool), (), np.zeros(n, np.int32), 0)
    found = [row for row in draw(st.lists(any_row(), max_size=25)) if row[0] < n]
    found.sort(key=lambda row: (row[1], row[2]))
    columns = np.array(found, np.int32).reshape(-1, 11).T
    case, day, point, scale, low, high, chosen, flagged, said, reason, other_pain = columns
    return Scores(
        cases,
        SCALES,
        ("resolved",),
        *(case, day, point, scale, low, high),
        chosen.astype(bool),
        flagged.astype(bool),
        said,
        reason,
        other_pain.astype(bool) & (point != TimePoint.BASELINE.rank) & (low != NOTHING),
    )


def gap_of(selection: Selection, case: int) -> Gap | None:
    rank = int(selection.gap[case])
    return None if rank == NOTHING else GAPS[rank]


@given(any_scores(), QUESTIONS)
def test_every_case_has_a_pair_or_exactly_one_reason(scores: Scores, question: Question) -> None:
    selection = select(scores, question)
    n_pairs = int(selection.paired.sum())
    n_missing = sum(gap_of(selection, case) is not None for case in range(len(scores.cases.ids)))
    assert n_pairs + n_missing == len(scores.cases.ids)
    if n_pairs:
        assert n_pairs == selection.pairs_by_scale[selection.scale] == max(selection.pairs_by_scale)


@given(any_scores(), QUESTIONS)
def test_a_pair_is_exact_dated_of_its_case_and_on_one_scale(
    scores: Scores, question: Question
) -> None:
    selection = select(scores, question)
    for case in np.flatnonzero(selection.paired):
        before, after = selection.before[case], selection.after[case]
        assert scores.case[before] == scores.case[after] == case
        assert scores.scale[before] == scores.scale[after] == selection.scale
        assert scores.low[before] == scores.high[before] != NOTHING
        assert scores.low[after] == scores.high[after] != NOTHING
        assert scores.day[after] > 0
        assert question.start.rank < scores.point[after] < TimePoint.UNDATED.rank
        assert scores.point[before] == question.start.rank
        if question.to is not None:
            assert scores.point[after] == question.to.rank
            assert scores.cases.dated[case]


@given(any_scores())
def test_no_later_score_on_the_scale_is_passed_over(scores: Scores) -> None:
    selection = select(scores, Question())
    for case in np.flatnonzero(selection.paired):
        after = selection.after[case]
        rivals = (
            (scores.case == case)
            & scores.numeric
            & (scores.scale == selection.scale)
            & (scores.point > 0)
            & (scores.point < TimePoint.UNDATED.rank)
        )
        assert scores.day[after] == scores.day[rivals].max()


@given(any_scores(), QUESTIONS)
def test_a_reason_is_true(scores: Scores, question: Question) -> None:
    selection = select(scores, question)
    for case in range(len(scores.cases.ids)):
        before, after = selection.before[case], selection.after[case]
        match gap_of(selection, case):
            case Gap.NO_BEFORE:
                here = (scores.case == case) & (scores.point == question.start.rank)
                assert not (here & (scores.numeric | (scores.said != NOTHING))).any()
            case Gap.BEFORE_RANGE:
                assert scores.low[before] < scores.high[before]
            case Gap.AFTER_RANGE:
                assert scores.low[after] < scores.high[after]
            case Gap.AFTER_WORDS:
                assert scores.said[after] != NOTHING
                assert not scores.numeric[after]
            case Gap.OTHER_SCALE_AFTER:
                assert scores.scale[before] != scores.scale[after]
            case Gap.OTHER_SCALE:
                assert scores.scale[before] == scores.scale[after] != selection.scale


@pytest.mark.parametrize(
    ("start", "to"),
    [
        ("24h", "24h"),
        ("1m", "1w"),
        ("baseline", "baseline"),
        ("baseline", "undated"),
        ("later", LATEST),
    ],
)
def test_a_question_that_runs_backwards_is_refused(start: str, to: str) -> None:
    with pytest.raises(LogbookError, match="cannot be followed"):
        Question.read(start, to)


@pytest.mark.parametrize(("to", "by"), [("5w", None), ("1m", "weather")])
def test_an_unknown_word_is_refused_with_what_is_known(to: str, by: str | None) -> None:
    with pytest.raises(LogbookError, match="Known are: "):
        Question.read(to=to, by=by)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"by": ""}, "No field to compare by is named. Known are: technique, "),
        ({"to": " "}, "No time point is named. Known are: 24h, 1w, 1m, 3m, 6m, 12m, 24m, later, l"),
        ({"start": ""}, "No time point is named. Known are: baseline, 24h, 1w, "),
        ({"to": "undated"}, "Choose a time point after the first one: 24h, "),
        ({"start": "12m", "to": "1m"}, "after the first one: 24m, later, latest."),
        ({"start": "later"}, "Begin with one of: baseline, 24h, 1w, 1m, 3m, 6m, 12m, 24m."),
        ({"start": "undated", "to": "1m"}, "Begin with one of: baseline, "),
    ],
)
def test_a_refused_word_is_told_with_those_that_would_do(
    question: dict[str, str], sentence: str
) -> None:
    with pytest.raises(LogbookError) as refused:
        Question.read(**question)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("start", ["baseline", *FOLLOW_UPS[:-1]])
def test_every_follow_up_behind_the_start_can_be_asked_for(start: str) -> None:
    first = Question.read(start).start
    behind = [point for point in FOLLOW_UPS if point.rank > first.rank]
    assert [Question.read(start, to).to for to in behind] == behind


def test_a_question_is_read_as_people_write_it() -> None:
    assert Question.read("Baseline", "1 mo").to is TimePoint.M1
    assert Question.read(to="Latest").to is None
