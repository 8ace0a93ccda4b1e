# SPDX-License-Identifier: MIT
"""The drawing of a patient's course: what stands where, and that nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from models.partial_date import PartialDate
from models.patient_timeline import DaySpan
from tests.ui.painted import words_of
from ui.palette import LIGHT
from ui.theme import Theme
from ui.widgets.course_chart import CourseChart
from ui.widgets.course_parts import (
    Course,
    CourseEvent,
    CourseLane,
    CourseScore,
    CourseSession,
    Sign,
)
from ui.widgets.course_places import Places, place_course


def span(day: str) -> DaySpan:
    found = DaySpan.of(PartialDate(day))
    assert found is not None
    return found


def session(number: int, day: str, label: str = "L1 Kyphoplasty") -> CourseSession:
    return CourseSession(f"case-{number}", number, span(day), label, f"{day}: {label}")


def score(number: int, day: str, low: float, high: float | None = None) -> CourseScore:
    top = low if high is None else high
    return CourseScore(number, span(day), low, top, "", is_before=False, tip=f"{day}: {low:g}")


def placed(course: Course, width: float = 290) -> Places:
    return place_course(course, width, 1.0, lambda text: 6.0 * len(text))


NRS = CourseLane(
    "Pain, NRS 0–10",
    10,
    (
        score(1, "2024-01-01", 9),
        score(1, "2024-01-08", 4),
        score(1, "2024-02-01", 2, 3),
        score(2, "2024-06-01", 8),
        score(2, "2024-07", 3),
        score(2, "2024-08-01", 1),
    ),
)
VAS = CourseLane("Pain, VAS 0–100 mm", 100, (score(2, "2024-06-01", 90),))
COURSE = Course(
    sessions=(session(1, "2024-01-01"), session(2, "2024-06-01")),
    lanes=(NRS, VAS),
    events=(CourseEvent(span("2024-06"), "Fracture T12", "2024-06: fracture", Sign.FRACTURE),),
    in_words="All of it.",
)


@pytest.fixture
def chart(qtbot: QtBot) -> CourseChart:
    made = CourseChart(Theme("light"))
    qtbot.addWidget(made)
    made.show_course(COURSE)
    made.resize(290, made.heightForWidth(290))
    made.show()
    return made


def count(image: QImage, color: str) -> int:
    wanted = QColor(color).rgb()
    return sum(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height())
    )


def test_each_scale_has_a_plot_of_its_own() -> None:
    nrs, vas = placed(COURSE).lanes
    assert nrs.plot.bottom() < vas.title.top()
    nine = next(dot for dot in nrs.dots if dot.score.low == 9)
    ninety = vas.dots[0]
    assert nine.box.center().y() - nrs.plot.top() == pytest.approx(
        ninety.box.center().y() - vas.plot.top()
    )


def test_a_line_never_leads_from_one_procedure_to_the_next() -> None:
    lane = placed(COURSE).lanes[0]
    first = {dot.box.center().x() for dot in lane.dots if dot.score.session == 1}
    second = {dot.box.center().x() for dot in lane.dots if dot.score.session == 2}
    assert len(lane.joins) == 3
    for join in lane.joins:
        ends = {join.corners[0].x(), join.corners[1].x()}
        assert ends <= first or ends <= second


def test_a_range_is_a_bar_and_opens_a_fan() -> None:
    lane = placed(COURSE).lanes[0]
    bar = next(dot for dot in lane.dots if dot.score.is_range)
    assert bar.box.height() > bar.box.width()
    fan = next(join for join in lane.joins if not join.is_flat)
    assert fan.corners[1].y() < fan.corners[2].y()
    assert not bar.is_point


def test_a_day_that_is_not_known_is_a_span_that_no_line_leads_to() -> None:
    places = placed(COURSE)
    lane = places.lanes[0]
    july = next(dot for dot in lane.dots if not dot.score.span.is_exact)
    assert july.box.width() > july.box.height()
    (over,) = [join for join in lane.joins if join.skips]
    assert over.corners[0].x() < july.box.left()
    assert over.corners[1].x() > july.box.right()


def test_death_ends_the_axis() -> None:
    dead = Course(sessions=COURSE.sessions, lanes=COURSE.lanes, death=span("2025-01"))
    with_event = CourseEvent(span("2025-01"), "Died", "2025-01: died", Sign.DEATH)
    places = placed(Course(dead.sessions, dead.lanes, events=(with_event,), death=dead.death))
    assert places.death is not None
    assert places.death[0] < places.death[1]
    assert all(dot.box.right() < places.death[1] for lane in places.lanes for dot in lane.dots)


DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(
    st.lists(st.tuples(DAYS, st.integers(3, 30)), min_size=1, max_size=12), st.integers(220, 900)
)
def test_words_of_procedures_never_cover_one_another(
    found: list[tuple[date, int]], width: int
) -> None:
    ordered = sorted(found)
    sessions = tuple(
        session(number, day.isoformat(), "x" * length)
        for number, (day, length) in enumerate(ordered, 1)
    )
    places = placed(Course(sessions=sessions), width)
    assert [flag.part.number for flag in places.sessions] == [one.number for one in sessions]
    for one, other in combinations(places.sessions, 2):
        assert not one.text.intersects(other.text)
    for flag in places.sessions:
        assert flag.text.left() >= 0
        assert flag.text.right() <= width
        assert flag.text.bottom() <= places.axis.top()


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=12))
def test_words_of_events_cover_no_mark(found: list[tuple[date, int]]) -> None:
    events = tuple(
        CourseEvent(DaySpan(day, day + timedelta(days=n)), "Infection", "", Sign.EVENT)
        for day, n in found
    )
    flags = placed(Course(events=events)).events
    for one, other in combinations(flags, 2):
        if one.text.center().y() == other.text.center().y():
            assert one.text.right() < other.left or one.text.left() > other.right


def test_a_narrow_drawing_is_as_high_as_it_needs_to_be(chart: CourseChart) -> None:
    assert chart.heightForWidth(200) >= chart.heightForWidth(900)
    assert chart.places.axis.bottom() <= chart.height()


def test_before_and_after_have_their_colors(chart: CourseChart) -> None:
    image = chart.grab().toImage()
    assert count(image, LIGHT.after) > 30
    assert count(image, LIGHT.fracture) > 5


def test_a_tip_tells_what_stands_there(chart: CourseChart) -> None:
    dot = chart.places.lanes[0].dots[0]
    assert "2024-01-01: 9" in chart.tip_at(dot.box.center())
    flag = chart.places.events[0]
    assert chart.tip_at(flag.text.center()) == "2024-06: fracture"
    assert chart.tip_at(chart.places.lanes[1].title.topRight()) == ""


def test_a_click_on_a_procedure_asks_for_its_case(qtbot: QtBot, chart: CourseChart) -> None:
    place = chart.places.sessions[1].text.center().toPoint()
    with qtbot.waitSignal(chart.session_clicked) as asked:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["case-2"]
    with qtbot.assertNotEmitted(chart.session_clicked):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(3, chart.height() - 3))


def test_the_drawing_is_told_in_words(chart: CourseChart) -> None:
    assert chart.accessibleDescription() == "All of it."
    assert "Pale" in chart.caption()
    assert "drawn apart" in chart.caption()
    chart.show_course(Course(sessions=(session(1, "2024-01-01"), session(2, "2024-06-01"))))
    assert chart.caption() == ""


def test_nothing_is_drawn_of_nothing(chart: CourseChart) -> None:
    chart.show_course(Course())
    assert count(chart.grab().toImage(), LIGHT.treated) == 0


def test_a_procedure_whose_label_has_no_room_is_told_by_its_levels(chart: CourseChart) -> None:
    label = "L1 " + "Vertebroplasty and kyphoplasty " * 2
    one = replace(session(1, "2024-01-01", label), brief="L1")
    chart.show_course(replace(COURSE, sessions=(one,)))
    for width, words in ((900, f"1  {label}"), (200, "1  L1")):
        chart.resize(width, chart.heightForWidth(width))
        assert words.strip() in [word.text.strip() for word in words_of(chart)]
