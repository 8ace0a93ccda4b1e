# SPDX-License-Identifier: MIT
"""Opens the report dialog as the menus ask for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from models.query import Filter
from models.settings import STORE_IDENTITY
from ui.ahead import Room
from ui.filters.shelf import FilterShelf
from ui.session import Session
from ui.settings import Settings
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.reports.kinds import ReportKind


class ReportDesk(QObject):
    """Reports on the open logbook.

    Args:
        place: where the dialog is shown, and by what it works.
        session: which logbook is open.
        settings: which folder was used last.
        shelf: the filters at hand.
        asked: tells the filter of the page in sight.
        chosen: tells the cases that are selected.
    """

    def __init__(
        self,
        place: Workplace,
        session: Session,
        settings: Settings,
        shelf: FilterShelf,
        asked: Callable[[], Filter],
        chosen: Callable[[], list[str]],
    ) -> None:
        super().__init__(place.window)
        self._place = place
        self._session = session
        self._settings = settings
        self._shelf = shelf
        self._asked = asked
        self._chosen = chosen
        # Loaded with the first report, so that a window opens without it.
        self._room = Room(place.jobs, self, "ui.reports.dialog")

    def ask(self) -> None:
        """Ask which report is wanted; of the filter of the page, or of the one selected case."""
        from models.reports.kinds import ReportKind

        self._open(ReportKind.CASE_SERIES)

    def summarize(self) -> None:
        """Make a summary of the one selected case."""
        from models.reports.kinds import ReportKind

        if len(self._chosen()) == 1:
            self._open(ReportKind.CASE_SUMMARY)

    def _open(self, kind: ReportKind) -> None:
        self._room.enter(partial(self._open_dialog, kind))

    def _open_dialog(self, kind: ReportKind) -> None:
        from ui.reports.dialog import ReportDialog
        from ui.reports.options import ReportRequest

        logbook = self._session.logbook
        if logbook is None:
            return
        chosen = self._chosen()
        request = ReportRequest(
            kind,
            year=datetime.now().year,
            case_id=chosen[0] if len(chosen) == 1 else "",
            asked=self._asked(),
            stores_names=self._session.settings.get(STORE_IDENTITY),
        )
        dialog = ReportDialog(
            self._place.theme,
            self._place.jobs,
            self._settings,
            self._place.events,
            logbook,
            request,
            self._shelf,
            parent=self._place.window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
