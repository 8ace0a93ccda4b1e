# SPDX-License-Identifier: MIT
"""Hands lists out: the call list on paper, and visits as a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from models.errors import LogbookError
from models.followup.spans import Which
from models.logbook import Logbook
from models.printouts import note_printout
from models.settings import STORE_IDENTITY
from models.speech import numeral, say
from ui.followup.hand_out_dialog import HandOutDialog
from ui.followup.words import tr
from ui.jobs import Jobs
from ui.session import Session
from ui.settings import Settings
from ui.theme import Theme
from ui.today import Today
from ui.topics import FOLLOW_UP, below, explain
from ui.widgets.message import message

if TYPE_CHECKING:
    from models.exchange.calendar import Written
    from ui.printing.listing import Listing, Progress

Tell = Callable[[LogbookError], None]


class HandOut(QObject):
    """Asks what is to be on a list, and hands it out."""

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        settings: Settings,
        session: Session,
        today: Today,
        tell: Tell,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._theme = theme
        self._settings = settings
        self._session = session
        self._today = today
        self._tell = tell
        self._window = window

    # paper

    def print(self, which: Which) -> None:
        """Print a call list; asks about names only where the clinic stores them."""
        logbook = self._session.logbook
        if logbook is None:
            return
        if not self._stores_names():
            self.print_now(logbook, which, names=False)
            return
        dialog = self._dialog(HandOutDialog.for_paper(self._theme, which, self._window))
        dialog.accepted.connect(
            lambda: self.print_now(logbook, dialog.which, names=dialog.has_names)
        )
        dialog.open()

    def print_now(self, logbook: Logbook, which: Which, *, names: bool) -> None:
        """Open the print dialog on a list."""
        # Loaded when something is printed, so that a window opens without it.
        from ui.printing.dialog import PrintDialog, PrintRequest

        whose = tr("names, record numbers, patient codes and dates")
        if not names:
            whose = tr("patient codes and dates, but no names")
        what = "Call list with names" if names else "Call list"
        request = PrintRequest(
            read=self._reading(logbook, which, names=names),
            file_name=f"{logbook.name} call list.pdf",
            notice=tr(
                "The list holds patient data: {whose}. Keep paper and file as you keep the logbook."
            ).format(whose=whose),
            note=lambda where, rows: note_printout(logbook, what, rows, where),
        )
        dialog = PrintDialog(
            self._theme, self._jobs, self._settings, logbook, request, self._window
        )
        explain(dialog, below(FOLLOW_UP, "On paper and in the calendar"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _reading(
        self, logbook: Logbook, which: Which, *, names: bool
    ) -> Callable[[Progress], Listing]:
        today, at = self._today.day, datetime.now()

        def read(_progress: Progress) -> Listing:
            from models.reports.call_list import call_list
            from ui.followup.print_list import listing_of

            return listing_of(call_list(logbook, which, today, names=names), which, logbook, at)

        return read

    # calendar

    def write_calendar(self, which: Which) -> None:
        """Ask for list and file, and write the visits as a calendar."""
        logbook = self._session.logbook
        if logbook is None:
            return
        made = HandOutDialog.for_calendar(
            self._theme, which, self._window, may_name=self._stores_names()
        )
        dialog = self._dialog(made)
        dialog.accepted.connect(
            lambda: self._ask_for_file(logbook, dialog.which, names=dialog.has_names)
        )
        dialog.open()

    def _ask_for_file(self, logbook: Logbook, which: Which, *, names: bool) -> None:
        at = self._settings.export_folder / say("{logbook} follow-up.ics", logbook=logbook.name)
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Calendar file"), str(at), tr("Calendar files (*.ics)")
        )
        if name:
            target = Path(name if Path(name).suffix else f"{name}.ics")
            self.write_now(logbook, which, target, names=names)

    def write_now(self, logbook: Logbook, which: Which, target: Path, *, names: bool) -> None:
        """Write the file."""
        self._settings.export_folder = target.parent
        today, now = self._today.day, datetime.now().astimezone()

        def work() -> Written:
            from models.exchange.calendar import write_calendar

            return write_calendar(logbook, target, which, today, now, names=names)

        self._jobs.run(logbook, work, partial(self._tell_written), self._tell)

    def _tell_written(self, written: Written) -> None:
        said = tr("Written to {file}. Visits: {visits}, cases: {cases}.").format(
            file=written.target,
            visits=numeral(written.visits, ","),
            cases=numeral(written.cases, ","),
        )
        more = tr("It holds patient codes and dates. Treat the calendar as patient data.")
        title = tr("Calendar file")
        message(
            self._window,
            title,
            said,
            topic=below(FOLLOW_UP, "On paper and in the calendar"),
            more=more,
        ).open()

    # inside

    def _stores_names(self) -> bool:
        return bool(self._session.settings.get(STORE_IDENTITY))

    def _dialog(self, dialog: HandOutDialog) -> HandOutDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
