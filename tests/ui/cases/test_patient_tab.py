# SPDX-License-Identifier: MIT
"""The second tab of the pane: the patient's whole course, read only when it is looked at."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import Case, save_case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import (
    AssessmentMissing,
    Diagnosis,
    EventKind,
    Level,
    PainScale,
    Technique,
    TimePoint,
)
from tests.builders import a_case, add_score
from ui.cases.page import CasesPage
from ui.cases.patient_detail import PatientDetail, read_patient
from ui.cases.patient_view import PatientView
from ui.widgets.course_parts import Sign


@dataclass
class Known:
    """A patient with two procedures ten years apart, and a third without a date."""

    first: Case
    second: Case
    undated: Case


@pytest.fixture
def known(logbook: Logbook) -> Known:
    first = a_case("KYP-1", Level.L1, on="2012-03-04", before=9, after=3, after_on="2012-04-04")
    first.levels[0].diagnosis = (Diagnosis.OSTEOPOROTIC_FRACTURE,)
    first.add_adverse_event(
        kind=EventKind.FRACTURE_ADJACENT, level=Level.T12, onset_on=PartialDate("2012-08")
    )
    add_score(first, "resolved", "2012-06-04")
    save_case(logbook, first)
    second = _again(first, Level.T12, on="2022-05-10", technique=Technique.VERTEBROPLASTY)
    add_score(second, 7, None, TimePoint.BASELINE)
    add_score(second, (20, 30), "2022-06", scale=PainScale.VAS_100)
    second.add_assessment(
        time_point=TimePoint.M3, missing_reason=AssessmentMissing.DECLINED, pain_scale=None
    )
    save_case(logbook, second)
    undated = _again(first, Level.T12, on=None)
    save_case(logbook, undated)
    return Known(first, second, undated)


def _again(first: Case, level: Level, on: str | None, **others: Technique) -> Case:
    case = a_case("KYP-1", level, on=on, before=None, after=None, **others)  # type: ignore[arg-type]
    case.patient = first.patient
    case.procedure.patient = first.patient
    return case


def wait_for(qtbot: QtBot, page: CasesPage, case: Case) -> PatientDetail:
    found: list[PatientDetail] = []

    def shows() -> bool:
        view = page.detail.patient.view
        if view is not None and view.isVisible() and view.detail is not None:
            found[:] = [view.detail]
        return bool(found) and found[0].case_id == case.id

    qtbot.waitUntil(shows)
    return found[0]


def turned(qtbot: QtBot, page: CasesPage, case: Case) -> PatientView:
    page.show_case(case.id)
    page.detail.turn()
    wait_for(qtbot, page, case)
    view = page.detail.patient.view
    assert view is not None
    return view


# what is told


def test_scales_stand_apart_and_words_have_no_height(logbook: Logbook, known: Known) -> None:
    course = read_patient(logbook, known.second.id).course
    lanes = {lane.title: [(one.low, one.high) for one in lane.scores] for lane in course.lanes}
    assert lanes == {"Pain, NRS 0–10": [(9, 9), (3, 3)], "Pain, VAS 0–100 mm": [(20, 30)]}
    assert [one.words for one in course.spoken] == ["resolved"]


def test_what_has_no_date_is_listed_and_not_drawn(logbook: Logbook, known: Known) -> None:
    detail = read_patient(logbook, known.second.id)
    assert detail.apart == (
        "Before procedure 2: 7 (NRS 0–10)",
        "Procedure 3: T12 balloon kyphoplasty",
    )
    assert [one.number for one in detail.course.sessions] == [1, 2]


def test_how_many_there_are_and_why_others_are_missing(logbook: Logbook, known: Known) -> None:
    assert read_patient(logbook, known.first.id).summary == (
        "Pain scores: 5, ranges: 1, in words: 1, without a date: 1, no score: 1 (declined 1). "
        "No score before procedure 3."
    )


def test_each_procedure_tells_its_own_pain(logbook: Logbook, known: Known) -> None:
    first, second, third = read_patient(logbook, known.second.id).procedures
    assert (first.date, first.levels, first.technique) == (
        "2012-03-04",
        "L1",
        "Balloon kyphoplasty",
    )
    assert first.pain == "9 (NRS 0–10) → “resolved”"
    assert first.events == "New fracture, adjacent T12"
    assert second.pain == "7 (NRS 0–10) | 20–30 (VAS 0–100 mm)"
    assert (third.date, third.pain) == ("No date", "No pain score")
    assert [one.is_chosen for one in (first, second, third)] == [False, True, False]


def test_the_spine_tells_which_procedure_treated_a_level(logbook: Logbook, known: Known) -> None:
    detail = read_patient(logbook, known.second.id)
    assert detail.numbers == {Level.L1: (1,), Level.T12: (2, 3)}
    assert detail.marks[Level.T12].treated
    assert detail.marks[Level.T12].new_fracture
    assert not detail.marks[Level.L1].treated
    assert detail.marks[Level.L1].history == ("2012-03-04: balloon kyphoplasty, 6 mL, fracture",)


def test_events_have_a_sign_and_death_ends_the_axis(logbook: Logbook, known: Known) -> None:
    known.first.patient.died_on = PartialDate("2024-01-02")
    known.first.add_adverse_event(kind=EventKind.INFECTION, onset_on=PartialDate("2012-03-09"))
    save_case(logbook, known.first)
    course = read_patient(logbook, known.first.id).course
    assert [(one.label, one.sign) for one in course.events] == [
        ("Fracture T12", Sign.FRACTURE),
        ("Infection", Sign.EVENT),
        ("Died", Sign.DEATH),
    ]
    assert course.death is not None
    assert course.death.latest.isoformat() == "2024-01-02"


def test_all_of_it_can_be_heard(logbook: Logbook, known: Known) -> None:
    said = read_patient(logbook, known.first.id).course.in_words
    for sentence in (
        "Procedure 1, 2012-03-04: L1 balloon kyphoplasty.",
        "2012-03-04: Before procedure 1: 9 (NRS 0–10).",
        "2012-06-04: 3 months after procedure 1: “resolved”.",
        "2012-08: New fracture, adjacent T12.",
        "2022-06: After procedure 2: 20–30 (VAS 0–100 mm).",
        "Procedure 3, no date: T12 balloon kyphoplasty.",
    ):
        assert sentence in said


# the tab


def test_nothing_is_read_of_a_patient_who_is_not_looked_at(
    qtbot: QtBot, page: CasesPage, known: Known
) -> None:
    page.show_case(known.first.id)
    qtbot.waitUntil(lambda: page.detail.shown_case == known.first.id)
    qtbot.wait(200)
    assert page.detail.patient.view is None
    page.detail.turn()
    assert wait_for(qtbot, page, known.first).heading == "KYP-1 · T12, L1"


def test_the_tab_is_reached_and_left_by_keyboard(
    qtbot: QtBot, page: CasesPage, known: Known
) -> None:
    page.show_case(known.first.id)
    qtbot.waitUntil(page.detail.tabs.isVisible)
    bar = page.detail.tabs.tabBar()
    page.table.setFocus()
    for _ in range(8):
        if bar.hasFocus():
            break
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
    assert bar.hasFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    wait_for(qtbot, page, known.first)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert page.detail.tabs.currentIndex() == 0


def test_enter_in_the_list_goes_to_that_case(qtbot: QtBot, page: CasesPage, known: Known) -> None:
    view = turned(qtbot, page, known.second)
    view.list.setFocus()
    assert view.list.currentIndex().row() == 1, "the keyboard begins at the chosen case"
    qtbot.keyClick(view.list, Qt.Key.Key_Up)
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    wait_for(qtbot, page, known.first)
    assert page.selected_cases() == [known.first.id]
    assert view.list.hasFocus(), "so that the next one is a key away"
    assert view.list.currentIndex().row() == 0


def test_the_pane_scrolls_along_with_the_keyboard(
    qtbot: QtBot, page: CasesPage, known: Known
) -> None:
    view = turned(qtbot, page, known.first)
    page.resize(page.width(), 330)
    qtbot.wait(20)
    view.list.setFocus()
    for _ in range(2):
        qtbot.keyClick(view.list, Qt.Key.Key_Down)
    last = view.list.visualRect(view.list.currentIndex())
    bottom = view.list.viewport().mapTo(view.viewport(), last.bottomLeft()).y()
    assert view.list.currentIndex().row() == 2
    assert 0 < bottom <= view.viewport().height()


def test_a_click_goes_to_a_case_that_the_search_had_hidden(
    qtbot: QtBot, page: CasesPage, known: Known
) -> None:
    view = turned(qtbot, page, known.first)
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.bar.filters.line, "2012")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    wait_for(qtbot, page, known.first)
    place = view.list.visualRect(view.list.model().index(1, 0)).center()
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_for(qtbot, page, known.second)
    assert page.selected_cases() == [known.second.id]


def test_only_the_last_patient_asked_for_is_shown(
    qtbot: QtBot, page: CasesPage, known: Known, logbook: Logbook
) -> None:
    other = a_case("KYP-2", Level.C5)
    save_case(logbook, other)
    view = turned(qtbot, page, known.first)
    page.detail.show_case(known.second.id)
    page.detail.show_case(other.id)
    assert wait_for(qtbot, page, other).heading == "KYP-2 · C5"
    qtbot.wait(150)
    assert view.heading.text() == "KYP-2 · C5"


def test_several_cases_or_none_leave_nothing_of_a_patient(
    qtbot: QtBot, page: CasesPage, known: Known
) -> None:
    view = turned(qtbot, page, known.first)
    page.table.selectAll()
    qtbot.waitUntil(lambda: not view.isVisible())
    page.set_logbook(None)
    assert not view.isVisible()


def test_the_tab_is_remembered(qtbot: QtBot, page: CasesPage, known: Known) -> None:
    page.detail.turn()
    state = page.save_state()
    page.detail.turn()
    page.restore_state(state)
    assert page.detail.tabs.currentWidget() is page.detail.patient


@pytest.mark.parametrize("width", [264, 330, 640])
def test_the_list_is_as_high_as_its_words(
    qtbot: QtBot, page: CasesPage, known: Known, width: int
) -> None:
    view = turned(qtbot, page, known.first)
    page.detail.setFixedWidth(width)
    qtbot.waitUntil(lambda: page.detail.width() == width)
    qtbot.wait(20)
    last = view.list.visualRect(view.list.model().index(2, 0))
    assert last.bottom() <= view.list.viewport().height()
    assert view.list.width() >= 120
    assert view.list.geometry().intersected(view.spine.geometry()).isEmpty()
