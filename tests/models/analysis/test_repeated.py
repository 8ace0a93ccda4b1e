# SPDX-License-Identifier: MIT
"""The mixed model of scores missing at random: its scores, what it says, and when it is refused."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pytest

from models.analysis.at_random import FEWEST_PAIRS, FEWEST_SCORES, AtRandom, WhyNot, WhyOut
from models.analysis.followed import followed
from models.analysis.instruments import Instrument
from models.analysis.paired import pain_outcome
from models.analysis.question import Question
from models.analysis.repeated import repeated_measures
from models.analysis.report_json import outcomes_json
from models.analysis.report_text import outcomes_text
from models.bulk import save_many
from models.case import Case
from models.example import add_example
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.query import parse
from models.vocabulary import PainScale, Sex, TimePoint, YesNo
from tests.builders import Score, a_case, add_score
from tests.models.asked import statements

MONTH, QUARTER, YEAR = "2024-04-04", "2024-06-04", "2025-03-04"

Ask = Callable[..., AtRandom]


def case(
    number: int,
    *after: Score | None,
    before: Score | None = 8,
    scale: PainScale = PainScale.NRS,
) -> Case:
    """A case of 4 March 2024, with scores at 1, 3 and 12 months as far as they are given."""
    made = a_case(f"P-{number}", on="2024-03-04", before=before, after=None, scale=scale)
    for score, on in zip(after, (MONTH, QUARTER, YEAR), strict=False):
        if score is not None:
            add_score(made, score, on, scale=scale)
    return made


def pairs(n: int) -> list[tuple[int, int]]:
    """Scores before and after that go together, though not wholly."""
    rng = random.Random(5)
    before = [rng.randint(4, 10) for _ in range(n)]
    return [(one, max(0, one - rng.randint(1, 6))) for one in before]


@pytest.fixture
def ask(logbook: Logbook) -> Ask:
    def answer(cases: Sequence[Case] = (), **question: str) -> AtRandom:
        save_many(logbook, cases)
        with logbook.session():
            return repeated_measures(logbook, Question.read(**question))

    return answer


def test_without_gaps_it_is_the_paired_change_with_its_interval(ask: Ask, logbook: Logbook) -> None:
    found = ask([case(n, after, before=one) for n, (one, after) in enumerate(pairs(32))], to="1m")
    with logbook.session():
        change = pain_outcome(logbook, Question.read(to="1m")).numbers.change
    assert found.pairs == change
    assert found.change is not None
    assert found.change.mean == pytest.approx(change.mean, rel=1e-12)
    assert found.change.ci95 == pytest.approx(change.ci95, rel=1e-9)
    assert (found.change.df, found.n_cases, found.n_scores) == (31, 32, 64)


def test_those_lost_count_by_what_they_scored_before(ask: Ask) -> None:
    """The estimate of Anderson 1957: the regression of the complete cases, for all."""
    complete = pairs(34)
    cases = [case(n, after, before=one) for n, (one, after) in enumerate(complete)]
    cases += [case(100 + n, before=10) for n in range(16)]
    found = ask(cases, to="1m")
    before, after = np.array(complete, float).T
    slope, level = np.polyfit(before, after, 1)
    everybody = np.concatenate([before, np.full(16, 10.0)]).mean()
    assert found.change is not None
    assert found.change.mean == pytest.approx(level + slope * everybody - everybody, rel=1e-9)
    assert found.pairs.mean == pytest.approx((after - before).mean())
    assert (found.pairs.n, found.n_cases, found.n_scores) == (34, 50, 84)
    first, last = found.points
    assert (first.point, first.scores.n, last.point, last.scores.n) == (
        *(TimePoint.BASELINE, 50, TimePoint.M1, 34),
    )
    assert last.modeled.mean - first.modeled.mean == pytest.approx(found.change.mean)


def test_what_is_no_number_of_the_scale_and_its_time_never_enters(ask: Ask) -> None:
    cases = [case(n, after, before=one) for n, (one, after) in enumerate(pairs(32))]
    plain = ask(cases, to="1m")
    undated = case(204)
    add_score(undated, 1, time_point=TimePoint.UNDATED)
    found = ask(
        [
            case(200, (0, 1), before=None),
            case(201, "resolved", before=None),
            case(202, 80, before=90, scale=PainScale.VAS_100),
            case(203, before=(7, 8)),
            case(205, before=None),
        ],
        to="1m",
    )
    assert found.change == plain.change
    unused = found.unused
    assert (unused.ranges, unused.words, unused.undated) == (2, 1, 0)
    assert unused.other_scales == 2
    assert ask([undated], to="1m").unused.undated == 1
    assert "Scores that enter neither: 2 as a range, 1 in words, 2 on another" in (
        found.unused_in_words
    )


def test_a_score_after_another_fracture_counts_and_is_flagged(ask: Ask) -> None:
    cases = [case(n, after, before=one) for n, (one, after) in enumerate(pairs(32))]
    cases[0].assessments[-1].new_fracture = YesNo.YES
    found = ask(cases, to="1m")
    assert (found.pairs.n, found.n_flagged) == (32, 1)
    assert found.flagged_in_words.startswith("1 score after came after a new fracture")


def test_other_visits_help_and_those_with_too_few_scores_are_named(ask: Ask) -> None:
    cases = [case(n, after, after, before=one) for n, (one, after) in enumerate(pairs(32))]
    for n, made in enumerate(cases):
        made.assessments[2].pain_low = made.assessments[2].pain_high = n % 7
    for made in cases[: FEWEST_SCORES - 1]:
        add_score(made, 3, YEAR)
    found = ask(cases, to="1m")
    assert [one.point for one in found.points] == [TimePoint.BASELINE, TimePoint.M1, TimePoint.M3]
    [left] = found.left_out
    assert (left.point, left.n, left.why) == (TimePoint.M12, 19, WhyOut.FEW_SCORES)
    assert found.left_out_in_words == "Not in the model: 12 months (n 19, fewer than 20 scores)."
    assert found.change is not None
    assert found.change.df == 30, "one less for the third time point"


def test_a_visit_that_is_never_seen_with_another_stays_out(ask: Ask) -> None:
    cases = [case(n, after, before=one) for n, (one, after) in enumerate(pairs(32))]
    cases += [case(100 + n, None, n % 9, before=None) for n in range(25)]
    found = ask(cases, to="1m")
    [left] = found.left_out
    assert (left.point, left.n, left.why) == (TimePoint.M3, 25, WhyOut.SELDOM_TOGETHER)
    assert found.n_cases == 32


def test_the_latest_is_the_last_time_point_with_enough_pairs(ask: Ask) -> None:
    cases = [case(n, after, after, before=one) for n, (one, after) in enumerate(pairs(32))]
    for n, made in enumerate(cases):
        made.assessments[2].pain_low = made.assessments[2].pain_high = n % 7
    found = ask([*cases, case(90, None, None, 3)])
    assert (found.to, found.pairs.n) == (TimePoint.M3, 32)
    assert "the model goes to 3 months, the last time point with at least 30" in (
        found.chosen_in_words
    )
    assert not ask(to="3m").chosen_in_words


def test_it_starts_where_the_question_starts(ask: Ask) -> None:
    cases = [case(n, after, n % 7, before=one) for n, (one, after) in enumerate(pairs(32))]
    found = ask(cases, start="1m", to="3m")
    assert found.change is not None
    assert found.change.mean == pytest.approx(found.pairs.mean)
    assert len(found.points) == 3


@pytest.mark.parametrize("n", [0, 1, 2, FEWEST_PAIRS - 1])
def test_few_pairs_are_told_and_not_modeled(ask: Ask, n: int) -> None:
    found = ask([case(i, i % 7) for i in range(n)], to="1m")
    assert found.change is None
    assert found.points == ()
    assert found.methods == ""
    if n:
        many = "case has" if n == 1 else "cases have"
        assert found.why_not is WhyNot.FEW_PAIRS
        assert found.refusal == (
            f"No mixed model: {n} {many} both scores (before, 1 month), and it needs 30."
        )
    else:
        assert found.refusal == "No mixed model: no score is a number on a known scale."


def test_equal_scores_and_scores_that_follow_from_others_are_refused(ask: Ask) -> None:
    equal = ask([case(n, n % 7) for n in range(30)], to="1m")
    assert (equal.why_not, equal.refusal) == (
        *(WhyNot.ALL_EQUAL, "No mixed model: all scores at the time point “Before” are the same."),
    )
    follows = ask([case(50 + n, n % 7, before=n % 7 + 2) for n in range(30)], to="1m")
    assert follows.change is not None, "with the others they do not"


def test_where_every_pair_changed_alike_there_is_no_covariance(ask: Ask) -> None:
    found = ask([case(n, n % 7, before=n % 7 + 2) for n in range(30)], to="1m")
    assert found.why_not is WhyNot.SINGULAR
    assert found.refusal.endswith("(30 cases, 60 scores).")
    assert found.pairs.mean == -2


def test_a_mean_beyond_the_scale_is_not_shown(ask: Ask) -> None:
    """Those lost were far better before than anybody who stayed."""
    cases = [case(n, max(0, n % 4 - n % 2), before=7 + n % 4) for n in range(32)]
    found = ask([*cases, *(case(100 + n, before=0) for n in range(60))], to="1m")
    assert found.why_not is WhyNot.OFF_SCALE
    assert "beyond the ends of the scale (92 cases, 124 scores)" in found.refusal


@pytest.mark.parametrize(
    "made",
    [
        lambda n: case(n, before=None),
        lambda n: case(n, "better", before="severe"),
        lambda n: case(n, (1, 2), before=(7, 8)),
        lambda n: case(n, before=8),
    ],
    ids=["nothing", "words", "ranges", "no follow-up"],
)
def test_where_no_number_can_be_paired_it_says_so(ask: Ask, made: Callable[[int], Case]) -> None:
    found = ask([made(n) for n in range(3)])
    assert found.why_not in (WhyNot.NO_SCALE, WhyNot.FEW_PAIRS)
    assert found.refusal.startswith("No mixed model: no ")


def test_the_published_cases_are_too_few_and_claim_nothing(ask: Ask, logbook: Logbook) -> None:
    add_example(logbook)
    found = ask()
    assert found.refusal == (
        "No mixed model: no case has a score both before and after, and it needs 30."
    )
    assert (found.pairs.n, found.unused.words, found.unused.undated) == (0, 1, 1)
    told = outcomes_text(logbook, "baseline", "latest", None)
    assert found.refusal in told
    assert "mixed model " not in told.replace(found.refusal, "")


def test_a_filter_and_another_instrument_are_asked_as_of_pairs(ask: Ask, logbook: Logbook) -> None:
    cases = [case(n, after, before=one) for n, (one, after) in enumerate(pairs(40))]
    for n, made in enumerate(cases):
        made.patient.sex = Sex.MALE if n < 35 else Sex.FEMALE
        made.assessments[0].odi_pct, made.assessments[1].odi_pct = 40 + n, 20 + n % 9
    save_many(logbook, cases)
    asked = Question(to=TimePoint.M1, filter=parse("sex:male"))
    with logbook.session():
        pain, odi = (
            repeated_measures(logbook, asked, one) for one in (Instrument.PAIN, Instrument.ODI)
        )
    assert (pain.n_all, pain.n_cases, odi.n_cases) == (35, 35, 35)
    assert odi.change is not None
    assert odi.change.mean == pytest.approx(odi.pairs.mean)


def test_more_cases_ask_no_more_of_the_database(ask: Ask, logbook: Logbook) -> None:
    counted = []
    for first in (0, 40):
        save_many(logbook, [case(first + n, n % 7, before=4 + n % 5) for n in range(40)])
        with logbook.session(), statements(logbook) as asked:
            repeated_measures(logbook, Question.read(to="1m"))
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_json_text_and_the_section_tell_the_same(ask: Ask, logbook: Logbook) -> None:
    cases = [case(n, after, before=one) for n, (one, after) in enumerate(pairs(34))]
    dead = case(200, before=9)
    dead.patient.died_on = PartialDate("2024-03-10")
    found = ask([*cases, dead], to="1m")
    assert found.change is not None
    with logbook.session():
        asked = Question.read(to="1m")
        section = followed(logbook, asked, today=date(2026, 11, 1)).at_random
    assert section == found
    document = outcomes_json(logbook, to="1m")
    told = json.loads(json.dumps(document, allow_nan=False))["followed"]["missing_at_random"]
    assert told["mean_change"] == found.change.mean
    assert told["ci95"] == list(found.change.ci95)
    assert told["complete_cases"]["n"] == 34
    assert (told["to"], told["n_cases"], told["why_not"]) == ("1m", 35, None)
    assert told["message"] == found.methods
    assert [one["n"] for one in told["time_points"]] == [35, 34]
    low, high = found.change.ci95
    line = f"mixed model {found.change.mean:+.1f} (95 % CI {low:.1f} to {high:.1f}), 35 cases, 69"
    told = outcomes_text(logbook, "baseline", "1m", None)
    assert line in told
    assert found.assumed_in_words in told
