# SPDX-License-Identifier: MIT
"""Rates of relief that published ones can be laid beside, each with what it counts by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.analysis.statistics import wilson
from models.literature import OwnBeside, RateAsked
from models.vocabulary import CountUnit, Measure

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome


def rates_beside(found: PairedOutcome) -> list[OwnBeside]:
    """Responders by each criterion, and whoever has no pain left, of all pairs.

    A pair is a procedure; publications mostly count patients, and say when by words of their own.
    """
    if not found.numbers.n_pairs:
        return []
    unit = CountUnit.PROCEDURE
    relief = [
        OwnBeside(
            f"Improved, {one.label}",
            one.result,
            RateAsked(Measure.RELIEF, unit, definition=one.label),
        )
        for one in found.numbers.responders
        if one.result.n
    ]
    gone = wilson(int((found.pairs[1] == 0).sum()), found.numbers.n_pairs)
    none_left = RateAsked(Measure.RELIEF_COMPLETE, unit, definition="a score of 0")
    return [*relief, OwnBeside("No pain left, a score of 0", gone, none_left)]
