# SPDX-License-Identifier: MIT
"""Columns as the user wants them: chosen by menu and dialog, moved by drag and keys, remembered."""

from __future__ import annotations

import json

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.caselist import SortBy
from models.logbook import Logbook
from models.query import parse
from tests.ui.cases.using import KEYS, patients
from ui.cases.column_layout import ColumnLayout
from ui.cases.columns import Key
from ui.cases.columns_dialog import ColumnsDialog
from ui.cases.columns_menu import ColumnsMenu
from ui.cases.page import CasesPage
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme

USUAL = list(ColumnLayout().in_sight)


def in_sight(page: CasesPage) -> list[Key]:
    """The columns as the heading shows them, from left to right."""
    heading = page.table.horizontalHeader()
    sections = [heading.logicalIndex(place) for place in range(heading.count())]
    return [KEYS[section] for section in sections if not heading.isSectionHidden(section)]


def choose(menu: ColumnsMenu, text: str) -> None:
    (action,) = [one for one in menu.actions() if one.text().replace("&", "") == text]
    action.trigger()


def dialog_of(qtbot: QtBot, page: CasesPage) -> ColumnsDialog:
    page.ask_columns()
    (dialog,) = page.findChildren(ColumnsDialog)
    qtbot.waitExposed(dialog)
    return dialog


def test_the_usual_columns_are_those_of_a_list_of_cases(page: CasesPage) -> None:
    assert in_sight(page) == USUAL
    assert Key.FOLLOW_UP in USUAL
    assert Key.OPERATOR not in USUAL


def test_the_menu_shows_and_puts_away(qtbot: QtBot, page: CasesPage) -> None:
    choose(page.table.columns_menu(), "Operator")
    choose(page.table.columns_menu(), "Course")
    assert Key.OPERATOR in in_sight(page)
    assert Key.COURSE not in in_sight(page)
    assert page.model.index(0, KEYS.index(Key.OPERATOR)).data()
    assert page.table.columnWidth(KEYS.index(Key.OPERATOR)) > 40
    choose(page.table.columns_menu(), "Reset columns")
    assert in_sight(page) == USUAL


def test_whose_case_it_is_cannot_be_put_away(page: CasesPage) -> None:
    (action,) = [one for one in page.table.columns_menu().actions() if one.text() == "Patient code"]
    assert action.isChecked()
    assert not action.isEnabled()


def test_a_heading_is_dragged_to_another_place(qtbot: QtBot, page: CasesPage) -> None:
    heading = page.table.horizontalHeader()
    y = heading.height() // 2
    start = heading.sectionViewportPosition(KEYS.index(Key.PAIN)) + 20
    end = heading.sectionViewportPosition(KEYS.index(Key.LEVELS)) + 6
    QTest.mousePress(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(start, y))
    for x in range(start, end - 1, -10):
        QTest.mouseMove(heading.viewport(), QPoint(x, y))
    QTest.mouseMove(heading.viewport(), QPoint(end, y))
    QTest.mouseRelease(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(end, y))
    shown = in_sight(page)
    assert shown.index(Key.PAIN) < shown.index(Key.TECHNIQUE)
    assert page.table.arrangement.layout.in_sight == tuple(shown)
    assert len(patients(page)) == 5


def test_a_dragged_edge_gives_a_width_and_a_double_click_lets_it_go(
    qtbot: QtBot, page: CasesPage
) -> None:
    heading = page.table.horizontalHeader()
    section, y = KEYS.index(Key.PATIENT), heading.height() // 2
    edge = heading.sectionViewportPosition(section) + heading.sectionSize(section)
    QTest.mousePress(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge - 1, y))
    QTest.mouseMove(heading.viewport(), QPoint(edge + 20, y))
    QTest.mouseMove(heading.viewport(), QPoint(edge + 40, y))
    QTest.mouseRelease(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge + 40, y))
    width = page.table.columnWidth(section)
    assert page.table.arrangement.layout.widths == {Key.PATIENT: width}
    assert heading.length() == page.table.viewport().width(), "the others share what is left"
    heading.sectionHandleDoubleClicked.emit(section)
    assert not page.table.arrangement.layout.widths
    assert page.table.columnWidth(section) != width


def test_the_dialog_is_worked_by_keys_alone(qtbot: QtBot, page: CasesPage) -> None:
    dialog = dialog_of(qtbot, page)
    shown = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert shown[:3] == ["Date", "Patient code", "Age, sex"]
    dialog.list.setCurrentRow(KEYS.index(Key.OPERATOR))
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    for _ in range(3):
        QTest.keyClick(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(dialog.list, Qt.Key.Key_Home)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    dialog.width_box.setFocus()
    dialog.width_box.selectAll()
    QTest.keyClicks(dialog.width_box, "150")
    QTest.keyClick(dialog.width_box, Qt.Key.Key_Return)
    assert in_sight(page)[:3] == [Key.PATIENT, Key.DATE, Key.AGE_SEX]
    assert in_sight(page)[3] is Key.OPERATOR
    assert page.table.columnWidth(KEYS.index(Key.DATE)) == 150


def test_nothing_is_changed_where_the_dialog_is_left(qtbot: QtBot, page: CasesPage) -> None:
    dialog = dialog_of(qtbot, page)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.chosen != ColumnLayout()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert in_sight(page) == USUAL


def test_the_dialog_resets(qtbot: QtBot, page: CasesPage) -> None:
    changed = ColumnLayout().with_shown(Key.DATE, shown=False).moved(Key.PAIN, 0)
    page.table.arrangement.arrange(changed.with_width(Key.PAIN, 200))
    dialog = dialog_of(qtbot, page)
    assert dialog.width_box.value() == 200
    dialog.reset.click()
    dialog.accept_button.click()
    assert in_sight(page) == USUAL


def test_columns_come_back_at_the_next_start(
    page: CasesPage, events: LogbookEvents, jobs: Jobs, qtbot: QtBot
) -> None:
    chosen = ColumnLayout().with_shown(Key.DIAGNOSIS, shown=True).moved(Key.PAIN, 2)
    page.table.arrangement.arrange(chosen.with_width(Key.LEVELS, 140))
    state = page.save_state()
    theme = Theme("light")
    theme.set_scale(2.0)
    other = CasesPage(jobs, theme, events)
    qtbot.addWidget(other)
    assert not other.restore_state(state)
    assert in_sight(other) == in_sight(page)
    assert other.table.columnWidth(KEYS.index(Key.LEVELS)) == 280, "widths follow the text"


def test_the_order_comes_back_at_the_next_start_but_no_search(
    page: CasesPage, events: LogbookEvents, jobs: Jobs, qtbot: QtBot, logbook: Logbook
) -> None:
    with qtbot.waitSignal(page.model.loaded):
        page.table.sort_chosen.emit(SortBy.CEMENT, False)
    page.bar.filters.ask(parse("level:T12"))
    state = page.save_state()
    other = CasesPage(jobs, Theme("light"), events)
    qtbot.addWidget(other)
    other.restore_state(state)
    with qtbot.waitSignal(other.model.loaded):
        other.set_logbook(logbook)
    query = other.model.query
    assert (query.sort, query.descending) == (SortBy.CEMENT, False)
    assert not query.is_narrowed
    assert other.table.horizontalHeader().sortIndicatorSection() == KEYS.index(Key.CEMENT)


def test_a_state_of_an_older_version_does_no_harm(page: CasesPage) -> None:
    heading = page.table.horizontalHeader().saveState()
    unordered = json.dumps(json.loads(bytes(page.save_state().data()))[:3]).encode()
    odd = QByteArray(b"\x00\x00\x00\x02ab\x00")
    for state in (heading, odd, QByteArray(unordered), QByteArray(b"[3]"), QByteArray()):
        assert not page.restore_state(state)
        assert in_sight(page) == USUAL
        assert page.model.query.sort is SortBy.DATE


def test_the_order_outlasts_another_logbook(
    qtbot: QtBot, page: CasesPage, logbook: Logbook
) -> None:
    menu = page.table.sort_menu()
    (action,) = [one for one in menu.actions() if one.text() == "Level"]
    with qtbot.waitSignal(page.filled):
        action.trigger()
    before = patients(page)
    page.set_logbook(None)
    with qtbot.waitSignal(page.filled):
        page.set_logbook(logbook)
    assert patients(page) == before
    assert page.table.horizontalHeader().sortIndicatorSection() == KEYS.index(Key.LEVELS)
