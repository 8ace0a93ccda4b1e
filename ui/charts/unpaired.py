# SPDX-License-Identifier: MIT
"""What has no partner, beside the pairs: open circles, bars for ranges, and words as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.collections import LineCollection

from models.numbers import Reported
from models.speech import in_quotes, numerals, say
from ui.charts import sentences
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from models.analysis.apart import Mark, Said

_CROWD = 24


@dataclass(frozen=True, slots=True)
class Lanes:
    """How far outside their column scores without a partner stand, where columns are 1 apart.

    Attributes:
        alone: of exact scores.
        ranged: of ranges.
        spread: room for ranges beside one another.
        edge: of the end of the plot.
    """

    alone: float
    ranged: float
    spread: float
    edge: float


@dataclass(frozen=True, slots=True)
class Column:
    """Before or after, with the side on which its scores without a partner stand."""

    after: bool
    lanes: Lanes

    @property
    def x(self) -> float:
        """Where the column stands."""
        return 1.0 if self.after else 0.0

    @property
    def outwards(self) -> int:
        """Direction away from the other column."""
        return 1 if self.after else -1

    def color(self, sheet: Sheet) -> str:
        """Vermillion before, blue after."""
        return sheet.palette.after if self.after else sheet.palette.before


def draw_marks(sheet: Sheet, axes: Axes, columns: Sequence[Column], marks: Sequence[Mark]) -> None:
    """Scores without a partner: open circles and bars beside their column, hollow if undated."""
    for column in columns:
        ours = [mark for mark in marks if mark.after is column.after]
        _draw_circles(sheet, axes, column, [mark for mark in ours if not mark.is_range])
        _draw_ranges(sheet, axes, column, [mark for mark in ours if mark.is_range])
        _label_marks(sheet, axes, column, [mark for mark in ours if mark in labeled(marks)])


def labeled(marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks that their score is written beside: all while they are few."""
    return marks if len(marks) <= sentences.MOST_NAMED else ()


def mark_label(mark: Mark) -> str:
    """What is written beside a mark, as in "8" and "0–1, no date"."""
    undated = "" if mark.dated else say(", no date")
    return sentences.score(Reported(mark.low, mark.high)) + undated


def _draw_circles(sheet: Sheet, axes: Axes, column: Column, marks: Sequence[Mark]) -> None:
    if not marks:
        return
    n = np.array([mark.n for mark in marks])
    many = len(marks) > _CROWD
    size = 3.4 if many else 6.5 + (6.0 * np.sqrt(n / n.max()) if n.max() > 3 else 0.0 * n)
    axes.scatter(
        np.full(len(marks), column.x + column.outwards * column.lanes.alone),
        [mark.low for mark in marks],
        s=(size * sheet.points(1)) ** 2,
        facecolors=sheet.palette.surface,
        edgecolors=column.color(sheet),
        linewidths=sheet.points(0.8 if many else 1.6),
        zorder=4,
        clip_on=False,
    )


def _draw_ranges(sheet: Sheet, axes: Axes, column: Column, marks: Sequence[Mark]) -> None:
    if not marks:
        return
    x = column.x + column.outwards * column.lanes.ranged
    places = x + column.lanes.spread * (np.arange(len(marks)) - (len(marks) - 1) / 2) / max(
        len(marks), 6
    )
    width = max(1.0, min(7.0, 50.0 / len(marks)))
    rims = [(width, column.color(sheet))] * len(marks)
    hollows = [(width - 3.2, sheet.palette.surface)] * len(marks) if width > 5 else []
    for order, looks in ((4, rims), (5, hollows)):
        drawn = [
            ([(place, mark.low), (place, mark.high)], sheet.points(thick), color)
            for place, mark, (thick, color) in zip(places, marks, looks, strict=False)
            if order == 4 or not mark.dated
        ]
        if drawn:
            bars, widths, colors = zip(*drawn, strict=True)
            axes.add_collection(
                LineCollection(
                    bars, linewidths=widths, colors=colors, capstyle="round", zorder=order,
                    clip_on=False,
                ),
                autolim=False,
            )  # fmt: skip


def _label_marks(sheet: Sheet, axes: Axes, column: Column, marks: Sequence[Mark]) -> None:
    """Write the few scores beside their marks, on the side of their column."""
    align = "right" if column.after else "left"
    for mark in marks:
        x = column.x + column.outwards * (
            column.lanes.ranged if mark.is_range else column.lanes.alone
        )
        axes.annotate(
            mark_label(mark),
            (x, (mark.low + mark.high) / 2), (-column.outwards * sheet.points(10), 0),
            textcoords="offset points", ha=align, va="center_baseline", zorder=7,
            annotation_clip=False, **sheet.lettering("small"),
        )  # fmt: skip


def in_words(said: Said) -> str:
    """Words with how many said them, as in "“much better” × 4"."""
    when = "" if said.after else say(" before")
    times = numerals("\xa0×\xa0{n:,}", n=said.n) if said.n > 1 else ""
    return f"{in_quotes(said.words)}{when}{times}"


def write_words(sheet: Sheet, room: Box, everything: Sequence[Said]) -> None:
    """Write words into ``room``, outside the scale: they have no height on it."""
    step = sheet.line_height("small")
    lines = [(say("In words"), "text_muted")]
    for said in everything:
        lines += [(line, "text") for line in sheet.wrap(in_words(said), room.width, "small")]
    fit = max(2, int(room.height / step) - 1)
    if len(lines) > fit:
        lines = [*lines[: fit - 1], ("…", "text_muted")]
    top = room.top + (room.height - len(lines) * step) / 2
    for number, (line, color) in enumerate(lines):
        sheet.text(room.left, top + number * step, line, size="small", color=color)
