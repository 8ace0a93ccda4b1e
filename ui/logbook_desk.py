# SPDX-License-Identifier: MIT
"""Opens and makes logbooks as the menus and the welcome ask for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui import places
from ui.actions import Handlers
from ui.session import Session


class LogbookDesk(QObject):
    """Asks for the place, and whether what is typed may be left.

    Args:
        window: owns the dialogs.
        session: what opens and closes.
        example: folder of the example logbook.
        may_leave: asks whether an entry that is not saved holds the user back.
    """

    def __init__(
        self, window: QWidget, session: Session, example: Path, may_leave: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._example = example
        self._may_leave = may_leave

    def handlers(self) -> Handlers:
        """What the actions of the menu do."""
        return {
            "new_logbook": self.new,
            "open_logbook": self.ask,
            "example": self.open_example,
        }

    def new(self) -> None:
        """Ask for a place and make a logbook there."""
        folder = places.ask_for_new_logbook(self._window)
        if folder is not None and self._may_leave():
            self._session.create(folder)

    def ask(self) -> None:
        """Ask for the folder of a logbook and open it."""
        folder = places.ask_for_logbook(self._window)
        if folder is not None:
            self.open(folder)

    def open(self, folder: Path) -> None:
        """Open the logbook in this folder."""
        if self._may_leave():
            self._session.open(folder)

    def open_example(self) -> None:
        """Open the example logbook with the two published cases."""
        if self._may_leave():
            self._session.open_example(self._example)

    def is_example(self, folder: Path) -> bool:
        """Whether the logbook in this folder is the example."""
        return folder == self._example
