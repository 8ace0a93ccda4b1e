# SPDX-License-Identifier: MIT
"""Opens the visit plan, and tells whether a change of it has still to go on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from models.errors import LogbookError
from models.logbook import Logbook
from models.settings import LogbookSettings, plan_of, read_settings
from ui.events import LogbookEvents
from ui.followup.plan_dialog import PlanDialog
from ui.jobs import Jobs
from ui.session import Session
from ui.theme import Theme

Tell = Callable[[LogbookError], None]


class PlanDesk(QObject):
    """The visit plan of the open logbook.

    Signals:
        waits: (bool) whether cases have still to be brought to a changed plan.
    """

    waits = Signal(bool)

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        session: Session,
        tell: Tell,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._theme = theme
        self._events = events
        self._session = session
        self._tell = tell
        self._window = window
        events.opened.connect(self.look)

    def look(self) -> None:
        """Find out whether a change was interrupted."""
        logbook = self._session.logbook
        if logbook is None:
            return

        def work() -> bool:
            from models.followup.planning import is_waiting

            return is_waiting(logbook)

        self._jobs.run(logbook, work, self.waits.emit, self._tell)

    def open(self, *, goes_on: bool = False) -> None:
        """Show the plan; ``goes_on`` does the rest of a change at once."""
        logbook = self._session.logbook
        if logbook is None:
            return

        def work() -> tuple[LogbookSettings, bool]:
            from models.followup.planning import is_waiting

            return read_settings(logbook), is_waiting(logbook)

        def show(read: tuple[LogbookSettings, bool]) -> None:
            settings, waits = read
            dialog = PlanDialog(
                self._theme, self._jobs, logbook, plan_of(settings), self._window, waits=waits
            )
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.changed.connect(lambda: self._tell_changed(logbook))
            dialog.open()
            if goes_on:
                dialog.go_on()

        self._jobs.run(logbook, work, show, self._tell)

    def _tell_changed(self, logbook: Logbook) -> None:
        def done(settings: LogbookSettings) -> None:
            self._events.settings_changed.emit(settings)
            self._events.cases_changed.emit()
            self.look()

        self._jobs.run(logbook, lambda: read_settings(logbook), done, self._tell)
