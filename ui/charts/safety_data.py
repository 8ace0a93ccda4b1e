# SPDX-License-Identifier: MIT
"""The numbers of a figure about safety as CSV: one row a rate, an observation or a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ui.charts.kinds import SafetyFigure

if TYPE_CHECKING:
    from models.analysis.statistics import Interval
    from models.safety.numbers import SafetyNumbers

Row = Sequence[str | int | float | None]


def rows_of(kind: SafetyFigure, numbers: SafetyNumbers) -> Iterator[Row]:
    """The rows of the file, a row of headings first. No day, no code of a patient."""
    return _ROWS[kind](numbers)


def _leakage(numbers: SafetyNumbers) -> Iterator[Row]:
    found = numbers.leakage
    yield (
        *("split_by", "code", "unit", "leaks", "n", "n_patients", "rate", "ci95_low", "ci95_high"),
        "method",
    )
    level, patient = found.per_level, found.per_patient
    whole = (level.k, level.n, level.n_patients, level.rate, *_ends(level.ci95), level.method.value)
    yield ("all", "all", "level", *whole)
    yield (
        *("all", "all", "patient", patient.k, patient.n, patient.n, patient.rate),
        *(*_ends(patient.ci95), "Wilson"),
    )
    for split, parts in (
        ("technique", found.by_technique),
        ("detection", found.by_detection),
        ("location", found.by_location),
        ("yeom_type", found.by_yeom),
    ):
        for part in parts:
            rate = part.levels
            yield (
                *(split, part.code, "level", rate.k, rate.n, rate.n_patients, rate.rate),
                *(*_ends(rate.ci95), rate.method.value),
            )


def _spine(numbers: SafetyNumbers) -> Iterator[Row]:
    from models.analysis.statistics import wilson

    yield ("level", "leaks", "n", "rate", "ci95_low", "ci95_high", "n_not_assessed")
    for mark in sorted(numbers.leakage.spine, key=lambda mark: mark.level.rank):
        found = wilson(mark.k, mark.n)
        ends = _ends(found.ci95)
        yield (mark.level.value, mark.k, mark.n, found.rate, *ends, mark.n_not_assessed)


def _cusum(numbers: SafetyNumbers) -> Iterator[Row]:
    """A row an observation; what was watched, and by what limits, stands in each."""
    watched = numbers.watched
    watch, plan, limits = watched.watch, watched.watch.plan, watched.chart.limits
    yield (
        *("number", "failed", "sum", "signal", "failure", "unit", "operator", "form"),
        *("p0", "p1", "alpha", "beta", *limits),
    )
    verdicts = {signal.at: signal.verdict.value for signal in watched.chart.signals}
    chosen: Row = (
        *(watch.failure.value, watch.unit.value, watch.operator, plan.form.value),
        *(plan.p0, plan.p1, plan.alpha, plan.beta, *limits.values()),
    )
    # LC-CUSUM ends at its signal, so that there may be fewer sums than observations.
    for at, (value, failed) in enumerate(
        zip(watched.chart.path, watched.chart.failed, strict=False)
    ):
        yield (at + 1, int(failed), value, verdicts.get(at, ""), *chosen)


def _fractures(numbers: SafetyNumbers) -> Iterator[Row]:
    yield (
        *("curve", "day", "share_with_fracture", "ci95_low", "ci95_high", "n_at_risk", "n_events"),
    )
    for code, curve in numbers.fractures.curves:
        yield (code.value, 0, 0.0, None, None, curve.n, 0)
        for step in curve.steps:
            low, high = _ends(step.ci95)
            turned = (None if high is None else 1 - high, None if low is None else 1 - low)
            yield (code.value, step.day, 1 - step.free, *turned, step.at_risk, step.events)


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


_ROWS = {
    SafetyFigure.LEAKAGE: _leakage,
    SafetyFigure.SPINE: _spine,
    SafetyFigure.CUSUM: _cusum,
    SafetyFigure.FRACTURES: _fractures,
}
