# SPDX-License-Identifier: MIT
"""Offers drafts of the user, and those that others left: on opening, and when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from models.errors import LogbookError, ServerAway
from models.logbook import Logbook
from ui.jobs import Jobs, Turn
from ui.session import Session
from ui.theme import Theme
from ui.topics import ENTRY

if TYPE_CHECKING:
    from models.drafts import Draft
    from ui.editor.drafts_dialog import DraftsDialog


class DraftDesk(QObject):
    """Knows how many drafts there are, and shows them.

    Signals:
        resume_wanted: (models.drafts.Draft) the user wants to go on with it.

    Args:
        action: that of the menu; it tells the number.
    """

    resume_wanted = Signal(object)

    def __init__(
        self, window: QWidget, theme: Theme, jobs: Jobs, session: Session, action: QAction
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._jobs = jobs
        self._session = session
        self._action = action
        self._text = action.text()
        self._dialog: DraftsDialog | None = None

    def count(self) -> None:
        """Tell in the menu how many there are."""
        self._fetch(self._tell_number)

    def offer(self) -> None:
        """A logbook was opened: show its drafts, if there are any."""

        def show(found: list[Draft]) -> None:
            self._tell_number(found)
            above = QApplication.activeModalWidget()
            if found and isinstance(above, QDialog):
                # Such as a recovery key, which is shown this once. Drafts can wait.
                above.finished.connect(self.offer)
            elif found:
                self._show(found)

        self._fetch(show)

    def show(self) -> None:
        """Show the drafts."""
        self._fetch(self._show, asked=True)

    def _fetch(self, done: Callable[[list[Draft]], None], *, asked: bool = False) -> None:
        logbook = self._session.logbook
        if logbook is None:
            return

        def work() -> list[Draft]:
            from models.drafts import all_drafts

            return all_drafts(logbook)

        def take(found: list[Draft]) -> None:
            if logbook is self._session.logbook:
                done(found)

        failed, turn = (self._tell_error, Turn.NOW) if asked else (self._tell_quietly, Turn.AFTER)
        self._jobs.run(logbook, work, take, failed, turn=turn)

    def _tell_quietly(self, error: LogbookError) -> None:
        """A server that is away is told elsewhere to whoever asked for nothing."""
        if not isinstance(error, ServerAway):
            self._tell_error(error)

    def _tell_number(self, found: list[Draft]) -> None:
        self._action.setText(f"{self._text} ({len(found)})" if found else self._text)

    def _show(self, found: list[Draft]) -> None:
        from ui.editor.drafts_dialog import DraftsDialog

        if self._dialog is not None:
            self._dialog.close()
        dialog = DraftsDialog(self._theme, found, self._window)
        dialog.resume_wanted.connect(self.resume_wanted)
        dialog.discard_wanted.connect(self._discard)
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()

    def _discard(self, draft: Draft) -> None:
        logbook: Logbook | None = self._session.logbook
        if logbook is None:
            return

        def work() -> None:
            from models.drafts import discard_left

            discard_left(logbook, draft)

        self._jobs.run(logbook, work, lambda _done: self.count(), self._tell_error, changes=True)

    def _forget_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _tell_error(self, error: LogbookError) -> None:
        from ui.widgets.message import tell_error

        tell_error(self._window, self.tr("Drafts"), error, ENTRY)
