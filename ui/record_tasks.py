# SPDX-License-Identifier: MIT
"""Tasks on the whole record that the menus start: its settings, and merging patients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from models.errors import LogbookError
from models.logbook import Logbook
from models.settings import STORE_IDENTITY, AnySetting, LogbookSettings, Value, change_setting
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.session import Session
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.preferences.dialog import PreferencesDialog

Tell = Callable[[LogbookError], None]


class RecordTasks(QObject):
    """Asks, runs the work in a job, and tells the pages what changed."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        jobs: Jobs,
        events: LogbookEvents,
        session: Session,
        tell: Tell,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._jobs = jobs
        self._events = events
        self._session = session
        self._tell = tell

    # settings

    def ask_settings(self) -> None:
        """Show the settings of the logbook, and change what was chosen."""
        from ui.preferences.dialog import PreferencesDialog

        logbook = self._session.logbook
        if logbook is None:
            return
        dialog = PreferencesDialog(self._theme, self._session.settings, logbook.name, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take_settings(logbook, dialog))
        dialog.open()

    def _take_settings(self, logbook: Logbook, dialog: PreferencesDialog) -> None:
        changes = dialog.changes
        if (STORE_IDENTITY, False) in changes:
            self._count_names(logbook, changes)
        elif changes:
            self._change(logbook, changes, remove=False)

    def _count_names(self, logbook: Logbook, changes: list[tuple[AnySetting, Value]]) -> None:
        def work() -> int:
            from models.identity import count_identities

            return count_identities(logbook)

        def ask(count: int) -> None:
            if not count:
                self._change(logbook, changes, remove=False)
                return
            from ui.preferences.names_dialog import NamesDialog

            dialog = NamesDialog(self._theme, count, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._change(logbook, changes, remove=dialog.removes))
            dialog.open()

        self._jobs.run(logbook, work, ask, self._tell)

    def _change(
        self, logbook: Logbook, changes: list[tuple[AnySetting, Value]], *, remove: bool
    ) -> None:
        def work() -> LogbookSettings:
            from models.identity import remove_identities

            with logbook.transaction():
                for declared, value in changes:
                    settings = change_setting(logbook, declared, value)
                if remove:
                    remove_identities(logbook, declared.label)
            return settings

        self._jobs.run(logbook, work, self._events.settings_changed.emit, self._tell)

    # patients

    def ask_merge(self, case_ids: list[str]) -> None:
        """Merge the patients of these cases; who is not named yet is asked for."""
        from ui.patients.merge_dialog import MergeDialog

        logbook = self._session.logbook
        if logbook is None:
            return
        names = self._session.settings.get(STORE_IDENTITY)
        dialog = MergeDialog(
            self._theme, self._jobs, logbook, case_ids, self._window, stores_names=names
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._events.cases_changed)
        dialog.open()
