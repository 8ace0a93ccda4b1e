# SPDX-License-Identifier: MIT
"""A scroll bar that keeps its place shows nothing while there is nothing to scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from ui.widgets.steady_scroll import keep_place_of_bar


def test_the_bar_is_empty_until_there_is_something_to_scroll(qtbot: QtBot) -> None:
    listed = QListWidget()
    qtbot.addWidget(listed)
    listed.resize(200, 100)
    keep_place_of_bar(listed)
    listed.addItem("one")
    listed.show()
    bar = listed.verticalScrollBar()
    assert listed.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    assert bar.property("state") == "idle"
    listed.addItems([str(number) for number in range(50)])
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.property("state") == ""
