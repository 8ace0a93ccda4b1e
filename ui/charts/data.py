# SPDX-License-Identifier: MIT
"""The data behind each figure as rows of a table, without anything that names a patient.

Headings are English and terms are codes, whatever language the window speaks.

Loads numpy: call it in a job.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ui.charts import sentences

if TYPE_CHECKING:
    from models.analysis.cement import CementRelief
    from models.analysis.distribution import Distribution
    from models.analysis.followed import Followed
    from models.analysis.outcome import PairedOutcome
    from models.analysis.shifts import Medication, Shift
    from models.analysis.statistics import Interval, Mean, Proportion
    from ui.charts.gain_words import FoundGains

Row = Sequence[object]

_ALL = "all"
"""The group of all cases."""


def pairs(outcome: PairedOutcome) -> Iterator[Row]:
    """Different pairs and how often each occurs, then what has no partner."""
    yield "what", "scale", "before", "after", "low", "high", "dated", "n"
    scale = outcome.scale.code if outcome.scale else ""
    counted = Counter(zip(*outcome.in_points(outcome.pairs).tolist(), strict=True))
    for (before, after), n in sorted(counted.items()):
        yield "pair", scale, before, after, "", "", "", n
    for mark in outcome.marks:
        when = "unpaired_after" if mark.after else "unpaired_before"
        yield when, scale, "", "", mark.low, mark.high, mark.dated, mark.n
    for said in outcome.said:
        yield f"words_{'after' if said.after else 'before'}", said.words, *[""] * 5, said.n


def course(outcome: PairedOutcome) -> Iterator[Row]:
    """Each time point of each course."""
    yield (
        *("group", "time_point", "n", "n_range", "mean", "sd", "mean_ci_low", "mean_ci_high"),
        *("median", "q1", "q3", "median_ci_low", "median_ci_high"),
    )
    courses = [(group.code, group.numbers) for group in sentences.drawn_groups(outcome)]
    for code, numbers in courses or [(_ALL, outcome.numbers)]:
        for point in numbers.course:
            scores, spread = point.scores, point.spread
            yield (
                *(code, point.point.value, scores.n, point.n_range),
                *(scores.mean, scores.sd, *_ends(scores.ci95)),
                *(spread.median, spread.q1, spread.q3, *_ends(spread.ci95)),
            )


def change(outcome: PairedOutcome) -> Iterator[Row]:
    """Each bar of both distributions."""
    from models.analysis.distribution import change_distribution, percent_distribution

    yield "unit", "low", "high", "n", "n_reaching_threshold"
    yield from _bars("points", change_distribution(outcome))
    in_percent = percent_distribution(outcome)
    if in_percent is not None:
        yield from _bars("percent_relief", in_percent)


def _bars(unit: str, found: Distribution) -> Iterator[Row]:
    for bar in found.bars:
        yield unit, bar.low, bar.high, bar.n, bar.n_reached


def analgesics(found: Medication) -> Iterator[Row]:
    """The grid of analgesics."""
    return _grid(found.analgesics)


def mobility(found: Medication) -> Iterator[Row]:
    """The grid of mobility."""
    return _grid(found.mobility)


def _grid(shift: Shift) -> Iterator[Row]:
    yield "before", "after", "n"
    for before, counts in zip(shift.terms, shift.table, strict=True):
        for after, n in zip(shift.terms, counts, strict=True):
            yield before.value, after.value, n


def gains(found: FoundGains) -> Iterator[Row]:
    """Each height by each formula, of all cases and of each group."""
    yield (
        *("group", "height", "formula", "unit", "n", "n_patients", "mean", "sd"),
        *("ci_low", "ci_high", "median", "q1", "q3", "n_undefined"),
    )
    for part in (found.whole, *(part for _, part in found.groups)):
        for gain in part.gains:
            values, spread = gain.values, gain.spread
            yield (
                *(part.group or _ALL, gain.wall.value, gain.formula.value, gain.formula.unit),
                *(values.n, values.n_clusters, values.mean, values.sd, *_ends(values.ci95)),
                *(spread.median, spread.q1, spread.q3, sum(n for _, n in gain.undefined)),
            )


def kept(found: FoundGains) -> Iterator[Row]:
    """Each height at the latest follow-up and at each visit: gained, kept and lost, in mm."""
    yield (
        *("visit", "height", "what", "unit", "n", "n_patients", "mean", "sd", "ci_low", "ci_high"),
    )
    visits = [(visit.point.value, visit.walls) for visit in found.kept.visits]
    for name, walls in [("latest", found.kept.walls), *visits]:
        for wall in walls:
            told = (("gained", wall.gained), ("kept", wall.kept), ("lost", wall.lost))
            for what, one in told:
                yield (
                    *(name, wall.wall.value, what, "mm", one.n, one.n_clusters),
                    *(one.mean, one.sd, *_ends(one.ci95)),
                )


def cement(found: CementRelief) -> Iterator[Row]:
    """Different points and how often each occurs."""
    yield "cement_ml", "relief_points", "n"
    counted = Counter(zip(found.ml, found.relief, strict=True))
    for (ml, relief), n in sorted(counted.items()):
        yield ml, relief, n


def balance(found: Followed) -> Iterator[Row]:
    """What was known before, of those with an answer and of those lost."""
    yield (
        *("what", "category", "n_answered", "k_answered", "mean_or_rate_answered", "sd_answered"),
        *("n_lost", "k_lost", "mean_or_rate_lost", "sd_lost", "standardized_difference"),
    )
    for row in found.balance:
        yield (
            *(row.code, row.category_code),
            *(*_side(row.answered), *_side(row.lost), row.difference),
        )


def _side(value: Mean | Proportion) -> Row:
    mean, sd = getattr(value, "mean", None), getattr(value, "sd", None)
    k, rate = getattr(value, "k", None), getattr(value, "rate", None)
    return value.n, k, rate if mean is None else mean, sd


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)
