# SPDX-License-Identifier: MIT
"""What is said of the distribution of change. Plain text, no Qt; loads numpy in a job only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.charts import sentences

if TYPE_CHECKING:
    from models.analysis.distribution import Distribution
    from models.analysis.outcome import PairedOutcome

PERCENT_AXIS = "Relief in % of the score before"


def change_axis(outcome: PairedOutcome) -> str:
    """What stands below the axis of points."""
    if outcome.instrument.more_is_better:
        return f"Change of {outcome.instrument.label}, points; above 0 is better"
    return f"Change of {outcome.instrument.label}, points; below 0 is better"


def amount(value: float) -> str:
    """A value on the axis, with a true minus sign."""
    return f"{value:g}".replace("-", "−")


def change_legend(outcome: PairedOutcome) -> str:
    """What the colors mean."""
    if not outcome.numbers.n_pairs:
        return "Nothing has changed that could be counted yet."
    if not outcome.numbers.responders:
        return "All pairs; no threshold is established for this score."
    return "Orange: does not reach the threshold in points, at the right not the one in percent."


def change_caption(outcome: PairedOutcome) -> str:
    """What stands below the figure on paper, and what a screen reader says."""
    from models.analysis.distribution import change_distribution, percent_distribution

    found, in_percent = change_distribution(outcome), percent_distribution(outcome)
    said = [
        f"Change of {outcome.instrument.label} {sentences.from_to(outcome.question)}, "
        f"{sentences.on_scale(outcome)}; {sentences.pairs(found.n)}.",
        *sentences.cases(outcome.question),
    ]
    if found.n:
        said += [_spread(outcome), _zero(found)]
    for one in outcome.numbers.responders:
        if one.result.n:
            said.append(f"{one.label}: {sentences.share(one)}.")
    if in_percent is not None:
        said += [*_percent(in_percent), *_undefined(in_percent)]
    said += sentences.synthetic(outcome.n_synthetic, outcome.numbers.n_cases)
    return " ".join(said)


def _spread(outcome: PairedOutcome) -> str:
    spread, decimals = outcome.numbers.spread, outcome.instrument.decimals
    median, q1, q3 = (
        sentences.change(value, decimals) for value in (spread.median, spread.q1, spread.q3)
    )
    return f"Median {median}, quartiles {q1} to {q3}."


def _zero(found: Distribution) -> str:
    return f"No change in {found.n_zero:,}, worse in {found.n_worse:,}."


def _percent(found: Distribution) -> list[str]:
    if found.mean is None:
        return []
    return [f"Mean of the individual reliefs {sentences.fixed(found.mean, 0)} %, n {found.n:,}."]


def _undefined(found: Distribution) -> list[str]:
    said = []
    if found.n_undefined:
        said.append(f"Percent is not defined for {found.n_undefined:,} that began at 0.")
    if found.n_beyond:
        said.append(f"{found.n_beyond:,} got worse by more than 100 %.")
    return said
