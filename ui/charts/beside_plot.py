# SPDX-License-Identifier: MIT
"""An own rate beside published ones: a row each with its interval, and in what it is not alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.charts.beside_words import BesideFound
from ui.charts.safety_sentences import of, rate
from ui.charts.share_axis import share_label, share_ticks, top_of
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from models.analysis.statistics import Proportion

_ROW, _AXIS, _GAP = 48, 26, 14
_MOST_NOTE_LINES = 2
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


def beside_height(found: BesideFound) -> int:
    """Pixels at scale 1 that the rows take on paper."""
    return _ROW * (1 + len(found.drawn)) + _AXIS


def draw_beside(sheet: Sheet, found: BesideFound, frame: Box) -> None:
    """Draw the own rate and the published ones into ``frame``."""
    rows = [_Row(found.own.label, "", found.own.result, is_own=True)]
    rows += [
        _Row(one.rate.source, "; ".join(one.unlike), one.result)
        for one in found.drawn
        if one.result is not None
    ]
    counts = max(sheet.width_of(of(row.found)) for row in rows)
    rates = max(sheet.width_of(rate(row.found)) for row in rows)
    gap, names = sheet.px(_GAP), _NAME_SHARE * frame.width
    plot = Box(
        frame.left + names + gap, frame.top,
        frame.right - counts - rates - 2 * gap, frame.bottom - sheet.px(_AXIS),
    )  # fmt: skip
    top = top_of(max((_end(row.found) for row in rows), default=0.1) or 0.1)
    axes = sheet.axes(plot, (0, top), (len(rows), 0))
    axes.vlines(
        share_ticks(top), 0, len(rows), colors=sheet.palette.grid, linewidths=sheet.points(1),
        zorder=0,
    )  # fmt: skip
    for share in share_ticks(top):
        x = plot.left + plot.width * share / top
        sheet.text(
            x, plot.bottom + sheet.px(6), share_label(share), color="text_muted", size="small",
            align="center",
        )  # fmt: skip
    step = plot.height / len(rows)
    for place, row in enumerate(rows):
        y = plot.top + step * (place + 0.5)
        _write_name(sheet, frame, row, y, names)
        sheet.text(plot.right + gap + counts, y, of(row.found), align="right", middle=True)
        sheet.text(frame.right, y, rate(row.found), align="right", middle=True)
        _draw_row(sheet, axes, row, place + 0.5)


def _end(found: Proportion) -> float:
    return found.ci95.high if found.ci95 else found.rate or 0.0


def _write_name(sheet: Sheet, frame: Box, row: _Row, y: float, width: float) -> None:
    weight = 600 if row.is_own else 400
    name, notes = _in_lines(sheet, row, width)
    step = sheet.line_height("small")
    top = y - len(notes) * step / 2
    sheet.text(frame.left, top, name, weight=weight, middle=True)
    for number, note in enumerate(notes):
        sheet.text(
            frame.left, top + (number + 1) * step, note, size="small", color="text_muted",
            middle=True,
        )  # fmt: skip


def _in_lines(sheet: Sheet, row: _Row, width: float) -> tuple[str, list[str]]:
    """The name in one line and the note in few; what is left out is marked."""
    names = sheet.wrap(row.label, width, "label", 600 if row.is_own else 400)
    notes = sheet.wrap(row.note, width, "small")
    kept = notes[:_MOST_NOTE_LINES]
    if len(notes) > len(kept):
        kept[-1] += "…"
    return names[0] + ("…" if len(names) > 1 else ""), kept


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
