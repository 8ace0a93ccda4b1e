# SPDX-License-Identifier: MIT
"""Who answered and who was lost: how alike both were before, and what the lost could change.

The last by bounds, and for the mean by a model that takes scores as missing at random.

A case counts only once its visit is over, whether it has an answer or not: counted sooner, those
who answer early would make the share look better than it is. Whoever died before answering is told
apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from models.analysis import pairing
from models.analysis.at_random import AtRandom
from models.analysis.between import FEWEST_IN_GROUP, difference_of_means, difference_of_shares
from models.analysis.instruments import Instrument, Scale
from models.analysis.members import NOTHING, Bools, Ints
from models.analysis.paired import read_instrument
from models.analysis.pairing import Gap, Selection, of_cases
from models.analysis.profile import Profile, read_profile
from models.analysis.question import Question
from models.analysis.repeated import at_random
from models.analysis.responders import Responders, count_responders
from models.analysis.statistics import Mean, Proportion, mean_of, wilson
from models.analysis.thresholds import Thresholds, stored_thresholds
from models.settings import visit_plan_in
from models.speech import say
from models.timepoints import VisitPlan

if TYPE_CHECKING:
    from models.analysis.scores import Scores
    from models.analysis.statistics import Numbers
    from models.logbook import Logbook


@dataclass(frozen=True, slots=True)
class Balance:
    """One thing that was known before, of those with an answer and of those lost.

    Attributes:
        code: what it is, as the record calls it.
        label: the same in words.
        category: the answer that is counted, in words; "" for a mean.
        category_code: the same as the record has it.
        answered: mean, or share of those of whom it is known.
        lost: the same.
        difference: standardized, answered minus lost; None where it is not defined, or where it is
            known of fewer than ``FEWEST_IN_GROUP`` on either side: two lost patients are unlike
            any group by chance alone.
    """

    code: str
    label: str
    category: str
    category_code: str
    answered: Mean | Proportion
    lost: Mean | Proportion
    difference: float | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many may have reached a criterion, whatever became of those without a pair.

    Attributes:
        found: of the pairs for which it is defined.
        n: cases whose visit is over, with or without a pair, but for pairs on another scale.
        worst: rate if none of the others reached it.
        best: rate if all of them did.
    """

    label: str
    found: Responders
    n: int
    worst: float
    best: float


@dataclass(frozen=True, slots=True)
class Followed:
    """The answer.

    Attributes:
        answered: cases with a score or words at the follow-up that is asked for, of all whose
            visit is over and who did not die before.
        n_cases: cases of the question.
        n_died: who died before the visit ended, without an answer.
        n_not_due: whose visit is not over, answered or not.
        n_no_day: without a day of the procedure, answered or not.
        scale: the scale of pain; None where no score has one.
        balance: what was known before.
        bounds: for each criterion.
        at_random: the mean change of pain, of complete cases and by a model of all cases.
        n_synthetic: synthetic cases among all.
        cases: numbers of the cases of which ``answered`` is a share.
    """

    question: Question
    answered: Proportion
    n_cases: int
    n_died: int
    n_not_due: int
    n_no_day: int
    scale: Scale | None
    balance: tuple[Balance, ...]
    bounds: tuple[Bounds, ...]
    at_random: AtRandom
    n_synthetic: int
    thresholds: Thresholds
    cases: Ints

    @property
    def n_lost(self) -> int:
        """Cases whose visit is over, without an answer."""
        return self.answered.n - self.answered.k


def followed(
    logbook: Logbook,
    question: Question | None = None,
    thresholds: Thresholds | None = None,
    today: date | None = None,
) -> Followed:
    """Work it out over the cases of the question. Call it inside ``logbook.session()``."""
    question, today = question or Question(), today or date.today()
    with logbook.database.view():
        thresholds = thresholds or stored_thresholds(logbook)
        scores = read_instrument(logbook, Instrument.PAIN, question)
        profile = read_profile(logbook, scores.cases)
        plan = visit_plan_in(logbook.database)
    selection = pairing.select(scores, question)
    said = _told(scores, selection, question)
    over_after = _over_after(plan, question)
    no_day = profile.day == NOTHING
    days = today.toordinal() - profile.day
    died = ~said & ~no_day & (profile.days_to_death != NOTHING)
    died &= profile.days_to_death <= over_after
    not_due = ~no_day & ~died & (days <= over_after)
    over = ~no_day & ~died & ~not_due
    told, lost = said & over, ~said & over
    scale = None if selection.scale == NOTHING else scores.scales[selection.scale]
    return Followed(
        question=question,
        answered=wilson(int(told.sum()), int(told.sum() + lost.sum())),
        n_cases=len(told),
        n_died=int(died.sum()),
        n_not_due=int(not_due.sum()),
        n_no_day=int(no_day.sum()),
        scale=scale,
        balance=tuple(_balance(profile, _pain_before(scores, selection), told, lost)),
        bounds=_bounds(scores, selection, thresholds, told | lost),
        at_random=at_random(scores, question, selection.scale),
        n_synthetic=scores.cases.n_synthetic,
        thresholds=thresholds,
        cases=scores.cases.numbers[told | lost],
    )


def _told(scores: Scores, selection: Selection, question: Question) -> Bools:
    """Which cases have an answer, in whatever form; a time point has only those of its own."""
    answers = scores.numeric | (scores.said != NOTHING)
    if question.to is not None:
        answers &= scores.point == question.to.rank
    return of_cases(answers, selection.after, 0).astype(bool)


def _over_after(plan: VisitPlan, question: Question) -> int:
    """Days after the procedure from which on who has no answer is lost."""
    if question.to is None:
        later = (one for one in plan.windows if one.time_point.rank > question.start.rank)
        asked = [window for window in later if window.asked] or [plan.windows[-1]]
        return asked[0].last_day
    window = plan.window(question.to)
    return window.last_day if window else plan.last_day


def _pain_before(scores: Scores, selection: Selection) -> Numbers:
    """The exact score before on the scale of the analysis, in points; NaN for others."""
    usable = scores.exact & (scores.scale == selection.scale) & (selection.scale != NOTHING)
    low = of_cases(scores.low, selection.before, NOTHING)
    is_usable = of_cases(usable, selection.before, 0).astype(bool)
    found: Numbers = np.where(is_usable, low / Instrument.PAIN.steps, np.nan)
    return found


def _balance(profile: Profile, pain: Numbers, told: Bools, lost: Bools) -> Iterator[Balance]:
    both = (told, lost)
    yield _means("age_years", say("Age, years"), profile.age, both)
    yield _means("pain_before", say("Pain before"), pain, both)
    yield _means("treated_levels", say("Treated levels"), profile.levels, both)
    for fact in profile.facts:
        for place, (code, category) in enumerate(zip(fact.codes, fact.labels, strict=True)):
            answered, of_lost = (
                wilson(int(fact.holds[members, place].sum()), int(fact.known[members].sum()))
                for members in both
            )
            if answered.k or of_lost.k:
                difference = None
                if min(answered.n, of_lost.n) >= FEWEST_IN_GROUP:
                    difference = difference_of_shares(answered, of_lost)
                yield Balance(fact.code, fact.label, category, code, answered, of_lost, difference)


def _means(code: str, label: str, values: Numbers, both: Sequence[Bools]) -> Balance:
    answered, lost = (values[members & ~np.isnan(values)] for members in both)
    difference = None
    if min(len(answered), len(lost)) >= FEWEST_IN_GROUP:
        difference = difference_of_means(answered, lost)
    return Balance(code, label, "", "", mean_of(answered), mean_of(lost), difference)


def _bounds(
    scores: Scores, selection: Selection, thresholds: Thresholds, over: Bools
) -> tuple[Bounds, ...]:
    paired = selection.paired & over
    before, after = (
        of_cases(scores.low, rows, NOTHING)[paired].astype(np.int32)
        for rows in (selection.before, selection.after)
    )
    scale = None if selection.scale == NOTHING else scores.scales[selection.scale]
    n = int((over & (selection.gap != Gap.OTHER_SCALE.rank)).sum())
    bounds = []
    for found in count_responders(before, after, scale, thresholds):
        if found.result.n:
            k, unknown = found.result.k, n - found.result.n
            bounds.append(Bounds(found.label, found, n, k / n, (k + unknown) / n))
    return tuple(bounds)
