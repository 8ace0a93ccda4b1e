# SPDX-License-Identifier: MIT
"""Paints one treated vertebra from above and from the side, with its cement and its leaks."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from models.vocabulary import LeakLocation, Level
from ui.palette import blend
from ui.theme import Theme
from ui.widgets.leak_shapes import build_slice, cement_in_slice, spots
from ui.widgets.leak_view import LeakPicture, LeakSeen
from ui.widgets.spine_anatomy import ARCHES, BODIES
from ui.widgets.spine_geometry import Frame, build_spine
from ui.widgets.spine_leaks import leak_path
from ui.widgets.spine_marks import LevelMark
from ui.widgets.spine_paint import Pointing, SpinePainter

_STAND_IN = Level.L3
_PALE = 0.45
_STAR = 12
_WITH_VESSELS = frozenset({"thoracic", "lumbar"})


class LeakPainter:
    """Paints the views of one picture.

    Args:
        painter: an active painter in widget coordinates; its state is left as it was.
        theme: colors and sizes.
        picture: what to show.
    """

    def __init__(self, painter: QPainter, theme: Theme, picture: LeakPicture) -> None:
        self._painter = painter
        self._theme = theme
        self._colors = theme.palette
        self._picture = picture
        self._opacity = _PALE if picture.leakage is None and not picture.leaks else 1.0

    def paint_from_above(self, room: QRectF) -> None:
        """The slice: front up, the patient's right on the left, as it is read on CT."""
        painter, picture = self._painter, self._picture
        shape = build_slice(picture.region)
        place = _fitted(shape.bounds, room)
        scale = place.m11()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self._opacity)
        painter.setClipRect(room)
        if picture.region in _WITH_VESSELS:
            self._paint_vessels(place)
        painter.setPen(self._pen(self._colors.bone_edge, 1.0))
        painter.setBrush(QColor(self._colors.bone))
        painter.drawPath(place.map(shape.bone))
        painter.setPen(self._pen(self._colors.cement_edge, 0.9))
        painter.setBrush(QColor(self._colors.cement))
        sides = dict(picture.cement)
        for drop in cement_in_slice(picture.region, sides, joined=picture.crosses):
            painter.drawPath(place.map(drop))
        for leak in picture.leaks:
            for line in self._lines(leak):
                self._paint_line(place, scale, leak, *line)
        painter.setOpacity(1.0)
        self._letter_sides(room)
        painter.restore()

    def paint_from_the_side(self, room: QRectF) -> None:
        """The vertebra with its neighbors, front to the left, as the spine is drawn."""
        painter, picture = self._painter, self._picture
        level = picture.level or _STAND_IN
        variants = frozenset({level}) if level.is_variant else frozenset()
        broken = frozenset({level}) if picture.fractured else frozenset()
        spine = build_spine(variants, broken)
        place = _upright(spine.vertebrae[level].frame)
        place = place * _fitted(_around(level), room)
        located = [leak for leak in picture.leaks if leak.location]
        mark = LevelMark(
            treated=bool(picture.cement),
            selected=not picture.cement,
            fracture=picture.fractured,
            cement_ml=picture.cement_ml,
            leaks=tuple(dict.fromkeys(leak.location for leak in located if leak.location)),
            symptomatic=tuple(
                leak.location for leak in located if leak.symptomatic and leak.location
            ),
        )
        painter.save()
        painter.setClipRect(room)
        painter.setOpacity(self._opacity)
        artist = SpinePainter(
            painter, spine, place, self._colors, {level: mark}, line=self._theme.scale
        )
        artist.paint(Pointing())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        taken: list[QRectF] = []
        for leak in located:
            if leak.yeom is not None and leak.location is not None:
                start, end = leak_path(spine.vertebrae[level], leak.location)
                self._paint_letter(leak.yeom.value, place.map(start), place.map(end), room, taken)
        painter.restore()

    def _lines(self, leak: LeakSeen) -> Iterator[tuple[QPointF, QPointF, bool]]:
        """The ways of a leak in the slice, and whether its side is known."""
        if leak.location is None:
            return
        needle = self._picture.needle
        for side, start, end in spots(self._picture.region, leak.location):
            is_track = leak.location is LeakLocation.NEEDLE_TRACK and bool(needle)
            if is_track and side not in needle and 0 not in needle:
                continue
            yield start, end, side == 0 or is_track

    def _paint_line(
        self,
        place: QTransform,
        scale: float,
        leak: LeakSeen,
        start: QPointF,
        end: QPointF,
        is_known: bool,
    ) -> None:
        """A way and a drop at its end; only an outline where the side is not recorded."""
        painter, color = self._painter, QColor(self._colors.leak)
        begin, stop = place.map(start), place.map(end)
        drop = max(0.13 * scale, 2.4 * self._theme.scale)
        pen = self._pen(self._colors.leak, 1.8 if is_known else 1.1)
        if not is_known:
            pen.setDashPattern([2.0, 1.8])
        painter.setPen(pen)
        painter.drawLine(begin, stop)
        if leak.symptomatic:
            painter.setPen(self._pen(self._colors.text, 0.9))
            painter.setBrush(color if is_known else QColor(self._colors.surface))
            painter.drawPolygon(_star(stop, drop * 1.7))
        else:
            painter.setPen(self._pen(self._colors.surface if is_known else self._colors.leak, 1.1))
            painter.setBrush(color if is_known else QColor(self._colors.surface))
            painter.drawEllipse(stop, drop, drop)

    def _paint_vessels(self, place: QTransform) -> None:
        """Aorta on the patient's left and vena cava on the right, faintly, for orientation."""
        painter = self._painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen(blend(self._colors.bone_edge, self._colors.surface, 0.6), 0.9))
        for x, radius in ((0.46, 0.22), (-0.48, 0.24)):
            vessel = QPainterPath()
            vessel.addEllipse(QPointF(x, -1.32), radius, radius)
            painter.drawPath(place.map(vessel))

    def _letter_sides(self, room: QRectF) -> None:
        painter = self._painter
        painter.setFont(self._theme.font("tiny", QFont.Weight.DemiBold))
        painter.setPen(QColor(self._colors.text_muted))
        bottom = Qt.AlignmentFlag.AlignBottom
        inner = room.adjusted(self._theme.px(1), 0, -self._theme.px(1), 0)
        painter.drawText(inner, bottom | Qt.AlignmentFlag.AlignLeft, "R")
        painter.drawText(inner, bottom | Qt.AlignmentFlag.AlignRight, "L")

    def _paint_letter(
        self, letter: str, start: QPointF, end: QPointF, room: QRectF, taken: list[QRectF]
    ) -> None:
        """The Yeom type beside the end of its leak, clear of the other letters."""
        painter, theme = self._painter, self._theme
        half = theme.px(6.5)
        step = end - start
        length = max((step.x() ** 2 + step.y() ** 2) ** 0.5, 1.0)
        middle = end + step / length * (half + theme.px(5))
        keep = room.adjusted(half + 1, half + 1, -half - 1, -half - 1)
        middle.setX(min(max(middle.x(), keep.left()), keep.right()))
        middle.setY(min(max(middle.y(), keep.top()), keep.bottom()))
        away = middle - end
        if abs(away.x()) + abs(away.y()) < half + theme.px(4):
            # The edge has pushed the letter onto the mark that it belongs to.
            middle.setY(min(end.y() + half + theme.px(6), keep.bottom()))
        box = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        while any(box.intersects(other) for other in taken) and box.bottom() < room.bottom():
            box.translate(0, half)
        taken.append(box)
        painter.setPen(self._pen(self._colors.leak, 1.0))
        painter.setBrush(QColor(self._colors.surface))
        painter.drawEllipse(box)
        painter.setPen(QColor(self._colors.text))
        painter.setFont(theme.font("tiny", QFont.Weight.DemiBold))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)

    def _pen(self, color: str, width: float) -> QPen:
        pen = QPen(QColor(color), width * self._theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen


def _fitted(bounds: QRectF, room: QRectF) -> QTransform:
    """As large as it fits, in the middle."""
    scale = max(min(room.width() / bounds.width(), room.height() / bounds.height()), 0.01)
    place = QTransform.fromTranslate(room.center().x(), room.center().y())
    place.scale(scale, scale)
    return place.translate(-bounds.center().x(), -bounds.center().y())


def _upright(frame: Frame) -> QTransform:
    """From the spine to the axes of one vertebra."""
    center = frame.center
    return QTransform.fromTranslate(-center.x(), -center.y()) * QTransform().rotate(frame.tilt)


def _around(level: Level) -> QRectF:
    """The part of the spine around a vertebra that is shown, in its own axes."""
    size = BODIES[level]
    depth, arch = max(size.depth_top, size.depth_bottom), ARCHES[level]
    high = size.height * 1.9
    left = -0.5 * depth - 0.55 * depth
    right = 0.5 * depth + arch.reach + 0.7 * arch.length
    return QRectF(left, -high / 2, right - left, high)


def _star(middle: QPointF, radius: float) -> QPolygonF:
    outline = QPolygonF()
    for corner in range(_STAR):
        reach = radius if corner % 2 == 0 else radius * 0.5
        arm = QTransform().rotate(360.0 * corner / _STAR).map(QPointF(0.0, -reach))
        outline.append(middle + arm)
    return outline
