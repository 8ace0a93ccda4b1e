# SPDX-License-Identifier: MIT
"""Says what the marks on the spine mean: only those that are on it, in as few lines as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.vocabulary import Level
from ui.palette import blend
from ui.theme import Theme
from ui.widgets.spine_marks import LevelMark

_SYMBOL = 12
_LINE = 17
_GAP = 10


class Sign(StrEnum):
    """A kind of mark, in the order in which they are told."""

    TODAY = "today"
    EARLIER = "earlier"
    FRACTURE = "fracture"
    OLD_FRACTURE = "old_fracture"
    NEW_FRACTURE = "new_fracture"
    LEAK = "leak"
    SYMPTOMATIC = "symptomatic"
    BETWEEN = "between"


def signs_of(marks: Iterable[LevelMark]) -> list[Sign]:
    """The kinds of marks that need words; none where only levels of today are marked."""
    found: set[Sign] = set()
    for mark in marks:
        for sign, holds in (
            (Sign.TODAY, mark.treated),
            (Sign.EARLIER, mark.earlier),
            (Sign.FRACTURE, mark.fracture),
            (Sign.OLD_FRACTURE, mark.old_fracture and not mark.fracture),
            (Sign.NEW_FRACTURE, mark.new_fracture),
            (Sign.LEAK, bool(set(mark.leaks) - set(mark.symptomatic))),
            (Sign.SYMPTOMATIC, bool(mark.symptomatic)),
            (Sign.BETWEEN, mark.between),
        ):
            if holds:
                found.add(sign)
    return [sign for sign in Sign if sign in found] if found - {Sign.TODAY} else []


class SpineLegend(QWidget):
    """A symbol and a word for each kind of mark; empty while there is nothing to explain."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._signs: list[Sign] = []
        self._has_room = True
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()
        theme.follow(self.updateGeometry)

    def show_marks(self, marks: Mapping[Level, LevelMark]) -> None:
        """Explain the marks that are on the spine."""
        self._signs = signs_of(marks.values())
        self.setVisible(bool(self._signs) and self._has_room)
        self.setAccessibleName(", ".join(self.word(sign) for sign in self._signs))
        self.updateGeometry()
        self.update()

    def set_room(self, has_room: bool) -> None:
        """Whether there is room for it; the spine itself goes first."""
        self._has_room = has_room
        self.setVisible(bool(self._signs) and has_room)

    def signs(self) -> list[Sign]:
        """What is explained."""
        return list(self._signs)

    def word(self, sign: Sign) -> str:
        """What a kind of mark means."""
        return {
            Sign.TODAY: self.tr("This case"),
            Sign.EARLIER: self.tr("Earlier cement"),
            Sign.FRACTURE: self.tr("Fracture"),
            Sign.OLD_FRACTURE: self.tr("Earlier fracture"),
            Sign.NEW_FRACTURE: self.tr("New fracture"),
            Sign.LEAK: self.tr("Leak"),
            Sign.SYMPTOMATIC: self.tr("Leak with symptoms"),
            Sign.BETWEEN: self.tr("Untreated between"),
        }[sign]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return round(places[-1].bottom()) if places else 0

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(60), self._theme.px(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("tiny"))
        symbol = self._theme.px(_SYMBOL)
        for sign, place in zip(self._signs, self._places(self.width()), strict=True):
            middle = QPointF(place.left() + symbol / 2, place.center().y())
            painter.save()
            self._paint_symbol(painter, sign, middle, symbol / 2)
            painter.restore()
            painter.setPen(self._theme.color("text_muted"))
            words = place.adjusted(symbol + self._theme.px(4), 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.word(sign))
        painter.end()

    def _places(self, width: int) -> list[QRectF]:
        metrics = QFontMetricsF(self._theme.font("tiny"))
        line = max(float(self._theme.px(_LINE)), metrics.height())
        symbol, gap = self._theme.px(_SYMBOL) + self._theme.px(4), self._theme.px(_GAP)
        places: list[QRectF] = []
        inset, right = self.contentsMargins().left(), width - self.contentsMargins().right()
        left, top = float(inset), 0.0
        for sign in self._signs:
            wide = symbol + metrics.horizontalAdvance(self.word(sign)) + 1
            if left > inset and left + wide > right:
                left, top = float(inset), top + line
            places.append(QRectF(left, top, wide, line))
            left += wide + gap
        return places

    def _paint_symbol(self, painter: QPainter, sign: Sign, middle: QPointF, half: float) -> None:
        colors, unit = self._theme.palette, half / 6
        box = QRectF(middle.x() - half * 0.9, middle.y() - half * 0.7, half * 1.8, half * 1.4)
        pen = QPen(QColor(colors.bone_edge), 1.1 * unit)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        match sign:
            case Sign.TODAY:
                pen.setColor(QColor(colors.treated))
                pen.setWidthF(1.6 * unit)
                painter.setBrush(QColor(colors.cement))
            case Sign.EARLIER:
                pen.setColor(QColor(colors.cement_earlier_edge))
                pen.setDashPattern([2.0, 1.8])
                painter.setBrush(QColor(colors.cement_earlier))
            case Sign.BETWEEN:
                pen.setColor(QColor(colors.warning))
                pen.setWidthF(1.6 * unit)
                pen.setDashPattern([2.0, 1.6])
            case Sign.FRACTURE | Sign.OLD_FRACTURE:
                _paint_crack(painter, middle, half, pen, self._crack_color(sign))
                return
            case Sign.NEW_FRACTURE:
                _paint_polygon(painter, middle, half * 0.8, 4, 1.0, QColor(colors.fracture))
                return
            case Sign.LEAK:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colors.leak))
                painter.drawEllipse(middle, half * 0.55, half * 0.55)
                return
            case Sign.SYMPTOMATIC:
                painter.setPen(QPen(QColor(colors.text), 0.8 * unit))
                _paint_polygon(painter, middle, half * 0.95, 12, 0.5, QColor(colors.leak))
                return
        painter.setPen(pen)
        painter.drawRoundedRect(box, 2 * unit, 2 * unit)

    def _crack_color(self, sign: Sign) -> QColor:
        colors = self._theme.palette
        if sign is Sign.FRACTURE:
            return QColor(colors.fracture)
        return QColor(blend(colors.fracture, colors.bone_edge, 0.5))


def _paint_crack(painter: QPainter, middle: QPointF, half: float, pen: QPen, color: QColor) -> None:
    pen.setColor(color)
    pen.setWidthF(half / 3.6)
    painter.setPen(pen)
    steps = ((-0.9, 0.2), (-0.35, -0.3), (0.1, 0.3), (0.5, -0.2), (0.9, 0.2))
    painter.drawPolyline(QPolygonF([middle + QPointF(x, y) * half for x, y in steps]))


def _paint_polygon(
    painter: QPainter, middle: QPointF, radius: float, corners: int, inner: float, color: QColor
) -> None:
    """A diamond, or with ``inner`` below 1 a star."""
    outline = QPolygonF()
    for corner in range(corners):
        reach = radius if corner % 2 == 0 else radius * inner
        arm = QPointF(0.0, -reach)
        angle = 360.0 * corner / corners
        outline.append(middle + _turned(arm, angle))
    if corners == 4:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(outline)


def _turned(arm: QPointF, degrees: float) -> QPointF:
    return QTransform().rotate(degrees).map(arm)
