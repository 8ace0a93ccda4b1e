# SPDX-License-Identifier: MIT
"""Controls stand beside each other, and below where there is no room; none is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Mode, Theme
from ui.widgets.flowing import FlowingLine


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    """A window that holds one line."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def lines_of(buttons: list[QPushButton]) -> int:
    return len({button.y() for button in buttons if button.isVisible()})


def test_what_has_no_room_goes_into_another_line(place: QWidget, qtbot: QtBot) -> None:
    theme = Theme(Mode.LIGHT)
    buttons = [QPushButton(f"Number {number}", place) for number in range(4)]
    line = FlowingLine(theme, *buttons)
    layout = QVBoxLayout(place)
    layout.addWidget(line)
    layout.addStretch(1)
    wide = line.sizeHint().width() + 40
    for width, lines in ((wide, 1), (wide // 2 + 40, 2), (wide, 1)):
        place.resize(width, 300)
        qtbot.waitUntil(lambda lines=lines: lines_of(buttons) == lines)  # type: ignore[misc]
        for button in buttons:
            assert button.width() >= button.sizeHint().width()
            assert line.rect().contains(button.geometry())


def test_who_is_hidden_takes_no_room_and_longer_words_get_theirs(
    place: QWidget, qtbot: QtBot
) -> None:
    first, second = QPushButton("First", place), QPushButton("Second", place)
    first.hide()
    line = FlowingLine(Theme(Mode.LIGHT), first, second)
    layout = QVBoxLayout(place)
    layout.addWidget(line)
    place.resize(400, 100)
    qtbot.waitUntil(lambda: second.x() == 0 and second.width() >= second.sizeHint().width())
    assert not first.isVisible()
    first.show()
    qtbot.waitUntil(lambda: second.x() > first.width() > 0)
    first.setText("First of all that there are")
    qtbot.waitUntil(lambda: second.x() > first.sizeHint().width())
