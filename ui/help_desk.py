# SPDX-License-Identifier: MIT
"""Opens what the Help menu offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from ui.actions import Handlers
from ui.session import Session
from ui.theme import Theme
from ui.topics import Topics


class HelpDesk(QObject):
    """Shows the keys of the program, and what it is.

    Args:
        window: owns the dialogs.
        theme: their look.
        session: which logbook is open.
        actions: tells the actions of the menus.
    """

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        session: Session,
        actions: Callable[[], Mapping[str, QAction]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._session = session
        self._actions = actions
        topics = Topics(window)
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
        """Show version, license and the open logbook."""
        from ui.help.about import AboutDialog

        AboutDialog(self._theme, self._session.logbook, self._window).open()
