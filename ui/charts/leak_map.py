# SPDX-License-Identifier: MIT
"""Where on the spine cement leaked: darker where more levels did, with k of n beside each body."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from models.analysis.statistics import wilson
from models.vocabulary import Level
from ui.charts.safety_sentences import of, rate
from ui.charts.sheet import Box, Sheet
from ui.palette import blend
from ui.widgets.spine_geometry import Spine, Vertebra, build_spine

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainterPath

    from models.safety.leakage import LevelMark
    from models.safety.numbers import SafetyNumbers

MAP_WIDTH, MAP_HEIGHT = 460, 560
"""Pixels at scale 1 in which every level has a line of its own, and room beside the spine."""

_MOST_TEXT = 0.58
_ROOM = 8
_EDGE = 0.7
_BREAK = (math.nan, math.nan)
"""Ends a line within a row of points."""


_At = Callable[[float, float], tuple[float, float]]
"""From the units of the spine to the sheet."""


class _Placed(NamedTuple):
    """Where the words about a level stand, and the wall of its body that they point to."""

    mark: LevelMark
    y: float
    front: tuple[float, float]


def draw_leak_map(sheet: Sheet, numbers: SafetyNumbers, box: Box) -> None:
    """Draw the spine with the leaks of each level into ``box``.

    The darkest body is that with the most leaks; levels where none was treated stay pale and have
    no words.
    """
    marks = {mark.level: mark for mark in numbers.leakage.spine}
    spine = build_spine(frozenset(level for level in marks if level.is_variant))
    bounds = spine.bounds
    text = box.width * _MOST_TEXT
    scale = min((box.width - text) / bounds.width(), box.height / bounds.height())
    left = box.left + text - bounds.left() * scale
    top = box.top - bounds.top() * scale
    axes = sheet.axes(box, x=(box.left, box.right), y=(box.bottom, box.top))

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * scale, top + y * scale

    _draw_bone(sheet, axes, spine, marks, at)
    placed = _placed(spine, list(marks.values()), at, box, sheet.line_height())
    _draw_words(sheet, axes, placed, box)


def _draw_bone(
    sheet: Sheet, axes: Axes, spine: Spine, marks: dict[Level, LevelMark], at: _At
) -> None:
    colors = sheet.palette
    column = list(spine.vertebrae.values())
    most = max((mark.k for mark in marks.values()), default=0)

    def add(paths: Sequence[QPainterPath], face: str | Sequence[str], edge: str) -> None:
        outlines = [_outline(path, at) for path in paths]
        drawn = PolyCollection(outlines, closed=True, linewidths=sheet.points(_EDGE))
        drawn.set_facecolor(face)
        drawn.set_edgecolor(edge)
        axes.add_collection(drawn)

    add(list(spine.discs.values()), colors.disc, "none")
    add([*spine.coccyx, spine.dens], colors.bone_shade, colors.bone_edge)
    add([vertebra.arch for vertebra in column], colors.bone_shade, colors.bone_edge)
    heat = [_color(sheet, marks.get(vertebra.level), most) for vertebra in column]
    add([vertebra.body for vertebra in column], heat, colors.bone_edge)


def _color(sheet: Sheet, mark: LevelMark | None, most: int) -> str:
    colors = sheet.palette
    if mark is None or not mark.k:
        return colors.bone
    return blend(colors.heat_low, colors.heat_high, mark.k / most)


def _outline(path: QPainterPath, at: _At) -> list[tuple[float, float]]:
    """The largest closed line of a path, with its curves as many short lines."""
    lines = [line.toList() for line in path.toSubpathPolygons()]
    longest = max(lines, key=len)
    return [at(point.x(), point.y()) for point in longest]


def _placed(spine: Spine, marks: list[LevelMark], at: _At, box: Box, step: float) -> list[_Placed]:
    """Words beside their levels, head to tail, moved apart as far as they have to be."""
    told = sorted((mark for mark in marks if mark.n), key=lambda mark: mark.level.rank)
    fronts = [at(front.x(), front.y()) for front in _fronts(spine, told)]
    ys: list[float] = []
    for _, y in fronts:
        ys.append(max(y, ys[-1] + step if ys else box.top + step / 2))
    lowest = box.bottom - step / 2
    for place in range(len(ys) - 1, -1, -1):
        ys[place] = min(ys[place], lowest)
        lowest = ys[place] - step
    return [_Placed(*one) for one in zip(told, ys, fronts, strict=True)]


def _fronts(spine: Spine, marks: list[LevelMark]) -> list[QPointF]:
    vertebrae: dict[Level, Vertebra] = spine.vertebrae
    return [vertebrae[mark.level].front for mark in marks]


def _draw_words(sheet: Sheet, axes: Axes, placed: list[_Placed], box: Box) -> None:
    name = sheet.px(38)
    told = [_told(one.mark) for one in placed]
    width = max(map(sheet.width_of, told), default=0.0)
    lines: list[tuple[float, float]] = []
    for (mark, y, (x, level)), words in zip(placed, told, strict=True):
        weight = 600 if mark.k else 400
        color = "text" if mark.k else "text_muted"
        sheet.text(box.left, y, mark.level.label, weight=weight, color=color, middle=True)
        sheet.text(box.left + name, y, words, color=color, middle=True)
        start = box.left + name + width + sheet.px(_ROOM)
        if start < x - sheet.px(_ROOM):
            lines += [(start, y), (x - sheet.px(3), level), _BREAK]
    # All as one, which takes as long as one of them.
    axes.plot(
        [x for x, _ in lines],
        [y for _, y in lines],
        color=sheet.palette.bone_edge,
        linewidth=sheet.points(_EDGE),
    )


def _told(mark: LevelMark) -> str:
    """As in "3 of 20, 15.0 % (5.2–36.0)"."""
    found = wilson(mark.k, mark.n)
    return f"{of(found)}, {rate(found)}"
