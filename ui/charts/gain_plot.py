# SPDX-License-Identifier: MIT
"""Height gain: three heights in mm, and the same by the three formulas in percent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from models.analysis.gains import GAINS
from models.heights import Formula, Wall
from models.speech import begun, numerals, say
from ui.charts.axis import draw_places, round_values, say_nothing, y_of
from ui.charts.change_words import amount
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from models.analysis.gains import Gain
    from ui.charts.gain_words import FoundGains

_NAMES, _COUNTS = 172, 54
_SIDE_BY_SIDE = 860


def draw_gains(sheet: Sheet, found: FoundGains, frame: Box | None = None) -> None:
    """Draw quartiles, median and mean with its interval, a line for each height and formula."""
    frame = frame or sheet.box
    gains = found.whole
    if not any(gain.values.n for gain in gains.gains):
        say_nothing(sheet, frame, say("No height before and after yet"))
        return
    in_mm = [gains.gain(wall, Formula.GAIN) for wall in Wall]
    in_percent = [gains.gain(wall, formula) for formula in GAINS[1:] for wall in Wall]
    for box, (part, unit) in zip(
        _boxes(sheet, frame, len(in_mm), len(in_percent)),
        ((in_mm, "mm"), (in_percent, "%")),
        strict=True,
    ):
        _draw_part(sheet, box, part, unit)


def _boxes(sheet: Sheet, frame: Box, above: int, below: int) -> tuple[Box, Box]:
    """Room for both parts: side by side where there is enough of it."""
    if frame.width >= sheet.px(_SIDE_BY_SIDE):
        middle, gap = frame.left + 0.46 * frame.width, sheet.px(16)
        return (
            Box(frame.left, frame.top, middle - gap, frame.bottom),
            Box(middle + gap, frame.top, frame.right, frame.bottom),
        )
    middle = frame.top + frame.height * (above + 1.6) / (above + below + 3.4)
    return (
        Box(frame.left, frame.top, frame.right, middle),
        Box(frame.left, middle, frame.right, frame.bottom),
    )


def _draw_part(sheet: Sheet, frame: Box, gains: Sequence[Gain], unit: str) -> None:
    names = min(sheet.px(_NAMES), 0.42 * frame.width)
    plot = Box(
        frame.left + names, frame.top + sheet.px(4),
        frame.right - sheet.px(_COUNTS), frame.bottom - sheet.px(30),
    )  # fmt: skip
    low, high = _span(gains)
    axes = sheet.axes(plot, (low, high), (len(gains) - 0.5, -0.5))
    values = round_values(low, high, 6)
    axes.vlines(
        values, -0.5, len(gains) - 0.5, colors=sheet.palette.grid, linewidths=sheet.points(1),
        zorder=0,
    )  # fmt: skip
    axes.axvline(0, color=sheet.palette.text_muted, linewidth=sheet.points(1), zorder=1)
    draw_places(sheet, axes, plot, values, lambda value: f"{amount(value)} {unit}")
    for place, gain in enumerate(gains):
        y = y_of(plot, axes, place)
        sheet.text(frame.left, y, _name(gain), middle=True)
        sheet.text(
            frame.right, y, numerals('n {n:,}', n=gain.values.n), size="small", color="text_muted",
            align="right", middle=True,
        )  # fmt: skip
    _draw_lines(sheet, axes, gains)


def _name(gain: Gain) -> str:
    if gain.formula is Formula.GAIN:
        return begun(gain.wall.shown)
    return say("{wall}, {of}", wall=begun(gain.wall.shown), of=gain.formula.of)


def _span(gains: Sequence[Gain]) -> tuple[float, float]:
    values = [0.0]
    for gain in gains:
        known = (gain.spread.q1, gain.spread.q3, gain.values.mean, *(gain.values.ci95 or ()))
        values += [value for value in known if value is not None]
    margin = 0.05 * ((max(values) - min(values)) or 1.0)
    return min(values) - margin, max(values) + margin


def _draw_lines(sheet: Sheet, axes: Axes, gains: Sequence[Gain]) -> None:
    """All quartiles, medians, intervals and means, each kind at once: that is drawn faster."""
    known = [
        (place, spread.q1, spread.median, spread.q3, gain.values.mean)
        for place, gain in enumerate(gains)
        if (spread := gain.spread).median is not None
    ]
    places, q1, median, q3, mean = np.array(known, float).reshape(-1, 5).T
    color = sheet.palette.after
    axes.barh(places, q3 - q1, 0.5, q1, color=color, alpha=0.24, zorder=2)
    axes.vlines(
        median, places - 0.25, places + 0.25, colors=color, linewidths=sheet.points(2.2), zorder=3
    )
    intervals = [(at, *gain.values.ci95) for at, gain in enumerate(gains) if gain.values.ci95]
    at, lowest, highest = np.array(intervals, float).reshape(-1, 3).T
    axes.hlines(
        at, lowest, highest, colors=sheet.palette.text, linewidths=sheet.points(1.6), zorder=4
    )
    axes.plot(
        mean, places, "o", color=sheet.palette.text, markersize=sheet.points(5.5), zorder=5,
        clip_on=False,
    )  # fmt: skip
