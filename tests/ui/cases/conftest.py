# SPDX-License-Identifier: MIT
"""A page of cases as the window makes one, on a logbook with a few cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.logbook import Logbook
from models.vocabulary import Level, Technique
from tests.builders import a_case
from tests.fresh import new_logbook
from ui.cases.page import CasesPage
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """Five cases, P-1 the oldest."""
    opened = new_logbook(tmp_path / "Clinic.kypholog")
    for number, level in enumerate((Level.L1, Level.T12, Level.C5, Level.T7, Level.L5), 1):
        technique = Technique.BALLOON_KYPHOPLASTY if number % 2 else Technique.VERTEBROPLASTY
        day = f"2025-0{number}-10"
        save_case(opened, a_case(f"P-{number}", level, on=day, after=None, technique=technique))
    yield opened
    opened.close()


@pytest.fixture
def empty_page(qtbot: QtBot, jobs: Jobs, events: LogbookEvents) -> Iterator[CasesPage]:
    """The page before any logbook is open, as large as in a window of 1360 pixels."""
    page = CasesPage(jobs, Theme("light"), events)
    qtbot.addWidget(page)
    page.resize(1192, 772)
    page.show()
    qtbot.waitExposed(page)
    yield page
    qtbot.waitUntil(lambda: not jobs.is_busy)


@pytest.fixture
def page(qtbot: QtBot, empty_page: CasesPage, logbook: Logbook) -> CasesPage:
    """The page with the five cases, the newest selected."""
    with qtbot.waitSignal(empty_page.selection_changed):
        empty_page.set_logbook(logbook)
    return empty_page
