# SPDX-License-Identifier: MIT
"""Moves cases into the bin, after asking why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from models.errors import LogbookError
from models.logbook import Logbook
from models.once import Once
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.permits import guard
from ui.repeats import Repeats
from ui.theme import Theme
from ui.topics import CASES


class Binning(QObject):
    """Asks on the page of cases, and moves in a job: all of them or none."""

    def __init__(self, jobs: Jobs, theme: Theme, events: LogbookEvents, page: QWidget) -> None:
        super().__init__(page)
        self._repeats = Repeats(jobs, events, self, self.tr("Moving cases into the bin"))
        self._theme = theme
        self._events = events
        self._page = page

    def ask(self, logbook: Logbook, ids: list[str]) -> None:
        """Ask for the reason; with one, the cases are moved."""
        from ui.cases.bin_dialog import BinDialog

        seen = logbook.turns.seen
        dialog = BinDialog(self._theme, len(ids), self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.move(logbook, ids, dialog.reason, seen))
        dialog.open()

    def move(self, logbook: Logbook, ids: list[str], reason: str, seen: int | None = None) -> None:
        """Move the cases, and tell why where that cannot be done.

        ``seen`` is the last audit entry that was known when they were chosen; who saved one of
        them since is told, and asked about.
        """
        from models.casebin import ChangedMeanwhile, move_to_bin

        def fail(error: LogbookError) -> None:
            if isinstance(error, ChangedMeanwhile):
                self._ask_again(error, lambda: self.move(logbook, ids, reason))
            else:
                self._tell(error)

        self._repeats.run(
            Once(logbook, lambda: move_to_bin(logbook, ids, reason, seen)),
            lambda _: self._events.cases_changed.emit(),
            fail,
            self._tell_waiting,
        )

    def _tell_waiting(self) -> None:
        self._tell(
            LogbookError(
                self.tr("Not in the bin yet: the server does not answer."),
                self.tr(
                    "It is done once, as soon as the server answers again. Leave this window open."
                ),
            )
        )

    def _ask_again(self, error: LogbookError, move: Callable[[], None]) -> None:
        from ui.widgets.message import Answer, Icon, message

        box = message(
            self._page,
            self.tr("Move to bin"),
            error.message,
            topic=CASES,
            more=error.cure,
            icon=Icon.Warning,
            answers=Answer.Cancel,
        )
        anyway = box.addButton(self.tr("Move all the same"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(Answer.Cancel)
        guard(anyway, "bin_case")
        anyway.clicked.connect(move)
        box.open()

    def _tell(self, error: LogbookError) -> None:
        from ui.widgets.message import tell_error

        tell_error(self._page, self.tr("Cases"), error, CASES)
