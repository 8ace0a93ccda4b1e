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
from models.speech import numeral, numerals, say, say_in

if TYPE_CHECKING:
    from models.logbook import Logbook

_COLUMNS = (
    Column(say_in("Report", "Outcome"), 1.6),
    Column("n", 0.4, is_right=True),
    Column(say("Missing"), 0.5, is_right=True),
    Column(say("Before to after"), 2.6),
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
    note = say(
        "Of cases with a value before and a dated one after, on the same scale; "
        "heights of levels measured before and after, with an interval that allows for "
        "several levels in one patient. With fewer than {few} no mean and no "
        "percentage is given.",
        few=FEW,
    )
    return Table(_COLUMNS, tuple(rows), caption, note)


def _function(logbook: Logbook, instrument: Instrument, question: Question) -> Iterator[Row]:
    outcome = paired_outcome(logbook, instrument, question)
    numbers = outcome.numbers
    if not numbers.n_pairs or outcome.scale is None:
        return
    told = say("too few pairs for a mean")
    change, before, after = numbers.change, numbers.before.mean, numbers.after.mean
    if change.n >= FEW and change.mean is not None and before is not None and after is not None:
        places = instrument.decimals
        told = say(
            "mean {fixed} to {fixed2}, change {fixed3} ({interval})",
            fixed=fixed(before, places),
            fixed2=fixed(after, places),
            fixed3=fixed(change.mean, places),
            interval=interval(change.ci95, places),
        )
    yield _row(outcome.scale.label.replace("0-", "0–"), numbers.n_pairs, numbers.n_missing, told)


def _ladder(logbook: Logbook, ladder: Instrument, question: Question) -> Iterator[Row]:
    moved = shift_of(logbook, ladder, question).numbers
    if not moved.n_pairs:
        return
    ways = (
        (say("better"), moved.better),
        (say("the same"), moved.same),
        (say("worse"), moved.worse),
    )
    told = ", ".join(
        numerals("{name} {k:,}", name=name, k=found.k)
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
        told = say("too few levels for a mean")
        if values.n >= FEW and values.mean is not None:
            told = say(
                "mean gain {fixed} mm ({interval})",
                fixed=fixed(values.mean),
                interval=interval(values.ci95),
            )
        name = say("{wall} height, levels", wall=begun(wall.shown))
        yield _row(name, values.n, heights.n_levels - values.n, told)


def _row(name: str, n: int, missing: int, told: str) -> Row:
    return name, numeral(n, ","), numeral(missing, ","), told
