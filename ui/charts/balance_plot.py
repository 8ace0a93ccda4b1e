# SPDX-License-Identifier: MIT
"""How unlike those lost were before: standardized differences, a line for each thing known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.speech import say
from ui.charts.axis import draw_places, round_values, say_nothing, y_of
from ui.charts.change_words import amount
from ui.charts.followed_words import NOTEWORTHY, row_name, too_few
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from models.analysis.followed import Followed

_NAMES, _GAP = 230, 8
_MOST_NAMES = 0.58
"""A longer name takes two lines."""

ROW = 19
"""Pixels that a line needs."""


def draw_balance(sheet: Sheet, found: Followed, frame: Box | None = None) -> None:
    """Draw the standardized difference of everything that was known before."""
    frame = frame or sheet.box
    rows = [row for row in found.balance if row.difference is not None]
    whole = max((sheet.width_of(row_name(row)) for row in rows), default=0.0) + sheet.px(_GAP)
    names = min(max(sheet.px(_NAMES), whole), _MOST_NAMES * frame.width)
    plot = Box(
        frame.left + names, frame.top + sheet.px(4), frame.right - sheet.px(10),
        frame.bottom - sheet.px(44),
    )  # fmt: skip
    if not rows:
        say_nothing(sheet, frame, too_few(found) or say("Nothing is known of both"))
        return
    far = max(0.25, *(1.1 * abs(row.difference or 0.0) for row in rows))
    written = [sheet.wrap(row_name(row), names - sheet.px(_GAP)) for row in rows]
    axes = sheet.axes(plot, (-far, far), (sum(map(len, written)) - 0.5, -0.5))
    axes.axvspan(-NOTEWORTHY, NOTEWORTHY, color=sheet.palette.acceptable, zorder=0)
    axes.axvline(0, color=sheet.palette.text_muted, linewidth=sheet.points(1), zorder=1)
    draw_places(sheet, axes, plot, round_values(-far, far, 6), amount)
    sheet.text(
        (plot.left + plot.right) / 2, plot.bottom + sheet.px(25), say("Standardized difference"),
        size="small", color="text_muted", align="center",
    )  # fmt: skip
    places: list[tuple[float, float]] = []
    line = 0
    for name, row in zip(written, rows, strict=True):
        for number, part in enumerate(name):
            sheet.text(frame.left, y_of(plot, axes, line + number), part, middle=True)
        places.append((line + (len(name) - 1) / 2, row.difference or 0.0))
        line += len(name)
    near = [one for one in places if abs(one[1]) < NOTEWORTHY]
    _draw_rows(sheet, axes, near, sheet.palette.after)
    far_off = [one for one in places if abs(one[1]) >= NOTEWORTHY]
    _draw_rows(sheet, axes, far_off, sheet.palette.series[1])


def _draw_rows(sheet: Sheet, axes: Axes, rows: Sequence[tuple[float, float]], color: str) -> None:
    """Rows of one color together: a line of matplotlib for each of them takes much longer."""
    places, differences = [place for place, _ in rows], [difference for _, difference in rows]
    axes.hlines(places, 0, differences, colors=color, linewidths=sheet.points(1.4), zorder=2)
    axes.plot(differences, places, "o", color=color, markersize=sheet.points(6), zorder=3)
