# SPDX-License-Identifier: MIT
"""Moves cases into the bin, after asking why."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from models.case import bin_case
from models.errors import LogbookError
from models.logbook import Logbook
from ui.cases.bin_dialog import BinDialog
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme


class Binning(QObject):
    """Asks on the page of cases, and moves in a job: all of them or none."""

    def __init__(self, jobs: Jobs, theme: Theme, events: LogbookEvents, page: QWidget) -> None:
        super().__init__(page)
        self._jobs = jobs
        self._theme = theme
        self._events = events
        self._page = page

    def ask(self, logbook: Logbook, ids: list[str]) -> None:
        """Ask for the reason; with one, the cases are moved."""
        dialog = BinDialog(self._theme, len(ids), self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.move(logbook, ids, dialog.reason))
        dialog.open()

    def move(self, logbook: Logbook, ids: list[str], reason: str) -> None:
        """Move the cases, and tell why where that cannot be done."""

        def work() -> None:
            with logbook.transaction():
                for case_id in ids:
                    bin_case(logbook, case_id, reason)

        self._jobs.run(logbook, work, lambda _: self._events.cases_changed.emit(), self._tell)

    def _tell(self, error: LogbookError) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            self.tr("Cases"),
            error.message,
            QMessageBox.StandardButton.Ok,
            self._page,
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setInformativeText(error.cure)
        box.open()
