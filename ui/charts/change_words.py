# SPDX-License-Identifier: MIT
"""What is said of the distribution of change. Plain text, no Qt; loads numpy in a job only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.speech import numeral, say
from ui.charts import number_words, sentences

if TYPE_CHECKING:
    from models.analysis.distribution import Distribution
    from models.analysis.outcome import PairedOutcome

PERCENT_AXIS = say("Relief in % of the score before")


def change_axis(outcome: PairedOutcome) -> str:
    """What stands below the axis of points."""
    if outcome.instrument.more_is_better:
        return say(
            "Change of {instrument}, points; above 0 is better", instrument=outcome.instrument.label
        )
    return say(
        "Change of {instrument}, points; below 0 is better", instrument=outcome.instrument.label
    )


def amount(value: float) -> str:
    """A value on the axis, with a true minus sign."""
    return numeral(value, "g").replace("-", "−")


def change_legend(outcome: PairedOutcome) -> str:
    """What the colors mean."""
    if not outcome.numbers.n_pairs:
        return say("Nothing has changed that could be counted yet.")
    if not outcome.numbers.responders:
        return say("All pairs; no threshold is established for this score.")
    return say(
        "Orange: does not reach the threshold in points, at the right not the one in percent."
    )


def change_caption(outcome: PairedOutcome) -> str:
    """What stands below the figure on paper, and what a screen reader says."""
    from models.analysis.distribution import change_distribution, percent_distribution

    found, in_percent = change_distribution(outcome), percent_distribution(outcome)
    said = [
        say(
            "{outcome}: change {from_to}, {on_scale}; {pairs}.",
            outcome=outcome.name,
            from_to=sentences.from_to(outcome.question),
            on_scale=sentences.on_scale(outcome),
            pairs=sentences.pairs(found.n),
        ),
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
        number_words.change(value, decimals) for value in (spread.median, spread.q1, spread.q3)
    )
    return say("Median {median}, quartiles {q1} to {q3}.", median=median, q1=q1, q3=q3)


def _zero(found: Distribution) -> str:
    return say(
        "No change in {n_zero:,}, worse in {n_worse:,}.", n_zero=found.n_zero, n_worse=found.n_worse
    )


def _percent(found: Distribution) -> list[str]:
    if found.mean is None:
        return []
    return [
        say(
            "Mean of the individual reliefs {fixed} %, n {n:,}.",
            fixed=number_words.fixed(found.mean, 0),
            n=found.n,
        )
    ]


def _undefined(found: Distribution) -> list[str]:
    said = []
    if found.n_undefined:
        said.append(
            say(
                "Percent is not defined for {n_undefined:,} that began at 0.",
                n_undefined=found.n_undefined,
            )
        )
    if found.n_beyond:
        said.append(say("{n_beyond:,} got worse by more than 100 %.", n_beyond=found.n_beyond))
    return said
