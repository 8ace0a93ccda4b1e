# SPDX-License-Identifier: MIT
"""Opens and makes logbooks as the menus and the welcome ask for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from models.access import Credential, Password
from models.address import Place
from models.errors import LogbookError
from models.logbook import DATABASE_NAME, FOLDER_SUFFIX, current_user
from ui.access.why import Why
from ui.access_desk import AccessDesk
from ui.actions import Handlers
from ui.locking import Locking
from ui.rescue_desk import DAMAGED, RescueDesk
from ui.server_desk import ServerDesk
from ui.session import Session
from ui.status import StatusBar
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.access import Unlocked
    from ui.access.sign_in_dialog import SignInDialog

Leave = Callable[..., bool]
"""As ``BackupDesk.leave``: the last backup of the logbook that is open."""


class LogbookDesk(QObject):
    """Asks for the place, who signs in, and whether what is typed may be left.

    Args:
        place: the window that owns the dialogs, and how it looks.
        session: what opens and closes.
        status: says how the logbook is kept.
        example: folder of the example logbook.
        may_leave: asks whether an entry that is not saved holds the user back.
        is_unsaved: whether there is such an entry.
        put_aside: keeps it as a draft without asking; whether it is kept.
        leave: makes the last backup before another logbook is opened.

    Attributes:
        locking: hides the logbook.
        access: its users and keys.
        rescue: offers the backups of a logbook that is damaged.
        servers: opens logbooks that a server keeps.
    """

    def __init__(
        self,
        place: Workplace,
        session: Session,
        status: StatusBar,
        example: Path,
        may_leave: Callable[[], bool],
        is_unsaved: Callable[[], bool],
        put_aside: Callable[[], bool],
        leave: Leave,
    ) -> None:
        super().__init__(place.window)
        self._place = place
        self._window, self._theme = place.window, place.theme
        self._dialog: SignInDialog | None = None
        self._credential: Credential | None = None
        session.sign_in_wanted.connect(self._ask_to_open)
        session.sign_in_refused.connect(self._refuse)
        self._session = session
        self._example = example
        self._may_leave = may_leave
        self._leave = leave
        self.rescue = RescueDesk(place, session, status)
        self.rescue.offered.connect(self._ask_no_more)
        session.failed.connect(self.rescue.tell)
        self.servers = ServerDesk(place, session, status, self._go_to)
        self.access = AccessDesk(place, session, status, may_leave)
        self.locking = Locking(place, session, is_unsaved, put_aside, self._ask_sign_in)

    def handlers(self) -> Handlers:
        """What the actions of the menu do."""
        return {
            "new_logbook": self.new,
            "open_logbook": self.ask,
            "open_server": self.servers.ask,
            "lock": self.locking.lock,
            "switch_user": self.locking.switch,
            "example": self.open_example,
            **self.access.handlers(),
        }

    def new(self) -> None:
        """Ask for a place and make a logbook there."""
        from ui.places import ask_for_new_logbook

        folder = ask_for_new_logbook(self._window)
        if folder is not None and self._may_leave():
            self._ask_how(folder)

    def ask(self) -> None:
        """Ask for the folder of a logbook and open it."""
        from ui.places import ask_for_logbook

        folder = ask_for_logbook(self._window)
        if folder is not None:
            self.open(folder)

    def open(self, place: Place) -> None:
        """Open the logbook at this place."""
        self._go_to(lambda: self._session.open(place))

    def put_out(self, why: LogbookError) -> None:
        """Let nobody see the logbook any more before somebody signs in, and say why."""
        self.locking.lock()
        self._refuse(why)

    def open_example(self) -> None:
        """Open the example logbook with the two published cases."""
        self._go_to(lambda: self._session.open_example(self._example))

    def on_opened(self) -> None:
        """Another logbook is open now, or none."""
        logbook = self._session.logbook
        self.locking.watch()
        self._credential = None
        if logbook is None:
            return
        if self._dialog is not None:
            self._dialog.accept()
        unlocked = logbook.door.unlocked
        if unlocked is not None and unlocked.mended:
            said = self.tr("{file} was damaged or missing.").format(file=unlocked.mended)
            cure = self.tr(
                "The second copy of the keys was used, and the other was written anew. If this "
                "happens again, check the drive."
            )
            self._place.tell(LogbookError(said, cure))

    def _go_to(self, opens: Callable[[], None]) -> None:
        """Open another logbook, after the last backup of this one."""
        if self._may_leave() and not self._leave(opens, closes=False):
            opens()

    def _ask_how(self, folder: Path) -> None:
        from ui.access.new_dialog import NewLogbookDialog

        name = folder.name.removesuffix(FOLDER_SUFFIX)
        dialog = NewLogbookDialog(self._theme, name, current_user(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def make() -> None:
            name, password = dialog.people.name, Password("", dialog.people.password)
            if dialog.plain.isChecked():
                self._go_to(lambda: self._session.create(folder))
            else:
                self._go_to(lambda: self._session.create_encrypted(folder, name, password))

        dialog.accepted.connect(make)
        dialog.open()

    # signing in

    def _ask_to_open(self, folder: Path) -> None:
        user, self._session.user_named = self._session.user_named, ""
        self._ask_sign_in(folder, Why.OPENS, user or self.locking.last_user or current_user())

    def _ask_sign_in(self, folder: Path, why: Why, user: str, *, has_draft: bool = False) -> None:
        from models.access import users_of
        from ui.access.sign_in_dialog import SignInDialog

        try:
            names = users_of(folder)
        except LogbookError as error:
            self._session.failed.emit(error)
            return
        if self._dialog is not None:
            self._dialog.reject()
        name = folder.name.removesuffix(FOLDER_SUFFIX)
        dialog = SignInDialog(
            self._theme, name, names, user, why=why, has_draft=has_draft, parent=self._window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(lambda credential: self._let_in(folder, credential))
        dialog.finished.connect(lambda result: self._forget_dialog(dialog, result))
        self._dialog = dialog
        dialog.open()

    def _let_in(self, folder: Path, credential: Credential) -> None:
        held = self.locking.held
        if held is None:
            self._credential = credential
            self._session.sign_in(folder, credential)
            return

        def work() -> Unlocked:
            from models.access import unlock

            return unlock(folder / DATABASE_NAME, credential)

        def done(unlocked: Unlocked) -> None:
            if unlocked.ring.user(held.user) is None:
                self.locking.let_go()
                self._session.sign_in(folder, credential)
                return
            if unlocked.slot.name != held.user:
                said = self.tr("What {user} was entering is not saved, so only {user} can go on.")
                self._refuse(LogbookError(said.format(user=held.user)))
                return
            self.locking.give_back()
            if self._dialog is not None:
                self._dialog.accept()
            said = self.tr("What you are entering could not be kept as a draft.")
            self._place.tell(LogbookError(said, self.tr("It is still there; save it now.")))

        self._place.jobs.run(None, work, done, self._refuse)

    def _refuse(self, error: LogbookError) -> None:
        credential, self._credential = self._credential, None
        if credential is not None and isinstance(error, DAMAGED):
            self.rescue.tell(error, credential, self._refuse)
        elif self._dialog is not None:
            self._dialog.refuse(error)
        else:
            self._place.tell(error)

    def _ask_no_more(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def _forget_dialog(self, dialog: SignInDialog, result: int) -> None:
        if dialog is self._dialog:
            self._dialog = None
            self.locking.raise_curtain()
        held = self.locking.held
        if held is not None and result != QDialog.DialogCode.Accepted:
            # Nothing else leads back to what is not saved.
            self._ask_sign_in(held.folder, Why.HELD, held.user)
