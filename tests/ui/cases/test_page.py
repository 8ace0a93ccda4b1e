# SPDX-License-Identifier: MIT
"""The page of cases, used as people use it: by keyboard and by mouse, and with nothing in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.case import load_case
from models.caselist import SortBy
from models.logbook import Logbook
from tests.fresh import new_logbook
from tests.ui.cases.using import (
    KEYS,
    click_heading,
    patients,
    row_place,
    search,
    selected,
)
from ui.cases.column_layout import ColumnLayout
from ui.cases.columns import Key
from ui.cases.page import CasesPage
from ui.cases.sorting import sort_name
from ui.cases.table_model import LINE_ROLE


def test_the_newest_case_is_on_top_and_selected(page: CasesPage, logbook: Logbook) -> None:
    assert patients(page) == ["P-5", "P-4", "P-3", "P-2", "P-1"]
    assert selected(page) == ["P-5"]
    (case_id,) = page.selected_cases()
    assert load_case(logbook, case_id).patient.patient_code == "P-5"


def test_arrows_home_and_end_move_through_the_rows(qtbot: QtBot, page: CasesPage) -> None:
    page.table.setFocus()
    with qtbot.waitSignal(page.selection_changed):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert selected(page) == ["P-4"]
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    assert selected(page) == ["P-1"]
    qtbot.keyClick(page.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert len(selected(page)) == 5
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    assert selected(page) == ["P-1"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_case(qtbot: QtBot, page: CasesPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.edit_requested) as signal:
        qtbot.keyClick(page.table, key)
    assert signal.args == [page.model.index(1, 0).data(LINE_ROLE).case_id]


def test_a_double_click_opens_the_case(qtbot: QtBot, page: CasesPage) -> None:
    with qtbot.waitSignal(page.edit_requested) as signal:
        qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=row_place(page, 2))
    assert signal.args == [page.model.index(2, 0).data(LINE_ROLE).case_id]


def test_headings_sort_and_turn_round(qtbot: QtBot, page: CasesPage) -> None:
    for key, expected in (
        (Key.LEVELS, ["P-3", "P-4", "P-2", "P-1", "P-5"]),
        (Key.LEVELS, ["P-5", "P-1", "P-2", "P-4", "P-3"]),
        (Key.PATIENT, ["P-1", "P-2", "P-3", "P-4", "P-5"]),
        (Key.DATE, ["P-5", "P-4", "P-3", "P-2", "P-1"]),
        (Key.DATE, ["P-1", "P-2", "P-3", "P-4", "P-5"]),
    ):
        with qtbot.waitSignal(page.filled):
            click_heading(qtbot, page, key)
        assert patients(page) == expected
        assert page.table.horizontalHeader().sortIndicatorSection() == KEYS.index(key)


def test_every_heading_sorts_and_carries_the_arrow(qtbot: QtBot, page: CasesPage) -> None:
    page.resize(1700, 700)
    page.table.arrangement.arrange(ColumnLayout(away=frozenset()))
    for key in reversed(Key):
        with qtbot.waitSignal(page.filled):
            click_heading(qtbot, page, key)
        assert len(patients(page)) == 5
        assert page.table.horizontalHeader().sortIndicatorSection() == KEYS.index(key)
    assert page.model.query.sort is SortBy.DATE
    assert page.model.query.descending


def test_the_menu_sorts_by_everything(qtbot: QtBot, page: CasesPage) -> None:
    def choose(text: str) -> None:
        menu = page.table.sort_menu()
        (action,) = [one for one in menu.actions() if one.text() == text]
        with qtbot.waitSignal(page.filled):
            action.trigger()
        checked = [one.text() for one in page.table.sort_menu().actions() if one.isChecked()]
        assert text in checked
        menu.deleteLater()

    header = page.table.horizontalHeader()
    # The one that it is sorted by at first comes last, so that each is another one than before.
    for sort in sorted(SortBy, key=lambda one: one is page.model.query.sort):
        choose(sort_name(sort))
        assert page.model.query.sort is sort
        for text, descending in (("&Descending", True), ("&Ascending", False)):
            choose(text)
            assert page.model.query.sort is sort, text
            assert page.model.query.descending is descending, (sort, text)
        assert header.sortIndicatorSection() >= 0, sort


def test_what_is_selected_stays_selected_in_another_order(qtbot: QtBot, page: CasesPage) -> None:
    page.select_row(1)
    with qtbot.waitSignal(page.filled):
        click_heading(qtbot, page, Key.LEVELS)
    assert selected(page) == ["P-4"]


# search


def test_typing_searches_without_a_key_to_start_it(qtbot: QtBot, page: CasesPage) -> None:
    page.focus_search()
    search(qtbot, page, "vertebropl")
    assert patients(page) == ["P-4", "P-2"]
    assert selected(page) == ["P-4"]
    search(qtbot, page, " t12")
    assert patients(page) == ["P-2"]


def test_conditions_are_understood_in_the_search(qtbot: QtBot, page: CasesPage) -> None:
    search(qtbot, page, "level:T12,L5 ")
    assert patients(page) == ["P-5", "P-2"]
    search(qtbot, page, "technique:vp")
    assert patients(page) == ["P-2"]
    for unfinished in (" date", ":"):
        qtbot.keyClicks(page.bar.filters.line, unfinished)
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.bar.filters.line, "2025-02 -t12")
        page.bar.filters.search_now()
    assert page.empty.isVisible()


def test_escape_clears_the_search(qtbot: QtBot, page: CasesPage) -> None:
    search(qtbot, page, "t12")
    with qtbot.waitSignal(page.filled):
        qtbot.keyClick(page.bar.filters.line, Qt.Key.Key_Escape)
    assert page.bar.filters.line.text() == ""
    assert len(patients(page)) == 5
    assert selected(page) == ["P-2"]


def test_enter_in_the_search_leads_into_the_list_at_once(qtbot: QtBot, page: CasesPage) -> None:
    page.focus_search()
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.bar.filters.line, "c5")
        qtbot.keyClick(page.bar.filters.line, Qt.Key.Key_Return)
    assert patients(page) == ["P-3"]
    assert page.focusWidget() is page.table
    with qtbot.waitSignal(page.edit_requested):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)


def test_typing_in_the_table_searches(qtbot: QtBot, page: CasesPage) -> None:
    page.table.setFocus()
    with qtbot.waitSignal(page.filled):
        qtbot.keyClick(page.table, "t")
        qtbot.keyClicks(page.focusWidget(), "12")
    assert page.bar.filters.line.text() == "t12"
    assert patients(page) == ["P-2"]


def test_no_match_says_so_and_how_to_go_on(qtbot: QtBot, page: CasesPage) -> None:
    with qtbot.waitSignal(page.selection_changed) as signal:
        search(qtbot, page, "nobody")
    assert signal.args == [[]]
    assert page.empty.isVisible()
    assert page.empty.title == "No case matches “nobody”"
    assert page.detail.shown_case == ""
    with qtbot.waitSignal(page.filled):
        page.empty.button.click()
    assert page.table.isVisible()
    assert page.bar.filters.line.text() == ""


# nothing there


def test_without_a_logbook_nothing_can_be_pressed(empty_page: CasesPage) -> None:
    assert empty_page.welcome.isVisible()
    assert empty_page.welcome.title == "No logbook is open"
    assert empty_page.welcome.button.isHidden()
    buttons = empty_page.bar.findChildren(QPushButton)
    assert not any(control.isEnabled() for control in (*buttons, empty_page.bar.filters.line))


def test_an_empty_logbook_says_what_to_do_first(
    qtbot: QtBot, empty_page: CasesPage, tmp_path: Path
) -> None:
    fresh = new_logbook(tmp_path / "Fresh.kypholog")
    with qtbot.waitSignal(empty_page.filled):
        empty_page.set_logbook(fresh)
    assert empty_page.welcome.isVisible()
    assert empty_page.welcome.title == "No cases yet"
    with qtbot.waitSignal(empty_page.new_case_requested):
        empty_page.welcome.button.click()
    fresh.close()


def test_closing_the_logbook_leaves_nothing_of_it(page: CasesPage) -> None:
    page.set_logbook(None)
    assert page.model.rowCount() == 0
    assert page.selected_cases() == []
    assert page.detail.shown_case == ""
