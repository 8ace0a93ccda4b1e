# SPDX-License-Identifier: MIT
"""How the cells and headings of the list are painted: hairlines, inks, sparklines, states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.caselist import CaseLine, Score
from models.vocabulary import PainScale, TimePoint
from ui.cases.cells import synthetic_mark
from ui.cases.columns import Column, Key
from ui.cases.heading import Heading, padding
from ui.cases.run_painter import ByLine, RunPainter
from ui.cases.table_model import LINE_ROLE
from ui.palette import Palette
from ui.theme import Theme
from ui.widgets.sparkline import Score as SparkPoint
from ui.widgets.sparkline import paint_sparkline

ROW_HEIGHT = 34
_TAG, _DOT_ROOM = 18, 14
TAG_ROOM = _TAG + 4
"""What the mark of a synthetic case takes beside the code of the patient."""
_STATUS = list(Key).index(Key.STATUS)
_DOT = 3.2
_BAR_HEIGHT = 8
_BAR_SHARE = 0.6  # of a cell, for a text that is on its way
_SPARK_HEIGHT = 20
_SPREAD = 0.7  # of a time point, for several scores that belong to the same
_END = TimePoint.M24.rank + _SPREAD  # where later ones stand

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints the text of a cell in the looks that its column gives it.

    What all cells of a row stand on the table paints.
    """

    def __init__(
        self, theme: Theme, column: Column, texts: RunPainter, heading: Heading, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._heading = heading
        self._theme = theme
        self._column = column
        self._texts = texts
        self._runs = texts.runs_of(column)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        left, right = padding(self._theme, is_first=index.column() == self._heading.first)
        room = option.rect.adjusted(left, 0, -right, -1)
        line = index.data(LINE_ROLE)
        if line is None:
            self._paint_waiting(painter, room)
        else:
            self.paint_line(painter, room, line)
        painter.restore()

    def paint_line(self, painter: QPainter, room: QRect, line: CaseLine) -> None:
        """Paint what the column says of the case."""
        self._texts.paint(painter, room, self._runs(line), right=self._column.right)

    def paint_tag(self, painter: QPainter, room: QRect, word: str, *, is_full: bool = True) -> None:
        """Paint a word in a pill, or its first letter where it has no room."""
        px = self._theme.px
        painter.setFont(self._theme.font("small", QFont.Weight.Medium))
        width = painter.fontMetrics().horizontalAdvance(word) + px(12)
        if width > room.width():
            word, width = word[:1].upper(), px(_TAG)
        pill = QRectF(room.left(), room.center().y() - px(9) + 0.5, width, px(18))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        badge = self._texts.color("badge")
        painter.setPen(Qt.PenStyle.NoPen if is_full else QPen(badge, 1.4 * self._theme.scale))
        painter.setBrush(badge if is_full else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(pill, px(9), px(9))
        painter.setPen(self._texts.color("badge_text" if is_full else "text_muted"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_waiting(self, painter: QPainter, room: QRect) -> None:
        """A pale bar in the place of a text that is on its way."""
        height, width = self._theme.px(_BAR_HEIGHT), int(room.width() * _BAR_SHARE)
        left = room.right() - width if self._column.right else room.left()
        bar = QRectF(left, room.center().y() - height / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._texts.color("hairline"))
        painter.drawRoundedRect(bar, height / 2, height / 2)


class CourseDelegate(RowDelegate):
    """Paints the course of pain as a sparkline; scores without a date stand apart."""

    def __init__(
        self, theme: Theme, column: Column, texts: RunPainter, heading: Heading, parent: QWidget
    ) -> None:
        super().__init__(theme, column, texts, heading, parent)
        self._sparks = ByLine(sparks_of)

    def paint_line(self, painter: QPainter, room: QRect, line: CaseLine) -> None:
        spare = (room.height() - self._theme.px(_SPARK_HEIGHT)) / 2
        box = QRectF(room).adjusted(0, spare, 0, -spare)
        paint_sparks(painter, box, self._sparks(line), self._theme.palette)


class PatientDelegate(RowDelegate):
    """Paints the code, and marks a synthetic case where the column that says so is put away."""

    def paint_line(self, painter: QPainter, room: QRect, line: CaseLine) -> None:
        if line.synthetic and self._heading.isSectionHidden(_STATUS):
            tag = QRect(room.left(), room.top(), self._theme.px(_TAG), room.height())
            self.paint_tag(painter, tag, synthetic_mark())
            room = room.adjusted(self._theme.px(TAG_ROOM), 0, 0, 0)
        super().paint_line(painter, room, line)


class StatusDelegate(RowDelegate):
    """Paints whether a case is complete, and marks synthetic cases.

    A full dot or pill is complete, an empty one is not.
    """

    def paint_line(self, painter: QPainter, room: QRect, line: CaseLine) -> None:
        px = self._theme.px
        state, *synthetic = self._runs(line)
        if synthetic and room.width() < px(_DOT_ROOM + _TAG):
            word = synthetic[0].text.lstrip(", ")
            self.paint_tag(painter, room, word, is_full=line.complete)
            return
        ink = self._texts.color("success" if line.complete else "text_muted")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1.4 * self._theme.scale))
        painter.setBrush(ink if line.complete else Qt.BrushStyle.NoBrush)
        radius = _DOT * self._theme.scale
        painter.drawEllipse(QPointF(room.left() + px(4), room.center().y() + 0.5), radius, radius)
        rest = room.adjusted(px(_DOT_ROOM), 0, 0, 0)
        if synthetic:
            self.paint_tag(painter, rest, synthetic[0].text.lstrip(", "))
        elif self._texts.width_of((state,)) <= rest.width():
            self._texts.paint(painter, rest, (state,), right=False)


class Sparks(NamedTuple):
    """The course of a case as a sparkline: its dated scores, those without a date, and the top."""

    placed: tuple[SparkPoint, ...]
    undated: tuple[SparkPoint, ...]
    maximum: float


NO_SPARKS = Sparks((), (), 1.0)


def sparks_of(line: CaseLine) -> Sparks:
    """The course on the scale of its first score."""
    scale = scale_of(line)
    if scale is None or scale.maximum is None:
        return NO_SPARKS
    placed, undated = spark_points(line.course, scale), undated_points(line.course, scale)
    return Sparks(tuple(placed), tuple(undated), scale.maximum)


def paint_sparks(painter: QPainter, box: QRectF, sparks: Sparks, palette: Palette) -> None:
    """Paint a sparkline; scores without a date stand apart."""
    placed, undated, maximum = sparks
    starts_before = bool(placed) and placed[0][0] == 0
    paint_sparkline(painter, box, placed, palette, maximum=maximum, starts_before=starts_before)
    for point in undated:
        paint_sparkline(painter, box, [point], palette, maximum=maximum, starts_before=False)


def scale_of(line: CaseLine) -> PainScale | None:
    """The one scale that the sparkline is drawn on: that of the first score."""
    numbers = (score.scale for score in line.course if score.reported.low is not None)
    return next((scale for scale in numbers if scale is not None), None)


def spark_points(course: Sequence[Score], scale: PainScale) -> Iterator[SparkPoint]:
    """The dated scores on one scale, each at its time point; several share the room of one."""
    dated = [score for score in course if _is_on(score, scale) and _is_dated(score)]
    for time_point, group in groupby(dated, key=lambda score: score.time_point):
        scores = list(group)
        start = min(time_point.rank, _END) if time_point else _END
        for place, score in enumerate(scores):
            yield _spark_point((start + _SPREAD * place / len(scores)) / (_END + _SPREAD), score)


def undated_points(course: Sequence[Score], scale: PainScale) -> Iterator[SparkPoint]:
    """The scores whose date nobody wrote down: at the right end, joined to nothing."""
    for score in course:
        if _is_on(score, scale) and not _is_dated(score):
            yield _spark_point(1.0, score)


def _is_on(score: Score, scale: PainScale) -> bool:
    return score.reported.low is not None and score.scale is scale


def _is_dated(score: Score) -> bool:
    if score.time_point is TimePoint.BASELINE:
        return True
    return score.assessed_on is not None and score.time_point not in (None, TimePoint.UNDATED)


def _spark_point(when: float, score: Score) -> SparkPoint:
    reported = score.reported
    low = reported.low if reported.low is not None else 0.0
    return when, low, reported.high if reported.is_range else None


DRAWN = {Key.COURSE: CourseDelegate, Key.STATUS: StatusDelegate}
"""Columns that are drawn otherwise than as text."""

DELEGATES = {**DRAWN, Key.PATIENT: PatientDelegate}
"""Columns that are painted in a way of their own."""
