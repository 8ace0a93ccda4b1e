# SPDX-License-Identifier: MIT
"""Tasks on the whole record that the menus start: its settings, and merging patients."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from models.errors import CannotWrite, LogbookError
from models.logbook import Logbook
from models.settings import (
    BACKUP_PLACE,
    STORE_IDENTITY,
    AnySetting,
    LogbookSettings,
    Value,
    change_setting,
)
from models.speech import say
from models.speech.choosing import keep as keep_language
from ui.actions import Handlers
from ui.ahead import Room
from ui.looks import Looks
from ui.session import Session
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.audit.window import AuditWindow
    from ui.preferences.dialog import PreferencesDialog


class RecordTasks(QObject):
    """Asks, runs the work in a job, and tells the pages what changed.

    Args:
        looks: how it looks on this computer.
        may_leave: whether nothing that is not saved holds the user back; asks where something does.
        show_case: shows a case in the list, by its id.
    """

    def __init__(
        self,
        place: Workplace,
        session: Session,
        looks: Looks,
        may_leave: Callable[[], bool],
        show_case: Callable[[str], None],
    ) -> None:
        super().__init__(place.window)
        self._place = place
        self._session = session
        self._looks = looks
        self._may_leave, self._show_case = may_leave, show_case
        self._audit: AuditWindow | None = None
        self._room = Room(place.jobs, self, "ui.audit.window")

    def handlers(self) -> Handlers:
        """What the actions of the menus do."""
        return {"settings": self.ask_settings, "audit_trail": self.show_audit}

    # the audit

    def show_audit(self) -> None:
        """Show the audit trail beside the window, which can be worked with meanwhile."""
        self._room.enter(self._show_audit)

    def _show_audit(self) -> None:
        from ui.audit.window import AuditWindow

        logbook = self._session.logbook
        if logbook is None:
            return
        if self._audit is not None:
            self._audit.activateWindow()
            self._audit.refresh()
            return
        place = self._place
        self._audit = AuditWindow(place.theme, place.jobs, logbook, place.window)
        self._audit.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._audit.case_wanted.connect(self._open_case)
        self._audit.finished.connect(self._forget_audit)
        place.events.opened.connect(self._audit.reject)
        self._audit.show()

    def _open_case(self, case_id: str) -> None:
        if self._may_leave():
            self._show_case(case_id)
            self._place.window.activateWindow()

    def _forget_audit(self) -> None:
        self._audit = None

    # settings

    def ask_settings(self) -> None:
        """Show the settings of this computer and of the logbook, and change what was chosen."""
        from ui.preferences.dialog import PreferencesDialog

        logbook = self._session.logbook
        name = logbook.name if logbook is not None else ""
        dialog = PreferencesDialog(
            self._place.theme, self._session.settings, name, self._place.window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take_settings(logbook, dialog))
        dialog.open()

    def _take_settings(self, logbook: Logbook | None, dialog: PreferencesDialog) -> None:
        self._looks.show(dialog.looks.mode, dialog.looks.scale)
        if (language := dialog.looks.language) is not None:
            try:
                keep_language(language)
            except OSError as error:
                said = say("The language cannot be kept: {reason}.", reason=error.strerror)
                self._place.tell(CannotWrite(said, say("Check that you may write there.")))
        if logbook is None:
            return
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

            dialog = NamesDialog(self._place.theme, count, self._place.window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._change(logbook, changes, remove=dialog.removes))
            dialog.open()

        self._place.jobs.run(logbook, work, ask, self._place.tell)

    def _change(
        self, logbook: Logbook, changes: list[tuple[AnySetting, Value]], *, remove: bool
    ) -> None:
        def work() -> tuple[LogbookSettings, LogbookError | None]:
            from models.identity import remove_identities

            with logbook.transaction():
                for declared, value in changes:
                    settings = change_setting(logbook, declared, value)
                if remove:
                    remove_identities(logbook, declared.label)
            return settings, _trouble_with(logbook, dict(changes).get(BACKUP_PLACE, ""))

        def end(done: tuple[LogbookSettings, LogbookError | None]) -> None:
            settings, trouble = done
            self._place.events.settings_changed.emit(settings)
            if trouble is not None:
                self._place.tell(trouble)

        self._place.jobs.run(logbook, work, end, self._place.tell, changes=True)

    # patients

    def ask_merge(self, case_ids: list[str]) -> None:
        """Merge the patients of these cases; who is not named yet is asked for."""
        from ui.patients.merge_dialog import MergeDialog

        logbook = self._session.logbook
        if logbook is None:
            return
        names = self._session.settings.get(STORE_IDENTITY)
        dialog = MergeDialog(
            self._place.theme,
            self._place.jobs,
            logbook,
            case_ids,
            self._place.window,
            stores_names=names,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._place.events.cases_changed)
        dialog.open()


def _trouble_with(logbook: Logbook, place: Value) -> LogbookError | None:
    """Why no backup can go to a second place that was just named, in a job; None where one can.

    It is kept nevertheless: a drive may be connected later.
    """
    from models.backup.second import check_place

    if not str(place).strip() or not logbook.has_files:
        return None
    try:
        check_place(Path(str(place).strip()), logbook.folder)
    except LogbookError as error:
        return error
    return None
