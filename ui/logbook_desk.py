# SPDX-License-Identifier: MIT
"""Opens and makes logbooks as the menus and the welcome ask for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from models.access import Password
from models.errors import LogbookError
from models.logbook import FOLDER_SUFFIX, current_user
from ui import places
from ui.access.idle import Idle
from ui.actions import Handlers
from ui.session import Session
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.access.sign_in_dialog import SignInDialog


class LogbookDesk(QObject):
    """Asks for the place, and whether what is typed may be left.

    Args:
        place: the window that owns the dialogs, and how it looks.
        session: what opens and closes.
        example: folder of the example logbook.
        may_leave: asks whether an entry that is not saved holds the user back.
        put_aside: keeps such an entry as a draft without asking; whether it is kept.
    """

    def __init__(
        self,
        place: Workplace,
        session: Session,
        example: Path,
        may_leave: Callable[[], bool],
        put_aside: Callable[[], bool],
    ) -> None:
        super().__init__(place.window)
        self._place = place
        self._window, self._theme = place.window, place.theme
        self._put_aside = put_aside
        self._dialog: SignInDialog | None = None
        self._is_locked, self._last_user = False, ""
        self._idle = Idle(self)
        self._idle.idle.connect(self.lock)
        session.sign_in_wanted.connect(self._ask_sign_in)
        session.sign_in_refused.connect(self._refuse)
        session.recovery_made.connect(self._show_recovery)
        self._session = session
        self._example = example
        self._may_leave = may_leave

    def handlers(self) -> Handlers:
        """What the actions of the menu do."""
        return {
            "new_logbook": self.new,
            "open_logbook": self.ask,
            "lock": self.lock,
            "users": self.show_users,
            "example": self.open_example,
        }

    def new(self) -> None:
        """Ask for a place and make a logbook there."""
        folder = places.ask_for_new_logbook(self._window)
        if folder is not None and self._may_leave():
            self._ask_how(folder)

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

    def lock(self) -> None:
        """Hide everything of the logbook at once; it opens again for whoever signs in."""
        logbook = self._session.logbook
        if logbook is None:
            return
        if not logbook.is_encrypted:
            said = self.tr("This logbook is not encrypted, so there is nothing to lock.")
            self._place.tell(LogbookError(said))
            return
        if not self._put_aside():
            said = self.tr("What you are entering cannot be kept as a draft, so nothing is locked.")
            self._place.tell(LogbookError(said, self.tr("Save it, then lock.")))
            return
        for dialog in self._window.findChildren(QDialog):
            dialog.reject()
        self._is_locked, self._last_user = True, logbook.user
        self._session.close("Locked.")
        self._ask_sign_in(logbook.folder)

    def show_users(self) -> None:
        """Let an administrator see and change who may open the logbook."""
        from models.access import Right, has
        from ui.access.users_dialog import UsersDialog

        logbook = self._session.logbook
        if logbook is None:
            return
        if not logbook.is_encrypted:
            said = self.tr("This logbook is not encrypted: whoever opens its folder may do all.")
            self._place.tell(LogbookError(said))
            return
        if not has(logbook.door.role, Right.ADMINISTER):
            said = self.tr("Only an administrator of the logbook sees and changes its users.")
            self._place.tell(LogbookError(said))
            return
        dialog = UsersDialog(self._theme, self._place.jobs, logbook, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def on_opened(self) -> None:
        """Another logbook is open now, or none."""
        logbook = self._session.logbook
        self._idle.watch(on=logbook is not None and logbook.is_encrypted)
        if logbook is not None and self._dialog is not None:
            self._is_locked = False
            self._dialog.accept()

    def _ask_how(self, folder: Path) -> None:
        from ui.access.new_dialog import NewLogbookDialog

        name = folder.name.removesuffix(FOLDER_SUFFIX)
        dialog = NewLogbookDialog(self._theme, name, current_user(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def make() -> None:
            if dialog.plain.isChecked():
                self._session.create(folder)
            else:
                password = Password(dialog.name, dialog.password)
                self._session.create_encrypted(folder, dialog.name, password)

        dialog.accepted.connect(make)
        dialog.open()

    def _ask_sign_in(self, folder: Path) -> None:
        from models.access import users_of
        from ui.access.sign_in_dialog import SignInDialog

        try:
            names = users_of(folder)
        except LogbookError as error:
            self._session.failed.emit(error)
            return
        dialog = SignInDialog(
            self._theme,
            folder.name.removesuffix(FOLDER_SUFFIX),
            names,
            self._last_user or current_user(),
            is_locked=self._is_locked,
            parent=self._window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(lambda credential: self._session.sign_in(folder, credential))
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()

    def _refuse(self, error: LogbookError) -> None:
        if self._dialog is not None:
            self._dialog.refuse(error)

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _show_recovery(self, key: str) -> None:
        from ui.access.recovery_dialog import RecoveryDialog

        logbook = self._session.logbook
        name = logbook.name if logbook is not None else ""
        dialog = RecoveryDialog(self._theme, name, key, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def is_example(self, folder: Path) -> bool:
        """Whether the logbook in this folder is the example."""
        return folder == self._example
