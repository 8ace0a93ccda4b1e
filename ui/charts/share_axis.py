# SPDX-License-Identifier: MIT
"""The axis of a share in percent, as short as its values allow, and lines for other axes."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from models.speech import numerals
from ui.charts.axis import apart
from ui.charts.sheet import Box, Sheet

_TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


def top_of(greatest: float) -> float:
    """The end of the axis for shares up to ``greatest``."""
    return next((top for top in _TOPS if greatest <= top), 1.0)


def share_ticks(top: float) -> list[float]:
    """Shares to name on an axis up to ``top``."""
    steps = 4 if top in (0.02, 0.2, 0.4, 0.8) else 3 if top in (0.3, 0.6) else 5
    return [top * step / steps for step in range(steps + 1)]


def share_label(share: float) -> str:
    """As in "20 %"."""
    return numerals("{value:g} %", value=100 * share)


def draw_shares(sheet: Sheet, axes: Axes, plot: Box, top: float, n_rows: int) -> None:
    """Upright grid lines at shares up to ``top`` through ``n_rows`` rows, named below."""
    axes.vlines(
        share_ticks(top), 0, n_rows, colors=sheet.palette.grid, linewidths=sheet.points(1),
        zorder=0, clip_on=False,
    )  # fmt: skip
    places = [
        (plot.left + plot.width * share / top, share_label(share)) for share in share_ticks(top)
    ]
    for x, words in apart(sheet, places, "small"):
        sheet.text(
            x, plot.bottom + sheet.px(6), words, color="text_muted", size="small", align="center"
        )


def draw_rows(
    sheet: Sheet, axes: Axes, plot: Box, values: Sequence[float], label: str = ""
) -> None:
    """Grid lines at ``values`` with their numbers at the left; percent unless ``label`` says how.

    Args:
        sheet: where they are drawn.
        axes: those of the plot.
        plot: where they are.
        values: in the unit of the axes.
        label: a format of numbers, such as ".1f".
    """
    left, right = axes.get_xlim()
    low, high = axes.get_ylim()
    axes.hlines(
        values, left, right, colors=sheet.palette.grid, linewidths=sheet.points(1), zorder=0,
        clip_on=False,
    )  # fmt: skip
    for value in values:
        words = format(value, label).replace("-", "−") if label else share_label(value)
        y = plot.bottom - plot.height * (value - low) / (high - low)
        sheet.text(
            plot.left - sheet.px(8), y, words, color="text_muted", align="right", middle=True
        )
