# SPDX-License-Identifier: MIT
"""The main window: pages, menus, counts, what is remembered, and errors in plain words."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.drafts import drafts
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Keyboard
from ui.access.new_dialog import NewLogbookDialog
from ui.application import Application
from ui.data.export_dialog import ExportChoice
from ui.settings import Settings
from ui.theme import Mode


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder)
    for code in ("P-1", "P-2", "P-3"):
        save_case(logbook, a_case(code))
    logbook.close()
    return folder


def open_and_fill(kypholog: Application, folder: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(kypholog.window.cases.filled):
        kypholog.session.open(folder)
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)


def action(kypholog: Application, name: str) -> QAction:
    return kypholog.window.desks.actions[name]


def texts(kypholog: Application) -> list[str]:
    return [label.text() for label in kypholog.window.findChildren(QLabel)]


def test_without_a_logbook_nothing_that_needs_one_can_be_started(kypholog: Application) -> None:
    enabled = {
        name: action(kypholog, name).isEnabled()
        for name in ("new_case", "export", "verify", "open_logbook", "example")
    }
    assert enabled == {
        "new_case": False,
        "export": False,
        "verify": False,
        "open_logbook": True,
        "example": True,
    }


def test_an_open_logbook_shows_its_cases_and_their_number(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    open_and_fill(kypholog, clinic, qtbot)
    qtbot.waitUntil(lambda: "3 cases · 3 patients · 3 levels" in texts(kypholog))
    buttons = kypholog.window.statusBar().findChildren(QPushButton)
    assert "Not encrypted" in [one.text() for one in buttons if one.isVisible()]
    assert "Clinic" in kypholog.window.windowTitle()


@pytest.mark.parametrize("name", ["outcomes", "safety", "literature"])
def test_find_goes_to_the_search_of_the_page(
    kypholog: Application, clinic: Path, qtbot: QtBot, name: str
) -> None:
    open_and_fill(kypholog, clinic, qtbot)
    window = kypholog.window
    window.show_page(name)
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    action(kypholog, "find").trigger()
    assert window.shown_page == name
    focused = window.focusWidget()
    assert isinstance(focused, QLineEdit)
    keys = Counter(_mnemonics(window))
    assert [key for key, n in keys.items() if n > 1] == [], "one key, one thing"
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)


def _mnemonics(window: QMainWindow) -> Iterator[str]:
    """The keys of the menus, and of what is to be seen of a page."""
    texts = [menu.text() for menu in window.menuBar().actions()]
    texts += [one.text() for one in window.findChildren(QAbstractButton) if one.isVisible()]
    texts += [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    yield from filter(None, (QKeySequence.mnemonic(text).toString() for text in texts))


def test_the_title_names_no_patient(kypholog: Application, clinic: Path, qtbot: QtBot) -> None:
    open_and_fill(kypholog, clinic, qtbot)
    kypholog.window.cases.select_row(0)
    kypholog.window.edit_case(kypholog.window.cases.selected_cases()[0])
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    assert "P-" not in kypholog.window.windowTitle()


def test_pages_are_reached_by_their_keys(kypholog: Application, clinic: Path, qtbot: QtBot) -> None:
    open_and_fill(kypholog, clinic, qtbot)
    window = kypholog.window
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.shown_page == "followup")
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.shown_page == "outcomes")
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.shown_page == "cases")
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.shown_page == "editor")


def test_what_is_no_logbook_is_told_in_a_sentence(
    kypholog: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(kypholog.session.failed):
        kypholog.session.open(tmp_path / "holiday pictures")
    # Whether there are backups is looked for first.
    qtbot.waitUntil(lambda: kypholog.window.findChild(QMessageBox) is not None)
    box = kypholog.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "There is no logbook in" in box.text()
    assert "holiday pictures" in box.text()
    assert box.informativeText()
    box.close()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("~nobody-of-that-name/Clinic.kypholog", "home folder"),
        ("postgresql://server", "names no database"),
    ],
)
def test_a_place_that_is_no_folder_is_told_in_a_sentence(
    kypholog: Application, qtbot: QtBot, place: str, words: str
) -> None:
    with qtbot.waitSignal(kypholog.session.failed):
        kypholog.start(place)
    box = kypholog.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert words in box.text()
    box.close()


def test_a_logbook_named_from_here_is_remembered_for_anywhere(
    kypholog: Application,
    settings: Settings,
    clinic: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(clinic.parent)
    with qtbot.waitSignal(kypholog.window.cases.filled):
        kypholog.start(clinic.name)
    assert settings.recent_logbooks == [clinic]


@pytest.mark.parametrize("name", ["Clinic 2.0", "Clinic 2.0.kypholog"])
def test_a_new_logbook_has_the_ending_whatever_its_name(
    kypholog: Application, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    chosen = str(tmp_path / name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (chosen, ""))
    action(kypholog, "new_logbook").trigger()
    dialog = kypholog.window.findChild(NewLogbookDialog)
    assert dialog is not None
    dialog.plain.setChecked(True)
    with qtbot.waitSignal(kypholog.events.opened):
        dialog.accept()
    assert kypholog.session.logbook is not None
    assert kypholog.session.logbook.folder == tmp_path / "Clinic 2.0.kypholog"
    assert not kypholog.session.logbook.is_encrypted


def test_a_dialog_that_is_still_being_loaded_does_not_come_after_the_logbook_was_left(
    kypholog: Application, clinic: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_fill(kypholog, clinic, qtbot)
    monkeypatch.delitem(sys.modules, "ui.data.export_dialog")
    export = kypholog.window.desks.actions["export"]
    assert export is not None
    export.trigger()
    kypholog.session.close()
    qtbot.waitUntil(lambda: "ui.data.export_dialog" in sys.modules)
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    QApplication.processEvents()
    assert not [one for one in kypholog.window.findChildren(QDialog) if one.isVisible()]


def test_an_export_under_a_name_that_no_file_can_have_is_told(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    open_and_fill(kypholog, clinic, qtbot)
    assert kypholog.session.logbook is not None
    choice = ExportChoice(clinic.parent / ("x" * 300 + ".csv"), None)
    kypholog.window.tasks.run_export(kypholog.session.logbook, choice)
    qtbot.waitUntil(lambda: kypholog.window.findChild(QMessageBox) is not None)
    box = kypholog.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "too long" in box.text()
    box.close()


@pytest.mark.parametrize(("key", "value"), [("look/scale", "nan"), ("look/scale", "large")])
def test_settings_that_make_no_sense_are_passed_over(tmp_path: Path, key: str, value: str) -> None:
    store = QSettings(str(tmp_path / "odd.ini"), QSettings.Format.IniFormat)
    store.setValue(key, value)
    store.setValue("look/theme", "purple")
    odd = Settings(store)
    assert (odd.scale, odd.theme) == (1.0, Mode.SYSTEM)


def test_the_look_is_remembered(kypholog: Application, settings: Settings) -> None:
    action(kypholog, "theme_dark").trigger()
    assert kypholog.theme.mode is Mode.DARK
    assert settings.theme == Mode.DARK
    looks = [action(kypholog, f"theme_{mode.value}") for mode in Mode]
    assert [look.isChecked() for look in looks] == [mode is Mode.DARK for mode in Mode]
    groups = {look.actionGroup() for look in looks}
    assert len(groups) == 1, "one of several, and shown as such"
    action(kypholog, "theme_light").trigger()


def test_an_opened_logbook_is_offered_again(
    kypholog: Application, settings: Settings, clinic: Path, qtbot: QtBot
) -> None:
    open_and_fill(kypholog, clinic, qtbot)
    assert settings.recent_logbooks == [clinic]


def test_a_last_logbook_that_is_gone_is_forgotten_quietly(
    kypholog: Application, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.remember_logbook(tmp_path / "Gone.kypholog")
    kypholog.start(None)
    qtbot.waitUntil(lambda: settings.recent_logbooks == [])
    assert kypholog.session.logbook is None


def test_one_key_closes_the_editor_and_loses_nothing(
    kypholog: Application, clinic: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    window = kypholog.window
    open_and_fill(kypholog, clinic, qtbot)
    assert not action(kypholog, "close_editor").isEnabled(), "there is nothing to close"
    window.desks.cases.edit_case(window.cases.selected_cases()[0])
    editor = window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: bool(editor.case_id))
    action(kypholog, "close_editor").trigger()
    assert window.shown_page == "cases", "nothing was changed, so nothing is asked"
    window.new_case()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    keys.enter("Z-97")
    asked: list[str] = []

    def keep_it() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        next(one for one in box.buttons() if one.text() == "&Keep as draft").click()

    QTimer.singleShot(0, keep_it)
    keys.press(Qt.Key.Key_W, with_=Qt.KeyboardModifier.ControlModifier)
    assert asked == ["Save what you entered?"]
    assert window.shown_page == "cases"
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert [draft.patient_code for draft in drafts(logbook)] == ["Z-97"]
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
