# SPDX-License-Identifier: MIT
"""Titles that fold something take two lines where they have no room in one."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.editor.fields_view import FoldButton
from ui.theme import Theme


def test_a_title_is_whole_in_two_lines(theme: Theme, qtbot: QtBot) -> None:
    button = FoldButton("More about needle, cement and leakage", theme)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    button.show()
    assert button.text() == "More about needle, cement and leakage"
    one_line = button.sizeHint()
    button.resize(one_line.width() * 2 // 3, one_line.height())
    assert button.text().replace("\n", " ") == "More about needle, cement and leakage"
    assert button.text().count("\n") == 1
    assert button.sizeHint().height() > one_line.height()
    assert button.sizeHint().width() == one_line.width(), "it is wider again where it has room"
