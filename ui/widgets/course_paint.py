# SPDX-License-Identifier: MIT
"""Paints the course of a patient where ``course_places`` has put it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from models.speech import numeral
from ui.theme import Theme
from ui.widgets.course_parts import CourseEvent, CourseScore, CourseSession, Sign
from ui.widgets.course_places import (
    RADIUS,
    Dot,
    Flag,
    Join,
    LanePlace,
    Places,
    session_words,
    spoken_words,
)
from ui.widgets.pain_course import ticks

_UNSURE = 60  # of 255, how strong the color of days that are not known exactly is
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_BOLD = QFont.Weight.DemiBold
_SIGN_COLORS = {Sign.EVENT: "warning", Sign.FRACTURE: "fracture", Sign.DEATH: "text"}
_SIGN_SHAPES = {
    Sign.EVENT: ((0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)),
    Sign.FRACTURE: ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)),
    Sign.DEATH: ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
}
"""A triangle, a diamond and a square."""


class CoursePainter:
    """One painting of one course."""

    def __init__(self, painter: QPainter, theme: Theme, places: Places) -> None:
        self._painter = painter
        self._theme = theme
        self._places = places

    def paint(self) -> None:
        """Paint everything, from the back to the front."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lane in self._places.lanes:
            self._paint_grid(lane)
        self._paint_axis()
        for flag in self._places.sessions:
            self._paint_stem(flag)
        self._paint_death()
        for lane in self._places.lanes:
            for join in lane.joins:
                self._paint_join(join)
            for dot in lane.dots:
                self._paint_dot(dot)
        for flag in self._places.sessions:
            self._paint_session(flag)
        for spoken in self._places.spoken:
            self._paint_spoken(spoken)
        for event in self._places.events:
            self._paint_event(event)
        self._paint_titles()

    # the frame

    def _paint_titles(self) -> None:
        tr = QCoreApplication.translate
        titles = [(lane.title, lane.lane.title) for lane in self._places.lanes]
        if self._places.spoken_title is not None:
            titles.append((self._places.spoken_title, tr("course", "Pain in words")))
        if self._places.events_title is not None:
            titles.append((self._places.events_title, tr("course", "Events")))
        for box, text in titles:
            self._painter.setFont(self._theme.font("small", _BOLD))
            width = self._painter.fontMetrics().horizontalAdvance(text) + self._theme.px(4)
            self._clear(QRectF(box.left(), box.top(), width, box.height()))
            self._write(box, text, self._theme.font("small", _BOLD), "text")

    def _paint_grid(self, place: LanePlace) -> None:
        plot, maximum = place.plot, place.lane.maximum
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value in _marks(maximum):
            y = round(plot.bottom() - plot.height() * value / maximum) + 0.5
            self._painter.setPen(self._theme.color("grid"))
            self._painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            half = self._theme.px(8)
            box = QRectF(0, y - half, plot.left() - self._theme.px(6), 2 * half)
            self._write(box, numeral(value, "g"), self._theme.font("tiny"), "text_muted", right)

    def _paint_axis(self) -> None:
        axis, px = self._places.axis, self._theme.px
        end = axis.right() if self._places.death is None else self._places.death[1]
        y = round(axis.top()) + 0.5
        self._painter.setPen(QPen(self._theme.color("text_muted"), 1.0))
        self._painter.drawLine(QPointF(axis.left(), y), QPointF(end, y))
        font = self._theme.font("tiny")
        for tick in self._places.ticks:
            self._painter.setPen(QPen(self._theme.color("text_muted"), 1.0))
            self._painter.drawLine(QPointF(tick.x, y), QPointF(tick.x, y + px(3)))
            box = QRectF(tick.middle - px(50), y + px(3), 2 * px(50), axis.height())
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            self._write(box, tick.label, font, "text_muted", flags)

    def _paint_stem(self, flag: Flag[CourseSession]) -> None:
        """The line of a procedure down to the axis, or a band where its day is not known."""
        color = self._theme.color("treated")
        top, bottom = flag.text.top() + self._theme.px(1), self._places.axis.top()
        if flag.right > flag.left:
            pale = QColor(color)
            pale.setAlpha(_UNSURE // 2)
            self._painter.fillRect(
                QRectF(flag.left, top, flag.right - flag.left, bottom - top), pale
            )
        sure = flag.right == flag.left
        style = Qt.PenStyle.SolidLine if sure else Qt.PenStyle.DotLine
        self._painter.setPen(
            QPen(color, (2.0 if flag.part.is_chosen else 1.0) * self._theme.scale, style)
        )
        for x in {flag.left, flag.right}:
            self._painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _paint_death(self) -> None:
        """The end of the axis; a band where the day is not known."""
        if self._places.death is None:
            return
        first, last = self._places.death
        axis, color = self._places.axis, self._theme.color("text")
        top = self._places.lanes[0].title.top() if self._places.lanes else 0.0
        if last > first:
            pale = QColor(color)
            pale.setAlpha(_UNSURE // 2)
            self._painter.fillRect(QRectF(first, top, last - first, axis.top() - top), pale)
        self._painter.setPen(QPen(color, 2.0 * self._theme.scale))
        self._painter.drawLine(QPointF(last, top), QPointF(last, axis.top() + self._theme.px(4)))

    # what is on it

    def _paint_session(self, flag: Flag[CourseSession]) -> None:
        is_chosen = flag.part.is_chosen
        font = self._theme.font("small", _BOLD if is_chosen else QFont.Weight.Normal)
        words = session_words(flag.part, flips=flag.flips)
        if QFontMetricsF(font).horizontalAdvance(words) > flag.text.width() + 1:
            words = session_words(flag.part, flips=flag.flips, is_brief=True)
        self._clear(flag.text)
        self._write(flag.text, words, font, "treated" if is_chosen else "text", _side(flag.flips))

    def _paint_join(self, join: Join) -> None:
        color = self._theme.color("after")
        if join.is_flat:
            style = Qt.PenStyle.DashLine if join.skips else Qt.PenStyle.SolidLine
            width = (1.3 if join.skips else 1.8) * self._theme.scale
            self._painter.setPen(QPen(color, width, style))
            self._painter.drawLine(join.corners[0], join.corners[1])
            return
        color.setAlpha(110)
        self._painter.setPen(QPen(color, 0.8))
        color.setAlpha(22 if join.skips else 55)
        self._painter.setBrush(color)
        self._painter.drawPolygon(QPolygonF(join.corners))

    def _paint_dot(self, dot: Dot) -> None:
        color = self._theme.color("before" if dot.score.is_before else "after")
        self._painter.setPen(QPen(color, 1.6 * self._theme.scale))
        if dot.score.span.is_exact:
            self._painter.setBrush(color)
        else:
            pale = QColor(color)
            pale.setAlpha(_UNSURE)
            self._painter.setBrush(pale)
        radius = RADIUS * self._theme.scale
        inset = 0.6 * self._theme.scale
        box = dot.box.adjusted(inset, inset, -inset, -inset)
        self._painter.drawRoundedRect(box, radius - inset, radius - inset)

    def _paint_spoken(self, flag: Flag[CourseScore]) -> None:
        color = self._theme.color("before" if flag.part.is_before else "after")
        y, half = flag.text.center().y(), 4 * self._theme.scale
        self._paint_unsure(flag, color, y)
        self._painter.setPen(QPen(color, 2.0 * self._theme.scale))
        self._painter.drawLine(QLineF(flag.left, y - half, flag.left, y + half))
        self._clear(flag.text)
        words = spoken_words(flag.part)
        self._write(flag.text, words, self._theme.font("small"), "text", _side(flag.flips))

    def _paint_event(self, flag: Flag[CourseEvent]) -> None:
        sign = flag.part.sign
        color = self._theme.color(_SIGN_COLORS[sign])
        y, size = flag.text.center().y(), 4.2 * self._theme.scale
        self._paint_unsure(flag, color, y)
        middle = QPointF((flag.left + flag.right) / 2, y)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(color)
        self._painter.drawPolygon(
            QPolygonF([middle + QPointF(x, y) * size for x, y in _SIGN_SHAPES[sign]])
        )
        self._clear(flag.text)
        font = self._theme.font("small")
        self._write(flag.text, flag.part.label, font, "text", _side(flag.flips))

    def _paint_unsure(
        self, flag: Flag[CourseScore] | Flag[CourseEvent], color: QColor, y: float
    ) -> None:
        """A bar over the days that it may have been."""
        if flag.right == flag.left:
            return
        pale, half = QColor(color), 2.5 * self._theme.scale
        pale.setAlpha(_UNSURE)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(pale)
        bar = QRectF(flag.left, y - half, flag.right - flag.left, 2 * half)
        self._painter.drawRoundedRect(bar, half, half)

    def _clear(self, box: QRectF) -> None:
        """Take away the lines behind words."""
        self._painter.fillRect(box.adjusted(0, 1, 0, -1), self._theme.color("surface"))

    def _write(
        self,
        box: QRectF,
        text: str,
        font: QFont,
        color: str,
        flags: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(color))
        metrics = self._painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
        self._painter.drawText(box, flags, shown)


def _marks(maximum: float) -> list[float]:
    """Where a scale is marked: its ends and its middle, if that is a whole number."""
    return [0.0, maximum / 2, maximum] if maximum % 2 == 0 else ticks(maximum)


def _side(flips: bool) -> Qt.AlignmentFlag:
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    return right if flips else _LEFT
