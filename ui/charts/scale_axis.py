# SPDX-License-Identifier: MIT
"""The axis of a scale from its bottom to its top, the same in every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.speech import numeral
from ui.charts.sheet import Box, Sheet
from ui.widgets.pain_course import ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from models.analysis.outcome import PairedOutcome

_BETWEEN, _USUAL_ROOM = 8, 26
_USUAL_TOP = 10.0


def ends_of(outcome: PairedOutcome) -> tuple[float, float]:
    """Bottom and top of the axis; where values can be below 0 it reaches as far as they do."""
    if outcome.scale is None:
        return 0.0, _USUAL_TOP
    if outcome.scale.bottom == 0:
        return 0.0, outcome.scale.top
    known = [float(value) for value in outcome.in_points(outcome.pairs).ravel()]
    known += [mark.low for mark in outcome.marks]
    lowest = min(known, default=0.0)
    steps = (0.0, -0.25, -0.5, -0.75)
    bottom = next((step for step in steps if lowest >= step), outcome.scale.bottom)
    return bottom, outcome.scale.top


def scale_room(sheet: Sheet, ends: tuple[float, float]) -> float:
    """Pixels that the values of the scale take at the left of the plot."""
    widest = max(sheet.width_of(_written(value)) for value in _marked(ends))
    return max(sheet.px(_USUAL_ROOM), widest + sheet.px(_BETWEEN + 1))


def draw_scale(sheet: Sheet, axes: Axes, plot: Box, ends: tuple[float, float]) -> None:
    """Draw grid lines over ``plot`` and write their values at its left."""
    left, right = axes.get_xlim()
    bottom, top = ends
    values = _marked(ends)
    axes.hlines(
        values, left, right, colors=sheet.palette.grid, linewidths=sheet.points(1), zorder=0,
        clip_on=False,
    )  # fmt: skip
    for value in values:
        sheet.text(
            plot.left - sheet.px(_BETWEEN),
            plot.bottom - plot.height * (value - bottom) / (top - bottom),
            _written(value),
            color="text_muted",
            align="right",
            middle=True,
        )


def _marked(ends: tuple[float, float]) -> list[float]:
    bottom, top = ends
    above = ticks(top)
    return [*(-value for value in reversed(above[1:]) if -value >= bottom), *above]


def _written(value: float) -> str:
    return numeral(value, "g").replace("-", "−")
