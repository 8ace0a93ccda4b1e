# SPDX-License-Identifier: MIT
"""The axis of a pain scale, from 0 to its top, the same in every figure."""

from __future__ import annotations

from matplotlib.axes import Axes

from ui.charts.sheet import Box, Sheet
from ui.widgets.pain_course import ticks


def draw_scale(sheet: Sheet, axes: Axes, plot: Box, top: float) -> None:
    """Draw grid lines over ``plot`` and write their values at its left."""
    left, right = axes.get_xlim()
    values = ticks(top)
    axes.hlines(
        values, left, right, colors=sheet.palette.grid, linewidths=sheet.points(1), zorder=0,
        clip_on=False,
    )  # fmt: skip
    for value in values:
        sheet.text(
            plot.left - sheet.px(8),
            plot.bottom - plot.height * value / top,
            f"{value:g}",
            color="text_muted",
            align="right",
            middle=True,
        )
