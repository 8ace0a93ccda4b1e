# SPDX-License-Identifier: MIT
"""Tasks of the whole logbook that the menus start: export and check."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QDialog, QWidget

from models.errors import LogbookError
from models.logbook import Logbook
from ui.ahead import Room
from ui.events import LogbookEvents
from ui.filters.shelf import FilterShelf
from ui.jobs import Job, Jobs
from ui.session import Session
from ui.settings import Settings
from ui.theme import Theme
from ui.topics import EXPORT, FIRST_STEPS

if TYPE_CHECKING:
    from models.report_command import Layout
    from ui.data.export_choice import ExportChoice, Scope

Follow = Callable[[Job, str], None]


class Tasks(QObject):
    """Asks, runs the work in a job, and tells how it ended."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        settings: Settings,
        session: Session,
        jobs: Jobs,
        events: LogbookEvents,
        shelf: FilterShelf,
        follow: Follow,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._settings = settings
        self._session = session
        self._jobs = jobs
        self._events = events
        self._shelf = shelf
        self._follow = follow
        self._room = Room(jobs, self, "ui.data.export_dialog")

    def export(self, logbook: Logbook, scope: Scope, profile: str = "") -> None:
        """Ask what to export and where to, then do it; ``profile`` is proposed as the format."""
        self._room.enter(partial(self._ask_export, logbook, scope, profile))

    def _ask_export(self, logbook: Logbook, scope: Scope, profile: str) -> None:
        from ui.data.export_dialog import ExportDialog

        # It may have been locked while the dialog was loaded.
        if self._session.logbook is not logbook:
            return
        dialog = ExportDialog(
            self._jobs,
            self._theme,
            self._events,
            logbook,
            self._settings.export_folder,
            scope,
            self._shelf,
            self._window,
            {**self._settings.export_form, **({"profile": profile} if profile else {})},
            _codebook_layout,
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.run_export(logbook, dialog.choice)
        dialog.deleteLater()

    def run_export(self, logbook: Logbook, choice: ExportChoice) -> None:
        """Write the file; a file that exists already was confirmed or is asked about here."""
        if _is_there(choice.target) and not self._may_replace(choice):
            return
        self._settings.export_folder = choice.target.parent
        if choice.remembered:
            self._settings.export_form = choice.remembered

        def work(job: Job) -> str:
            from models.exchange.orders import export

            done = export(
                logbook,
                choice.target,
                choice.order(),
                progress=job.progress,
                cancelled=lambda: job.is_cancelled,
            )
            return self.tr("Written to {file}. Cases: {cases}, rows: {rows}.").format(
                rows=done.rows, cases=done.cases, file=choice.target
            )

        job = self._jobs.run(logbook, work, self._tell_exported, self.tell, reports=True)
        self._follow(job, self.tr("Exporting"))

    def check(self, logbook: Logbook) -> None:
        """Verify the logbook and show what was found."""

        def work() -> list[str]:
            from models.verify import verify

            return verify(logbook)

        job = self._jobs.run(logbook, work, self._show_check, self.tell)
        self._follow(job, self.tr("Checking the logbook"))

    def tell(self, error: LogbookError) -> None:
        """Show an error of the world in its own words."""
        from ui.widgets.message import tell_error

        tell_error(self._window, "Kypholog", error, FIRST_STEPS)

    def _may_replace(self, choice: ExportChoice) -> bool:
        from ui.widgets.message import is_wanted

        told = self.tr("{file} exists already. Replace it?").format(file=choice.target)
        return is_wanted(self._window, self.tr("Export"), told, topic=EXPORT)

    def _tell_exported(self, sentence: str) -> None:
        from ui.widgets.message import message

        message(self._window, self.tr("Export"), sentence, topic=EXPORT).open()

    def _show_check(self, findings: list[str]) -> None:
        from ui.data.check_dialog import CheckDialog

        CheckDialog(self._theme, findings, self._window).open()


def _is_there(target: Path) -> bool:
    try:
        return target.exists()
    except OSError:
        # A name that no file can have; writing it says why.
        return False


def _codebook_layout() -> Layout:
    """What lays a codebook out on the paper of this country."""
    from ui.printing.paper import SheetSize
    from ui.reports.writing import layout_on

    return layout_on(SheetSize.usual(QLocale()))
