# SPDX-License-Identifier: MIT
"""The pane beside the list shows the chosen case, whole, and never an old one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.example import example_cases
from models.logbook import Logbook
from models.vocabulary import Leakage, LeakLocation, Level, YesNo
from tests.builders import a_case
from ui.cases.case_view import CaseView
from ui.cases.detail import DetailPane
from ui.cases.level_box import LevelBox
from ui.cases.page import CasesPage
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme
from ui.widgets.pain_curve import PainCurve
from ui.widgets.spine import SpineView


@pytest.fixture
def pane(qtbot: QtBot, jobs: Jobs, theme: Theme, logbook: Logbook) -> DetailPane:
    made = DetailPane(jobs, theme)
    qtbot.addWidget(made)
    made.resize(322, 772)
    made.show()
    made.set_logbook(logbook)
    return made


def texts(pane: DetailPane) -> list[str]:
    return [label.text() for label in pane.findChildren(QLabel) if label.isVisibleTo(pane)]


def show(qtbot: QtBot, pane: DetailPane, case_id: str, heading: str) -> None:
    pane.show_case(case_id)
    qtbot.waitUntil(lambda: heading in texts(pane))


def test_without_a_case_there_is_a_quiet_hint(pane: DetailPane) -> None:
    assert "Choose a case to see it here." in texts(pane)
    assert not [button for button in pane.findChildren(QPushButton) if button.isVisible()]


def test_every_fact_of_a_case_can_be_read_and_copied(
    qtbot: QtBot, pane: DetailPane, logbook: Logbook
) -> None:
    case = example_cases()[1]
    save_case(logbook, case)
    show(qtbot, pane, case.id, "Jones2009-II · T12")
    said = texts(pane)
    for text in ("75-year-old woman · no date", "Right transpedicular", "6 mL", "+3–5 mm"):
        assert text in said
    (curve,) = pane.findChildren(PainCurve)
    assert curve.caption() == "10 before, “totally resolved” after, no date."
    for label in pane.findChildren(QLabel):
        if label.isVisibleTo(pane) and label.text():
            assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_no_text_is_cut_off(qtbot: QtBot, pane: DetailPane, logbook: Logbook) -> None:
    case = example_cases()[0]
    save_case(logbook, case)
    show(qtbot, pane, case.id, "Jones2009-I · L5")

    def cut() -> list[str]:
        shown = [label for label in pane.findChildren(QLabel) if label.isVisibleTo(pane)]
        wrapped = [label for label in shown if label.wordWrap()]
        return [it.text() for it in wrapped if it.height() < it.heightForWidth(it.width())]

    for width in (322, 264, 224, 500):
        pane.resize(width, 400)
        qtbot.waitUntil(lambda: not cut())


@pytest.mark.parametrize("width", [324, 264])
def test_the_buttons_of_six_levels_wrap_and_widen_nothing(
    qtbot: QtBot, pane: DetailPane, logbook: Logbook, width: int
) -> None:
    case = a_case("P-6", Level.T7, Level.T8, Level.T11, Level.T12, Level.L1, Level.L2)
    save_case(logbook, case)
    pane.resize(width, 700)
    show(qtbot, pane, case.id, "P-6 · T7, T8, T11, T12, L1, L2")
    box = pane.findChild(LevelBox)
    assert box is not None
    area = pane.findChild(CaseView)
    assert area is not None
    content = area.widget()
    assert content is not None
    qtbot.waitUntil(lambda: content.width() <= area.viewport().width())
    for button in box.findChildren(QPushButton):
        right = button.mapTo(area.viewport(), button.rect().topRight()).x()
        assert right < area.viewport().width(), button.text()


def test_facts_stand_beside_the_spine_where_there_is_room_and_else_above_it(
    qtbot: QtBot, pane: DetailPane, logbook: Logbook
) -> None:
    case = example_cases()[0]
    save_case(logbook, case)
    show(qtbot, pane, case.id, "Jones2009-I · L5")
    (spine,) = pane.findChildren(SpineView)

    def named() -> list[QLabel]:
        return [label for label in pane.findChildren(QLabel) if label.text() == "Approach"]

    # Those of a width that the pane had before go a moment later.
    qtbot.waitUntil(lambda: len(named()) == 1)
    (level,) = named()
    for width, is_beside in ((324, True), (224, False), (324, True)):
        pane.resize(width, 700)
        qtbot.waitUntil(lambda wanted=is_beside: (level.x() > spine.x()) is wanted)  # type: ignore[misc]
        assert (spine.y() > level.y()) is not is_beside


def test_the_level_whose_facts_are_told_stays_marked_when_the_case_is_shown_anew(
    qtbot: QtBot, theme: Theme, pane: DetailPane, logbook: Logbook
) -> None:
    case = a_case("P-9", Level.T11, Level.T12)
    save_case(logbook, case)
    show(qtbot, pane, case.id, "P-9 · T11, T12")
    theme.set_scale(1.2)
    chosen = [button.text() for button in pane.findChildren(QPushButton) if button.isChecked()]
    assert "T11" in chosen


def test_a_case_that_is_shown_anew_stays_where_it_was_scrolled_to(
    qtbot: QtBot, pane: DetailPane, logbook: Logbook
) -> None:
    case = example_cases()[1]
    save_case(logbook, case)
    show(qtbot, pane, case.id, "Jones2009-II · T12")
    bar = pane.case.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    place = bar.maximum()
    bar.setValue(place)
    case.procedure.operator = "Dr B. Hart"
    save_case(logbook, case)
    pane.show_case(case.id)
    qtbot.waitUntil(lambda: any("Dr B. Hart" in said for said in texts(pane)))
    qtbot.waitUntil(lambda: bar.value() == place)


def test_levels_are_switched_with_buttons(qtbot: QtBot, pane: DetailPane, logbook: Logbook) -> None:
    case = a_case("P-9", Level.T11, Level.T12)
    case.levels[0].cement_ml, case.levels[1].cement_ml = 2.5, 7
    save_case(logbook, case)
    show(qtbot, pane, case.id, "P-9 · T11, T12")
    assert "2.5 mL" in texts(pane)
    buttons = {button.text(): button for button in pane.findChildren(QPushButton)}
    buttons["T12"].click()
    qtbot.waitUntil(lambda: "7 mL" in texts(pane))
    assert "2.5 mL" not in texts(pane)


def test_the_last_case_that_was_asked_for_is_shown(
    qtbot: QtBot, pane: DetailPane, logbook: Logbook, jobs: Jobs
) -> None:
    first, second = a_case("P-8"), a_case("P-9")
    for case in (first, second):
        save_case(logbook, case)
    pane.show_case(first.id)
    pane.show_case(second.id)
    qtbot.waitUntil(lambda: "P-9 · T12" in texts(pane))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert pane.shown_case == second.id
    assert "P-9 · T12" in texts(pane)


def test_a_case_that_cannot_be_read_is_told(qtbot: QtBot, pane: DetailPane) -> None:
    pane.show_case("no such case")
    qtbot.waitUntil(lambda: "The case cannot be shown" in texts(pane))


def test_several_cases_can_be_exported(qtbot: QtBot, pane: DetailPane) -> None:
    pane.show_several(1_234)
    assert "1,234 cases selected" in texts(pane)
    (button,) = (button for button in pane.findChildren(QPushButton) if button.isVisible())
    with qtbot.waitSignal(pane.export_wanted):
        button.click()


def test_a_saved_change_shows_in_the_pane(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    qtbot.waitUntil(lambda: "P-5 · L5" in texts(page.detail))
    case = a_case("P-7", Level.T3, on="2025-12-01")
    save_case(logbook, case)
    events.case_saved.emit(case.id)
    qtbot.waitUntil(lambda: "P-7 · T3" in texts(page.detail))
    edit = next(b for b in page.detail.findChildren(QPushButton) if b.text() == "Edit")
    with qtbot.waitSignal(page.edit_requested) as signal:
        edit.click()
    assert signal.args == [case.id]
    case.levels[0].cement_ml = 1.5
    save_case(logbook, case)
    events.case_saved.emit(case.id)
    qtbot.waitUntil(lambda: "1.5 mL" in texts(page.detail))


def test_the_spine_of_a_case_shows_what_earlier_cases_of_the_patient_left(
    qtbot: QtBot, pane: DetailPane, logbook: Logbook
) -> None:
    first = a_case("P-77", Level.L1, on="2024-05-01")
    save_case(logbook, first)
    case = a_case("P-77", Level.L3, on="2026-03-04", leakage=Leakage.PRESENT)
    case.add_leak(case.levels[0], location=LeakLocation.EPIDURAL, symptomatic=YesNo.YES)
    case.patient = first.patient
    case.procedure.patient = first.patient
    save_case(logbook, case)
    show(qtbot, pane, case.id, "P-77 · L3")
    box = pane.findChild(LevelBox)
    assert box is not None
    marks = box.spine.marks()
    assert marks[Level.L1].earlier
    assert marks[Level.L2].between
    assert "Earlier cement" in box.legend.accessibleName()
    assert box.pictogram.isVisible()
    assert "spinal canal, with symptoms" in box.pictogram.accessibleDescription()


def test_without_a_leak_there_is_no_pictogram(
    qtbot: QtBot, pane: DetailPane, logbook: Logbook
) -> None:
    case = a_case("P-78", Level.L3)
    save_case(logbook, case)
    show(qtbot, pane, case.id, "P-78 · L3")
    box = pane.findChild(LevelBox)
    assert box is not None
    assert box.pictogram.isHidden()
    assert box.legend.isHidden()
