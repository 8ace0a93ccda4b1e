# SPDX-License-Identifier: MIT
"""Reports from the window: by the File menu, and from the list of cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from models.audit import Action
from models.case import save_case
from models.logbook import Logbook
from models.query import parse
from models.reports.kinds import ReportKind
from models.schema import AuditEntry
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import new_logbook
from ui.application import Application
from ui.reports.dialog import ReportDialog
from ui.settings import Settings
from ui.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """The program with two cases."""
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder)
    save_case(logbook, a_case("P-1", Level.T12))
    save_case(logbook, a_case("P-2", Level.L4, on="2026-05-04", after_on="2026-06-04"))
    logbook.close()
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    kypholog = Application(qapp, Settings(store))
    qtbot.addWidget(kypholog.window)
    kypholog.window.show()
    kypholog.session.open(folder)
    qtbot.waitUntil(lambda: kypholog.window.cases.selected_cases() != [], timeout=30_000)
    yield kypholog.window
    for dialog in kypholog.window.findChildren(ReportDialog):
        dialog.close()
    kypholog.session.close()
    kypholog.jobs.wait()


def opened(qtbot: QtBot, window: MainWindow) -> ReportDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(ReportDialog)), timeout=30_000)
    (dialog,) = window.findChildren(ReportDialog)
    qtbot.waitUntil(lambda: dialog.preview.page == 1 and not dialog.is_busy, timeout=60_000)
    return dialog


def test_the_menu_asks_for_the_cases_of_the_filter(qtbot: QtBot, window: MainWindow) -> None:
    window.cases.bar.filters.line.setText("level:L4")
    window.cases.bar.filters.search_now()
    action = window.desks.actions["report"]
    assert isinstance(action, QAction)
    action.trigger()
    dialog = opened(qtbot, window)
    assert dialog.options.kind is ReportKind.CASE_SERIES
    assert dialog.filters.filter == parse("level:L4")


def test_the_list_offers_a_summary_of_the_chosen_case_which_is_saved_and_written_down(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = window.cases.context_menu()
    summary = next(one for one in menu.actions() if one.text() == "Case &summary…")
    assert summary.isEnabled()
    summary.trigger()
    menu.close()
    dialog = opened(qtbot, window)
    assert dialog.options.kind is ReportKind.CASE_SUMMARY
    assert dialog.said == "1 page."
    target = tmp_path / "case.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_said: (str(target), ""))
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: target.exists() and not dialog.is_busy, timeout=30_000)
    logbook = Logbook.open(tmp_path / "Clinic.kypholog")
    with logbook.session():
        entry = AuditEntry.select().order_by(AuditEntry.number.desc()).first(logbook.database)
    logbook.close()
    assert (entry.action, entry.reason) == (Action.PRINT, "Case summary, PDF file. Rows: 1.")


def test_of_several_cases_there_is_no_summary(qtbot: QtBot, window: MainWindow) -> None:
    window.cases.table.selectAll()
    qtbot.waitUntil(lambda: len(window.cases.selected_cases()) == 2, timeout=30_000)
    menu = window.cases.context_menu()
    summary = next(one for one in menu.actions() if one.text() == "Case &summary…")
    assert not summary.isEnabled()
    menu.close()
