# SPDX-License-Identifier: MIT
"""The pages of help are reached from the menu, and by F1 from the place that they are about."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.pictures.together_scenes import clash_of_nothing
from tests.ui.access.conftest import kypholog as kypholog
from ui.access.sign_in_dialog import SignInDialog, Why
from ui.application import Application
from ui.backups.dialog import BackupsDialog
from ui.editor.clash_dialog import ClashDialog
from ui.filters.bar import FilterBar
from ui.help.reader import HelpDialog


def shown(kypholog: Application) -> HelpDialog:
    return kypholog.window.findChildren(HelpDialog)[-1]


def test_the_menu_lists_every_page(kypholog: Application) -> None:
    action = kypholog.window.findChild(QAction, "help")
    assert isinstance(action, QAction)
    assert action.shortcut().toString() == "F1"
    action.trigger()
    dialog = shown(kypholog)
    files = sorted(Path("resources/help").glob("*.md"))
    assert dialog.pages.count() == len(files) >= 3
    for row in range(dialog.pages.count()):
        dialog.pages.setCurrentRow(row)
        heading = dialog.pages.item(row).text()
        assert dialog.text.toPlainText().startswith(heading)
    dialog.close()


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        (SignInDialog, "Encryption and users"),
        (ClashDialog, "Several at once"),
        (BackupsDialog, "Backups"),
    ],
)
def test_f1_in_a_dialog_shows_the_page_about_it(
    kypholog: Application, qtbot: QtBot, kind: type[QDialog], heading: str
) -> None:
    theme, window = kypholog.theme, kypholog.window
    dialog: QDialog
    if kind is SignInDialog:
        dialog = SignInDialog(theme, "Clinic", ["Anna"], "Anna", why=Why.OPENS, parent=window)
    elif kind is ClashDialog:
        dialog = ClashDialog(theme, clash_of_nothing(), window)
    else:
        dialog = BackupsDialog(theme, Path("Clinic.kypholog"), window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    page = shown(kypholog)
    assert page.parent() is dialog
    assert page.text.toPlainText().startswith(heading)
    page.close()
    dialog.close()


def test_f1_in_the_search_is_about_the_search(kypholog: Application, qtbot: QtBot) -> None:
    window = kypholog.window
    window.show()
    window.logbooks.open_example()
    qtbot.waitUntil(lambda: any(bar.isVisible() for bar in window.findChildren(FilterBar)))
    bar = next(bar for bar in window.findChildren(FilterBar) if bar.isVisible())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bar.line.setFocus()
    QTest.keyClick(bar.line, Qt.Key.Key_F1)
    assert bar.lessons is not None
    assert bar.lessons.isVisible()
    assert window.findChildren(HelpDialog) == []
    bar.lessons.close()
    kypholog.jobs.wait()
