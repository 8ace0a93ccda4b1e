# SPDX-License-Identifier: MIT
"""Leakage by technique: a row each with its rate, the 95 % interval as a line, and k of n."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.charts.safety_sentences import of, rate
from ui.charts.share_axis import share_label, share_ticks, top_of
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers
    from models.safety.rates import LevelRate

_ROW, _AXIS = 26, 26
_NARROW = 460


def forest_height(numbers: SafetyNumbers) -> int:
    """Pixels at scale 1 that the rows take."""
    return _ROW * len(_rows(numbers)) + _AXIS


def draw_forest(sheet: Sheet, numbers: SafetyNumbers, frame: Box) -> None:
    """Draw the rates of all levels and of each technique into ``frame``."""
    rows = _rows(numbers)
    labels = [
        sheet.width_of(label, "label", 600 if not place else 400)
        for place, (label, _) in enumerate(rows)
    ]
    told = [(of(found), rate(found)) for _, found in rows]
    counts, rates = (max(sheet.width_of(words[side]) for words in told) for side in (0, 1))
    gap = sheet.px(14)
    name = min(max(labels), frame.width * 0.4)
    plot = Box(
        frame.left + name + gap,
        frame.top,
        frame.right - counts - rates - 2 * gap,
        frame.bottom - sheet.px(_AXIS),
    )
    top = top_of(max((found.ci95.high if found.ci95 else found.rate or 0) for _, found in rows))
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
    for place, ((label, found), (count, words)) in enumerate(zip(rows, told, strict=True)):
        y = plot.top + plot.height * (place + 0.5) / len(rows)
        shown = sheet.wrap(label, name, "label", 400 if place else 600)
        sheet.text(frame.left, y, shown[0] + ("…" if len(shown) > 1 else ""), middle=True,
                   weight=400 if place else 600)  # fmt: skip
        sheet.text(plot.right + gap + counts, y, count, align="right", middle=True)
        sheet.text(frame.right, y, words, align="right", middle=True)
        if found.rate is None:
            continue
        if found.ci95 is not None:
            axes.hlines(
                place + 0.5, found.ci95.low, found.ci95.high, colors=sheet.palette.after,
                linewidths=sheet.points(2), zorder=3, clip_on=False,
            )  # fmt: skip
        axes.plot(
            [found.rate], [place + 0.5], "o" if place else "D", color=sheet.palette.after,
            markersize=sheet.points(9 if place else 8), zorder=4, clip_on=False,
        )  # fmt: skip


def _rows(numbers: SafetyNumbers) -> list[tuple[str, LevelRate]]:
    found = numbers.leakage
    return [("All levels", found.per_level), *((p.label, p.levels) for p in found.by_technique)]
