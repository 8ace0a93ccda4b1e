# SPDX-License-Identifier: MIT
"""What stands below a course can be read, however narrow the figure and long the words."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from tests.ui.cut import CutWatch
from ui.charts.course_foot import CourseFoot, Placed
from ui.charts.sheet import Look, Sheet
from ui.palette import LIGHT

NAMES = ("Vor dem Eingriff", "24 Stunden", "1 Woche", "1 Monat", "12 Monate", "Ohne Datum")


def along(width: float, words: tuple[str, ...]) -> list[Placed]:
    return [(width * (place + 0.5) / len(words), said) for place, said in enumerate(words)]


@pytest.mark.parametrize("width", [260, 330, 420, 640])
def test_no_name_and_no_count_runs_into_the_next_one(width: int) -> None:
    sheet, watch = Sheet(width, 200, Look(LIGHT)), CutWatch()
    counts = [along(width, ("n 12,345", *(["12,345"] * 5))) for _course in range(2)]
    foot = CourseFoot(sheet, along(width, NAMES), counts)
    foot.draw(20)
    assert len(sheet.figure.texts) == 18
    with watch.watching():
        FigureCanvasAgg(sheet.figure).draw()
    assert not watch.in_figures()
    lowest = min(text.get_window_extent().y0 for text in sheet.figure.texts)
    assert 200 - lowest <= 20 + foot.height


def test_only_what_has_no_room_stands_lower() -> None:
    sheet = Sheet(640, 200, Look(LIGHT))
    heights = [
        CourseFoot(sheet, along(width, NAMES), [along(width, ("n 12", *("9",) * 5))]).height
        for width in (640, 260)
    ]
    assert heights[0] < heights[1]
