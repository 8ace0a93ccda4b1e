# SPDX-License-Identifier: MIT
"""Cement volume against relief: a dot a case, and where cases are many their density."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from models.speech import say
from ui.charts.axis import draw_heights, draw_places, round_values, say_nothing
from ui.charts.cement_words import MOST_DOTS, correlation_in_words
from ui.charts.change_words import amount
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from models.analysis.cement import CementRelief

_CELLS_ACROSS = 28
_APART = 10


def draw_cement(sheet: Sheet, found: CementRelief, frame: Box | None = None) -> None:
    """Draw cases by their volume and their relief."""
    frame = frame or sheet.box
    right = frame.right - sheet.px(8)
    correlation = sheet.wrap(correlation_in_words(found), right - frame.left, "small", 600)
    name, step = say("Relief, points"), sheet.line_height("small")
    beside = sheet.width_of(name, "small") + sheet.px(_APART)
    needed = beside + sheet.width_of(correlation[0], "small", 600)
    below = 0 if len(correlation) == 1 and needed <= right - frame.left else 1
    lines = len(correlation) - 1 + below
    plot = Box(
        frame.left + sheet.px(34), frame.top + sheet.px(26) + lines * step,
        right, frame.bottom - sheet.px(46),
    )  # fmt: skip
    ml, relief = np.array(found.ml), np.array(found.relief)
    top = found.scale.top if found.scale else 10.0
    low = min(0.0, float(relief.min())) if found.n else 0.0
    most = max(float(ml.max()) if found.n else 0.0, 4.0)
    margin = 0.03 * (top - low)
    axes = sheet.axes(plot, (0, most * 1.03), (low - margin, top + margin))
    draw_heights(sheet, axes, plot, round_values(low, top, 6), amount)
    draw_places(
        sheet,
        axes,
        plot,
        round_values(0, most, 8),
        lambda ml: say("{amount} mL", amount=amount(ml)),
    )
    middle = (plot.left + plot.right) / 2
    sheet.text(
        middle, plot.bottom + sheet.px(26), say('Cement of the case, all levels together'),
        size="small", color="text_muted", align="center",
    )  # fmt: skip
    for line, words in enumerate(correlation):
        y = frame.top + line * step
        sheet.text(plot.right, y, words, size="small", weight=600, align="right")
    y = frame.top + lines * step
    sheet.text(frame.left, y, name, size="small", color="text_muted")
    if not found.n:
        say_nothing(sheet, plot, say("No case with a volume and a pair of scores"))
    elif found.n > MOST_DOTS:
        _draw_density(sheet, axes, plot, ml, relief)
    else:
        _draw_dots(sheet, axes, ml, relief)


def _draw_dots(sheet: Sheet, axes: Axes, ml: np.ndarray, relief: np.ndarray) -> None:
    places, n = np.unique(np.stack([ml, relief]), axis=1, return_counts=True)
    axes.scatter(
        places[0], places[1], s=(sheet.points(6) * np.sqrt(n)) ** 2, color=sheet.palette.after,
        alpha=0.7, linewidths=0, zorder=3, clip_on=False,
    )  # fmt: skip


def _draw_density(sheet: Sheet, axes: Axes, plot: Box, ml: np.ndarray, relief: np.ndarray) -> None:
    shades = LinearSegmentedColormap.from_list(
        "cases", [sheet.palette.heat_low, sheet.palette.heat_high]
    )
    down = max(8, round(_CELLS_ACROSS * plot.height / plot.width))
    axes.hexbin(
        ml, relief, gridsize=(_CELLS_ACROSS, down), mincnt=1, bins="log", cmap=shades, zorder=2,
        linewidths=sheet.points(0.4), edgecolors=sheet.palette.surface,
        extent=(*axes.get_xlim(), *axes.get_ylim()),
    )  # fmt: skip
    axes.set_axis_off()
