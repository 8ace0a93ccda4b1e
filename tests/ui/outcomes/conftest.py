# SPDX-License-Identifier: MIT
"""The Outcomes page over a real logbook, with its figures drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.case import Case
from models.logbook import Logbook
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.outcomes.page import OutcomesPage
from ui.theme import Theme

Show = Callable[..., OutcomesPage]


@pytest.fixture
def page(qtbot: QtBot, jobs: Jobs, theme: Theme, events: LogbookEvents) -> OutcomesPage:
    shown = OutcomesPage(jobs, theme, events)
    qtbot.addWidget(shown, before_close_func=lambda _: settle_jobs(qtbot, jobs))
    shown.resize(1192, 770)
    shown.show()
    return shown


@pytest.fixture
def show(qtbot: QtBot, page: OutcomesPage, logbook: Logbook) -> Show:
    """Save the cases and wait until the page shows their figures."""

    def shown(*cases: Case) -> OutcomesPage:
        for number, case in enumerate(cases):
            case.patient.patient_code = f"P-{number}"
        save_many(logbook, cases)
        page.set_logbook(logbook)
        settle(qtbot, page)
        return page

    return shown


def settle_jobs(qtbot: QtBot, jobs: Jobs) -> None:
    """Let what is under way end while its page is still there."""
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=30_000)


def settle(qtbot: QtBot, page: OutcomesPage) -> None:
    """Wait until the chosen section shows its figures."""

    def drawn() -> bool:
        views = page.section.views.values()
        return page.found is not None and all(not view.image.isNull() for view in views)

    qtbot.waitUntil(drawn, timeout=30_000)
