# SPDX-License-Identifier: MIT
"""What can be done with the chosen cases."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from models.audit import Action
from models.case import load_case, save_case
from models.logbook import Logbook
from tests.builders import a_case, noted
from tests.fresh import new_logbook
from tests.ui.cases.using import (
    act,
    patients,
    selected,
)
from ui.cases.bin_dialog import BinDialog
from ui.cases.page import CasesPage
from ui.events import LogbookEvents
from ui.jobs import Jobs


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
    large = new_logbook(tmp_path / "Large.kypholog")
    with large.transaction():
        for number in range(130):
            save_case(large, a_case(f"P-{number}", after=None))
    with qtbot.waitSignal(empty_page.filled):
        empty_page.set_logbook(large)
    empty_page.table.selectAll()
    qtbot.waitUntil(lambda: len(empty_page.selected_cases()) == 130)
    assert len(set(empty_page.selected_cases())) == 130
    large.close()


def test_rows_are_copied_as_they_are_seen(
    qtbot: QtBot, page: CasesPage, jobs: Jobs, logbook: Logbook
) -> None:
    QGuiApplication.clipboard().clear()
    page.table.choose([3, 4])
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    headings, *rows = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert headings[:3] == ["Date", "Patient code", "Age, sex"]
    assert [row[1] for row in rows] == ["P-2", "P-1"]
    assert rows[0][headings.index("Pain")] == "8 → –"
    assert rows[0][headings.index("Course")] == "Before (2025-02-10): 8 (NRS 0–10)"
    shown = [column.name for column in page.table.arrangement.in_sight]
    assert headings == shown
    assert {len(row) for row in rows} == {len(shown)}
    said = "Rows of the list of cases, clipboard. Rows: 2."
    assert noted(logbook, Action.EXPORT) == [said]
    QGuiApplication.clipboard().clear()
    page.table.copy()
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    assert noted(logbook, Action.EXPORT) == [said] * 2, "the list is the same as before"


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
    lines = QGuiApplication.clipboard().text().split("\n")
    headings, row = (line.split("\t") for line in lines)
    assert row[1] == "'=1+2"
    assert row[headings.index("Pain")] == "8 → tab here"


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
