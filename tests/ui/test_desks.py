# SPDX-License-Identifier: MIT
"""What acts in the window comes after the list is in sight, and nobody has to wait for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.errors import LogbookError
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.editor.dropping import drop
from ui.access.encrypt_dialog import EncryptDialog
from ui.application import Application
from ui.help.welcome import WelcomePage
from ui.history.dialog import HistoryDialog
from ui.importing.wizard import ImportWizard

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def kypholog(not_shown: Application, monkeypatch: pytest.MonkeyPatch) -> Application:
    """As when the program starts: not shown, and the desks not loaded, whatever ran before."""
    monkeypatch.delitem(sys.modules, "ui.desks", raising=False)
    return not_shown


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder)
    save_case(logbook, a_case())
    logbook.close()
    return folder


def at_first_sight(
    kypholog: Application, qtbot: QtBot, clinic: Path, act: Callable[[], object]
) -> None:
    """Start, and do this as soon as the list is in sight."""

    def see() -> None:
        assert not has_desks(kypholog)
        act()

    kypholog.window.cases.filled.connect(see, Qt.ConnectionType.SingleShotConnection)
    with qtbot.waitSignal(kypholog.window.cases.filled):
        kypholog.start(str(clinic))


def has_desks(kypholog: Application) -> bool:
    return kypholog.window.is_furnished


def menu(kypholog: Application, number: int) -> QMenu:
    found = kypholog.window.menuBar().actions()[number].menu()
    assert isinstance(found, QMenu)
    return found


def test_the_desks_come_by_themselves_when_the_list_is_there(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    titles: list[str] = []

    def read() -> None:
        titles.extend(one.text() for one in kypholog.window.menuBar().actions())
        assert not menu(kypholog, 0).actions()

    with qtbot.waitSignal(kypholog.window.furnished):
        at_first_sight(kypholog, qtbot, clinic, read)
    assert titles == ["&File", "&Edit", "&Case", "&View", "&Tools", "&Help"]
    assert menu(kypholog, 0).actions()
    assert kypholog.window.desks.actions["new_case"].isEnabled()
    qtbot.waitUntil(lambda: kypholog.window.pages.rail.entry("cases").badge.text() == "1")
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)


def test_no_other_page_is_seen_before_the_list(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    seen: list[str] = []
    kypholog.window.pages.turned.connect(seen.append)
    with qtbot.waitSignal(kypholog.window.cases.filled):
        kypholog.start(str(clinic))
    assert seen == ["cases"]
    assert kypholog.window.cases.table.hasFocus()


class Rows(QObject):
    """How many rows there were at each painting of the list."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.painted: list[int] = []
        self._table = table
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.painted.append(self._table.model().rowCount())
        return False


def test_the_window_is_painted_with_its_list_and_not_before(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    rows = Rows(kypholog.window.cases.table)
    # However slow the machine is.
    kypholog.window._stillness.setInterval(60_000)
    with qtbot.waitSignal(kypholog.window.furnished):
        kypholog.start(str(clinic))
    qtbot.waitUntil(lambda: bool(rows.painted))
    assert 0 not in rows.painted
    assert kypholog.window.updatesEnabled()


def test_a_list_that_takes_long_keeps_nothing_from_being_painted(
    kypholog: Application, qtbot: QtBot
) -> None:
    kypholog.window.show()
    kypholog.window.setUpdatesEnabled(False)
    kypholog.window._stillness.start()
    qtbot.waitUntil(kypholog.window.updatesEnabled)


def test_a_key_that_comes_before_the_desks_is_not_lost(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    table = kypholog.window.cases.table
    press = partial(qtbot.keyClick, table, Qt.Key.Key_N, CTRL)
    at_first_sight(kypholog, qtbot, clinic, press)
    assert kypholog.window.shown_page == "editor"


def test_a_menu_that_is_opened_before_is_full(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    at_first_sight(kypholog, qtbot, clinic, menu(kypholog, 2).aboutToShow.emit)
    assert kypholog.window.desks.actions["new_case"] in menu(kypholog, 2).actions()


def test_a_case_that_is_opened_before_is_opened(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    table = kypholog.window.cases.table
    at_first_sight(kypholog, qtbot, clinic, lambda: table.opened.emit(0))
    qtbot.waitUntil(lambda: kypholog.window.shown_page == "editor")


def test_what_is_asked_of_a_case_before_is_done_once_when_they_come(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    window = kypholog.window

    def ask() -> None:
        window.cases.select_row(0)
        window.cases.history_requested.emit(window.cases.selected_cases()[0])
        assert not has_desks(kypholog)

    at_first_sight(kypholog, qtbot, clinic, ask)
    qtbot.waitUntil(lambda: bool(window.findChildren(HistoryDialog)))
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    assert len(window.findChildren(HistoryDialog)) == 1
    window.findChildren(HistoryDialog)[0].close()


def test_what_is_saved_before_can_be_undone(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    def save() -> None:
        assert kypholog.session.logbook is not None
        save_case(kypholog.session.logbook, a_case("P-7"))

    with qtbot.waitSignal(kypholog.window.furnished):
        at_first_sight(kypholog, qtbot, clinic, save)
    saved = kypholog.window.desks.recall.saved
    qtbot.waitUntil(lambda: saved.undo_text == "entry of P-7")
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)


def test_a_click_on_the_status_bar_before_is_kept(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    at_first_sight(kypholog, qtbot, clinic, kypholog.window.status._plain.click)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, EncryptDialog)
    dialog.close()
    assert QApplication.activeModalWidget() is None


def test_a_file_that_is_dropped_before_is_imported(
    kypholog: Application, qtbot: QtBot, clinic: Path, tmp_path: Path
) -> None:
    file = tmp_path / "cases.csv"
    file.write_text("patient_code\nP-9\n", encoding="utf-8")
    taken: list[bool] = []
    at_first_sight(kypholog, qtbot, clinic, lambda: taken.append(drop(kypholog.window, file)))
    assert taken == [True]
    qtbot.waitUntil(lambda: bool(kypholog.window.findChildren(ImportWizard)))
    (wizard,) = kypholog.window.findChildren(ImportWizard)
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    wizard.close()


def test_the_desks_are_made_in_turns_between_which_the_window_answers(
    kypholog: Application, qtbot: QtBot, clinic: Path
) -> None:
    turns: list[bool] = []
    beat = QTimer(kypholog, interval=0)
    beat.timeout.connect(lambda: turns.append(kypholog.window._coming is not None))
    kypholog.window.cases.filled.connect(beat.start)
    with qtbot.waitSignal(kypholog.window.furnished):
        kypholog.start(str(clinic))
    beat.stop()
    assert sum(turns) >= 2


def test_without_a_logbook_the_welcome_is_there_at_once(kypholog: Application) -> None:
    kypholog.start(None)
    assert kypholog.window.shown_page == "welcome"


def test_of_a_logbook_that_is_gone_nothing_is_awaited(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    kypholog.settings.remember_logbook(tmp_path / "Gone.kypholog")
    kypholog.start(None)
    assert kypholog.window.shown_page != "welcome"
    qtbot.waitUntil(lambda: kypholog.window.shown_page == "welcome")
    assert has_desks(kypholog)


def test_a_logbook_that_does_not_open_is_told_over_the_welcome(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "None.kypholog"
    folder.mkdir()
    kypholog.start(str(folder))
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert kypholog.window.shown_page == "welcome"
    dialog.close()


@pytest.mark.parametrize("is_there_already", [False, True])
def test_while_a_logbook_is_made_the_first_page_says_so_and_offers_nothing_else(
    kypholog: Application, qtbot: QtBot, tmp_path: Path, clinic: Path, is_there_already: bool
) -> None:
    kypholog.start("")
    page = kypholog.window.pages.stack.currentWidget()
    assert isinstance(page, WelcomePage)
    folder = clinic if is_there_already else tmp_path / "New.kypholog"
    told: list[LogbookError] = []
    kypholog.session.failed.connect(told.append)
    kypholog.session.create(folder)
    assert f"Making {folder.stem}…" in [label.text() for label in page.findChildren(QLabel)]
    offered = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    assert not any(button.isEnabled() for button in offered)
    qtbot.waitUntil(lambda: bool(told or kypholog.session.logbook))
    assert bool(told) is is_there_already
    qtbot.waitUntil(lambda: all(button.isEnabled() for button in offered))
    assert not any(label.text().startswith("Making") for label in page.findChildren(QLabel))
