# SPDX-License-Identifier: MIT
"""The box in which one of many is looked for says how, in as many words as there is room for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.painted import words_of
from ui.widgets.pick_box import PickBox


def test_a_hint_without_room_is_a_shorter_one_and_the_tip_tells_the_whole(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    box = PickBox("What the cell means", page)
    page.show()
    for width, hint in ((300, "Type to search, or press Down"), (90, "Search")):
        box.resize(width, box.sizeHint().height())
        assert [word.text.strip() for word in words_of(box)] == [hint]
        assert box.toolTip() == "Type to search, or press Down"
