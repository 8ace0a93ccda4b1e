# SPDX-License-Identifier: MIT
"""Asks why a case is changed, where it was signed off or the settings want to know."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.audit import Action
from models.errors import LogbookError
from models.logbook import Logbook
from models.signoff import CaseSignedOff
from ui.jobs import Jobs
from ui.theme import Theme
from ui.widgets.why_dialog import WhyDialog

Save = Callable[[str, Action | None], None]


class Amending(QObject):
    """One question at a time, over the page of the editor.

    Attributes:
        dialog: the question, while it is open.
    """

    def __init__(self, jobs: Jobs, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._jobs, self._theme, self._page = jobs, theme, page
        self.dialog: WhyDialog | None = None

    def ask(self, logbook: Logbook, error: LogbookError, save: Save) -> None:
        """Ask for the reason that was missing; with one the case is saved again.

        ``error`` is why it was not saved: the case is locked, or a reason is wanted.
        """
        title = self.tr("Why is this changed?")
        about = self.tr("The settings of this logbook ask for a reason. The audit keeps it.")
        button = self.tr("Save")
        action = None
        if isinstance(error, CaseSignedOff):
            action = Action.AMEND
            title = self.tr("Save this as an amendment?")
            about = self.tr(
                "{locked} An amendment is kept with its reason, and is listed with the case."
            ).format(locked=error.locked)
            button = self.tr("Amend")
        dialog = WhyDialog(self._theme, title, about, button, self._page)
        self.dialog = dialog
        dialog.accepted.connect(lambda: save(dialog.reason, action))
        dialog.finished.connect(self._forget)
        dialog.offer_recent(self._jobs, logbook)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None
