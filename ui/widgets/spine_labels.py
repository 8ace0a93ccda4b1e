# SPDX-License-Identifier: MIT
"""Where the names of the levels stand beside the drawn spine, so that none is cut or covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTransform

from models.vocabulary import Level
from ui.theme import Theme
from ui.widgets.spine_geometry import Spine, Vertebra
from ui.widgets.spine_leaks import IN_FRONT, LEAST_LEAK, leak_outline, star_outline
from ui.widgets.spine_marks import LEAST_DIAMOND, NO_MARK, LevelMark, diamond

GAP = 6.0
"""Pixels at scale 1 between a name and its vertebra."""
_LEAST = 7.5
"""Pixels at scale 1; where not all names can be as large, only the levels that matter have one."""
_LEAST_OF_FEW = 9.0
_BETWEEN = 2.0
_PAD = 3.0
_MOST = 0.4
_SIGN = 0.62
"""A warning is as large as this part of the height of its name."""
_MOVED = 0.75
"""A name that stands this part of its height away from its vertebra is joined to it by a line."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a level.

    Attributes:
        box: the letters and what is around them.
        sign: where a warning stands; empty where there is none.
        anchor: the place of the bone that is named.
        strong: whether it is bold, because the level is treated, selected or pointed at.
        is_moved: whether it stands so far from its vertebra that a line has to lead there.
    """

    level: Level
    font: QFont
    box: QRectF
    sign: QRectF
    anchor: QPointF
    strong: bool
    is_moved: bool

    @property
    def bounds(self) -> QRectF:
        """All that is painted of it, but for the line."""
        return self.box.united(self.sign) if not self.sign.isEmpty() else self.box


@dataclass(frozen=True, slots=True)
class _Named:
    """A level with its name before it has found its place."""

    vertebra: Vertebra
    mark: LevelMark
    font: QFont
    strong: bool
    wanted: float
    height: float


class SpineLabels:
    """Finds the places of the names for one spine with its marks.

    Args:
        spine: whose levels are named.
        marks: what is to be seen at which level.
        place: from the units of the spine to pixels.
        room: what the names have to keep to, in pixels.
        theme: sizes and fonts.
    """

    def __init__(
        self,
        spine: Spine,
        marks: Mapping[Level, LevelMark],
        place: QTransform,
        room: QRectF,
        theme: Theme,
    ) -> None:
        self._spine = spine
        self._marks = marks
        self._place = place
        self._room = room
        self._theme = theme
        self._gap = GAP * theme.scale
        self._between = _BETWEEN * theme.scale
        self._largest = float(theme.font("small").pixelSize())

    def lay_out(self, *pointed_at: Level | None) -> list[Label]:
        """The names, head to tail; those of all levels where there is room for them.

        Args:
            pointed_at: levels that are named in any case.
        """
        size, names_all = self._size_for_all()
        named = [
            self._named(level, vertebra, size, is_pointed_at=level in pointed_at)
            for level, vertebra in self._spine.vertebrae.items()
            if names_all or level in pointed_at or self._matters(level)
        ]
        named = self._shrunk(named)
        fronts, others = self._fronts(), self._in_front()
        middles = _spread(
            [name.wanted for name in named],
            [name.height + self._between for name in named],
            self._room.top(),
            self._room.bottom(),
        )
        labels = []
        for name, middle in zip(named, middles, strict=True):
            top, bottom = middle - name.height / 2, middle + name.height / 2
            edges = [
                rect.left() for rect in others if rect.top() <= bottom and rect.bottom() >= top
            ]
            edges += [
                min(_crossing(above, below, top), _crossing(above, below, bottom))
                for above, below in fronts
                if above.y() <= bottom and below.y() >= top
            ]
            anchor = self._place.map(name.vertebra.front)
            labels.append(self._label(name, middle, anchor, min([anchor.x(), *edges])))
        return labels

    def _matters(self, level: Level) -> bool:
        return self._marks.get(level, NO_MARK) != NO_MARK

    def _size_for_all(self) -> tuple[float, bool]:
        """How large all names can be in the narrow neck, and whether that can be read."""
        neck = self._spine.vertebrae
        pitch = neck[Level.C5].center.y() - neck[Level.C4].center.y()
        letters = pitch * self._place.m22() - self._between
        size = min(letters / _cap(self._theme.font("small")), self._largest)
        if size >= _LEAST * self._theme.scale:
            return size, True
        return max(size, _LEAST_OF_FEW * self._theme.scale), False

    def _named(
        self, level: Level, vertebra: Vertebra, size: float, *, is_pointed_at: bool
    ) -> _Named:
        mark = self._marks.get(level, NO_MARK)
        strong = mark.treated or mark.selected or is_pointed_at
        if strong:
            size = max(size, _LEAST_OF_FEW * self._theme.scale)
        font = self._font(size, strong=strong)
        toward = self._place.map(vertebra.front) + vertebra.forwards * self._gap
        return _Named(vertebra, mark, font, strong, toward.y(), QFontMetricsF(font).capHeight())

    def _shrunk(self, named: list[_Named]) -> list[_Named]:
        """The same in smaller letters where even the levels that matter are too many."""
        needed = sum(name.height + self._between for name in named)
        share = self._room.height() / needed if needed else 1.0
        if share >= 1:
            return named
        smaller = []
        for name in named:
            font = self._font(name.font.pixelSize() * share, strong=name.strong)
            height = QFontMetricsF(font).capHeight()
            smaller.append(_Named(name.vertebra, name.mark, font, name.strong, name.wanted, height))
        return smaller

    def _font(self, size: float, *, strong: bool) -> QFont:
        weight = QFont.Weight.Bold if strong else QFont.Weight.Normal
        font = self._theme.font("small", weight)
        font.setPixelSize(max(int(size), 1))
        return font

    def _label(self, name: _Named, middle: float, anchor: QPointF, front: float) -> Label:
        metrics = QFontMetricsF(name.font)
        pad = _PAD * self._theme.scale
        width = metrics.horizontalAdvance(name.vertebra.level.label) + 2 * pad
        height = name.height + 2 * pad
        box = QRectF(front - self._gap + pad - width, middle - height / 2, width, height)
        size = metrics.height() * _SIGN if name.mark.warning else 0.0
        sign = QRectF(box.left() - size, middle - size / 2, size, size)
        outside = self._room.left() - (sign.left() if size else box.left())
        if outside > 0:
            box.translate(outside, 0)
            sign.translate(outside, 0)
        is_moved = abs(middle - name.wanted) > _MOVED * name.height
        level = name.vertebra.level
        return Label(level, name.font, box, sign, anchor, name.strong, is_moved)

    def _fronts(self) -> list[tuple[QPointF, QPointF]]:
        """The upper and the lower end of each anterior wall."""
        corners = [vertebra.corners for vertebra in self._spine.vertebrae.values()]
        place = self._place.map
        return [(place(body.anterior_top), place(body.anterior_bottom)) for body in corners]

    def _in_front(self) -> list[QRectF]:
        """What else no name may lie on: the tubercle of C1, the coccyx, leaks, marks."""
        least = LEAST_LEAK * self._theme.scale / self._place.m11()
        outlines = [self._spine.vertebrae[Level.C1].body, *self._spine.coccyx]
        for level, mark in self._marks.items():
            vertebra = self._spine.vertebrae[level]
            leaks = {*mark.leaks, *mark.earlier_leaks} & IN_FRONT
            outlines += [leak_outline(vertebra, location, least) for location in leaks]
            outlines += [star_outline(vertebra, at, least) for at in leaks & {*mark.symptomatic}]
            if mark.new_fracture:
                outlines.append(diamond(vertebra, LEAST_DIAMOND * least / LEAST_LEAK))
        return [self._place.mapRect(outline.boundingRect()) for outline in outlines]


def named_at(labels: Iterable[Label], position: QPointF) -> Level | None:
    """The level whose name is at a place; of two that are close, the nearer one."""
    there = [label for label in labels if label.bounds.contains(position)]
    nearest = min(there, key=lambda it: abs(it.box.center().y() - position.y()), default=None)
    return nearest.level if nearest is not None else None


def gutter(theme: Theme, marks: Mapping[Level, LevelMark], width: float) -> float:
    """The part of ``width`` that the names need beside the spine, in pixels."""
    metrics = QFontMetricsF(theme.font("small", QFont.Weight.Bold))
    sign = _SIGN * metrics.height() if any(mark.warning for mark in marks.values()) else 0.0
    widest = metrics.horizontalAdvance(Level.T12.label)
    return min(widest + sign + (GAP + 2 * _PAD) * theme.scale, _MOST * width)


def _cap(font: QFont) -> float:
    """Height of capital letters as a part of the size of the font."""
    return QFontMetricsF(font).capHeight() / font.pixelSize()


def _crossing(above: QPointF, below: QPointF, y: float) -> float:
    """Where the front of a body is at a height, or its end that is next to it."""
    share = (y - above.y()) / max(below.y() - above.y(), 0.01)
    return above.x() + (below.x() - above.x()) * min(max(share, 0.0), 1.0)


def _spread(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Places in the same order that are apart by half of both heights, as near as can be.

    Those that would run into one another become a block around the mean of where they want to be
    (pooled adjacent violators), and blocks move off the edges.
    """
    # Measured from a stack that stands from the first one down without a gap.
    offsets = list(accumulate(((a + b) / 2 for a, b in pairwise(heights)), initial=0.0))
    blocks: list[tuple[float, int]] = []
    for place, offset in zip(wanted, offsets, strict=False):
        blocks.append((place - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (upper, above), (lower, below) = blocks[-2:]
            both = above + below
            blocks[-2:] = [((upper * above + lower * below) / both, both)]
    shifts = [shift for shift, count in blocks for _ in range(count)]
    if not shifts:
        return []
    highest = top + heights[0] / 2
    lowest = bottom - heights[-1] / 2 - offsets[-1]
    return [
        max(min(shift, max(lowest, highest)), highest) + offset
        for shift, offset in zip(shifts, offsets, strict=False)
    ]
