# SPDX-License-Identifier: MIT
"""Shows an image: zoom, pan, brightness and contrast. Only what is in sight is worked on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.graphic_accessible import tell_as_graphic
from ui.widgets.image_tone import Tone, shades
from ui.widgets.thumbnails import GROUND

if TYPE_CHECKING:
    from models.images.pixels import Pixels

_WORDS = QColor("#c4ccd6")
_FOCUS = QColor("#56B4E9")
_ANY_MODIFIER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_LARGEST = 32.0
_STEP = 1.25
_WHEEL_NOTCH = 120
_PAN = 0.1
_TONE_A_PIXEL = 0.4


@dataclass(frozen=True, slots=True)
class Sight:
    """What part of an image is in sight, in terms that fit images of other sizes too.

    Attributes:
        factor: size compared with the whole image fitted into the view; at least 1 in most cases.
        x, y: the point in the middle of the view, 0 to 1 across and down the image.
    """

    factor: float = 1.0
    x: float = 0.5
    y: float = 0.5


class ImageView(QWidget):
    """One image.

    The wheel zooms, dragging moves, dragging with the right button sets brightness (up and down)
    and contrast (left and right). A double click changes between the whole image and 1:1.

    Signals:
        sight_changed: (Sight) the user moved or zoomed.
        tone_changed: (Tone) the user dragged another brightness or contrast.
        chosen: the user clicked into the view, or the focus came to it.
        step_wanted: (1 or -1) an arrow key, where there is nothing to move: another image.
    """

    sight_changed = Signal(object)
    tone_changed = Signal(object)
    chosen = Signal()
    step_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        tell_as_graphic(self)
        self._pixels: Pixels | None = None
        self._words = ""
        self._sight, self._tone = Sight(), Tone()
        self._dragged: QPointF | None = None
        self._is_marked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        theme.follow(self.updateGeometry)

    # what is shown

    def show_pixels(self, pixels: Pixels, tone: Tone) -> None:
        """Show an image; what part of it is in sight stays."""
        self._pixels, self._words, self._tone = pixels, "", tone
        self._sight = self._within(self._sight)
        self.update()

    def show_words(self, words: str) -> None:
        """Show words instead: that the image is coming, or why it is not."""
        self._pixels, self._words = None, words
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether no image is shown."""
        return self._pixels is None

    @property
    def tone(self) -> Tone:
        """Brightness and contrast."""
        return self._tone

    def set_tone(self, tone: Tone) -> None:
        """Another brightness or contrast. Not told by a signal."""
        self._tone = tone
        self.update()

    def set_marked(self, marked: bool) -> None:
        """Frame the view: of two, it is the one that the controls work on."""
        self._is_marked = marked
        self.update()

    # what is in sight

    @property
    def sight(self) -> Sight:
        """What part is in sight."""
        return self._sight

    def set_sight(self, sight: Sight) -> None:
        """Another part. Not told by a signal."""
        self._sight = self._within(sight)
        self.update()

    @property
    def zoom(self) -> float:
        """Pixels of the screen a pixel of the image; 1 is 1:1. 0 while there is no image."""
        return self._fit() * self._sight.factor * self.devicePixelRatioF()

    def fit(self) -> None:
        """The whole image."""
        self._move(Sight())

    def show_one_to_one(self) -> None:
        """A pixel of the screen for each of the image."""
        self._zoom_to(1.0, self._middle())

    def zoom_by(self, steps: float) -> None:
        """Larger (or, below 0, smaller), around the middle."""
        self._zoom_to(self.zoom * _STEP**steps, self._middle())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(480), self._theme.px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(120))

    # the user

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        way = ways.get(Qt.Key(event.key())) if not event.modifiers() & _ANY_MODIFIER else None
        if way is None or self._pixels is None:
            super().keyPressEvent(event)
        elif self._sight.factor <= 1:
            self.step_wanted.emit(way[0] or way[1])
        else:
            self._shift(-way[0] * self.width() * _PAN, -way[1] * self.height() * _PAN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._move(self._sight)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / _WHEEL_NOTCH
        self._zoom_to(self.zoom * _STEP**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.position()
        if event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.chosen.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            return
        way = event.position() - self._dragged
        self._dragged = event.position()
        if event.buttons() & Qt.MouseButton.RightButton:
            tone = self._tone.moved(-way.y() * _TONE_A_PIXEL, way.x() * _TONE_A_PIXEL)
            self.set_tone(tone)
            self.tone_changed.emit(tone)
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._shift(way.x(), way.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._sight.factor == 1:
            self._zoom_to(1.0, event.position())
        else:
            self.fit()

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), GROUND)
        if self._pixels is None:
            painter.setPen(_WORDS)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            margin = self._theme.space(4)
            painter.drawText(self.rect().adjusted(margin, 0, -margin, 0), flags, self._words)
        elif self.zoom > 0:
            self._paint_pixels(painter, self._pixels)
        if self._is_marked:
            painter.setPen(QPen(_FOCUS, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_pixels(self, painter: QPainter, pixels: Pixels) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < 2)
        place = self._place()
        size = 0
        while size + 1 < len(pixels.sizes) and self.zoom * 2 ** (size + 1) <= 1:
            size += 1
        array = pixels.sizes[size]
        high, wide = array.shape[:2]
        scale_x, scale_y = place.width() / wide, place.height() / high
        seen = place.intersected(QRectF(self.rect()))
        left = max(int((seen.left() - place.left()) / scale_x) - 1, 0)
        top = max(int((seen.top() - place.top()) / scale_y) - 1, 0)
        right = min(int((seen.right() - place.left()) / scale_x) + 2, wide)
        bottom = min(int((seen.bottom() - place.top()) / scale_y) + 2, high)
        if right <= left or bottom <= top:
            return
        table = shades(self._tone, pixels.low, pixels.high, pixels.top)
        part = table[array[top:bottom, left:right]]
        is_color = part.ndim == 3
        form = QImage.Format.Format_RGB888 if is_color else QImage.Format.Format_Grayscale8
        stride = part.shape[1] * (3 if is_color else 1)
        image = QImage(part.data, part.shape[1], part.shape[0], stride, form)
        where = QRectF(
            place.left() + left * scale_x,
            place.top() + top * scale_y,
            (right - left) * scale_x,
            (bottom - top) * scale_y,
        )
        painter.drawImage(where, image)

    # places

    def _fit(self) -> float:
        """Pixels of the widget a pixel of the image, where all of it fits."""
        if self._pixels is None:
            return 0.0
        return min(self.width() / self._pixels.width, self.height() / self._pixels.height)

    def _middle(self) -> QPointF:
        return QRectF(self.rect()).center()

    def _place(self) -> QRectF:
        """Where the whole image would be painted."""
        assert self._pixels is not None
        scale = self._fit() * self._sight.factor
        width, height = self._pixels.width * scale, self._pixels.height * scale
        middle = self._middle()
        left = middle.x() - self._sight.x * width
        return QRectF(left, middle.y() - self._sight.y * height, width, height)

    def _shift(self, right: float, down: float) -> None:
        if self._pixels is None:
            return
        place = self._place()
        x = self._sight.x - right / place.width()
        self._move(Sight(self._sight.factor, x, self._sight.y - down / place.height()))

    def _zoom_to(self, zoom: float, around: QPointF) -> None:
        """Zoom so that the point of the image under ``around`` stays there."""
        if self._pixels is None or not self._fit():
            return
        place, middle = self._place(), self._middle()
        x = (around.x() - place.left()) / place.width()
        y = (around.y() - place.top()) / place.height()
        fit = self._fit() * self.devicePixelRatioF()
        factor = min(max(zoom / fit, min(1.0, 1 / fit)), max(_LARGEST / fit, 1.0))
        width = place.width() / self._sight.factor * factor
        height = place.height() / self._sight.factor * factor
        self._move(
            Sight(
                factor,
                x + (middle.x() - around.x()) / width,
                y + (middle.y() - around.y()) / height,
            )
        )

    def _move(self, sight: Sight) -> None:
        self.set_sight(sight)
        self.sight_changed.emit(self._sight)

    def _within(self, sight: Sight) -> Sight:
        """The image never leaves the view, and stands in its middle where it is smaller."""
        if self._pixels is None:
            return sight
        scale = self._fit() * sight.factor
        if not scale:
            return sight
        x = _kept(sight.x, self.width() / (self._pixels.width * scale))
        return Sight(sight.factor, x, _kept(sight.y, self.height() / (self._pixels.height * scale)))


def _kept(middle: float, share: float) -> float:
    """The middle of a view that takes in ``share`` of the image."""
    return 0.5 if share >= 1 else min(max(middle, share / 2), 1 - share / 2)
