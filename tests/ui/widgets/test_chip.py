# SPDX-License-Identifier: MIT
"""Chips, badges and cards: what they show and what they let go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.badge import Badge
from ui.widgets.card import Card, FigureCard
from ui.widgets.chip import Chip


@pytest.fixture
def chip(qtbot: QtBot) -> Chip:
    chip = Chip(Theme("light"), "Diagnosis")
    qtbot.addWidget(chip)
    return chip


def test_a_chip_is_off_until_it_has_a_value(chip: Chip) -> None:
    assert chip.text() == "Diagnosis"
    chip.set_value("Smith & Jones")
    assert chip.property("state") == "on"
    assert chip.accessibleName() == "Diagnosis: Smith & Jones"


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_the_keyboard_takes_a_filter_away(qtbot: QtBot, chip: Chip, key: Qt.Key) -> None:
    chip.set_value("Hemangioma")
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, key)
    assert (chip.value, chip.text()) == ("", "Diagnosis")


def test_the_cross_takes_a_filter_away_and_the_rest_opens_it(qtbot: QtBot, chip: Chip) -> None:
    chip.set_value("Hemangioma")
    chip.resize(chip.sizeHint())
    clicked: list[str] = []
    chip.clicked.connect(lambda: clicked.append(chip.value))
    left, right = QPoint(20, 10), QPoint(chip.width() - 12, 10)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=left)
    assert (len(clicked), chip.value) == (1, "Hemangioma")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=right)
    assert (len(clicked), chip.value) == (1, "")


def test_a_badge_hides_while_there_is_nothing_to_count(qtbot: QtBot) -> None:
    badge = Badge()
    qtbot.addWidget(badge)
    assert badge.isHidden()
    badge.set_count(1342)
    assert not badge.isHidden()
    assert badge.text() == "1,342"


def test_cards_say_what_they_show(qtbot: QtBot) -> None:
    card = Card(Theme("light"), "Pain", "each case")
    figure = FigureCard(Theme("light"), "92 %", "improved", "59 of 64")
    qtbot.addWidget(card)
    qtbot.addWidget(figure)
    assert card.accessibleName() == "Pain"
    assert (figure.accessibleName(), figure.accessibleDescription()) == (
        "improved: 92 %",
        "59 of 64",
    )
