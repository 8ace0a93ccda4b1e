# SPDX-License-Identifier: MIT
"""Opens what the Help menu offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from ui.actions import Handlers
from ui.session import Session
from ui.settings import Settings
from ui.topics import Topics
from ui.workplace import Workplace


class HelpDesk(QObject):
    """Shows the keys of the program, and what it is.

    Args:
        place: owns the dialogs, and tells their look.
        session: which logbook is open.
        settings: those of the user; their place is told.
        example: where the example logbook is made.
        actions: tells the actions of the menus.
    """

    def __init__(
        self,
        place: Workplace,
        session: Session,
        settings: Settings,
        example: Path,
        actions: Callable[[], Mapping[str, QAction]],
    ) -> None:
        super().__init__(place.window)
        self._place = place
        self._window = place.window
        self._theme = place.theme
        self._session = session
        self._settings = settings
        self._example = example
        self._actions = actions
        topics = Topics(place.window)
        topics.wanted.connect(self.show_help)

    def handlers(self) -> Handlers:
        """What the actions of the menu do."""
        return {
            "help": self.show_help,
            "shortcuts": self.show_shortcuts,
            "about": self.show_about,
        }

    def show_help(self, topic: str = "") -> None:
        """Show the pages of help, over whatever dialog asks for one."""
        from ui.help.reader import HelpDialog

        over = QApplication.activeModalWidget() or self._window
        dialog = HelpDialog(self._theme, topic, over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_shortcuts(self) -> None:
        """Show every key."""
        from ui.help.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._theme, self._actions(), self._window).open()

    def show_about(self) -> None:
        """Show versions, licenses and where the data lies."""
        from ui.help.about import AboutDialog

        logbook, settings = self._session.logbook, self._settings.where
        place = self._place
        dialog = AboutDialog(
            place.theme, place.jobs, logbook, settings, self._example, place.window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
