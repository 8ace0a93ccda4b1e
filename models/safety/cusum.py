# SPDX-License-Identifier: MIT
"""CUSUM charts of failures in a row: four forms, their limits, their signals. Pure numbers.

They are feedback to an operator and no certificate. Which failure is counted, and what rates are
acceptable, is the choice of whoever asks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.errors import LogbookError
from models.safety.limits import Limit, Weights, limit_for
from models.speech import say
from models.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]


class Form(Vocabulary):
    """Which chart is drawn. Reports of charts often name the wrong one (Biau 2007)."""

    OBSERVED_EXPECTED = "observed_minus_expected", "Observed minus expected", "o-e"
    SPRT = "sprt", "Sequential test, SPRT", "de leval", "sequential probability ratio test"
    BERNOULLI = "bernoulli", "Bernoulli log-likelihood", "steiner"
    LEARNING = "lc_cusum", "Learning curve, LC-CUSUM", "lc", "biau"

    @property
    def source(self) -> str:
        """Who described it."""
        return _SOURCES[self]


_SOURCES = {
    Form.OBSERVED_EXPECTED: say("cumulative sum without limits"),
    Form.SPRT: say("de Leval 1994, Bolsin 2000"),
    Form.BERNOULLI: say("Steiner 2000"),
    Form.LEARNING: say("Biau 2008"),
}


class Verdict(Vocabulary):
    """What a signal says."""

    UNACCEPTABLE = "unacceptable", "Unacceptable failure rate"
    ACCEPTABLE = "acceptable", "Acceptable failure rate"
    IMPROVED = "improved", "Better failure rate"
    COMPETENT = "competent", "Adequate performance"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a chart tests.

    Attributes:
        p0: acceptable failure rate.
        p1: unacceptable failure rate; a smaller one than p0 asks whether the rate got better,
            which only the Bernoulli form can tell.
        alpha: probability of a signal of the worse rate while p0 holds. In LC-CUSUM, of declaring
            adequate who fails at p1.
        beta: probability of a signal of the acceptable rate while p1 holds; only SPRT has it.
        limit: h of the Bernoulli form and of LC-CUSUM; None where it is to be worked out.
    """

    form: Form = Form.BERNOULLI
    p0: float = 0.02
    p1: float = 0.05
    alpha: float = 0.1
    beta: float = 0.1
    limit: float | None = None

    def __post_init__(self) -> None:
        for name, value in (("p0", self.p0), ("p1", self.p1)):
            if not 0 < value < 1:
                raise LogbookError(
                    say(
                        "{name} is {value:g}, and a failure rate lies between 0 and 1.",
                        name=name,
                        value=value,
                    ),
                    say("Give a share, such as 0.05 for 5 %."),
                )
        for name, value in (("alpha", self.alpha), ("beta", self.beta)):
            if not 0 < value < 0.5:
                raise LogbookError(
                    say(
                        "{name} is {value:g}, and has to lie between 0 and 0.5.",
                        name=name,
                        value=value,
                    ),
                    say("Try 0.05 or 0.1."),
                )
        if self.p0 == self.p1:
            raise LogbookError(
                say("p0 and p1 are both {p0:g}.", p0=self.p0),
                say("Give p1 the rate that is to be found out."),
            )
        if self.p1 < self.p0 and self.form is not Form.BERNOULLI:
            raise LogbookError(
                say("p1 ({p1:g}) is below p0 ({p0:g}).", p1=self.p1, p0=self.p0),
                say("Give the acceptable rate as p0 and the unacceptable as p1."),
            )


@dataclass(frozen=True, slots=True)
class Signal:
    """The chart reached a limit at observation ``at``, counted from 0, with the sum ``value``."""

    at: int
    value: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of ``n`` observations.

    Attributes:
        failed: of each observation, whether it was a failure.
        path: the sum after each observation; LC-CUSUM ends at its signal.
        signals: where a limit was reached. SPRT and Bernoulli start again at 0 after it.
        failure_step: what a failure adds.
        success_step: what a success adds.
        lower: the lower limit, None where there is none.
        upper: the upper limit, the same.
        chance: how the limit was found, where it was not given and does not follow from a formula.
        straight_successes: successes in a row that bring a signal from 0; None where none can.
        straight_failures: the same of failures.
    """

    plan: Plan
    n: int
    n_failures: int
    failed: tuple[bool, ...]
    path: tuple[float, ...]
    signals: tuple[Signal, ...]
    failure_step: float
    success_step: float
    lower: float | None = None
    upper: float | None = None
    chance: Limit | None = None
    straight_successes: int | None = field(default=None)
    straight_failures: int | None = field(default=None)

    @property
    def limits(self) -> dict[str, float]:
        """By the names in use: h0 and h1 of SPRT, h of the others."""
        if self.plan.form is Form.SPRT:
            return {"h0": -(self.lower or 0.0), "h1": self.upper or 0.0}
        h = self.upper if self.upper is not None else self.lower
        return {} if h is None else {"h": abs(h)}

    @property
    def named_limits(self) -> tuple[tuple[str, float, Verdict], ...]:
        """The limits that there are, from below, each with its name and what reaching it means."""
        form = self.plan.form
        low, high = ("−h0", "h1") if form is Form.SPRT else ("−h", "h")
        below = Verdict.ACCEPTABLE if form is Form.SPRT else Verdict.IMPROVED
        above = Verdict.COMPETENT if form is Form.LEARNING else Verdict.UNACCEPTABLE
        both = (low, self.lower, below), (high, self.upper, above)
        return tuple((name, value, what) for name, value, what in both if value is not None)

    @property
    def is_too_short(self) -> bool:
        """Whether so few observations cannot bring any signal, whatever they are."""
        straight = (self.straight_successes, self.straight_failures)
        fewest = min((count for count in straight if count is not None), default=math.inf)
        return self.plan.form is not Form.OBSERVED_EXPECTED and self.n < fewest


def chart(failed: Sequence[bool] | Bools, plan: Plan) -> Chart:
    """The chart of observations in the order of time, True for a failure."""
    outcomes = [bool(one) for one in failed]
    return _CHARTS[plan.form](outcomes, plan)


def _observed_expected(failed: list[bool], plan: Plan) -> Chart:
    """``C_t = sum(x - p0)``."""
    walk = _Walk(failed, 1 - plan.p0, -plan.p0)
    return walk.chart(plan)


def _sprt(failed: list[bool], plan: Plan) -> Chart:
    """Wald's test as a chart (de Leval 1994): success -s, failure 1 - s, lines at -h0 and h1.

    P = ln(p1/p0), Q = ln((1-p0)/(1-p1)), s = Q/(P+Q), h0 = ln((1-alpha)/beta)/(P+Q),
    h1 = ln((1-beta)/alpha)/(P+Q).
    """
    p = math.log(plan.p1 / plan.p0)
    q = math.log((1 - plan.p0) / (1 - plan.p1))
    s = q / (p + q)
    lower = -math.log((1 - plan.alpha) / plan.beta) / (p + q)
    upper = math.log((1 - plan.beta) / plan.alpha) / (p + q)
    walk = _Walk(failed, 1 - s, -s, lower=lower, upper=upper)
    walk.verdicts = Verdict.ACCEPTABLE, Verdict.UNACCEPTABLE
    return walk.chart(plan)


def _bernoulli(failed: list[bool], plan: Plan) -> Chart:
    """``S_t = max(0, S + w)``, w the log-likelihood ratio of p1 to p0 (Steiner 2000).

    Where p1 is the smaller rate the sum is drawn downward: ``S_t = min(0, S - w)``.
    """
    weights = Weights.of(plan.p0, plan.p1)
    chance = None if plan.limit else limit_for(weights, plan.p0, len(failed), plan.alpha)
    h = plan.limit or (chance.h if chance else None)
    if plan.p1 > plan.p0:
        walk = _Walk(failed, weights.failure, weights.success, floor=0.0, upper=h)
        walk.verdicts = None, Verdict.UNACCEPTABLE
    else:
        lower = None if h is None else -h
        walk = _Walk(failed, -weights.failure, -weights.success, ceiling=0.0, lower=lower)
        walk.verdicts = Verdict.IMPROVED, None
    return walk.chart(plan, chance)


def _learning(failed: list[bool], plan: Plan) -> Chart:
    """LC-CUSUM (Biau 2008): performance is inadequate (p1) until the chart says otherwise.

    ``S_t = max(0, S + w)`` with w = ln((1-p0)/(1-p1)) for a success and ln(p0/p1) for a failure.
    """
    weights = Weights.of(plan.p1, plan.p0)
    chance = None if plan.limit else limit_for(weights, plan.p1, len(failed), plan.alpha)
    h = plan.limit or (chance.h if chance else None)
    walk = _Walk(failed, weights.failure, weights.success, floor=0.0, upper=h)
    walk.verdicts = None, Verdict.COMPETENT
    walk.ends_at_signal = True
    return walk.chart(plan, chance)


_CHARTS = {
    Form.OBSERVED_EXPECTED: _observed_expected,
    Form.SPRT: _sprt,
    Form.BERNOULLI: _bernoulli,
    Form.LEARNING: _learning,
}

_NEAR = 1e-9
"""Sums of many steps are not exact to the last bit; so near a limit is on it."""


class _Walk:
    """Goes through the outcomes, step by step, within a floor and a ceiling."""

    def __init__(
        self,
        failed: list[bool],
        failure: float,
        success: float,
        *,
        floor: float = -math.inf,
        ceiling: float = math.inf,
        lower: float | None = None,
        upper: float | None = None,
    ) -> None:
        self._failed = failed
        self._failure, self._success = failure, success
        self._floor, self._ceiling = floor, ceiling
        self._lower, self._upper = lower, upper
        self.verdicts: tuple[Verdict | None, Verdict | None] = (None, None)
        self.ends_at_signal = False

    def chart(self, plan: Plan, chance: Limit | None = None) -> Chart:
        path, signals = self._walk()
        return Chart(
            plan=plan,
            n=len(self._failed),
            n_failures=sum(self._failed),
            failed=tuple(self._failed),
            path=tuple(path),
            signals=tuple(signals),
            failure_step=self._failure,
            success_step=self._success,
            lower=self._lower,
            upper=self._upper,
            chance=chance,
            straight_successes=self._straight(self._success),
            straight_failures=self._straight(self._failure),
        )

    def _walk(self) -> tuple[list[float], list[Signal]]:
        path: list[float] = []
        signals: list[Signal] = []
        # Thousands of steps: what no limit is near is told by one comparison.
        upper = math.inf if self._upper is None else self._upper - _NEAR
        lower = -math.inf if self._lower is None else self._lower + _NEAR
        total = 0.0
        for at, failed in enumerate(self._failed):
            total += self._failure if failed else self._success
            if total <= self._floor:
                total = self._floor
            elif total >= self._ceiling:
                total = self._ceiling
            path.append(total)
            if lower < total < upper or (verdict := self._verdict(total)) is None:
                continue
            signals.append(Signal(at, total, verdict))
            if self.ends_at_signal:
                break
            total = 0.0
        return path, signals

    def _verdict(self, total: float) -> Verdict | None:
        below, above = self.verdicts
        if self._upper is not None and total >= self._upper - _NEAR:
            return above
        if self._lower is not None and total <= self._lower + _NEAR:
            return below
        return None

    def _straight(self, step: float) -> int | None:
        """Steps of one kind from 0 to the limit that lies in their direction."""
        limit = self._upper if step > 0 else self._lower
        return None if limit is None else max(1, math.ceil(limit / step - _NEAR))
