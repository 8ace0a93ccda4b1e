# SPDX-License-Identifier: MIT
"""The course of a score in a table cell: a line without axes, painted by a delegate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from models.quick import dataclass
from ui.palette import Palette

Score = tuple[float, float, float | None]
"""When, from 0 to 1; the score, or the low end of a range; its high end, None if it is exact."""

DOT = 2.6
LINE = 1.6
BAR = 3.0


@dataclass(frozen=True, slots=True)
class Course:
    """What is to be drawn of a course, in the coordinates of a rectangle.

    Attributes:
        lines: between neighbors that are both exact.
        bands: between neighbors of which one is a range: they open or close like a fan, so that
            no value within the range is made out to be the score.
        bars: the ranges, from high to low.
        dots: the exact scores.
    """

    lines: list[QLineF]
    bands: list[QPolygonF]
    bars: list[QLineF]
    dots: list[QPointF]


def lay_out_course(rect: QRectF, points: Sequence[Score], maximum: float) -> Course:
    """Place the scores in a rectangle: time to the right, 0 at the bottom, ``maximum`` on top."""
    ends = [_ends(rect, point, maximum) for point in points]
    lines, bands = [], []
    for here, there in pairwise(ends):
        if here.p1() == here.p2() and there.p1() == there.p2():
            lines.append(QLineF(here.p1(), there.p1()))
        else:
            bands.append(QPolygonF([here.p1(), there.p1(), there.p2(), here.p2()]))
    bars = [end for end in ends if end.p1() != end.p2()]
    dots = [end.p1() for end in ends if end.p1() == end.p2()]
    return Course(lines, bands, bars, dots)


def paint_sparkline(
    painter: QPainter,
    rect: QRectF,
    points: Sequence[Score],
    palette: Palette,
    *,
    maximum: float = 10.0,
    starts_before: bool = True,
) -> None:
    """Paint a course into a table cell.

    Args:
        painter: an active painter; its state is left as it was.
        rect: the cell without its padding.
        points: in the order of time, one scale only. Missing scores are left out by the caller.
        palette: the colors.
        maximum: the highest score of the scale.
        starts_before: the first point is the score before the procedure. If there is none, no
            point is vermillion.
    """
    if not points:
        return
    inner = rect.adjusted(DOT + 1, DOT + 1, -DOT - 1, -DOT - 1)
    course = lay_out_course(inner, points, maximum)
    after = QColor(palette.after)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    soft, edge = QColor(after), QColor(after)
    soft.setAlpha(70)
    edge.setAlpha(130)
    painter.setPen(_pen(edge, 0.7))
    painter.setBrush(soft)
    for band in course.bands:
        painter.drawPolygon(band)
    painter.setPen(_pen(after, LINE))
    painter.drawLines(course.lines)
    _paint_end(painter, _ends(inner, points[-1], maximum), after)
    for bar in course.bars:
        painter.setPen(_pen(after, BAR))
        painter.drawLine(bar)
    if starts_before:
        _paint_end(painter, _ends(inner, points[0], maximum), QColor(palette.before))
    painter.restore()


def _ends(rect: QRectF, point: Score, maximum: float) -> QLineF:
    """From the high to the low end of a score; a line without length if it is exact."""
    when, low, high = point
    x = rect.left() + rect.width() * when
    top, bottom = (
        rect.bottom() - rect.height() * value / maximum
        for value in (low if high is None else high, low)
    )
    return QLineF(x, top, x, bottom)


def _paint_end(painter: QPainter, end: QLineF, color: QColor) -> None:
    if end.p1() == end.p2():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(end.p1(), DOT, DOT)
    else:
        painter.setPen(_pen(color, BAR))
        painter.drawLine(end)


def _pen(color: QColor, width: float) -> QPen:
    return QPen(
        color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )
