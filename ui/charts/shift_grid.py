# SPDX-License-Identifier: MIT
"""From which level to which: a grid of pairs by level before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from models.speech import numeral, say
from ui.charts.axis import say_nothing
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from models.analysis.shifts import Medication, Shift

_LABELS = 158
_HEAD, _FOOT = 44, 22
_FAINTEST, _STRONGEST = 0.14, 0.85


def draw_analgesics(sheet: Sheet, found: Medication, frame: Box | None = None) -> None:
    """Draw the grid of analgesics."""
    _draw(sheet, found.analgesics, frame or sheet.box)


def draw_mobility(sheet: Sheet, found: Medication, frame: Box | None = None) -> None:
    """Draw the grid of mobility."""
    _draw(sheet, found.mobility, frame or sheet.box)


def _draw(sheet: Sheet, shift: Shift, frame: Box) -> None:
    names = min(sheet.px(_LABELS), 0.4 * frame.width)
    plot = Box(
        frame.left + names, frame.top + sheet.px(_HEAD), frame.right, frame.bottom - sheet.px(_FOOT)
    )
    n = len(shift.terms)
    wide, high = plot.width / n, plot.height / n
    axes = sheet.axes(plot, (0, n), (n, 0))
    sheet.text(
        (plot.left + plot.right) / 2, frame.top, say('After'), size="small", color="text_muted",
        align="center",
    )  # fmt: skip
    sheet.text(frame.left, plot.top - sheet.px(18), say("Before"), size="small", color="text_muted")
    for place, term in enumerate(shift.terms):
        number, _, words = term.label.partition(" ")
        middle = plot.left + (place + 0.5) * wide
        sheet.text(middle, plot.top - sheet.px(18), number, weight=600, align="center")
        lines = sheet.wrap(f"{number} {words}", names - sheet.px(10))[:2]
        y = plot.top + (place + 0.5) * high - (len(lines) - 1) * sheet.line_height() / 2
        for line in lines:
            sheet.text(frame.left, y, line, middle=True)
            y += sheet.line_height()
    if not shift.numbers.n_pairs:
        say_nothing(sheet, plot, say("No level before and after yet"))
        return
    most = max(max(row) for row in shift.table)
    for row, counts in enumerate(shift.table):
        for column, count in enumerate(counts):
            ground = _ground(sheet, row, column, count, most)
            axes.add_patch(_cell(sheet, row, column, ground))
            if count:
                color = _ink(ground)
                x, y = plot.left + (column + 0.5) * wide, plot.top + (row + 0.5) * high
                sheet.text(
                    x, y, numeral(count, ","), weight=600, color=color, align="center", middle=True
                )
    sheet.text(
        plot.right, plot.bottom + sheet.px(6),
        say('Blue: better. Gray: the same. Orange: worse.'),
        size="small", color="text_muted", align="right",
    )  # fmt: skip


def _cell(sheet: Sheet, row: int, column: int, ground: str) -> Rectangle:
    return Rectangle(
        (column, row), 1, 1, facecolor=ground, edgecolor=sheet.palette.surface,
        linewidth=sheet.points(2),
    )  # fmt: skip


def _ground(sheet: Sheet, row: int, column: int, count: int, most: int) -> str:
    palette = sheet.palette
    if not count:
        return palette.raised
    ink = palette.text_muted if row == column else palette.series[1]
    if column < row:
        ink = palette.after
    strength = _FAINTEST + (_STRONGEST - _FAINTEST) * float(np.sqrt(count / most))
    one, other = to_rgb(ink), to_rgb(palette.surface)
    red, green, blue = (
        strength * part + (1 - strength) * ground for part, ground in zip(one, other, strict=True)
    )
    return to_hex((red, green, blue))


def _ink(ground: str) -> str:
    """Black or white, whichever is read better on the ground (WCAG contrast)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(ground)
    ]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (light + 0.05) / 0.05 > 1.05 / (light + 0.05) else "#ffffff"
