# SPDX-License-Identifier: MIT
"""Prints the list of cases that is in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from models.errors import LogbookError
from models.logbook import Logbook
from models.settings import STORE_IDENTITY
from ui.ahead import Room
from ui.cases.page import CasesPage
from ui.jobs import Jobs
from ui.session import Session
from ui.settings import Settings
from ui.theme import Theme
from ui.topics import CASES, below, explain

if TYPE_CHECKING:
    from ui.cases.print_list import Wanted
    from ui.printing.listing import Listing, Progress

Tell = Callable[[LogbookError], None]


class CasePrinting(QObject):
    """Opens the print dialog on the selected cases, or on the whole list."""

    def __init__(
        self,
        page: CasesPage,
        jobs: Jobs,
        theme: Theme,
        settings: Settings,
        session: Session,
        tell: Tell,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._page = page
        self._jobs = jobs
        self._theme = theme
        self._settings = settings
        self._session = session
        self._tell = tell
        self._window = window
        # Loaded when something is printed, so that a window opens without it.
        self._room = Room(jobs, self, "ui.printing.dialog", "ui.cases.print_list")

    def start(self) -> None:
        """Print what is in sight."""
        self._room.enter(self._open)

    def _open(self) -> None:
        from models.printouts import note_printout
        from ui.cases.print_list import Wanted
        from ui.printing.dialog import PrintDialog, PrintRequest

        logbook = self._session.logbook
        if logbook is None:
            return
        wanted = Wanted.of(self._page)
        if not wanted.count:
            self._tell(LogbookError(self.tr("There is no case in the list to print.")))
            return
        request = PrintRequest(
            read=self._reading(logbook, wanted),
            file_name=f"{logbook.name} cases.pdf",
            notice=self.tr(
                "The list holds patient data: patient codes and dates, but no names. Keep paper "
                "and file as you keep the logbook."
            ),
            note=lambda where, rows: note_printout(logbook, "List of cases", rows, where),
        )
        dialog = PrintDialog(
            self._theme, self._jobs, self._settings, logbook, request, self._window
        )
        explain(dialog, below(CASES, "The list"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _reading(self, logbook: Logbook, wanted: Wanted) -> Callable[[Progress], Listing]:
        from ui.cases.print_list import Circumstances, make_listing

        columns = self._page.table.arrangement.in_sight
        around = Circumstances(
            logbook=logbook.name,
            user=logbook.user,
            at=datetime.now(),
            stores_names=self._session.settings.get(STORE_IDENTITY),
        )

        def read(progress: Progress) -> Listing:
            return make_listing(wanted.lines(logbook, progress), columns, wanted, around)

        return read
