# SPDX-License-Identifier: MIT
"""A line in which the chosen terms stand as small chips before what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QWidget

from ui.widgets.field_line import FieldLine

_BETWEEN = 4
_PADDING = 6
_LEAST_TYPING = 48


class ChipsLine(FieldLine):
    """Paints chips; who owns it knows what they stand for.

    Signals:
        cross_clicked: (int) the cross of the chip at this place was clicked.
        entered: Enter was pressed; whoever owns the line knows whether to go on.
    """

    cross_clicked = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._forms: list[list[str]] = [[]]
        super().__init__(arrow=True, parent=parent)

    def show_chips(self, labels: Sequence[str], *shorter: Sequence[str]) -> None:
        """Show these chips, in the first of the shorter forms that has room for all."""
        self._forms = [list(labels), *map(list, shorter)]
        self.make_room()
        self.update()

    @property
    def _chips(self) -> list[str]:
        """What the chips say, as long as there is room for."""
        room = self._text_room().width() - self.end_width() - _BETWEEN
        fitting = (form for form in self._forms if self._width_of(form) <= room)
        return next(fitting, self._forms[-1])

    def width_for(self, text: str) -> int:
        """As of any line, for a chip that says this."""
        return super().width_for(text) + _PADDING + self._cross_width() + _BETWEEN

    def finish_line(self) -> None:
        self.entered.emit()

    def start_width(self) -> int:
        if not self._forms[0]:
            return 0
        wanted = self._width_of(self._chips) + _BETWEEN
        least = _LEAST_TYPING if self.hasFocus() else 0
        return max(0, min(wanted, self._text_room().width() - self.end_width() - least))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.make_room()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._forms[0]:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._chips_room())
        painter.setFont(self.font())
        for label, place in zip(self._chips, self._places(), strict=True):
            self._paint_chip(painter, label, place)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        chip = self._cross_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and chip >= 0:
            self.cross_clicked.emit(chip)
            return
        super().mousePressEvent(event)

    def _paint_chip(self, painter: QPainter, label: str, place: QRectF) -> None:
        palette = QGuiApplication.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Midlight))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        text = place.adjusted(_PADDING, 0, -self._cross_width(), 0)
        room = round(text.width())
        elided = self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, elided)
        if not self.isReadOnly():
            self._paint_cross(painter, place)

    def _paint_cross(self, painter: QPainter, chip: QRectF) -> None:
        size = self.fontMetrics().ascent() * 0.22
        middle = QPointF(chip.right() - self._cross_width() / 2, chip.center().y())
        muted = QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        pen = QPen(muted, max(1.0, size / 2.6))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(middle + QPointF(-size, -size), middle + QPointF(size, size))
        painter.drawLine(middle + QPointF(-size, size), middle + QPointF(size, -size))

    def _places(self) -> list[QRectF]:
        """Where each chip is; those that do not fit are shortened alike."""
        room = self._chips_room()
        height = self.fontMetrics().height() + 2.0
        top = room.center().y() - height / 2 + 0.5
        chips = self._chips
        spare = room.width() - _BETWEEN * (len(chips) - 1)
        widths = self._fitting(self._widths(chips), spare)
        places, left = [], room.left()
        for width in widths:
            places.append(QRectF(left, top, width, height))
            left += width + _BETWEEN
        return places

    def _fitting(self, widths: list[float], room: float) -> list[float]:
        """Widths cut so that their sum fits: the widest give way first."""
        limit = max(widths)
        while sum(min(width, limit) for width in widths) > room and limit > self._cross_width():
            limit -= 2
        return [min(width, limit) for width in widths]

    def _widths(self, chips: Sequence[str]) -> list[float]:
        metrics = self.fontMetrics()
        around = _PADDING + self._cross_width()
        return [float(metrics.horizontalAdvance(chip) + around) for chip in chips]

    def _width_of(self, chips: Sequence[str]) -> int:
        return round(sum(self._widths(chips))) + _BETWEEN * (len(chips) - 1)

    def _cross_width(self) -> int:
        return self.fontMetrics().ascent() + _PADDING

    def _chips_room(self) -> QRectF:
        room = self._text_room()
        return QRectF(room.left(), 0, self.start_width(), self.height())

    def _cross_at(self, position: QPointF) -> int:
        if self.isReadOnly():
            return -1
        for number, place in enumerate(self._places() if self._forms[0] else ()):
            if place.contains(position) and position.x() > place.right() - self._cross_width():
                return number
        return -1
