# SPDX-License-Identifier: MIT
"""Opens what the Help menu offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenuBar
from shiboken6 import isValid

from ui.actions import Handlers
from ui.session import Session
from ui.settings import Settings
from ui.topics import topic_at
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.help.commands import Command
    from ui.tour import Tour


class HelpDesk(QObject):
    """Shows the commands and keys of the program, and what it is.

    Args:
        place: owns the dialogs, has the menus, and tells their look.
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
        self._used: list[str] = []
        self._tour: Tour | None = None

    def handlers(self) -> Handlers:
        """What the actions of the menu do."""
        return {
            "find_command": self.find_command,
            "help": lambda: self.show_help(topic_at(QApplication.focusWidget())),
            "tour": self.take_tour,
            "shortcuts": self.show_shortcuts,
            "about": self.show_about,
        }

    def show_help(self, topic: str = "") -> None:
        """Show the page of help on a topic, over whatever dialog asks for it."""
        from ui.help.reader import HelpDialog

        over = QApplication.activeModalWidget() or self._window
        dialog = HelpDialog(self._theme, topic, over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def find_command(self) -> None:
        """Let a command be found by its name, and do it where the focus was before."""
        from ui.help.commands import commands_of, put_back
        from ui.help.finder import CommandFinder

        menus = self._window.findChild(QMenuBar)
        assert isinstance(menus, QMenuBar)
        focused = QApplication.focusWidget()
        commands = {command.value: command for command in commands_of(menus)}
        used = [commands[value] for value in self._used if value in commands]
        finder = CommandFinder(self._theme, list(commands.values()), used, self._window)
        finder.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def do(command: Command) -> None:
            self._used = [command.value, *(one for one in self._used if one != command.value)]
            if focused is not None:
                focused.setFocus(Qt.FocusReason.PopupFocusReason)
            # Undo and Paste ask which window is active, and it is not yet.
            QTimer.singleShot(0, self, command.action.trigger)

        finder.chosen.connect(do)
        finder.finished.connect(lambda _result: put_back(menus))
        finder.open()

    def take_tour(self) -> None:
        """Begin the tour; without a logbook it leads through the example."""
        if self._session.logbook is not None:
            self._begin_tour()
            return
        once = Qt.ConnectionType.SingleShotConnection
        self._place.events.opened.connect(self._begin_tour, once)
        self._actions()["example"].trigger()

    def _begin_tour(self) -> None:
        from ui.tour import Tour

        if self._tour is not None and isValid(self._tour):
            self._tour.leave()
        self._tour = Tour(self._theme, self._window, self._actions()["show_cases"].trigger)

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
