# SPDX-License-Identifier: MIT
"""Boxes that tell or ask one thing have help, and go when they are answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from models.errors import CannotWrite
from ui.application import Application
from ui.help.reader import HelpDialog
from ui.topics import BACKUPS, EXPORT
from ui.widgets.message import is_wanted, tell_error

UI = Path(__file__).parents[3] / "ui"


def test_an_error_is_told_with_its_cure_and_f1_opens_the_page_about_it(
    kypholog: Application, qtbot: QtBot
) -> None:
    error = CannotWrite("The disk is full.", "Make room on it.")
    tell_error(kypholog.window, "Backups", error, BACKUPS)
    box = kypholog.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert (box.text(), box.informativeText()) == ("The disk is full.", "Make room on it.")
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    QTest.keyClick(QApplication.focusWidget() or box, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(kypholog.window.findChildren(HelpDialog)))
    page = kypholog.window.findChildren(HelpDialog)[-1]
    assert page.pages.currentItem().text() == "Backups"
    page.close()
    box.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert kypholog.window.findChild(QMessageBox) is None


@pytest.mark.parametrize(
    ("key", "is_so"),
    [(Qt.Key.Key_Return, False), (Qt.Key.Key_Escape, False), (None, True)],
)
def test_what_is_asked_is_not_done_by_a_hasty_return(
    kypholog: Application, key: Qt.Key | None, *, is_so: bool
) -> None:
    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        if key is None:
            box.button(QMessageBox.StandardButton.Yes).click()
        else:
            QTest.keyClick(box, key)

    QTimer.singleShot(0, kypholog.window, press)
    assert is_wanted(kypholog.window, "Export", "Replace it?", topic=EXPORT) is is_so


def test_no_box_is_opened_that_has_no_help() -> None:
    """Qt's own ways of asking take no key of ours."""
    plain = re.compile(r"QMessageBox\.(?:question|information|warning|critical|about)\(")
    found = [file for file in UI.rglob("*.py") if plain.search(file.read_text("utf-8"))]
    made = [file for file in UI.rglob("*.py") if "QMessageBox(" in file.read_text("utf-8")]
    assert not found
    assert [file for file in made if "explain(" not in file.read_text("utf-8")] == []
