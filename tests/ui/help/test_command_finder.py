# SPDX-License-Identifier: MIT
"""Ctrl+K finds every command of the menus by its name or another word, and does it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.actions import ACTIONS
from ui.application import Application
from ui.help.finder import CommandFinder


def asked(kypholog: Application) -> CommandFinder:
    action = kypholog.window.desks.actions["find_command"]
    assert isinstance(action, QAction)
    action.trigger()
    finder = kypholog.window.findChild(CommandFinder)
    assert isinstance(finder, CommandFinder)
    return finder


def offered(finder: CommandFinder) -> list[str]:
    rows = range(finder.list.topLevelItemCount())
    return [item.text(0) for item in map(finder.list.topLevelItem, rows) if item is not None]


def test_every_command_of_the_menus_is_offered(kypholog: Application) -> None:
    labels = {spec.text.replace("&", "") for spec in ACTIONS}
    assert labels <= {label.removeprefix("✓ ") for label in offered(asked(kypholog))}


@pytest.mark.parametrize(
    ("typed", "first"),
    [("dark", "Dark"), ("night", "Dark"), ("zoom in", "Larger text"), ("keys", "Keyboard shortc")],
)
def test_it_is_found_by_its_name_and_by_other_words(
    kypholog: Application, qtbot: QtBot, typed: str, first: str
) -> None:
    finder = asked(kypholog)
    qtbot.keyClicks(finder.line, typed)
    assert offered(finder)[0].startswith(first)


def test_return_does_it_and_the_dialog_is_gone(kypholog: Application, qtbot: QtBot) -> None:
    finder = asked(kypholog)
    qtbot.keyClicks(finder.line, "dark")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kypholog.theme.mode == "dark")
    qtbot.waitUntil(lambda: kypholog.window.findChild(CommandFinder) is None)


def test_arrows_choose_another_one(kypholog: Application, qtbot: QtBot) -> None:
    finder = asked(kypholog)
    qtbot.keyClicks(finder.line, "theme")
    qtbot.keyClick(finder.line, Qt.Key.Key_Down)
    current = finder.current
    assert current is not None
    assert current.label == offered(finder)[1].removeprefix("✓ ")


def test_what_was_done_last_is_offered_first(kypholog: Application, qtbot: QtBot) -> None:
    finder = asked(kypholog)
    qtbot.keyClicks(finder.line, "smaller")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kypholog.window.findChild(CommandFinder) is None)
    assert offered(asked(kypholog))[0] == "Smaller text"


def test_what_cannot_be_done_stands_last_says_why_and_does_nothing(
    kypholog: Application, qtbot: QtBot
) -> None:
    finder = asked(kypholog)
    qtbot.keyClicks(finder.line, "new case")
    assert finder.current is not None
    assert finder.current.label == "New case"
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert finder.isVisible()
    assert "cannot be done" in finder.line.accessibleDescription()


def test_a_command_works_where_the_focus_was(kypholog: Application, qtbot: QtBot) -> None:
    line = QLineEdit(kypholog.window)
    line.setText("words")
    line.show()
    line.setFocus()
    line.selectAll()
    finder = asked(kypholog)
    qtbot.keyClicks(finder.line, "cut")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: line.text() == "")
    assert QApplication.clipboard().text() == "words"


def test_the_keys_of_undo_work_after_it_as_before(kypholog: Application, qtbot: QtBot) -> None:
    finder = asked(kypholog)
    undo = kypholog.window.desks.actions["undo"]
    assert not undo.isEnabled(), "there is nothing to undo, and the list says so"
    qtbot.keyClick(finder.line, Qt.Key.Key_Escape)
    assert undo.isEnabled(), "what is done from now on can be undone"


def test_a_word_that_means_nothing_says_so(kypholog: Application, qtbot: QtBot) -> None:
    finder = asked(kypholog)
    qtbot.keyClicks(finder.line, "xyzzy")
    assert offered(finder) == []
    assert finder.current is None
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert finder.isVisible()


def test_its_key_is_control_k(kypholog: Application, qtbot: QtBot) -> None:
    qtbot.keyClick(kypholog.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert kypholog.window.findChild(CommandFinder) is not None
