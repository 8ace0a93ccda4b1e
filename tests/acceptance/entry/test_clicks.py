# SPDX-License-Identifier: MIT
"""Promise: who likes the mouse adds levels, follows findings and takes proposals by clicks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.case import load_case, save_case
from models.logbook import Logbook
from models.vocabulary import Anesthesia, LeakLocation, Level, Yeom
from tests.acceptance.entry.desk import click, click_vertebra, finding_about
from tests.acceptance.test_enter_case import save
from tests.builders import a_case
from tests.ui.editor.keyboard import Keyboard, settle
from ui.editor.page import EditorPage
from ui.jobs import Jobs

LEFT = Qt.MouseButton.LeftButton


def test_levels_are_added_by_clicking_vertebrae_and_each_click_shows_its_level(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-9")
    for level, cement in ((Level.L1, "4"), (Level.T8, "3"), (Level.S1, "5")):
        click_vertebra(page, level)
        keys.go_to("Cement").enter(cement)
    click_vertebra(page, Level.T8)
    keys.go_to("Cement", backward=True).type("2.5")
    case = load_case(logbook, save(qtbot, page, keys))
    assert {row.level: row.cement_ml for row in case.levels} == {
        Level.T8: 2.5,
        Level.L1: 4,
        Level.S1: 5,
    }


def test_a_click_on_a_finding_leads_to_its_field_at_whatever_level(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-9").go_to("Add level").enter("t12 l1")
    keys.go_to("Cement").enter("11")
    click_vertebra(page, Level.L1)
    click(finding_about(qtbot, page, "T12: Cement 11 is unusual").button)
    assert keys.place == "Cement, mL"
    keys.type("1.1")
    case = load_case(logbook, save(qtbot, page, keys))
    assert [(row.level, row.cement_ml) for row in case.levels] == [
        (Level.T12, 1.1),
        (Level.L1, None),
    ]


def test_a_proposal_is_taken_from_the_menu_of_its_box(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook, jobs: Jobs
) -> None:
    last = a_case("P-1")
    last.procedure.anesthesia = Anesthesia.GENERAL
    save_case(logbook, last)
    page.start_new(logbook)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    keys.enter("P-2").go_to("Anesthesia")
    line = keys.target
    middle = line.rect().center()
    at = line.mapToGlobal(middle)
    QApplication.sendEvent(line, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, at))
    settle()
    menu = keys.target
    assert isinstance(menu, QMenu)
    (take,) = [action for action in menu.actions() if action.text() == "Take General"]
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(take).center())
    settle()
    case = load_case(logbook, save(qtbot, page, keys))
    assert case.procedure.anesthesia is Anesthesia.GENERAL
    assert case.procedure.operator is None


def test_a_proposed_leak_type_is_taken_by_a_double_click(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-9").go_to("Add level").enter("t12")
    keys.go_to("Leakage").enter("present").go_to("Location").enter("disc above")
    keys.go_to("Yeom type")
    qtbot.mouseDClick(keys.target, LEFT, pos=keys.target.rect().center())
    (leak,) = load_case(logbook, save(qtbot, page, keys)).leaks
    assert (leak.location, leak.yeom_type) == (LeakLocation.DISC_SUPERIOR, Yeom.D)
