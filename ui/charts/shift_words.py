# SPDX-License-Identifier: MIT
"""What is said of analgesics and mobility. Plain text, no Qt, nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.speech import begun, numeral, say
from ui.charts import number_words, sentences

if TYPE_CHECKING:
    from models.analysis.shifts import Medication, Shift, ShiftNumbers
    from models.analysis.statistics import Proportion

LEGEND = say("Cases by their level before (down) and after (across); the best level first.")


def name_of(shift: Shift) -> str:
    """The ladder, to begin a sentence with."""
    return begun(shift.instrument.label)


def analgesics_caption(found: Medication) -> str:
    """What stands below the grid of analgesics on paper, and what a screen reader says."""
    return caption(found.analgesics)


def mobility_caption(found: Medication) -> str:
    """The same for mobility."""
    return caption(found.mobility)


def caption(shift: Shift) -> str:
    """What a grid shows, in numbers."""
    said = [
        say(
            "{name_of} {from_to}, levels of the ASSR scale (2003); before in rows, after "
            "in columns.",
            name_of=name_of(shift),
            from_to=sentences.from_to(shift.question),
        ),
        *sentences.cases(shift.question),
        moved(shift.numbers),
        *missing(shift),
        *sentences.synthetic(shift.n_synthetic, shift.numbers.n_cases),
    ]
    return " ".join(said)


def moved(numbers: ShiftNumbers) -> str:
    """As in "Better 40 of 64 (62 %, 95 % CI 50 to 73 %), the same 20 of 64 (...), worse ..."."""
    if not numbers.n_pairs:
        return say("No case has a level before and after.")
    ways = (
        (say("Better"), numbers.better),
        (say("the same"), numbers.same),
        (say("worse"), numbers.worse),
    )
    return f"{', '.join(f'{way} {share(found)}' for way, found in ways)}."


def share(found: Proportion) -> str:
    """As in "40 of 64 (62 %, 95 % CI 50 to 73 %)"."""
    if found.ci95 is None:
        return say("{k:,} of {n:,}", k=found.k, n=found.n)
    low, high = (numeral(100 * limit, ".0f") for limit in found.ci95)
    rate = number_words.percent(found.rate)
    return say(
        "{k:,} of {n:,} ({rate}, 95 % CI {low} to {high} %)",
        k=found.k,
        n=found.n,
        rate=rate,
        low=low,
        high=high,
    )


def missing(shift: Shift) -> list[str]:
    """Who has no level before or after, and why."""
    numbers = shift.numbers
    said = []
    if without := numbers.n_cases - numbers.n_pairs:
        reasons = sentences.missing(numbers.missing, of_levels=True)
        said.append(say("{without:,} without both: {reasons}.", without=without, reasons=reasons))
    if shift.n_undated:
        said.append(
            say("{n_undated:,} after without a date, not counted.", n_undated=shift.n_undated)
        )
    return said
