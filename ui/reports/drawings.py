# SPDX-License-Identifier: MIT
"""The spine and the pain curves of one case, painted for paper. Runs in any thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from models.case import Case
from models.patient_course import PatientCourse
from models.speech import numeral, say
from models.vocabulary import Level
from ui.palette import LIGHT
from ui.theme import FAMILY
from ui.widgets.case_marks import marks_of, variants_of
from ui.widgets.pain_course import Link, PainPoint, Placed, link_points, place_points, ticks
from ui.widgets.pain_curves import Curve
from ui.widgets.spine_geometry import build_spine
from ui.widgets.spine_marks import LevelMark, fractured_levels, variants_in
from ui.widgets.spine_paint import Pointing, SpinePainter
from ui.widgets.spine_place import Room, SpinePlace

DOTS_PER_MM = 11.8
"""About 300 dots an inch."""

_SPINE_MM = 34.0, 84.0
_CURVE_MM = 110.0, 38.0
_POINT = 0.3528 * DOTS_PER_MM
"""A point of the type scale, in dots."""
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_LABELED = 8.0


def spine_image(case: Case, course: PatientCourse) -> QImage:
    """The spine of the patient with what this case and those before it left on it."""
    marks = marks_of(case, course)
    variants = variants_of(case) | variants_in(marks)
    spine = build_spine(variants, fractured_levels(marks))
    image, painter = _sheet(*_SPINE_MM)
    room = QRectF(image.rect())
    place = SpinePlace(spine, Room(room, _dots(1.5), _dots(_LABELED))).transform
    artist = SpinePainter(painter, spine, place, LIGHT, marks, line=_dots(0.16))
    artist.paint(Pointing())
    painter.setFont(_font(8, QFont.Weight.DemiBold))
    painter.setPen(QColor(LIGHT.text))
    for level, mark in marks.items():
        if _is_named(mark):
            vertebra = spine.vertebrae[level]
            at = place.map(vertebra.front) + vertebra.forwards * _dots(2.2)
            _write_left_of(painter, at, level)
    painter.end()
    return image


def curves_image(curves: Sequence[Curve]) -> QImage:
    """One curve a scale, one below the other, each with its title and its scale."""
    width, height = _CURVE_MM
    image, painter = _sheet(width, height * max(1, len(curves)))
    for place, curve in enumerate(curves):
        top = _dots(place * height)
        painter.setFont(_font(7.5, QFont.Weight.DemiBold))
        painter.setPen(QColor(LIGHT.text))
        title = QRectF(0, top, image.width(), _dots(4))
        painter.drawText(title, curve.title.replace("0-", "0–"))
        plot = QRectF(_dots(7), top + _dots(8), image.width() - _dots(8), _dots(height - 17))
        _paint_curve(painter, plot, curve)
    painter.end()
    return image


def _is_named(mark: LevelMark) -> bool:
    return mark.treated or mark.earlier or mark.new_fracture or mark.old_fracture


def _write_left_of(painter: QPainter, at: QPointF, level: Level) -> None:
    box = QRectF(at.x() - _dots(_LABELED), at.y() - _dots(2), _dots(_LABELED), _dots(4))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, flags, level.label)


def _paint_curve(painter: QPainter, plot: QRectF, curve: Curve) -> None:
    placed = place_points(curve.points, plot, curve.maximum)
    painter.setFont(_font(6.5))
    for value in ticks(curve.maximum):
        y = plot.bottom() - plot.height() * value / curve.maximum
        painter.setPen(QPen(QColor(LIGHT.grid), _dots(0.1)))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(QColor(LIGHT.text_muted))
        box = QRectF(plot.left() - _dots(7), y - _dots(2), _dots(6), _dots(4))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, numeral(value, "g"))
    for link in link_points(placed):
        _paint_link(painter, link)
    step = placed[1].x - placed[0].x if len(placed) > 1 else plot.width()
    for column in placed:
        _paint_column(painter, plot, column, min(step, _dots(30)))


def _paint_link(painter: QPainter, link: Link) -> None:
    color = QColor(LIGHT.after)
    if link.is_flat:
        style = Qt.PenStyle.DashLine if link.skips else Qt.PenStyle.SolidLine
        painter.setPen(QPen(color, _dots(0.35), style))
        painter.drawLine(link.corners[0], link.corners[1])
        return
    color.setAlpha(110)
    painter.setPen(QPen(color, _dots(0.15)))
    color.setAlpha(22 if link.skips else 55)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF(link.corners))


def _paint_column(painter: QPainter, plot: QRectF, column: Placed, step: float) -> None:
    point = column.point
    painter.setPen(QColor(LIGHT.text_muted))
    line = QRectF(column.x - step / 2, plot.bottom() + _dots(1.6), step, _dots(3.5))
    painter.drawText(line, _MIDDLE | Qt.TextFlag.TextDontClip, point.label)
    if not point.dated and (point.words or point.low is not None):
        # Below the label: beside it, columns next to each other would be written over.
        below = line.translated(0, line.height())
        painter.drawText(below, _MIDDLE | Qt.TextFlag.TextDontClip, say("no date"))
    if column.top is not None and column.bottom is not None:
        _paint_score(painter, point, column.top, column.bottom)
        return
    said = point.said if point.words else "–"
    painter.setPen(QColor(LIGHT.text))
    box = QRectF(column.x - step / 2, plot.top(), step, plot.height())
    flags = _MIDDLE | Qt.TextFlag.TextWordWrap
    painter.fillRect(painter.boundingRect(box, flags, said), QColor("white"))
    painter.drawText(box, flags, said)


def _paint_score(painter: QPainter, point: PainPoint, top: QPointF, bottom: QPointF) -> None:
    """A filled mark, hollow where its date is not known; the number above it."""
    color = QColor(LIGHT.before if point.before else LIGHT.after)
    painter.setPen(QPen(color, _dots(0.35)))
    painter.setBrush(color if point.dated else QColor("white"))
    half = _dots(0.8)
    box = QRectF(top.x() - half, top.y() - half, 2 * half, bottom.y() - top.y() + 2 * half)
    painter.drawRoundedRect(box, half, half)
    _write_above(painter, QPointF(top.x(), top.y() - half), point.said)


def _write_above(painter: QPainter, at: QPointF, said: str) -> None:
    """Write a number above its mark, with a white rim where the line crosses it."""
    letters = QFontMetricsF(painter.font())
    start = QPointF(at.x() - letters.horizontalAdvance(said) / 2, at.y() - _dots(0.7))
    path = QPainterPath()
    path.addText(start, painter.font(), said)
    painter.strokePath(path, QPen(QColor("white"), _dots(0.6)))
    painter.fillPath(path, QColor(LIGHT.text))


def _sheet(width_mm: float, height_mm: float) -> tuple[QImage, QPainter]:
    image = QImage(round(_dots(width_mm)), round(_dots(height_mm)), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return image, painter


def _dots(mm: float) -> float:
    return mm * DOTS_PER_MM


def _font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(round(points * _POINT))
    font.setWeight(weight)
    return font
