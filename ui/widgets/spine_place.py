# SPDX-License-Identifier: MIT
"""Where the drawn spine lies in its widget: from its own units to pixels, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from models.vocabulary import Level
from ui.theme import Theme
from ui.widgets.spine_geometry import Spine
from ui.widgets.spine_labels import Label, SpineLabels
from ui.widgets.spine_marks import LevelMark


@dataclass(frozen=True, slots=True)
class Room:
    """What a spine may fill: a rectangle in pixels, its margin, and the room for names."""

    rect: QRectF
    margin: float
    labels: float


class SpinePlace:
    """A spine put into a room: as large as it fits, in the middle."""

    def __init__(self, spine: Spine, room: Room) -> None:
        self._spine = spine
        self._room = room
        inner = room.rect.adjusted(
            room.margin + room.labels, room.margin, -room.margin, -room.margin
        )
        bounds = spine.bounds
        scale = max(min(inner.width() / bounds.width(), inner.height() / bounds.height()), 0.01)
        corner = inner.center() - QPointF(bounds.width(), bounds.height()) * (scale / 2)
        place = QTransform.fromTranslate(corner.x(), corner.y())
        place.scale(scale, scale)
        self.transform = place.translate(-bounds.left(), -bounds.top())

    def names(
        self, marks: Mapping[Level, LevelMark], theme: Theme, *pointed_at: Level | None
    ) -> list[Label]:
        """The names of levels, where they stand in the widget."""
        labels = SpineLabels(self._spine, marks, self.transform, self._room.rect, theme)
        return labels.lay_out(*pointed_at)

    def bone_at(self, position: QPointF) -> Level | None:
        """The level whose bone is at a place of the widget."""
        back, possible = self.transform.inverted()
        return self._spine.level_at(back.map(position)) if possible else None

    def rect_of(self, level: Level) -> QRectF:
        """The rectangle around a body, in the widget.

        Raises:
            KeyError: the level is not in the column.
        """
        return self.transform.mapRect(self._spine.vertebrae[level].body.boundingRect())
