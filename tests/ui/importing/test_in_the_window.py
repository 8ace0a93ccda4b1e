# SPDX-License-Identifier: MIT
"""A table that is dropped on the window opens the wizard, and the window remembers its size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.caselist import counts
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.importing.conftest import CLINIC, go_on, rest
from ui.application import Application
from ui.history.saved_undo import SavedUndo
from ui.importing.merge_dialog import MergeLogbookDialog
from ui.importing.wizard import ImportWizard
from ui.settings import Settings


@pytest.fixture
def kypholog(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Application]:
    new_logbook(tmp_path / "Window.kypholog").close()
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Application(qapp, Settings(store))
    qtbot.addWidget(made.window)
    made.window.show()
    with qtbot.waitSignal(made.window.cases.filled):
        made.session.open(tmp_path / "Window.kypholog")
    yield made
    made.session.close()
    qtbot.waitUntil(lambda: not made.jobs.is_busy)


def drop(kypholog: Application, *files: Path) -> bool:
    """Whether the window takes these."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(kypholog.window, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(kypholog.window, event)
    return enter.isAccepted()


def wizards(kypholog: Application) -> list[ImportWizard]:
    return [one for one in kypholog.window.findChildren(ImportWizard) if one.isVisible()]


def test_a_dropped_table_is_imported_and_its_cases_are_shown(
    qtbot: QtBot, kypholog: Application, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.csv"
    file.write_text(CLINIC, encoding="cp1252")
    assert not drop(kypholog, tmp_path / "picture.png")
    assert not drop(kypholog, file, tmp_path / "other.csv")
    assert wizards(kypholog) == []
    assert drop(kypholog, file)
    (wizard,) = wizards(kypholog)
    rest(qtbot, wizard)
    wizard.resize(777, 555)
    go_on(qtbot, wizard, 4)
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert counts(logbook).cases == 4
    with qtbot.waitSignal(kypholog.window.cases.filled):
        wizard.ending.show_cases.click()
    line = kypholog.window.cases.bar.filters.line
    assert line.text().startswith("import:")
    assert kypholog.window.cases.model.rowCount() == 4
    qtbot.waitUntil(lambda: wizards(kypholog) == [])
    assert drop(kypholog, file)
    (again,) = wizards(kypholog)
    rest(qtbot, again)
    assert (again.width(), again.height()) == (777, 555)
    assert again.file.recent.isVisible()
    again.close()


def test_a_dropped_logbook_waits_to_be_merged(kypholog: Application, tmp_path: Path) -> None:
    other = tmp_path / "Office.kypholog"
    new_logbook(other).close()
    (tmp_path / "folder").mkdir()
    assert not drop(kypholog, tmp_path / "folder")
    assert not drop(kypholog, tmp_path / "Window.kypholog")
    assert drop(kypholog, other)
    (dialog,) = kypholog.window.findChildren(MergeLogbookDialog)
    assert dialog.where.place.text() == str(other)
    assert dialog.step is dialog.where
    assert dialog.next.isEnabled()
    dialog.reject()


def test_one_click_takes_the_import_back(
    qtbot: QtBot, kypholog: Application, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.csv"
    file.write_text(CLINIC, encoding="cp1252")
    drop(kypholog, file)
    (wizard,) = wizards(kypholog)
    rest(qtbot, wizard)
    go_on(qtbot, wizard, 4)
    wizard.ending.undo.click()
    qtbot.waitUntil(lambda: "is undone" in wizard.ending.notice.text)
    assert wizard.ending.said.text() == "The import of clinic.csv is taken back."
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert counts(logbook).cases == 0
    wizard.close()


def test_every_control_has_a_name_to_be_read_out(
    qtbot: QtBot, kypholog: Application, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.csv"
    file.write_text(CLINIC, encoding="cp1252")
    drop(kypholog, file)
    (wizard,) = wizards(kypholog)
    rest(qtbot, wizard)
    for kind in (QComboBox, QLineEdit, QTableView):
        for control in wizard.findChildren(kind):
            assert control.accessibleName()
    wizard.close()


def test_nothing_is_taken_while_no_logbook_is_open(kypholog: Application, tmp_path: Path) -> None:
    kypholog.session.close()
    assert not drop(kypholog, tmp_path / "clinic.csv")


def test_another_logbook_is_merged_and_taken_back_with_one_click(
    qtbot: QtBot, kypholog: Application, tmp_path: Path
) -> None:
    theirs = new_logbook(tmp_path / "Office.kypholog", user="ben")
    for code in ("O-1", "O-2"):
        save_case(theirs, a_case(code))
    theirs.close()
    action = kypholog.window.desks.actions["merge_logbook"]
    assert action is not None
    action.trigger()
    (dialog,) = kypholog.window.findChildren(MergeLogbookDialog)
    dialog.where.place.setText(str(theirs.folder))
    dialog.next.click()
    qtbot.waitUntil(lambda: dialog.step is dialog.preview and not dialog.is_busy)
    with qtbot.waitSignal(kypholog.window.cases.filled):
        dialog.next.click()
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert counts(logbook).cases == 2
    dialog.ending.undo.click()
    qtbot.waitUntil(lambda: "is undone" in dialog.ending.notice.text)
    assert counts(logbook).cases == 0
    dialog.close()


def long_import(qtbot: QtBot, kypholog: Application, folder: Path) -> ImportWizard:
    """The wizard at its end, with more cases than are taken back at once."""
    file = folder / "long.csv"
    rows = "".join(f"P{n},2026-01-02,T12,BKP\n" for n in range(1200))
    file.write_text(f"patient code,date,level,technique\n{rows}")
    drop(kypholog, file)
    (wizard,) = wizards(kypholog)
    rest(qtbot, wizard)
    go_on(qtbot, wizard, 3)
    return wizard


def test_taking_an_import_back_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, kypholog: Application, tmp_path: Path
) -> None:
    wizard = long_import(qtbot, kypholog, tmp_path)
    logbook, saved = kypholog.session.logbook, kypholog.window.findChild(SavedUndo)
    assert logbook is not None
    assert saved is not None
    seen: list[str] = []
    saved.started.connect(lambda _job, what: seen.append(what))
    with qtbot.waitSignal(saved.started):
        wizard.ending.undo.click()
    assert wizard.stop.isVisible()
    assert not wizard.ending.undo.isEnabled()
    wizard.stop.click()
    qtbot.waitUntil(lambda: not saved.is_busy)
    assert not wizard.stop.isVisible()
    assert counts(logbook).cases == 1200
    assert seen == ["Undoing the import of 1,200 cases"]
    wizard.ending.undo.click()
    qtbot.waitUntil(lambda: "is undone" in wizard.ending.notice.text)
    assert counts(logbook).cases == 0
    wizard.close()


def test_edit_undo_shows_its_progress_in_the_status_bar(
    qtbot: QtBot, kypholog: Application, tmp_path: Path
) -> None:
    long_import(qtbot, kypholog, tmp_path).close()
    saved, bar = kypholog.window.findChild(SavedUndo), kypholog.window.statusBar()
    assert saved is not None
    (cancel,) = (each for each in bar.findChildren(QPushButton) if each.text() == "Cancel")
    qtbot.waitUntil(saved.can_undo)
    with qtbot.waitSignal(saved.started):
        saved.undo()
    assert cancel.isVisible()
    cancel.click()
    qtbot.waitUntil(lambda: not saved.is_busy)
    assert not cancel.isVisible()
    assert saved.can_undo()
