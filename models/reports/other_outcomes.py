# SPDX-License-Identifier: MIT
"""Function, medication, mobility and height in one table of a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.analysis.gains import height_gains
from models.analysis.instruments import FUNCTION, LADDERS, Instrument
from models.analysis.paired import paired_outcome
from models.analysis.question import Question
from models.analysis.shifts import shift_of
from models.heights import Formula, Wall
from models.reports.content import Column, Table
from models.reports.wording import FEW, begun, fixed, interval, percent

if TYPE_CHECKING:
    from models.logbook import Logbook

_COLUMNS = (
    Column("Outcome", 1.6),
    Column("n", 0.4, is_right=True),
    Column("Missing", 0.5, is_right=True),
    Column("Before to after", 2.6),
)

Row = tuple[str, str, str, str]


def outcomes_table(logbook: Logbook, question: Question, caption: str) -> Table | None:
    """What else changed, of pairs and of measured levels; None where nothing was recorded.

    Call it inside ``logbook.session()``.
    """
    rows = [
        *(row for instrument in FUNCTION for row in _function(logbook, instrument, question)),
        *(row for ladder in LADDERS for row in _ladder(logbook, ladder, question)),
        *_heights(logbook, question),
    ]
    if not rows:
        return None
    note = (
        "Of cases with a value before and a dated one after, on the same scale; heights of levels "
        "measured before and after, with an interval that allows for several levels in one "
        f"patient. With fewer than {FEW} no mean and no percentage is given."
    )
    return Table(_COLUMNS, tuple(rows), caption, note)


def _function(logbook: Logbook, instrument: Instrument, question: Question) -> Iterator[Row]:
    outcome = paired_outcome(logbook, instrument, question)
    numbers = outcome.numbers
    if not numbers.n_pairs or outcome.scale is None:
        return
    told = "too few pairs for a mean"
    change, before, after = numbers.change, numbers.before.mean, numbers.after.mean
    if change.n >= FEW and change.mean is not None and before is not None and after is not None:
        places = instrument.decimals
        told = (
            f"mean {fixed(before, places)} to {fixed(after, places)}, change "
            f"{fixed(change.mean, places)} ({interval(change.ci95, places)})"
        )
    yield _row(outcome.scale.label.replace("0-", "0–"), numbers.n_pairs, numbers.n_missing, told)


def _ladder(logbook: Logbook, ladder: Instrument, question: Question) -> Iterator[Row]:
    moved = shift_of(logbook, ladder, question).numbers
    if not moved.n_pairs:
        return
    ways = (("better", moved.better), ("the same", moved.same), ("worse", moved.worse))
    told = ", ".join(
        f"{name} {found.k:,}"
        + (f" ({percent(found.rate)})" if found.rate is not None and found.n >= FEW else "")
        for name, found in ways
    )
    yield _row(begun(ladder.label), moved.n_pairs, moved.n_cases - moved.n_pairs, told)


def _heights(logbook: Logbook, question: Question) -> Iterator[Row]:
    heights, _by_group = height_gains(logbook, question)
    for wall in Wall:
        values = heights.gain(wall, Formula.GAIN).values
        if not values.n:
            continue
        told = "too few levels for a mean"
        if values.n >= FEW and values.mean is not None:
            told = f"mean gain {fixed(values.mean)} mm ({interval(values.ci95)})"
        name = f"{begun(wall.value)} height, levels"
        yield _row(name, values.n, heights.n_levels - values.n, told)


def _row(name: str, n: int, missing: int, told: str) -> Row:
    return name, f"{n:,}", f"{missing:,}", told
