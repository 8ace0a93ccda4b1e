# SPDX-License-Identifier: MIT
"""Plain axes with round numbers, for figures that have no scale of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ui.charts.sheet import Box, Sheet

_CLEAR = 4
"""Between words that stand in one line."""


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
    """Values along the lower edge, 0 among them where it is one of them."""
    places = [(x_of(plot, axes, value), show(value)) for value in values]
    for x, words in apart(sheet, places, "label", values.index(0) if 0 in values else 0):
        sheet.text(x, plot.bottom + sheet.px(7), words, color="text_muted", align="center")


def apart(
    sheet: Sheet, places: Sequence[tuple[float, str]], size: str, kept: int = 0
) -> Sequence[tuple[float, str]]:
    """All words, or every second or third and so on, so that none runs into another.

    Args:
        sheet: where they are to stand.
        places: the middle of each in pixels from the left, and the words, from left to right.
        size: of the type scale.
        kept: the place of those that are written in any case.
    """
    for step in range(1, len(places)):
        chosen = places[kept % step :: step]
        if stand_apart(sheet, chosen, size):
            return chosen
    return places[kept : kept + 1]


def stand_apart(sheet: Sheet, places: Sequence[tuple[float, str]], size: str) -> bool:
    """Whether no words run into the next ones; the places are told as for ``apart``."""
    halves = [sheet.width_of(words, size) / 2 for _, words in places]
    middles = [sheet.middle_of(x, words, size) for x, words in places]
    ends = [(middle - half, middle + half) for middle, half in zip(middles, halves, strict=True)]
    return all(left - right >= sheet.px(_CLEAR) for (_, right), (left, _) in pairwise(ends))


def x_of(plot: Box, axes: Axes, value: float) -> float:
    """Where a value stands on the sheet, in pixels from the left."""
    left, right = axes.get_xlim()
    return plot.left + plot.width * (value - left) / (right - left)


def y_of(plot: Box, axes: Axes, value: float) -> float:
    """Where a value stands on the sheet, in pixels from the top."""
    bottom, top = axes.get_ylim()
    return plot.bottom - plot.height * (value - bottom) / (top - bottom)


def say_nothing(sheet: Sheet, plot: Box, words: str, size: str = "body", weight: int = 600) -> None:
    """Write in the middle of an empty plot why it is empty."""
    lines = sheet.wrap(words, plot.width - sheet.px(16), size, weight)
    step = sheet.line_height(size)
    top = (plot.top + plot.bottom) / 2 - step * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        text = sheet.text(
            (plot.left + plot.right) / 2, top + number * step, line,
            size=size, weight=weight, color="text_muted", align="center", middle=True,
        )  # fmt: skip
        # A line of the axis may run through the middle.
        text.set_path_effects(sheet.halo())
