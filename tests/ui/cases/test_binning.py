# SPDX-License-Identifier: MIT
"""Cases that cannot be moved into the bin stay where they are, and the user is told why."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from models.case import load_case
from models.logbook import Logbook
from ui.cases.binning import Binning
from ui.cases.page import CasesPage
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme


def test_what_cannot_be_moved_is_told(
    qtbot: QtBot, page: CasesPage, jobs: Jobs, events: LogbookEvents, logbook: Logbook
) -> None:
    (there,) = page.selected_cases()
    binning = Binning(jobs, Theme("light"), events, page)
    binning.move(logbook, [there, "no such case"], "entered twice")
    qtbot.waitUntil(lambda: bool(page.findChildren(QMessageBox)))
    (box,) = page.findChildren(QMessageBox)
    assert "no such case" in box.text()
    box.close()
    assert page.model.rowCount() == 5
    assert load_case(logbook, there).procedure.deleted_at is None, "all of them or none"
