# SPDX-License-Identifier: MIT
"""An empty page says what it is and has at most one thing to press."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.empty_state import EmptyState


def test_it_says_what_to_do_and_tells_when_it_is_done(qtbot: QtBot) -> None:
    empty = EmptyState(Theme("light"))
    qtbot.addWidget(empty)
    empty.say("No cases yet", "Enter the first case.", "New case")
    assert empty.title == empty.accessibleName() == "No cases yet"
    assert empty.accessibleDescription() == "Enter the first case."
    with qtbot.waitSignal(empty.pressed):
        empty.button.click()


def test_without_a_text_there_is_no_button(qtbot: QtBot) -> None:
    empty = EmptyState(Theme("light"))
    qtbot.addWidget(empty)
    empty.say("Nothing here")
    assert empty.button.isHidden()
    empty.say("Nothing here", button="Smith & Jones")
    assert not empty.button.isHidden()
    assert empty.button.text() == "Smith && Jones"


def test_long_words_wrap_in_a_narrow_place(qtbot: QtBot) -> None:
    empty = EmptyState(Theme("light"))
    qtbot.addWidget(empty)
    empty.say("No case", "Enter the first case of this logbook. " * 4)
    assert empty.minimumSizeHint().width() < 300
