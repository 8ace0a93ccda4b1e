# SPDX-License-Identifier: MIT
"""A large dialog is loaded in a worker when it is first wanted, and opened once."""

from __future__ import annotations

import sys
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import LoggedErrors
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


def test_a_room_that_does_not_come_is_told_each_time_somebody_asks(
    qtbot: QtBot, jobs: Jobs, logged_errors: LoggedErrors
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room, told = Room(jobs, window, "no_such_room"), list[object]()
    jobs.crashed.connect(told.append)

    def told_of(times: int) -> bool:
        return len(told) == times

    for times in (1, 2):
        with logged_errors.expected("a job failed: ModuleNotFoundError"):
            room.enter(lambda: told.append("entered"))
            qtbot.waitUntil(partial(told_of, times))
    assert all(isinstance(one, ModuleNotFoundError) for one in told)
