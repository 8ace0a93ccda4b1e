# SPDX-License-Identifier: MIT
"""A small picture of one treated vertebra that shows what was entered of cement and leaks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.vocabulary import Leakage
from ui.theme import Theme
from ui.widgets.in_lines import in_lines
from ui.widgets.leak_paint import LeakPainter
from ui.widgets.leak_view import LeakPicture
from ui.widgets.plain_tip import plain_tip

WIDTH, HEIGHT = 152, 92
"""How large the pictogram likes to be, at scale 1."""
_CAPTION = 17
_BETWEEN = 4
_SIGN, _BESIDE_SIGN = 11, 6


class LeakPictogram(QWidget):
    """The vertebra from above and from the side, and the answer in words below.

    "None", "not assessed" and "not answered" look different: a tick, a broken frame with a
    question mark, and a pale vertebra with an empty ring.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: LeakPicture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self._dress)

    def show_picture(self, picture: LeakPicture) -> None:
        """Show this level."""
        if picture == self._picture:
            return
        self._picture = picture
        self.setAccessibleName(self.tr("Pictogram of the leaks"))
        self.setAccessibleDescription(picture.words())
        sides = self.tr("The patient's right is on the left, as on CT.")
        unknown = self.tr("Dashed on both sides: the side is not recorded.")
        self.setToolTip(plain_tip(f"{picture.words()}\n\n{sides} {unknown}"))
        self.updateGeometry()
        self.update()

    @property
    def picture(self) -> LeakPicture | None:
        """What is shown."""
        return self._picture

    def sizeHint(self) -> QSize:
        px, line = self._theme.px, self._metrics().lineSpacing()
        more = round((len(self._lines(px(WIDTH) - 2)) - 1) * line)
        return QSize(px(WIDTH), px(HEIGHT) + more)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        above, side, caption = self._rooms()
        artist = LeakPainter(painter, self._theme, self._picture)
        artist.paint_from_above(above)
        artist.paint_from_the_side(side)
        if self._picture.leakage is Leakage.NOT_ASSESSED and not self._picture.leaks:
            self._paint_broken_frame(painter, above.united(side))
        self._paint_caption(painter, caption)
        painter.end()

    def _rooms(self) -> tuple[QRectF, QRectF, QRectF]:
        """Where the two views and the words stand."""
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        line = max(float(self._theme.px(_CAPTION)), self._metrics().height())
        line += (len(self._lines(whole.width())) - 1) * self._metrics().lineSpacing()
        gap = self._theme.px(_BETWEEN)
        wide = (whole.width() - gap) / 2
        high = whole.height() - line
        above = QRectF(whole.left(), whole.top(), wide, high)
        return (
            above,
            above.translated(wide + gap, 0),
            QRectF(0, whole.top() + high, whole.right(), line),
        )

    def _paint_broken_frame(self, painter: QPainter, room: QRectF) -> None:
        pen = QPen(self._theme.color("text_muted"), self._theme.scale)
        pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(room, self._theme.radius(), self._theme.radius())

    def _paint_caption(self, painter: QPainter, room: QRectF) -> None:
        assert self._picture is not None
        size, lines = self._theme.px(_SIGN), self._lines(room.width())
        middle = QPointF(room.left() + size / 2 + 1, room.center().y())
        self._paint_sign(painter, middle, size / 2)
        words = room.adjusted(size + self._theme.px(_BESIDE_SIGN), 0, 0, 0)
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(self._theme.color("text_muted"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "\n".join(lines))

    def _lines(self, room: float) -> list[str]:
        """The answer in lines, as wide as there is room beside its sign."""
        if self._picture is None:
            return [""]
        room -= self._theme.px(_SIGN) + self._theme.px(_BESIDE_SIGN)
        words = self._picture.state_words().split()
        return in_lines(words, room, self._metrics().horizontalAdvance)

    def _paint_sign(self, painter: QPainter, middle: QPointF, half: float) -> None:
        """A tick for none, a drop for a leak, a question mark, or an empty ring."""
        assert self._picture is not None
        colors, unit = self._theme.palette, half / 5.5
        pen = QPen(QColor(colors.text_muted), 1.2 * unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        leakage = self._picture.leakage
        if self._picture.leaks or leakage is Leakage.PRESENT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.leak))
            painter.drawEllipse(middle, half * 0.8, half * 0.8)
        elif leakage is Leakage.NONE:
            pen.setColor(QColor(colors.success))
            pen.setWidthF(1.8 * unit)
            painter.setPen(pen)
            corner = middle + QPointF(-half * 0.2, half * 0.6)
            painter.drawLine(middle + QPointF(-half * 0.8, 0.0), corner)
            painter.drawLine(corner, middle + QPointF(half * 0.8, -half * 0.7))
        elif leakage is Leakage.NOT_ASSESSED:
            painter.setPen(pen)
            painter.setFont(self._theme.font("small"))
            box = QRectF(middle.x() - half, middle.y() - 2 * half, 2 * half, 4 * half)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")
        else:
            pen.setDashPattern([1.6, 2.2])
            painter.setPen(pen)
            painter.drawEllipse(middle, half * 0.8, half * 0.8)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font("tiny"))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
