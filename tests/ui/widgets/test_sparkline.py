# SPDX-License-Identifier: MIT
"""The sparkline: exact scores are joined by lines, ranges stay ranges."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.palette import LIGHT
from ui.widgets.sparkline import Score, lay_out_course, paint_sparkline

RECT = QRectF(0, 0, 100, 50)


def painted(points: list[Score], *, starts_before: bool = True) -> set[str]:
    image = QImage(100, 50, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_sparkline(painter, QRectF(image.rect()), points, LIGHT, starts_before=starts_before)
    painter.end()
    return {image.pixelColor(x, y).name() for x in range(100) for y in range(50)}


def test_exact_scores_are_joined_by_a_line() -> None:
    course = lay_out_course(RECT, [(0.0, 10.0, None), (1.0, 0.0, None)], 10.0)
    assert [line.toTuple() for line in course.lines] == [(0.0, 0.0, 100.0, 50.0)]
    assert (course.bands, course.bars) == ([], [])


def test_a_range_is_never_averaged() -> None:
    course = lay_out_course(RECT, [(0.0, 8.0, None), (0.5, 2.0, 4.0), (1.0, 1.0, None)], 10.0)
    assert [bar.toTuple() for bar in course.bars] == [(50.0, 30.0, 50.0, 40.0)]
    assert course.lines == []
    heights = {
        round(point.y(), 6) for band in course.bands for point in band.toList() if point.x() == 50.0
    } | {dot.y() for dot in course.dots if dot.x() == 50.0}
    assert heights == {30.0, 40.0}


def test_a_range_with_equal_ends_is_an_exact_score() -> None:
    course = lay_out_course(RECT, [(0.0, 3.0, 3.0)], 10.0)
    assert (len(course.dots), course.bars) == (1, [])


def test_only_a_score_before_the_procedure_is_vermillion(qapp: QApplication) -> None:
    points: list[Score] = [(0.0, 9.0, None), (1.0, 2.0, None)]
    assert LIGHT.before.lower() in painted(points)
    without = painted(points, starts_before=False)
    assert LIGHT.before.lower() not in without
    assert LIGHT.after.lower() in without


def test_no_score_paints_nothing(qapp: QApplication) -> None:
    assert painted([]) == {"#ffffff"}
