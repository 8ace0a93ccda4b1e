# SPDX-License-Identifier: MIT
"""The table of actions is complete and free of contradictions."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from ui.actions import ACTIONS, MENUS, RECENT, SEPARATOR, make_actions


def test_every_action_is_in_exactly_one_menu() -> None:
    listed = Counter(
        name for _, names in MENUS for name in names if name not in (SEPARATOR, RECENT)
    )
    assert listed == Counter(spec.name for spec in ACTIONS)


def test_no_shortcut_is_given_twice(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = make_actions(window, {spec.name: lambda: None for spec in ACTIONS})
    keys = Counter(key.toString() for action in actions.values() for key in action.shortcuts())
    assert [key for key, times in keys.items() if times > 1] == []
    assert {"Ctrl+Shift+Z", "Ctrl+Y"} <= {key.toString() for key in actions["redo"].shortcuts()}


def test_closing_the_editor_is_told_by_the_key_that_the_help_names(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = make_actions(window, {spec.name: lambda: None for spec in ACTIONS})
    assert actions["close_editor"].shortcut().toString() == "Ctrl+W"


def test_mnemonics_differ_within_a_menu() -> None:
    texts = {spec.name: spec.text for spec in ACTIONS}
    for title, names in MENUS:
        letters = Counter(
            texts[name][texts[name].index("&") + 1].lower() for name in names if name in texts
        )
        assert [letter for letter, times in letters.items() if times > 1] == [], title


def test_an_action_without_handler_is_refused(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    with pytest.raises(KeyError):
        make_actions(window, {})
