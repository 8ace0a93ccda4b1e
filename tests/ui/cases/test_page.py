# SPDX-License-Identifier: MIT
"""The page of cases, used as people use it: by keyboard, by mouse, and while others change it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.case import bin_case, load_case, save_case
from models.caselist import PAGE, SortBy
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import Level
from tests.builders import a_case
from ui.cases.bin_dialog import BinDialog
from ui.cases.columns import Key
from ui.cases.page import CasesPage
from ui.cases.sorting import sort_name
from ui.cases.table_model import LINE_ROLE
from ui.events import LogbookEvents
from ui.jobs import Jobs

KEYS = list(Key)


def patients(page: CasesPage) -> list[str]:
    model = page.model
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def patient_in(page: CasesPage, row: int) -> object:
    return page.model.index(row, 1).data()


def selected(page: CasesPage) -> list[str]:
    rows = [row for rows in page.table.chosen() for row in rows]
    return [page.model.index(row, 1).data() for row in rows]


def click_heading(qtbot: QtBot, page: CasesPage, key: Key) -> None:
    heading = page.table.horizontalHeader()
    section = KEYS.index(key)
    place = QPoint(heading.sectionViewportPosition(section) + 12, heading.height() // 2)
    qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=place)


def row_place(page: CasesPage, row: int) -> QPoint:
    return page.table.visualRect(page.model.index(row, 3)).center()


def search(qtbot: QtBot, page: CasesPage, text: str) -> None:
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.bar.filters.line, text)


def act(page: CasesPage, text: str) -> Callable[[], None]:
    menu = page.context_menu()
    actions = {action.text().replace("&", ""): action for action in menu.actions()}
    assert actions[text].isEnabled(), text
    return actions[text].trigger


# the list


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
    for key in reversed(Key):
        with qtbot.waitSignal(page.filled):
            click_heading(qtbot, page, key)
        assert len(patients(page)) == 5
        assert page.table.horizontalHeader().sortIndicatorSection() == KEYS.index(key)
    assert page.model.query.sort is SortBy.DATE
    assert page.model.query.descending


@pytest.mark.parametrize("sort", list(SortBy))
def test_the_menu_sorts_by_everything(qtbot: QtBot, page: CasesPage, sort: SortBy) -> None:
    def choose(text: str) -> None:
        menu = page.table.sort_menu()
        (action,) = [one for one in menu.actions() if one.text() == text]
        with qtbot.waitSignal(page.filled):
            action.trigger()
        checked = [one.text() for one in page.table.sort_menu().actions() if one.isChecked()]
        assert text in checked
        menu.deleteLater()

    choose(sort_name(sort))
    assert page.model.query.sort is sort
    for text, descending in (("&Descending", True), ("&Ascending", False)):
        choose(text)
        assert page.model.query.sort is sort
        assert page.model.query.descending is descending
    shown = page.table.horizontalHeader().sortIndicatorSection()
    assert (shown == -1) is (sort in (SortBy.OPERATOR, SortBy.FOLLOW_UP))


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
    fresh = Logbook.create(tmp_path / "Fresh.kypholog")
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


# what changes meanwhile


def test_a_saved_case_is_selected(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    case = a_case("P-6", Level.L3, on="2024-01-01", after=None)
    save_case(logbook, case)
    with qtbot.waitSignal(page.filled):
        events.case_saved.emit(case.id)
    assert patients(page)[-1] == "P-6"
    assert selected(page) == ["P-6"]


def test_a_case_that_is_to_be_shown_ends_a_search_that_hides_it(
    qtbot: QtBot, page: CasesPage
) -> None:
    hidden, found = page.model.line(0), page.model.line(3)
    assert hidden is not None
    assert found is not None
    search(qtbot, page, "t12")
    with qtbot.waitSignal(page.filled):
        page.show_case(found.case_id)
    assert (page.bar.filters.line.text(), selected(page)) == ("t12", ["P-2"])
    with qtbot.waitSignal(page.filled):
        page.show_case(hidden.case_id)
    assert (page.bar.filters.line.text(), selected(page)) == ("", ["P-5"])


def test_a_saved_case_that_does_not_match_leaves_the_search_alone(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    search(qtbot, page, "t12")
    case = a_case("P-6", Level.L3, on="2024-01-01", after=None)
    save_case(logbook, case)
    with qtbot.waitSignal(page.filled):
        events.case_saved.emit(case.id)
    assert (page.bar.filters.line.text(), selected(page)) == ("t12", ["P-2"])


def test_a_saved_change_is_seen_and_the_selection_survives(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    page.table.choose([1, 3])
    qtbot.waitUntil(lambda: len(page.selected_cases()) == 2)
    before = page.selected_cases()
    case = load_case(logbook, page.model.line(4).case_id)  # type: ignore[union-attr]
    case.procedure.performed_on = PartialDate("2026-01-01")
    save_case(logbook, case)
    with qtbot.waitSignal(page.filled):
        events.cases_changed.emit()
    assert patients(page) == ["P-1", "P-5", "P-4", "P-3", "P-2"]
    assert selected(page) == ["P-4", "P-2"]
    assert page.selected_cases() == before


def test_what_another_program_saved_is_seen_when_the_list_goes_on(
    qtbot: QtBot, empty_page: CasesPage, tmp_path: Path
) -> None:
    large = Logbook.create(tmp_path / "Large.kypholog")
    with large.transaction():
        for number in range(3 * PAGE):
            save_case(large, a_case(f"P-{number}", on="2025-01-01", after=None))
    with qtbot.waitSignal(empty_page.filled):
        empty_page.set_logbook(large)
    empty_page.table.choose([1])
    qtbot.waitUntil(lambda: len(empty_page.selected_cases()) == 1)
    chosen = empty_page.selected_cases()
    other = Logbook.open(large.folder)
    save_case(other, a_case("P-new", on="2026-01-01", after=None))
    other.close()
    with qtbot.waitSignal(empty_page.filled):
        assert empty_page.model.line(2 * PAGE + 50) is None
    assert empty_page.model.rowCount() == 3 * PAGE + 1
    assert patient_in(empty_page, 0) == "P-new"
    assert empty_page.selected_cases() == chosen
    assert selected(empty_page) == ["P-298"]
    large.close()


def test_the_next_case_is_selected_where_one_has_gone(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    page.select_row(2)
    bin_case(logbook, page.model.line(2).case_id, "entered twice")  # type: ignore[union-attr]
    with qtbot.waitSignal(page.filled):
        events.cases_changed.emit()
    assert selected(page) == ["P-2"]


# several cases, and what can be done with them


def test_several_cases_are_counted_and_exported(qtbot: QtBot, page: CasesPage) -> None:
    page.table.choose([0, 1, 4])
    qtbot.waitUntil(lambda: len(page.selected_cases()) == 3)
    assert page.detail.shown_case == ""
    ids = page.selected_cases()
    with qtbot.waitSignal(page.export_requested) as signal:
        page.detail.export_wanted.emit()
    assert signal.args == [ids]
    with qtbot.waitSignal(page.export_requested) as signal:
        act(page, "Export selected…")()
    assert signal.args == [ids]


def test_a_selection_beyond_what_was_read_is_complete(
    qtbot: QtBot, empty_page: CasesPage, tmp_path: Path
) -> None:
    large = Logbook.create(tmp_path / "Large.kypholog")
    with large.transaction():
        for number in range(130):
            save_case(large, a_case(f"P-{number}", after=None))
    with qtbot.waitSignal(empty_page.filled):
        empty_page.set_logbook(large)
    empty_page.table.selectAll()
    qtbot.waitUntil(lambda: len(empty_page.selected_cases()) == 130)
    assert len(set(empty_page.selected_cases())) == 130
    large.close()


def test_rows_are_copied_as_they_are_seen(qtbot: QtBot, page: CasesPage, jobs: Jobs) -> None:
    QGuiApplication.clipboard().clear()
    page.table.choose([3, 4])
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    headings, *rows = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert headings[:3] == ["Date", "Patient code", "Age, sex"]
    assert [row[1] for row in rows] == ["P-2", "P-1"]
    assert rows[0][KEYS.index(Key.PAIN)] == "8 → –"
    assert rows[0][KEYS.index(Key.COURSE)] == "Before (2025-02-10): 8 (NRS 0-10)"
    assert {len(row) for row in (headings, *rows)} == {len(KEYS)}


def test_a_copied_text_runs_as_no_formula(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    case = a_case("=1+2", on="2026-01-01", after="tab\there")
    save_case(logbook, case)
    with qtbot.waitSignal(page.filled):
        events.case_saved.emit(case.id)
    QGuiApplication.clipboard().clear()
    page.table.copy()
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    row = QGuiApplication.clipboard().text().split("\n")[1].split("\t")
    assert row[1] == "'=1+2"
    assert row[KEYS.index(Key.PAIN)] == "8 → tab here"


def test_the_bin_asks_for_a_reason(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    (gone,) = page.selected_cases()
    act(page, "Move to bin…")()
    (dialog,) = page.findChildren(BinDialog)
    qtbot.keyClicks(dialog.reason_box, "  ")
    assert not dialog.move_button.isEnabled()
    qtbot.keyClicks(dialog.reason_box, "entered twice")
    assert dialog.move_button.isEnabled()
    with qtbot.waitSignal(page.filled):
        qtbot.keyClick(dialog.reason_box, Qt.Key.Key_Return)
    assert patients(page) == ["P-4", "P-3", "P-2", "P-1"]
    assert selected(page) == ["P-4"]
    assert load_case(logbook, gone).procedure.deleted_at


def test_buttons_ask_the_window(qtbot: QtBot, page: CasesPage) -> None:
    with qtbot.waitSignal(page.new_case_requested):
        page.bar.new.click()
    with qtbot.waitSignal(page.export_requested) as signal:
        page.bar.export.click()
    assert signal.args == [page.selected_cases()]
    with qtbot.waitSignal(page.edit_requested) as signal:
        act(page, "Edit")()
    assert signal.args == page.selected_cases()


# sizes


def test_sizes_that_the_user_chose_come_back(
    qtbot: QtBot, page: CasesPage, empty_page: CasesPage, events: LogbookEvents, jobs: Jobs
) -> None:
    assert not page.restore_state(QByteArray())
    page._split.moveSplitter(700, 1)
    page.table.horizontalHeader().resizeSection(1, 171)
    state = page.save_state()
    from ui.theme import Theme

    other = CasesPage(jobs, Theme("light"), events)
    qtbot.addWidget(other)
    assert other.restore_state(state)
    assert other.table.columnWidth(1) == 171


def test_columns_fill_the_table_without_a_scroll_bar(qtbot: QtBot, page: CasesPage) -> None:
    for width in (1112, 1192, 1700):
        page.resize(width, 700)
        table = page.table
        qtbot.waitUntil(lambda: not page.table.horizontalScrollBar().isVisible())
        assert table.horizontalHeader().length() == table.viewport().width()
