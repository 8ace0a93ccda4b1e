# SPDX-License-Identifier: MIT
"""Where the drawn spine lies in its widget: from its own units to pixels, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QTransform

from models.vocabulary import Level
from ui.widgets.spine_geometry import Spine
from ui.widgets.spine_marks import NO_MARK, LevelMark
from ui.widgets.spine_paint import LABEL_GAP, label_end


@dataclass(frozen=True, slots=True)
class Room:
    """What a spine may fill: a rectangle in pixels, its margin, and the room for labels."""

    rect: QRectF
    margin: float
    labels: float


class SpinePlace:
    """A spine put into a room: as large as it fits, in the middle."""

    def __init__(self, spine: Spine, room: Room) -> None:
        self._spine = spine
        inner = room.rect.adjusted(
            room.margin + room.labels, room.margin, -room.margin, -room.margin
        )
        bounds = spine.bounds
        scale = max(min(inner.width() / bounds.width(), inner.height() / bounds.height()), 0.01)
        corner = inner.center() - QPointF(bounds.width(), bounds.height()) * (scale / 2)
        place = QTransform.fromTranslate(corner.x(), corner.y())
        place.scale(scale, scale)
        self.transform = place.translate(-bounds.left(), -bounds.top())

    def bone_at(self, position: QPointF) -> Level | None:
        """The level whose bone is at a place of the widget."""
        back, possible = self.transform.inverted()
        return self._spine.level_at(back.map(position)) if possible else None

    def label_at(
        self, position: QPointF, font: QFont, marks: Mapping[Level, LevelMark]
    ) -> Level | None:
        """The level whose label is at a place of the widget."""
        width, half = font.pixelSize() * 2.2, font.pixelSize() * 0.6
        for level, vertebra in self._spine.vertebrae.items():
            away = position - label_end(vertebra, marks.get(level, NO_MARK), self.transform)
            if -width <= away.x() <= LABEL_GAP and abs(away.y()) <= half:
                return level
        return None

    def fit_labels(self, font: QFont) -> QFont:
        """The font, but not larger than the narrow neck leaves room for."""
        neck = self._spine.vertebrae
        pitch = neck[Level.C5].center.y() - neck[Level.C4].center.y()
        room = pitch * self.transform.m11() * 0.76
        font.setPixelSize(max(1, min(font.pixelSize(), int(room))))
        return font

    def rect_of(self, level: Level) -> QRectF:
        """The rectangle around a body, in the widget.

        Raises:
            KeyError: the level is not in the column.
        """
        return self.transform.mapRect(self._spine.vertebrae[level].body.boundingRect())
