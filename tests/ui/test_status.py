# SPDX-License-Identifier: MIT
"""What the status bar says for a moment stands alone, and the rest comes back after it."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from tests.fresh import new_logbook
from ui.jobs import Job, Jobs
from ui.status import StatusBar
from ui.theme import Theme


def test_a_sentence_for_a_moment_is_not_written_over_what_stands_there(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = StatusBar(theme, window)
    window.setStatusBar(bar)
    window.resize(900, 200)
    window.show()
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    left = (bar._place, bar._protection, bar._plain, bar._backup, bar._company)

    bar.say("It is encrypted with another key.")
    bar.show_logbook(logbook)
    bar.show_backup("No backup", "No backup yet.")
    assert not [one for one in left if one.isVisible()]

    bar.clearMessage()
    seen = [one.text() for one in left if one.isVisible()]
    assert seen == ["Clinic.kypholog", "Not encrypted", "No backup"]
    logbook.close()


def test_work_that_was_stopped_is_said_to_have_stopped(qtbot: QtBot, theme: Theme) -> None:
    bar, jobs = StatusBar(theme, None), Jobs()
    qtbot.addWidget(bar)
    bar.show()

    def until_stopped(job: Job) -> None:
        while not job.is_cancelled:
            threading.Event().wait(0.01)

    bar.follow(jobs.run(None, until_stopped, lambda _: None, reports=True), "Exporting")
    (cancel,) = (each for each in bar.findChildren(QPushButton) if each.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert bar.currentMessage() == "Exporting: stopped"
    assert not cancel.isVisible()

    bar.clearMessage()
    bar.follow(jobs.run(None, lambda: None, lambda _: None), "Exporting")
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert bar.currentMessage() == ""
