# SPDX-License-Identifier: MIT
"""A filter bar as pages have one, on a logbook with a few cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.logbook import Logbook
from tests.builders import a_case
from tests.fresh import new_logbook
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.shelf import FilterShelf
from ui.jobs import Jobs
from ui.theme import Theme

TODAY = date(2026, 3, 14)
WIDTH = 1160


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """Three cases by two operators."""
    opened = new_logbook(tmp_path / "Clinic.kypholog")
    names = ("Smith", "Jones", "Smith")
    save_many(opened, [a_case(f"P-{n}", operator=f"Dr {name}") for n, name in enumerate(names)])
    yield opened
    opened.close()


@pytest.fixture
def dressed(qapp: QApplication) -> Theme:
    """The look of the program, because what fits depends on it."""
    theme = Theme("light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def shelf(jobs: Jobs, events: LogbookEvents) -> FilterShelf:
    return FilterShelf(jobs, events)


@pytest.fixture
def bar(
    qtbot: QtBot,
    jobs: Jobs,
    dressed: Theme,
    events: LogbookEvents,
    shelf: FilterShelf,
    logbook: Logbook,
) -> Iterator[FilterBar]:
    """The bar in two lines, wide enough for every chip."""
    shown = FilterBar(jobs, dressed, events, shelf, today=lambda: TODAY)
    qtbot.addWidget(shown)
    shown.resize(WIDTH, 90)
    shown.set_logbook(logbook)
    shown.show()
    qtbot.waitExposed(shown)
    shown.line.setFocus()
    yield shown
    qtbot.waitUntil(lambda: not jobs.is_busy)
