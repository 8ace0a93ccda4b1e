# SPDX-License-Identifier: MIT
"""What nobody foresaw is told in a dialog; the entry is kept and the program goes on."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from models import drafts
from models.logbook import Logbook
from tests.conftest import LoggedErrors
from tests.fresh import new_logbook
from ui.application import Application
from ui.crash_file import CrashFile
from ui.help.bug_dialog import BugDialog


def dialog(kypholog: Application) -> BugDialog:
    (found,) = kypholog.window.findChildren(BugDialog)
    return found


def said(kypholog: Application) -> str:
    return " ".join(label.text() for label in dialog(kypholog).findChildren(QLabel))


def broken() -> None:
    raise ZeroDivisionError("Zacharias Quintus")


def test_a_job_that_fails_is_told_without_what_was_entered(
    kypholog: Application, qtbot: QtBot, logged_errors: LoggedErrors
) -> None:
    with logged_errors.expected("ZeroDivisionError"):
        kypholog.jobs.run(None, broken, lambda _none: None)
        qtbot.waitUntil(lambda: kypholog.window.findChild(BugDialog) is not None)
    assert "ZeroDivisionError" in dialog(kypholog).report
    assert "tests/ui/test_bugs.py" in dialog(kypholog).report
    assert "Quintus" not in dialog(kypholog).report + said(kypholog)
    dialog(kypholog).go_on_button.click()


def test_an_error_in_another_thread_is_told_in_the_window(
    kypholog: Application, qtbot: QtBot
) -> None:
    error = ZeroDivisionError("Zacharias Quintus")
    thread = threading.Thread(target=lambda: kypholog.bugs.raised.emit(error))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: kypholog.window.findChild(BugDialog) is not None)
    assert "ZeroDivisionError" in dialog(kypholog).report


def test_a_storm_of_errors_is_one_dialog(kypholog: Application) -> None:
    for _ in range(3):
        kypholog.bugs.tell(ZeroDivisionError())
    assert "3 times" in said(kypholog)
    assert dialog(kypholog).report.count("ZeroDivisionError") == 1


def test_the_report_is_copied_and_saved(
    kypholog: Application, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kypholog.bugs.tell(ZeroDivisionError())
    dialog(kypholog).copy_button.click()
    report = dialog(kypholog).report
    assert QApplication.clipboard().text() == report
    target = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    dialog(kypholog).save_button.click()
    qtbot.waitUntil(lambda: "report.txt" in said(kypholog))
    assert target.read_text(encoding="utf-8") == report


def test_starting_again_keeps_what_is_typed_as_a_draft(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Clinic.kypholog"
    new_logbook(folder).close()
    kypholog.session.open(folder)
    qtbot.waitUntil(lambda: kypholog.session.logbook is not None and not kypholog.jobs.is_busy)
    kypholog.window.new_case()
    editor = kypholog.window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: bool(editor.case_id))
    box = QApplication.focusWidget()
    assert box is not None
    qtbot.keyClicks(box, "P-77")
    kypholog.bugs.tell(ZeroDivisionError())
    dialog(kypholog).restart_button.click()
    qtbot.waitUntil(lambda: not kypholog.window.isVisible())
    assert kypholog.wants_restart
    logbook = Logbook.open(folder)
    assert len(drafts.drafts(logbook)) == 1
    logbook.close()


def test_a_crash_of_the_last_time_is_told_and_there_is_nothing_to_restart(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "crashes").mkdir()
    (tmp_path / "crashes" / "one.txt").write_text("Fatal Python error", encoding="utf-8")
    kypholog.bugs.tell_of_crashes(CrashFile(tmp_path / "crashes"))
    qtbot.waitUntil(lambda: kypholog.window.findChild(BugDialog) is not None)
    assert "Fatal Python error" in dialog(kypholog).report
    assert dialog(kypholog).restart_button.isHidden()
