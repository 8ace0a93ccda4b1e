# SPDX-License-Identifier: MIT
"""What every part of the window stands on, without the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    running = Jobs()
    yield running
    assert running.wait()
    qtbot.waitUntil(lambda: not running.is_busy)


@pytest.fixture
def events() -> LogbookEvents:
    return LogbookEvents()


@pytest.fixture
def theme() -> Theme:
    return Theme("light")
