# SPDX-License-Identifier: MIT
"""Leakage by technique: a row each with its rate, the 95 % interval as a line, and k of n."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.speech import say
from ui.charts.safety_sentences import of, rate
from ui.charts.share_axis import draw_shares, top_of
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from models.safety.numbers import SafetyNumbers
    from models.safety.rates import LevelRate

_ROW, _AXIS, _GAP = 26, 26, 14
_NARROW = 520
_MOST_NAME = 0.4


def forest_height(numbers: SafetyNumbers) -> int:
    """Pixels at scale 1 that the rows take on paper."""
    return _ROW * len(_rows(numbers)) + _AXIS


def draw_forest(sheet: Sheet, numbers: SafetyNumbers, frame: Box) -> None:
    """Draw the rates of all levels and of each technique into ``frame``.

    Where there is little room, label and numbers of a row stand above its line.
    """
    rows = [_Row(label, of(found), rate(found), found) for label, found in _rows(numbers)]
    is_narrow = frame.width < sheet.px(_NARROW)
    plot = _plot_box(sheet, frame, rows, is_narrow=is_narrow)
    top = top_of(max((row.end for row in rows), default=0.1))
    axes = sheet.axes(plot, (0, top), (len(rows), 0))
    draw_shares(sheet, axes, plot, top, len(rows))
    step = plot.height / len(rows)
    lines: list[tuple[float, LevelRate]] = []
    for place, row in enumerate(rows):
        height = 0.78 if is_narrow else 0.5
        y = plot.top + step * (place + (0.36 if is_narrow else 0.5))
        if is_narrow:
            _write_above(sheet, frame, row, y, strong=not place)
        else:
            _write_beside(sheet, frame, plot, rows, row, y, strong=not place)
        lines.append((place + height, row.found))
    _draw_intervals(sheet, axes, lines)
    _draw_rates(sheet, axes, lines[:1], "D", 8)
    _draw_rates(sheet, axes, lines[1:], "o", 9)


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    count: str
    rate: str
    found: LevelRate

    @property
    def end(self) -> float:
        """How far to the right the row reaches."""
        return self.found.ci95.high if self.found.ci95 else self.found.rate or 0.0


def _plot_box(sheet: Sheet, frame: Box, rows: Sequence[_Row], *, is_narrow: bool) -> Box:
    bottom = frame.bottom - sheet.px(_AXIS)
    if is_narrow:
        side = sheet.px(20)
        return Box(frame.left + side, frame.top, frame.right - side, bottom)
    names = max(_name_width(sheet, row, strong=not place) for place, row in enumerate(rows))
    counts, rates = _number_widths(sheet, rows)
    gap = sheet.px(_GAP)
    left = frame.left + min(names, frame.width * _MOST_NAME) + gap
    return Box(left, frame.top, frame.right - counts - rates - 2 * gap, bottom)


def _name_width(sheet: Sheet, row: _Row, *, strong: bool) -> float:
    return sheet.width_of(row.label, "label", _weight(strong=strong))


def _number_widths(sheet: Sheet, rows: Sequence[_Row]) -> tuple[float, float]:
    counts = max(sheet.width_of(row.count) for row in rows)
    return counts, max(sheet.width_of(row.rate) for row in rows)


def _write_beside(
    sheet: Sheet, frame: Box, plot: Box, rows: Sequence[_Row], row: _Row, y: float, *, strong: bool
) -> None:
    weight, gap = _weight(strong=strong), sheet.px(_GAP)
    lines = sheet.wrap(row.label, plot.left - gap - frame.left + 1, "label", weight)
    label = lines[0] + ("…" if len(lines) > 1 else "")
    sheet.text(frame.left, y, label, middle=True, weight=weight)
    counts, _rates = _number_widths(sheet, rows)
    sheet.text(plot.right + gap + counts, y, row.count, align="right", middle=True)
    sheet.text(frame.right, y, row.rate, align="right", middle=True)


def _write_above(sheet: Sheet, frame: Box, row: _Row, y: float, *, strong: bool) -> None:
    sheet.text(frame.left, y, row.label, middle=True, weight=_weight(strong=strong))
    numbers = f"{row.count} · {row.rate}" if row.found.n else row.count
    sheet.text(frame.right, y, numbers, align="right", middle=True)


def _draw_intervals(sheet: Sheet, axes: Axes, lines: Sequence[tuple[float, LevelRate]]) -> None:
    known = [(y, *found.ci95) for y, found in lines if found.ci95 is not None]
    if known:
        y, low, high = zip(*known, strict=True)
        axes.hlines(
            y, low, high, colors=sheet.palette.after, linewidths=sheet.points(2), zorder=3,
            clip_on=False,
        )  # fmt: skip


def _draw_rates(
    sheet: Sheet, axes: Axes, lines: Sequence[tuple[float, LevelRate]], form: str, size: float
) -> None:
    known = [(found.rate, y) for y, found in lines if found.rate is not None]
    axes.plot(
        [rate for rate, _ in known], [y for _, y in known], form, color=sheet.palette.after,
        markersize=sheet.points(size), zorder=4, clip_on=False,
    )  # fmt: skip


def _weight(*, strong: bool) -> int:
    return 600 if strong else 400


def _rows(numbers: SafetyNumbers) -> list[tuple[str, LevelRate]]:
    found = numbers.leakage
    parts = [(part.label, part.levels) for part in found.by_technique]
    return [(say("All levels"), found.per_level), *parts]
