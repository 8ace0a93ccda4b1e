# SPDX-License-Identifier: MIT
"""Plain axes with round numbers, for figures that have no scale of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ui.charts.sheet import Box, Sheet


def round_values(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """At most ``most`` and one round numbers from ``low`` to ``high``, both ends within."""
    values = MaxNLocator(nbins=most, integer=whole, steps=[1, 2, 5, 10]).tick_values(low, high)
    step = float(values[1] - values[0]) if len(values) > 1 else 1.0
    inside = [float(value) for value in values if low - step / 1e6 <= value <= high + step / 1e6]
    return [0.0 if abs(value) < step / 1e6 else value for value in inside]


def draw_heights(
    sheet: Sheet, axes: Axes, plot: Box, values: Sequence[float], show: Callable[[float], str]
) -> None:
    """Grid lines at these heights, their values at the left."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    axes.hlines(
        values, left, right, colors=sheet.palette.grid, linewidths=sheet.points(1), zorder=0,
        clip_on=False,
    )  # fmt: skip
    for value in values:
        y = plot.bottom - plot.height * (value - bottom) / (top - bottom)
        sheet.text(
            plot.left - sheet.px(8), y, show(value), color="text_muted", align="right", middle=True
        )


def draw_places(
    sheet: Sheet, axes: Axes, plot: Box, values: Sequence[float], show: Callable[[float], str]
) -> None:
    """Values along the lower edge."""
    for value in values:
        sheet.text(
            x_of(plot, axes, value), plot.bottom + sheet.px(7), show(value),
            color="text_muted", align="center",
        )  # fmt: skip


def x_of(plot: Box, axes: Axes, value: float) -> float:
    """Where a value stands on the sheet, in pixels from the left."""
    left, right = axes.get_xlim()
    return plot.left + plot.width * (value - left) / (right - left)


def y_of(plot: Box, axes: Axes, value: float) -> float:
    """Where a value stands on the sheet, in pixels from the top."""
    bottom, top = axes.get_ylim()
    return plot.bottom - plot.height * (value - bottom) / (top - bottom)


def say_nothing(sheet: Sheet, plot: Box, words: str) -> None:
    """Write in the middle of an empty plot why it is empty."""
    lines = sheet.wrap(words, plot.width - sheet.px(16), "body", 600)
    step = sheet.line_height("body")
    top = (plot.top + plot.bottom) / 2 - step * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        text = sheet.text(
            (plot.left + plot.right) / 2, top + number * step, line,
            size="body", weight=600, color="text_muted", align="center", middle=True,
        )  # fmt: skip
        # A line of the axis may run through the middle.
        text.set_path_effects(sheet.halo())
