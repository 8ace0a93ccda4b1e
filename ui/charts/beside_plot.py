# SPDX-License-Identifier: MIT
"""An own rate beside published ones: a row each with its interval, and in what it is not alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.charts.beside_words import BesideFound
from ui.charts.safety_sentences import of, rate
from ui.charts.share_axis import draw_shares, top_of
from ui.charts.sheet import PRINT, Box, Look, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from models.analysis.statistics import Proportion

_ROW, _AXIS, _GAP = 48, 26, 14
_AROUND = 4
_NAME_SHARE = 0.44


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    note: str
    found: Proportion
    is_own: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether it is the own rate, or one that is alike."""
        return self.is_own or not self.note

    @property
    def weight(self) -> int:
        """How bold its name is."""
        return 600 if self.is_own else 400


def beside_height(found: BesideFound, width: float) -> int:
    """Pixels at scale 1 that the rows take on paper, ``width`` pixels across."""
    rows, sheet = _rows(found), Sheet(width, _ROW, Look(PRINT))
    lines = max(sum(map(len, _in_lines(sheet, row, _NAME_SHARE * width))) for row in rows)
    row = max(_ROW, math.ceil(lines * sheet.line_height("small")) + _AROUND)
    return row * len(rows) + _AXIS


def draw_beside(sheet: Sheet, found: BesideFound, frame: Box) -> None:
    """Draw the own rate and the published ones into ``frame``."""
    rows = _rows(found)
    counts = max(sheet.width_of(of(row.found)) for row in rows)
    rates = max(sheet.width_of(rate(row.found)) for row in rows)
    gap, names = sheet.px(_GAP), _NAME_SHARE * frame.width
    plot = Box(
        frame.left + names + gap, frame.top,
        frame.right - counts - rates - 2 * gap, frame.bottom - sheet.px(_AXIS),
    )  # fmt: skip
    top = top_of(max((_end(row.found) for row in rows), default=0.1) or 0.1)
    axes = sheet.axes(plot, (0, top), (len(rows), 0))
    draw_shares(sheet, axes, plot, top, len(rows))
    step = plot.height / len(rows)
    for place, row in enumerate(rows):
        y = plot.top + step * (place + 0.5)
        _write_name(sheet, frame, row, y, names, step)
        sheet.text(plot.right + gap + counts, y, of(row.found), align="right", middle=True)
        sheet.text(frame.right, y, rate(row.found), align="right", middle=True)
        _draw_row(sheet, axes, row, place + 0.5)


def _rows(found: BesideFound) -> list[_Row]:
    rows = [_Row(found.own.label, "", found.own.result, is_own=True)]
    rows += [
        _Row(one.rate.source, "; ".join(one.unlike), one.result)
        for one in found.drawn
        if one.result is not None
    ]
    return rows


def _end(found: Proportion) -> float:
    return found.ci95.high if found.ci95 else found.rate or 0.0


def _write_name(sheet: Sheet, frame: Box, row: _Row, y: float, width: float, height: float) -> None:
    """Name and note in as many lines as have room; what is left out is marked."""
    step = sheet.line_height("small")
    most = max(1, int(height / step))
    names, notes = _in_lines(sheet, row, width)
    lines = [(name, "label", row.weight, "text") for name in names]
    lines += [(note, "small", 400, "text_muted") for note in notes]
    if len(lines) > most:
        words, size, weight, color = lines[most - 1]
        lines[most - 1 :] = [(f"{words}…", size, weight, color)]
    top = y - (len(lines) - 1) * step / 2
    for number, (words, size, weight, color) in enumerate(lines):
        sheet.text(
            frame.left, top + number * step, words, size=size, weight=weight, color=color,
            middle=True,
        )  # fmt: skip


def _in_lines(sheet: Sheet, row: _Row, width: float) -> tuple[list[str], list[str]]:
    """The name, and the note."""
    return sheet.wrap(row.label, width, "label", row.weight), sheet.wrap(row.note, width, "small")


def _draw_row(sheet: Sheet, axes: Axes, row: _Row, y: float) -> None:
    found = row.found
    if found.rate is None:
        return
    color = sheet.palette.after if row.is_own else sheet.palette.text_muted
    if found.ci95 is not None:
        axes.hlines(
            y, found.ci95.low, found.ci95.high, colors=color, linewidths=sheet.points(2), zorder=3,
            clip_on=False,
        )  # fmt: skip
    axes.plot(
        [found.rate], [y], "D" if row.is_own else "o", color=color,
        markerfacecolor=color if row.is_filled else sheet.palette.surface,
        markeredgewidth=sheet.points(1.6), markersize=sheet.points(8), zorder=4, clip_on=False,
    )  # fmt: skip
