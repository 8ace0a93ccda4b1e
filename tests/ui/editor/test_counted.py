# SPDX-License-Identifier: MIT
"""Balloons that were counted are asked for, and stand pale as they follow from the level."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.case import Case, load_case
from models.logbook import Logbook
from models.schema import Balloon
from models.vocabulary import Side
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage

CTRL = Qt.KeyboardModifier.ControlModifier


def count(keys: Keyboard, side: str, balloons: str) -> None:
    """Enter a kyphoplasty up to the number of its balloons."""
    keys.enter("P-7").go_to("Add level").type("t12").press(Key.Key_Tab)
    keys.go_to("Technique").enter("bkp").enter("tp").enter(side).type(balloons)


def case_of(page: EditorPage) -> Case:
    case = page._editing.case
    assert case is not None
    return case


def balloons(page: EditorPage) -> list[tuple[Side | None, float | None]]:
    rows: list[Balloon] = case_of(page).balloons
    return [(row.side, row.volume_ml) for row in rows]


def pale(keys: Keyboard) -> str:
    line = keys.target
    assert isinstance(line, QLineEdit)
    assert line.text() == ""
    return line.placeholderText()


@pytest.mark.parametrize("with_", [CTRL, None])
def test_every_counted_balloon_is_gone_to_for_its_volume(
    new: EditorPage, keys: Keyboard, with_: Qt.KeyboardModifier | None
) -> None:
    go_on = Key.Key_Down if with_ else Key.Key_Return
    count(keys, "bi", "2")
    keys.press(go_on, with_=with_)
    assert keys.place == "Volume, mL"
    keys.type("4").press(go_on, with_=with_)
    assert keys.place == "Volume, mL"
    keys.type("3.5").press(go_on, with_=with_)
    assert keys.place == "Cement, mL"
    assert balloons(new) == [(None, 4), (None, 3.5)]


def test_balloons_that_nobody_counted_are_not_asked_for(new: EditorPage, keys: Keyboard) -> None:
    count(keys, "bi", "")
    keys.give_reason().press(Key.Key_Down, with_=CTRL)
    assert keys.place == "Cement, mL"


@pytest.mark.parametrize(
    ("side", "number", "proposed"),
    [
        ("bi", "2", [Side.LEFT, Side.RIGHT]),
        ("right", "1", [Side.RIGHT]),
        ("left", "2", [Side.LEFT, Side.LEFT]),
        ("bi", "3", [None, None, None]),
    ],
)
def test_the_side_of_the_level_stands_pale_and_one_key_takes_it(
    qtbot: QtBot,
    new: EditorPage,
    keys: Keyboard,
    logbook: Logbook,
    side: str,
    number: str,
    proposed: list[Side | None],
) -> None:
    count(keys, side, number)
    keys.press(Key.Key_Tab)
    assert keys.place == "Side"
    assert pale(keys) == (proposed[0].label if proposed[0] else "Add balloon")
    keys.press(Key.Key_T, with_=CTRL)
    assert [row.side for row in case_of(new).balloons] == [p for p in proposed if p]
    with qtbot.waitSignal(new.saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    stored = load_case(logbook, str(saved.args[0]))
    assert [row.side for row in stored.balloons] == [p for p in proposed if p]


def test_the_other_balloon_is_proposed_on_the_other_side_with_the_same_volume(
    new: EditorPage, keys: Keyboard
) -> None:
    count(keys, "bi", "2")
    keys.press(Key.Key_Tab).enter("right").go_to("Volume").enter("4")
    keys.go_to("Side")
    assert pale(keys) == "Left"
    keys.press(Key.Key_Right).go_to("Volume")
    assert pale(keys) == "4"
    keys.press(Key.Key_Right, Key.Key_Tab)
    assert balloons(new) == [(Side.RIGHT, 4), (Side.LEFT, 4)]


def test_a_level_after_another_has_balloons_of_its_own(new: EditorPage, keys: Keyboard) -> None:
    count(keys, "right", "1")
    keys.press(Key.Key_Tab, Key.Key_Right).go_to("Volume").enter("3")
    keys.go_to("Add level").type("l1").press(Key.Key_Tab)
    keys.go_to("Technique").enter("bkp").enter("tp").enter("bi").enter("2")
    keys.press(Key.Key_T, with_=CTRL)
    sides = [row.side for row in case_of(new).balloons]
    assert sides == [Side.RIGHT, Side.LEFT, Side.RIGHT]


def test_the_date_of_a_score_is_asked_for_after_the_score(new: EditorPage, keys: Keyboard) -> None:
    keys.enter("P-7").go_to("Date").type("2024-03-14").go_to("Pain scale")
    keys.type("nrs").press(Key.Key_Tab).go_to("Pain, Before").type("8")
    box = keys.target
    keys.press(Key.Key_Up, with_=CTRL)
    assert keys.place == "Date, Before"
    assert pale(keys) == "2024-03-14"
    keys.press(Key.Key_Right, Key.Key_Tab)
    assert keys.target is box
