# SPDX-License-Identifier: MIT
"""What was gained in height, and what of it is kept at the latest follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.speech import begun, numerals, say
from ui.charts.axis import draw_places, round_values, say_nothing, y_of
from ui.charts.change_words import amount
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

    from models.analysis.association import ClusteredMean
    from models.analysis.kept_heights import KeptWall
    from ui.charts.gain_words import FoundGains

_NAMES, _COUNTS = 84, 54
_APART = 0.17


def draw_kept(sheet: Sheet, found: FoundGains, frame: Box | None = None) -> None:
    """Draw both means with their intervals, a line for each height."""
    frame = frame or sheet.box
    walls = found.kept.walls
    if not any(wall.gained.n for wall in walls):
        say_nothing(sheet, frame, say("No height before, after and at a follow-up yet"))
        return
    plot = Box(
        frame.left + min(sheet.px(_NAMES), 0.3 * frame.width), frame.top + sheet.px(4),
        frame.right - sheet.px(_COUNTS), frame.bottom - sheet.px(30),
    )  # fmt: skip
    low, high = _span(walls)
    axes = sheet.axes(plot, (low, high), (len(walls) - 0.5, -0.5))
    values = round_values(low, high, 8)
    axes.vlines(
        values, -0.5, len(walls) - 0.5, colors=sheet.palette.grid, linewidths=sheet.points(1),
        zorder=0,
    )  # fmt: skip
    axes.axvline(0, color=sheet.palette.text_muted, linewidth=sheet.points(1), zorder=1)
    draw_places(sheet, axes, plot, values, lambda value: say("{amount} mm", amount=amount(value)))
    for place, wall in enumerate(walls):
        y = y_of(plot, axes, place)
        sheet.text(frame.left, y, begun(wall.wall.shown), middle=True)
        sheet.text(
            frame.right, y, numerals('n {n:,}', n=wall.gained.n), size="small", color="text_muted",
            align="right", middle=True,
        )  # fmt: skip
        _draw_mean(sheet, axes, place - _APART, wall.gained, sheet.palette.after, "o")
        _draw_mean(sheet, axes, place + _APART, wall.kept, sheet.palette.before, "D")


def _span(walls: Iterable[KeptWall]) -> tuple[float, float]:
    values = [0.0]
    for wall in walls:
        for one in (wall.gained, wall.kept):
            values += [value for value in (one.mean, *(one.ci95 or ())) if value is not None]
    margin = 0.05 * ((max(values) - min(values)) or 1.0)
    return min(values) - margin, max(values) + margin


def _draw_mean(
    sheet: Sheet, axes: Axes, place: float, one: ClusteredMean, color: str, marker: str
) -> None:
    if one.mean is None:
        return
    if one.ci95 is not None:
        axes.hlines(
            place, one.ci95.low, one.ci95.high, colors=color, linewidths=sheet.points(2), zorder=3
        )
    axes.plot(
        [one.mean], [place], marker, color=color, markersize=sheet.points(6), zorder=4,
        clip_on=False,
    )  # fmt: skip
