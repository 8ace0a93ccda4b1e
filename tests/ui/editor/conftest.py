# SPDX-License-Identifier: MIT
"""A page on a logbook of its own, and a user with a keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from models.case import Case, save_case
from models.logbook import Logbook
from tests.ui.editor.keyboard import settle
from ui.editor.page import EditorPage
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme


@pytest.fixture
def page(qtbot: QtBot, jobs: Jobs, theme: Theme, events: LogbookEvents) -> Iterator[EditorPage]:
    shown = EditorPage(jobs, theme, events)
    qtbot.addWidget(shown)
    shown.resize(1192, 798)
    with qtbot.waitActive(shown):
        shown.show()
    yield shown
    # It was closed; it has to be gone before its jobs are, because it goes on keeping drafts.
    settle()


@pytest.fixture
def new(page: EditorPage, logbook: Logbook) -> EditorPage:
    """The page with an empty case."""
    page.start_new(logbook)
    return page


@pytest.fixture
def edit(qtbot: QtBot, page: EditorPage, logbook: Logbook) -> Callable[[Case], EditorPage]:
    """Store a case and show it for editing."""

    def show(case: Case) -> EditorPage:
        save_case(logbook, case)
        page.edit(logbook, case.id)
        qtbot.waitUntil(lambda: page.case_id == case.id)
        return page

    return show
