# SPDX-License-Identifier: MIT
"""A large dialog is loaded in a worker when it is first wanted, and opened once."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.ahead import Room
from ui.jobs import Jobs

RARE = "colorsys"
"""A small module that nothing here needs."""


def test_a_room_is_loaded_first_and_entered_once(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, RARE, raising=False)
    window = QWidget()
    qtbot.addWidget(window)
    room, told = Room(jobs, window, RARE), list[str]()
    room.enter(lambda: told.append("first"))
    room.enter(lambda: told.append("again, before it is there"))
    assert not told
    qtbot.waitUntil(lambda: bool(told))
    assert RARE in sys.modules
    assert told == ["first"]
    room.enter(lambda: told.append("at once"))
    assert told == ["first", "at once"]
