# SPDX-License-Identifier: MIT
"""The notice above the form never takes much of it, and nothing of what it says is lost."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.editor.notice_bar import MOST_LINES, NoticeBar
from ui.theme import Theme

KINDS = "patient name, patient ID, birth date, address and telephone, names of staff, hospital"
LONG = f"1 image added. Removed on the way in: {KINDS}. run.dcm holds 3 frames; frame 2 was taken."


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar(Theme("light"))
    qtbot.addWidget(made)
    made.resize(380, 100)
    return made


def more(bar: NoticeBar) -> QPushButton:
    return next(button for button in bar.findChildren(QPushButton) if button.text() == "More")


def test_a_short_notice_is_told_whole(bar: NoticeBar) -> None:
    bar.say("Nothing about Patient code is unusual.")
    assert bar.shown_text == bar.text == "Nothing about Patient code is unusual."
    assert more(bar).isHidden()


def test_a_long_one_takes_few_lines_and_the_rest_is_one_key_away(bar: NoticeBar) -> None:
    bar.say(LONG)
    assert bar.text == bar.accessibleName() == LONG
    assert bar.shown_text.endswith(" …")
    assert LONG.startswith(bar.shown_text.removesuffix(" …"))
    line = bar.fontMetrics().lineSpacing()
    assert bar.heightForWidth(bar.width()) <= (MOST_LINES + 2) * line
    assert more(bar) in bar.focus_boxes()
    more(bar).click()
    assert bar.shown_text == LONG
    assert more(bar).isHidden()


def test_as_much_is_told_as_the_width_has_room_for(bar: NoticeBar) -> None:
    bar.say(LONG)
    narrow = bar.shown_text
    bar.resize(520, 100)
    bar.show()
    assert len(bar.shown_text) > len(narrow)
    bar.resize(4000, 100)
    assert bar.shown_text == LONG


def test_the_next_notice_begins_short_again(bar: NoticeBar) -> None:
    bar.say(LONG)
    more(bar).click()
    bar.say(f"{LONG} {LONG}")
    assert bar.shown_text.endswith(" …")
