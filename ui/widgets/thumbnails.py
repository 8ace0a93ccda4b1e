# SPDX-License-Identifier: MIT
"""Small pictures to press: one alone, and several in a strip that wraps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.add_tile import AddTile
from ui.widgets.image_entry import ImageEntry

GROUND = QColor("#0d1014")
"""Images are looked at on black, whatever the theme."""

_SIDE = 66
_GAP = 6


class Thumbnail(QAbstractButton):
    """A picture that fills a square; Enter, Space or a click presses it."""

    def __init__(self, theme: Theme, side: int = _SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = side
        self._picture: bytes | None = None
        self._image = QImage()
        theme.follow(self.updateGeometry)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: bytes | None) -> None:
        """Show a JPEG file; None for nothing yet."""
        if picture == self._picture:
            return
        self._picture = picture
        self._image = QImage.fromData(picture) if picture else QImage()
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return not self._image.isNull()

    def set_title(self, title: str) -> None:
        """What the image is called, for the tool tip and for screen readers."""
        self.setToolTip(title)
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._side), self._theme.px(self._side))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = 1.0 if self.hasFocus() else 0.5
        frame = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        radius = self._theme.radius()
        outline = QPainterPath()
        outline.addRoundedRect(frame, radius, radius)
        painter.fillPath(outline, GROUND)
        if self.has_picture:
            painter.setClipPath(outline)
            painter.drawImage(frame, self._image, _square(self._image))
            painter.setClipping(False)
        color = "focus" if self.hasFocus() else "accent" if self.underMouse() else "border"
        painter.setPen(QPen(self._theme.color(color), 2 * edge))
        painter.drawPath(outline)
        painter.end()


class ThumbnailStrip(QWidget):
    """The images of a case in small, and behind them a place for more.

    Signals:
        opened: (place) one was pressed.
        add_wanted: (files) more are to be added, these or others that are still to be chosen.
    """

    opened = Signal(int)
    add_wanted = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: list[Thumbnail] = []
        self.adder = AddTile(theme, _SIDE, self)
        self.adder.wanted.connect(self.add_wanted)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_images(self, entries: Sequence[ImageEntry], pictures: Mapping[str, bytes]) -> None:
        """Show these images; ``pictures`` are their thumbnails by the names of their contents."""
        for button in self._buttons:
            button.deleteLater()
        self._buttons = []
        for place, entry in enumerate(entries):
            button = Thumbnail(self._theme, parent=self)
            button.show_picture(pictures.get(entry.content))
            button.set_title(entry.title)
            button.clicked.connect(lambda _on=False, number=place: self.opened.emit(number))
            self._buttons.append(button)
            QWidget.setTabOrder(button, self.adder)
        self._place(self.width(), move=True)
        self.updateGeometry()

    def buttons(self) -> list[Thumbnail]:
        """The small pictures, in their order."""
        return list(self._buttons)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        width = self._theme.px(4 * _SIDE)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._side(), self._side())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def _side(self) -> int:
        """Of every square: the word in the empty one has room."""
        return max(self._theme.px(_SIDE), self.adder.sizeHint().width())

    def _place(self, width: int, *, move: bool) -> int:
        side, gap = self._side(), self._theme.px(_GAP)
        columns = max((width + gap) // (side + gap), 1)
        tiles: list[QAbstractButton] = [*self._buttons, self.adder]
        for number, button in enumerate(tiles):
            row, column = divmod(number, columns)
            if move:
                button.setGeometry(column * (side + gap), row * (side + gap), side, side)
                button.show()
        rows = -(-len(tiles) // columns)
        return max(rows * (side + gap) - gap, 0)


def _square(image: QImage) -> QRect:
    """The largest square in the middle of the picture."""
    side = min(image.width(), image.height())
    return QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side)
