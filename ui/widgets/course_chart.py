# SPDX-License-Identifier: MIT
"""The whole course of a patient as a drawing: procedures, pain and events on one calendar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import Theme
from ui.widgets.course_paint import CoursePainter
from ui.widgets.course_parts import Course, CourseSession
from ui.widgets.course_places import Flag, Part, Places, place_course

_REACH = 5.0


class CourseChart(QWidget):
    """Paints a ``Course``; as high as it needs to be for its width.

    Each scale has a plot of its own. A score is a dot; where only limits of its number or of its
    day are known it is a bar that reaches from the one to the other. Lines join the scores of one
    procedure and never lead to those of the next.

    Signals:
        session_clicked: (id of its case) a procedure.
    """

    session_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._course = Course()
        self._placed: Places | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Whole course"))
        theme.follow(self._dress)

    def show_course(self, course: Course) -> None:
        """Show this course."""
        self._course = course
        self.setAccessibleDescription(course.in_words)
        self._dress()

    @property
    def course(self) -> Course:
        """What is shown."""
        return self._course

    @property
    def places(self) -> Places:
        """Where everything stands at the present width."""
        if self._placed is None:
            self._placed = self._place(self.width())
        return self._placed

    def caption(self) -> str:
        """What has to be known to read the drawing; "" where it speaks for itself."""
        parts = []
        if any(not span.is_exact for span in self._course.spans()):
            parts.append(self.tr("Pale: somewhere within these days."))
        if not self.places.is_true:
            parts.append(self.tr("Days that lie close together are drawn apart."))
        return " ".join(parts)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._place(width).height)

    def sizeHint(self) -> QSize:
        width = self._theme.px(290)
        return QSize(width, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._course.spans():
            CoursePainter(painter, self._theme, self.places).paint()
        painter.end()

    def resizeEvent(self, event: QEvent) -> None:
        self._placed = None

    def tip_at(self, position: QPointF) -> str:
        """What stands at a place, a line for each thing; "" for nothing."""
        places, reach = self.places, _REACH * self._theme.scale
        found = [
            dot.score.tip
            for lane in places.lanes
            for dot in lane.dots
            if _grown(dot.box, reach / 2).contains(position)
        ]
        found += self._tips(places.sessions, position)
        found += self._tips(places.spoken, position)
        found += self._tips(places.events, position)
        return "\n".join(dict.fromkeys(found))

    def session_at(self, position: QPointF) -> CourseSession | None:
        """The procedure whose words stand at a place."""
        for flag in self.places.sessions:
            if self._words_of(flag).contains(position):
                return flag.part
        return None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tip = self.tip_at(QPointF(event.pos()))
            if tip:
                QToolTip.showText(event.globalPos(), tip, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.session_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        session = self.session_at(event.position())
        if session is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.session_clicked.emit(session.case_id)

    def _tips(self, flags: Sequence[Flag[Part]], position: QPointF) -> list[str]:
        return [
            flag.part.tip
            for flag in flags
            if self._reach_of(flag.left, flag.right, flag.text).contains(position)
        ]

    def _words_of(self, flag: Flag[CourseSession]) -> QRectF:
        return self._reach_of(flag.left, flag.left, flag.text)

    def _reach_of(self, left: float, right: float, text: QRectF) -> QRectF:
        mark = QRectF(QPointF(left, text.top()), QPointF(right, text.bottom()))
        reach = _REACH * self._theme.scale
        return text.united(mark.adjusted(-reach, 0, reach, 0))

    def _place(self, width: int) -> Places:
        # The chosen procedure is written bold.
        metrics = QFontMetricsF(self._theme.font("small", QFont.Weight.DemiBold))
        return place_course(self._course, width, self._theme.scale, metrics.horizontalAdvance)

    def _dress(self) -> None:
        self._placed = None
        self.updateGeometry()
        self.update()


def _grown(box: QRectF, by: float) -> QRectF:
    return box.adjusted(-by, -by, by, by)
