# SPDX-License-Identifier: MIT
"""The small pain curve of one case: one scale, ranges as bars, words as words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from models.speech import numeral, say
from ui.theme import Theme
from ui.widgets.pain_course import (
    Link,
    PainPoint,
    Placed,
    caption,
    in_words,
    link_points,
    place_points,
    ticks,
)

__all__ = ["PainCurve", "PainPoint"]

NO_DATE = say("no date")


class PainCurve(QWidget):
    """Pain over time: before vermillion, after blue, scores without a date hollow and apart.

    The tool tip of a column gives its score; the caption below says the course in words.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points: list[PainPoint] = []
        self._maximum = 10.0
        self._acceptable: float | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        self.setAccessibleName(say("Course of pain"))
        theme.follow(self._dress)
        self.set_course([])

    def set_course(
        self, points: Sequence[PainPoint], maximum: float = 10.0, acceptable: float | None = None
    ) -> None:
        """Show these scores.

        Args:
            points: in the order of time, all on one scale; scales are never mixed in one curve.
            maximum: the highest score of that scale.
            acceptable: pain at or below this is shaded as acceptable; None for no shade.

        Raises:
            ValueError: a score lies outside the scale.
        """
        for point in points:
            if not all(0 <= v <= maximum for v in (point.low, point.high) if v is not None):
                raise ValueError(
                    f"{point.label}: {point.said} is not on a scale of 0 to {maximum:g}"
                )
        self._points = list(points)
        self._maximum = maximum
        self._acceptable = acceptable
        self.setAccessibleDescription(in_words(self._points, maximum))
        self.update()

    def caption(self) -> str:
        """The sentence below the curve."""
        return caption(self._points, self._acceptable)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(297), self._theme.px(168))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(130))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_caption(painter)
        if self._points:
            plot = self._plot()
            placed = place_points(self._points, plot, self._maximum)
            self._paint_grid(painter, plot)
            for link in link_points(placed):
                self._paint_link(painter, link)
            self._paint_columns(painter, plot, placed)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._points:
            placed = place_points(self._points, self._plot(), self._maximum)
            nearest = min(placed, key=lambda column: abs(column.x - event.pos().x())).point
            date = "" if nearest.dated else f", {NO_DATE}"
            QToolTip.showText(event.globalPos(), f"{nearest.label}{date}: {nearest.said}", self)
            return True
        return super().event(event)

    def _plot(self) -> QRectF:
        px = self._theme.px
        lines = 1 if all(point.dated for point in self._points) else 2
        below = px(7) + lines * px(13) + self._caption_box().height() + px(6)
        return QRectF(self.rect()).adjusted(px(30), px(7), -px(4), -below)

    def _caption_box(self) -> QRectF:
        metrics = QFontMetricsF(self._theme.font("label"))
        room = QRectF(0, 0, self.width(), self.height())
        box = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.caption())
        return QRectF(0, self.height() - box.height(), self.width(), box.height())

    def _paint_caption(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font("label"))
        painter.setPen(self._theme.color("text_muted"))
        painter.drawText(self._caption_box(), Qt.TextFlag.TextWordWrap, self.caption())

    def _paint_grid(self, painter: QPainter, plot: QRectF) -> None:
        if self._acceptable is not None:
            height = plot.height() * min(self._acceptable / self._maximum, 1.0)
            band = QRectF(plot.left(), plot.bottom() - height, plot.width(), height)
            painter.fillRect(band, self._theme.color("acceptable"))
        painter.setFont(self._theme.font("tiny"))
        width = self._theme.px(26)
        for value in ticks(self._maximum):
            y = round(plot.bottom() - plot.height() * value / self._maximum) + 0.5
            painter.setPen(self._theme.color("grid"))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(self._theme.color("text_muted"))
            box = QRectF(plot.left() - width - self._theme.px(6), y - 8, width, 16)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, numeral(value, "g"))

    def _paint_link(self, painter: QPainter, link: Link) -> None:
        color = self._theme.color("after")
        if link.is_flat:
            style = Qt.PenStyle.DashLine if link.skips else Qt.PenStyle.SolidLine
            painter.setPen(QPen(color, 1.4 if link.skips else 2.0, style))
            painter.drawLine(link.corners[0], link.corners[1])
            return
        color.setAlpha(110)
        painter.setPen(QPen(color, 0.8))
        color.setAlpha(22 if link.skips else 55)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF(link.corners))

    def _paint_columns(self, painter: QPainter, plot: QRectF, placed: Sequence[Placed]) -> None:
        step = placed[1].x - placed[0].x if len(placed) > 1 else plot.width()
        for column in placed:
            self._paint_label(painter, plot, column, step)
            if column.top is not None and column.bottom is not None:
                self._paint_score(painter, column.point, column.top, column.bottom)
            else:
                self._paint_words(painter, plot, column, step)
        undated = [column.x for column in placed if not column.point.dated]
        if undated:
            self._paint_undated(painter, plot, undated, step, alone=len(undated) == len(placed))

    def _paint_label(self, painter: QPainter, plot: QRectF, column: Placed, step: float) -> None:
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(self._theme.color("text_muted"))
        box = QRectF(
            column.x - step / 2, plot.bottom() + self._theme.px(5), step, self._theme.px(13)
        )
        text = painter.fontMetrics().elidedText(
            column.point.label, Qt.TextElideMode.ElideRight, int(step)
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_score(
        self, painter: QPainter, point: PainPoint, top: QPointF, bottom: QPointF
    ) -> None:
        color = self._theme.color("before" if point.before else "after")
        hollow = self._theme.color("surface")
        painter.setPen(QPen(color, 1.8))
        painter.setBrush(color if point.dated else hollow)
        radius = 3.6 * self._theme.scale
        if point.is_range:
            half = radius * 0.72
            bar = QRectF(top.x() - half, top.y() - half, 2 * half, bottom.y() - top.y() + 2 * half)
            painter.drawRoundedRect(bar, half, half)
        else:
            painter.drawEllipse(top, radius, radius)

    def _paint_words(self, painter: QPainter, plot: QRectF, column: Placed, step: float) -> None:
        """A word stands in the middle of its column, at no height that could be read as a score."""
        point = column.point
        said = point.said if point.words else "–"
        painter.setFont(self._theme.font("small"))
        color = self._theme.color("text" if point.words else "text_muted")
        painter.setPen(QColor(color))
        longest = max(map(QFontMetricsF(painter.font()).horizontalAdvance, said.split()))
        wide = min(max(step - 2, longest + 1), self.width())
        # The last column may be nearer to the edge than its words are wide.
        left = max(0.0, min(column.x - wide / 2, self.width() - wide))
        box = QRectF(left, plot.top(), wide, plot.height())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        ground = painter.boundingRect(box, flags, said).adjusted(-2, 0, 2, 0)
        painter.fillRect(ground, self._theme.color("surface"))
        painter.drawText(box, flags, said)

    def _paint_undated(
        self, painter: QPainter, plot: QRectF, xs: Sequence[float], step: float, *, alone: bool
    ) -> None:
        px = self._theme.px
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(self._theme.color("text_muted"))
        left, right = xs[0] - step / 2, xs[-1] + step / 2
        box = QRectF(left, plot.bottom() + px(18), right - left, px(13))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, NO_DATE)
        if not alone:
            x = round(left - step * 0.1) + 0.5
            painter.setPen(QPen(self._theme.color("border"), 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
