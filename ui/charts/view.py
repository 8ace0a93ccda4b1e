# SPDX-License-Identifier: MIT
"""Where a figure stands in the window. It is drawn elsewhere, in a job, and shown here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.graphic_accessible import tell_as_graphic

_SETTLED_MS = 80
_LEAST = 320
"""Pixels at scale 1 from left to right that every figure needs, in every language."""


class FigureView(QWidget):
    """A picture of a figure, as large as the widget.

    Signals:
        outgrown: the widget has another size than its picture, and keeps it.
    """

    outgrown = Signal()

    def __init__(self, theme: Theme, name: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        tell_as_graphic(self)
        self._height = height
        self._image = QImage()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED_MS)
        self._settle.timeout.connect(self._check_size)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        theme.follow(self.updateGeometry)

    def show_picture(self, image: QImage, description: str) -> None:
        """Show another picture; ``description`` tells its numbers to those who cannot see it."""
        self._image = image
        self.setAccessibleDescription(description)
        self._settle.start()
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.show_picture(QImage(), "")

    @property
    def image(self) -> QImage:
        """The picture that is shown; null while there is none."""
        return self._image

    @property
    def figure_size(self) -> tuple[int, int]:
        """Width and height to draw for, in pixels; never less than a figure can be read at."""
        size = self.size().expandedTo(self.minimumSizeHint())
        return size.width(), size.height()

    def set_least_height(self, height: int) -> None:
        """Ask for another height, in pixels at scale 1, for a figure that holds more."""
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_LEAST), self._theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_LEAST), self._theme.px(self._height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._image.isNull():
            # Until it is drawn anew for another size, the whole of it is shown larger or smaller.
            size = self._image.deviceIndependentSize()
            size.scale(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(QPointF(0.0, 0.0), size), self._image)
        painter.end()

    def _check_size(self) -> None:
        shown = self._image.deviceIndependentSize().toSize()
        if not self._image.isNull() and shown.toTuple() != self.figure_size:
            self.outgrown.emit()
