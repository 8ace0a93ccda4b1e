# SPDX-License-Identifier: MIT
"""One operator's results in a row, as a chart, and what the chart says in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from models.errors import LogbookError
from models.query import folded
from models.safety.columns import Ints
from models.safety.cusum import Chart, Form, Plan, Signal, Verdict, chart
from models.safety.failures import LeftOut, observations
from models.safety.limits import HORIZON
from models.safety.watch import Watch
from models.speech import lowered, numerals, say, say_n, shown_day

if TYPE_CHECKING:
    from models.safety.record import Cases, SafetyRecord


_MOST_TOLD = 3
"""Signals that are told one by one."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The chart of what was watched.

    Attributes:
        case_ids: the case of each observation.
        days: its date.
        left_out: why others are not there, with their number.
    """

    watch: Watch
    chart: Chart
    case_ids: tuple[str, ...]
    days: tuple[date, ...]
    left_out: tuple[tuple[LeftOut, int], ...]

    @property
    def unit(self) -> str:
        """What observations are called."""
        return self.watch.unit.plural

    @property
    def whose(self) -> str:
        """Who is watched."""
        return self.watch.operator or say("all operators together")

    def counted(self, n: int) -> str:
        """As in "1 procedure" and "12 procedures"."""
        return self.watch.unit.counted(n)

    def rates_told(self) -> str:
        """Rates and errors that have a part, as in "p0 = 2 %, p1 = 5 %, alpha = 10 %"."""
        plan = self.watch.plan
        told = [("p0", plan.p0)]
        if plan.form is not Form.OBSERVED_EXPECTED:
            told += [("p1", plan.p1), ("alpha", plan.alpha)]
        if plan.form is Form.SPRT:
            told.append(("beta", plan.beta))
        return ", ".join(f"{name} = {_percent(value)}" for name, value in told)

    def in_short(self) -> str:
        """What stands on the chart: failure, whose, form, rates and errors."""
        watch = self.watch
        counted = say(
            "{failure}, per {unit}", failure=watch.failure.label, unit=lowered(watch.unit.label)
        )
        return f"{counted} · {self.whose} · {watch.plan.form.label} · {self.rates_told()}"

    def too_few(self) -> str:
        """That there are too few to signal anything; "" where a signal can come."""
        found = self.chart
        if not found.n or not found.is_too_short:
            return ""
        return say(
            "Too few to signal anything, whatever came of them: {n}", n=self.counted(found.n)
        )

    def sentences(self) -> list[str]:
        """What the chart shows and tests, its limits and what they mean, and what it cannot say."""
        return [
            self._observed(),
            *_MEANINGS[self.watch.plan.form](self),
            *self._signals(),
            *self._too_short(),
        ]

    def _observed(self) -> str:
        found, failures = self.chart, self.chart.n_failures
        counted = (
            self.watch.unit.share(failures, found.n) if found.n else self.watch.unit.nothing_counts
        )
        text = say(
            "{failure}: {counted}, {whose}, in the order of dates.",
            failure=self.watch.failure.label,
            counted=counted,
            whose=self.whose,
        )
        left_out = ", ".join(
            numerals("{n:,} {why}", n=n, why=why.label) for why, n in self.left_out
        )
        return (
            say("{text} Left out: {left_out}.", text=text, left_out=left_out) if left_out else text
        )

    def _signals(self) -> list[str]:
        if self.watch.plan.form is Form.OBSERVED_EXPECTED or not self.chart.n:
            return []
        if not self.chart.signals:
            return [] if self.chart.is_too_short else [say("No signal so far.")]
        told = "; ".join(self._told(signal) for signal in self.chart.signals[:_MOST_TOLD])
        if more := max(len(self.chart.signals) - _MOST_TOLD, 0):
            return [say("Signals: {told}; and {more:,} more.", told=told, more=more)]
        return [say("Signals: {told}.", told=told)]

    def _told(self, signal: Signal) -> str:
        day = shown_day(self.days[signal.at])
        return say(
            "{verdict} at number {at:,} ({day})",
            verdict=lowered(signal.verdict.label),
            at=signal.at + 1,
            day=day,
        )

    def _too_short(self) -> list[str]:
        found = self.chart
        if self.watch.plan.form is Form.OBSERVED_EXPECTED:
            return []
        said = []
        if too_few := self.too_few():
            said.append(f"{too_few}.")
        good, bad = found.straight_successes, found.straight_failures
        if good is not None:
            label = lowered(self._good.label)
            said.append(
                say_n(
                    "From 0, {n:,} without a failure brings “{label}”.",
                    "From 0, {n:,} in a row without a failure bring “{label}”.",
                    good,
                    label=label,
                )
            )
            if not found.is_too_short and found.n < good:
                said.append(say("There are fewer than that, so it cannot come yet."))
        if bad is not None:
            label = lowered(Verdict.UNACCEPTABLE.label)
            said.append(
                say_n(
                    "From 0, {n:,} failure brings “{label}”.",
                    "From 0, {n:,} failures in a row bring “{label}”.",
                    bad,
                    label=label,
                )
            )
        return said

    @property
    def _good(self) -> Verdict:
        form = self.watch.plan.form
        if form is Form.LEARNING:
            return Verdict.COMPETENT
        return Verdict.ACCEPTABLE if form is Form.SPRT else Verdict.IMPROVED


def watch_cases(record: SafetyRecord, watch: Watch, relieved: Ints | None = None) -> Watched:
    """The chart of the cases that were read.

    Args:
        record: what was read.
        watch: what is watched.
        relieved: what ``read_relief`` found, needed for relief alone.

    Raises:
        LogbookError: nobody of the operator's name operated.
    """
    cases = record.cases
    operator = None
    if watch.operator:
        operator = _operator(cases, watch.operator)
        watch = replace(watch, operator=cases.operators[operator])
    seen = observations(record, watch.failure, watch.unit, operator, relieved)
    days = cases.day[seen.case].tolist()
    date_of = {day: date.fromordinal(day) for day in set(days)}
    return Watched(
        watch=watch,
        chart=chart(seen.failed.tolist(), watch.plan),
        case_ids=tuple(map(cases.ids.__getitem__, seen.case.tolist())),
        days=tuple(map(date_of.__getitem__, days)),
        left_out=seen.left_out,
    )


def _operator(cases: Cases, name: str) -> int:
    wanted = folded(name)
    for place, known in enumerate(cases.operators):
        if folded(known) == wanted:
            return place
    names = ", ".join(cases.operators)
    cure = (
        say("Known are: {names}.", names=names) if names else say("None is named in these cases.")
    )
    raise LogbookError(say("There is no operator {name}.", name=name), cure)


def _of_difference(watched: Watched) -> list[str]:
    p0 = watched.watch.plan.p0
    return [
        say(
            "Observed minus expected failures at a rate of {percent}: above 0 there were "
            "more than expected, below fewer. It has no limits and tests nothing.",
            percent=_percent(p0),
        )
    ]


def _of_sprt(watched: Watched) -> list[str]:
    plan, limits = watched.watch.plan, watched.chart.limits
    return [
        _tested(plan),
        say(
            "At the upper limit h1 = {limit:.2f} the rate is taken for {percent} (wrongly "
            "in {percent2} of the tests), at the lower limit −h0 = −{limit2:.2f} for "
            "{percent3} (wrongly in {percent4}).",
            limit=limits["h1"],
            percent=_percent(plan.p1),
            percent2=_percent(plan.alpha),
            limit2=limits["h0"],
            percent3=_percent(plan.p0),
            percent4=_percent(plan.beta),
        ),
        _STARTS_AGAIN,
    ]


def _of_bernoulli(watched: Watched) -> list[str]:
    plan = watched.watch.plan
    said = [
        say(
            "Bernoulli log-likelihood CUSUM ({source}) of a failure rate of {percent} "
            "against {percent2}.",
            source=Form.BERNOULLI.source,
            percent=_percent(plan.p1),
            percent2=_percent(plan.p0),
        )
    ]
    h = watched.chart.limits.get("h")
    if h is None:
        return [*said, _no_limit(watched)]
    if plan.p1 > plan.p0:
        signals = (
            say("At the limit h = {h:.2f}, as was asked for, it signals a worse rate.", h=h)
            if _is_asked_for(watched)
            else say("At the limit h = {h:.2f} it signals a worse rate.", h=h)
        )
    else:
        signals = (
            say("At the limit h = −{h:.2f}, as was asked for, it signals a better rate.", h=h)
            if _is_asked_for(watched)
            else say("At the limit h = −{h:.2f} it signals a better rate.", h=h)
        )
    return [*said, signals, *_by_chance(watched, plan.p0), _STARTS_AGAIN]


def _of_learning(watched: Watched) -> list[str]:
    plan = watched.watch.plan
    said = [
        say(
            "LC-CUSUM ({source}): performance counts as inadequate ({percent} failures) "
            "until the chart shows that it is adequate ({percent2}).",
            source=Form.LEARNING.source,
            percent=_percent(plan.p1),
            percent2=_percent(plan.p0),
        )
    ]
    h = watched.chart.limits.get("h")
    if h is None:
        return [*said, _no_limit(watched)]
    signals = (
        say("At the limit h = {h:.2f}, as was asked for, it signals adequate performance.", h=h)
        if _is_asked_for(watched)
        else say("At the limit h = {h:.2f} it signals adequate performance.", h=h)
    )
    return [
        *said,
        signals,
        *_by_chance(watched, plan.p1),
        say("The chart ends with its signal. It is feedback, and no certificate."),
    ]


_MEANINGS = {
    Form.OBSERVED_EXPECTED: _of_difference,
    Form.SPRT: _of_sprt,
    Form.BERNOULLI: _of_bernoulli,
    Form.LEARNING: _of_learning,
}

_STARTS_AGAIN = say("After a signal the chart starts again at 0.")


def _tested(plan: Plan) -> str:
    return say(
        "Sequential probability ratio test ({source}) of an acceptable failure rate of "
        "{percent} against an unacceptable one of {percent2}.",
        source=Form.SPRT.source,
        percent=_percent(plan.p0),
        percent2=_percent(plan.p1),
    )


def _is_asked_for(watched: Watched) -> bool:
    """Whether the limit was given, and not worked out of how often chance alone reaches it."""
    chance = watched.chart.chance
    return chance is None or chance.false_signal is None


def _by_chance(watched: Watched, rate: float) -> list[str]:
    """How often chance alone reaches the limit; nothing where it was given."""
    chance = watched.chart.chance
    if chance is None or chance.false_signal is None:
        return []
    n = min(watched.chart.n, HORIZON)
    return [
        say_n(
            "While the rate is {percent}, {counted} reaches it in {percent2} of the runs "
            "({method}).",
            "While the rate is {percent}, {counted} reach it in {percent2} of the runs ({method}).",
            n,
            percent=_percent(rate),
            counted=watched.counted(n),
            percent2=_percent(chance.false_signal),
            method=chance.method,
        )
    ]


def _no_limit(watched: Watched) -> str:
    n, alpha = watched.chart.n, _percent(watched.watch.plan.alpha)
    return (
        say(
            "There is no limit ({n}): even the worst course comes about by chance more often "
            "than {alpha}.",
            n=watched.counted(n),
            alpha=alpha,
        )
        if n
        else say("Without {unit} there is nothing to test and no limit.", unit=watched.unit)
    )


def _percent(rate: float) -> str:
    return numerals("{value:.3g} %", value=100 * rate)
