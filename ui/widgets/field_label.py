# SPDX-License-Identifier: MIT
"""A label of one line, with a mark while what it names is still open."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import set_kind

_DOT = 0.15
"""Half the width of the mark, as a part of the height of a line."""


class FieldLabel(QLabel):
    """A label of one line; shortened where it does not fit, with a dot while a core field is open.

    One line, so that all boxes of a row stand on one height.
    """

    def __init__(self, text: str, short: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._short = short
        self._is_open = self._is_brief = False
        self._widths: dict[str, int] = {}
        set_kind(self, "field")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_words(self, text: str, short: str = "") -> None:
        """Say something else."""
        self._short = short
        self.setText(text)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the dot."""
        if is_open != self._is_open:
            self._is_open = is_open
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def least_width(self, *, with_dot: bool = True) -> int:
        """What the words need, in their short form if there is one, and the dot."""
        needed = self._width_of(self._short or self.text())
        return needed if with_dot else needed - ceil(4 * self._dot())

    def whole_width(self) -> int:
        """What the words need in full, with the dot."""
        return self._width_of(self.text())

    def set_brief(self, is_brief: bool) -> None:
        """Say the short form, because one beside it has to."""
        if is_brief != self._is_brief:
            self._is_brief = is_brief
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        metrics = self.fontMetrics()
        dot = self._dot()
        within = self.contentsRect()
        room = within.width() - (4 * dot if self._is_open else 0)
        fits = not self._is_brief and metrics.horizontalAdvance(self.text()) <= room
        text = self.text() if fits else self._short or self.text()
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room))
        painter.drawText(within, Qt.AlignmentFlag.AlignVCenter, text)
        if self._is_open:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QGuiApplication.palette().color(QPalette.ColorRole.Accent))
            x = within.left() + metrics.horizontalAdvance(text) + 2.6 * dot
            painter.drawEllipse(QPointF(x, within.center().y() + 1.0), dot, dot)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widths.clear()

    def _width_of(self, words: str) -> int:
        # A form asks each of its labels whenever it finds its places.
        self.ensurePolished()
        if words not in self._widths:
            letters = self.fontMetrics().horizontalAdvance(words)
            self._widths[words] = letters + ceil(4 * self._dot())
        return self._widths[words]

    def _dot(self) -> float:
        return _DOT * self.fontMetrics().height()
