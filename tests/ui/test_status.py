# SPDX-License-Identifier: MIT
"""What the status bar says for a moment stands alone, and the rest comes back after it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from tests.fresh import new_logbook
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
