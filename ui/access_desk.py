# SPDX-License-Identifier: MIT
"""Users, passwords and keys of the open logbook, as the Tools menu and the status bar ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from models.errors import LogbookError
from models.logbook import Logbook
from ui.actions import Handlers
from ui.jobs import Job
from ui.session import Session
from ui.status import StatusBar
from ui.topics import ENCRYPTION, below
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.backup import Dealt, PlainCopy

_BACKED_UP = 40
"""Hundredths of the work on a key after which the backup is made."""


class AccessDesk(QObject):
    """Asks, works off the UI thread with the logbook closed where it has to be, and tells.

    Args:
        place: the window, and by what it works.
        session: which logbook is open.
        status: offers to encrypt a logbook that is not encrypted.
        may_leave: whether nothing that is not saved holds the user back; asks where it does.
    """

    def __init__(
        self,
        place: Workplace,
        session: Session,
        status: StatusBar,
        may_leave: Callable[[], bool],
    ) -> None:
        super().__init__(place.window)
        self._place = place
        self._session = session
        self._status = status
        self._may_leave = may_leave
        self._offers_copies = False
        session.recovery_made.connect(self._show_recovery)

    def handlers(self) -> Handlers:
        """What the actions of the menu do."""
        return {
            "users": self.show_users,
            "change_password": self.ask_password,
            "encrypt": self.encrypt,
            "plain_copies": lambda: self.look_for_copies(tells=True),
            "recovery_key": self.ask_recovery,
            "change_key": self.ask_key,
        }

    # people

    def show_users(self) -> None:
        """Let an administrator see and change who may open the logbook."""
        from ui.access.users_dialog import UsersDialog

        if (logbook := self._session.logbook) is not None:
            self._open(
                UsersDialog(self._place.theme, self._place.jobs, logbook, self._place.window)
            )

    def ask_password(self) -> None:
        """Let whoever works with the logbook choose another password."""
        from ui.access.password_dialog import PasswordDialog

        logbook = self._session.logbook
        if logbook is None:
            return
        dialog = PasswordDialog(self._place.theme, logbook.user, self._place.window, is_own=True)

        def change(old: str, new: str) -> None:
            def work() -> None:
                from models.accounts import change_password

                change_password(logbook, logbook.user, new, old)

            def done(_nothing: object) -> None:
                dialog.accept()
                self._status.say(self.tr("Your password is another one now."))

            self._place.jobs.run(logbook, work, done, dialog.refuse)

        dialog.wanted.connect(change)
        self._open(dialog)

    # the recovery key

    def ask_recovery(self) -> None:
        """Make another recovery key, once the user knows what becomes of the present one."""
        from ui.access.confirm_dialog import ConfirmDialog

        logbook = self._session.logbook
        if logbook is None:
            return
        said = (
            self.tr("The present recovery key opens nothing then; destroy the paper it is on."),
            self.tr("All passwords stay. The new key is shown once; have the printer ready."),
        )
        title, button = self.tr("New recovery key"), self.tr("Make a new key")
        dialog = ConfirmDialog(self._place.theme, title, said, button, self._place.window)

        def work() -> str:
            from models.accounts import new_recovery_key

            return new_recovery_key(logbook).text

        dialog.accepted.connect(
            lambda: self._place.jobs.run(logbook, work, self._show_recovery, self._place.tell)
        )
        self._open(dialog)

    def _show_recovery(self, key: str) -> None:
        from ui.access.recovery_dialog import RecoveryDialog
        from ui.access.recovery_page import RecoverySheet

        logbook = self._session.logbook
        if logbook is None:
            return
        sheet = RecoverySheet(logbook.name, key, date.today(), logbook.user)
        dialog = RecoveryDialog(self._place.theme, sheet, self._place.window)
        if self._offers_copies:
            self._offers_copies = False
            dialog.accepted.connect(self.look_for_copies)
        self._open(dialog)

    # the key of the data

    def ask_key(self) -> None:
        """Encrypt the logbook with another key, once the user knows what that means."""
        from ui.access.confirm_dialog import ConfirmDialog

        said = (
            self.tr(
                "The whole logbook is encrypted with another key. Do this when somebody who has "
                "left may have kept a copy of the files."
            ),
            self.tr(
                "All passwords and the recovery key stay, and earlier backups can still be "
                "opened. A backup is made first. Nobody else may have it open meanwhile."
            ),
        )
        title, button = self.tr("Change the key"), self.tr("Change the key")
        dialog = ConfirmDialog(self._place.theme, title, said, button, self._place.window)
        dialog.accepted.connect(self._change_key)
        self._open(dialog)

    def _change_key(self) -> None:
        def work(logbook: Logbook, job: Job) -> str:
            from models.accounts import change_key
            from models.backup import Reason, back_up

            back_up(logbook, Reason.KEY_CHANGE, _between(job, 0, _BACKED_UP))
            change_key(logbook, _between(job, _BACKED_UP, 100))
            return ""

        said = self.tr("The logbook is encrypted with another key.")
        self._work_alone(self.tr("Changing the key"), work, said)

    def encrypt(self) -> None:
        """Encrypt a logbook that is not encrypted, and ask what becomes of earlier copies."""
        logbook = self._session.logbook
        if logbook is None or logbook.is_encrypted:
            return

        def look() -> list[str]:
            from models.accounts import plain_files

            own = logbook.file
            found = [file for file in plain_files(logbook.folder) if file != own]
            return [str(file.relative_to(logbook.folder)) for file in found]

        def ask(copies: list[str]) -> None:
            from ui.access.encrypt_dialog import EncryptDialog

            dialog = EncryptDialog(
                self._place.theme, logbook.name, logbook.user, copies, self._place.window
            )
            people = dialog.people
            dialog.accepted.connect(lambda: self._encrypt(people.name, people.password))
            self._open(dialog)

        self._place.jobs.run(logbook, look, ask, self._place.tell)

    def _encrypt(self, user: str, password: str) -> None:
        def work(logbook: Logbook, job: Job) -> str:
            from models.accounts import encrypt
            from models.backup import Reason, back_up

            recovery = encrypt(logbook, user, password, progress=_between(job, 0, 100 - _BACKED_UP))
            try:
                back_up(logbook, Reason.KEY_CHANGE, _between(job, 100 - _BACKED_UP, 100))
            except LogbookError as error:
                # It is encrypted all the same; the status bar goes on saying that this failed.
                job.tell(error)
            finally:
                logbook.close()
            return recovery.text

        said = self.tr("The logbook is encrypted now.")
        self._work_alone(self.tr("Encrypting"), work, said, encrypts=True)

    def _work_alone(
        self,
        title: str,
        work: Callable[[Logbook, Job], str],
        said: str,
        *,
        encrypts: bool = False,
    ) -> None:
        """Close the logbook, work on it, and open it again, whatever came of it."""
        from ui.access.work_dialog import WorkDialog

        logbook = self._session.logbook
        if logbook is None or not self._may_leave():
            return
        folder, before = logbook.folder, logbook.door.unlocked
        dialog = WorkDialog(self._place.theme, title, self._place.window)
        dialog.open()
        self._session.close()

        def run(job: Job) -> str:
            return work(logbook, job)

        def end(recovery: str) -> None:
            dialog.deleteLater()
            dialog.hide()
            self._offers_copies = encrypts
            self._session.resume(folder, logbook.door.unlocked, recovery)
            self._status.say(said)

        def fail(error: LogbookError) -> None:
            dialog.deleteLater()
            dialog.hide()
            self._session.resume(folder, before)
            self._place.tell(error)

        job = self._place.jobs.run(None, run, end, fail, reports=True, partly=self._place.tell)
        dialog.follow(job)

    # earlier copies

    def look_for_copies(self, *, tells: bool = False) -> None:
        """Ask what is to become of earlier copies in plain; with ``tells`` also say: none."""
        logbook = self._session.logbook
        if logbook is None:
            return

        def look() -> list[PlainCopy]:
            from models.backup import plain_copies

            return plain_copies(logbook)

        def ask(copies: list[PlainCopy]) -> None:
            if copies:
                self._ask_copies(logbook, copies)
            elif tells:
                self._say(self.tr("No earlier copy of this logbook can be read by anybody."))

        self._place.jobs.run(logbook, look, ask, self._place.tell)

    def _ask_copies(self, logbook: Logbook, copies: list[PlainCopy]) -> None:
        from models.backup import copies_in_words
        from ui.access.copies_dialog import CopiesDialog

        backups = [copy for copy in copies if copy.backup is not None]
        named = list(copies_in_words(copies, logbook.folder))
        dialog = CopiesDialog(self._place.theme, named, len(backups), self._place.window)

        def go_on() -> None:
            if not dialog.leave.isChecked():
                encrypts = dialog.encrypt.isChecked()
                self._deal(logbook, backups if encrypts else copies, encrypts=encrypts)

        dialog.accepted.connect(go_on)
        self._open(dialog)

    def _deal(self, logbook: Logbook, copies: list[PlainCopy], *, encrypts: bool) -> None:
        def work(job: Job) -> Dealt:
            from models.backup import encrypt_copies, remove_copies

            act = encrypt_copies if encrypts else remove_copies
            return act(logbook, copies, job.progress, lambda: job.is_cancelled)

        def end(dealt: Dealt) -> None:
            done = self.tr("Earlier copies that are encrypted now: {n}.")
            if not encrypts:
                done = self.tr("Earlier copies that were removed: {n}.")
            self._say("\n".join((done.format(n=dealt.done), *dealt.troubles)))

        what = self.tr("Encrypting earlier copies") if encrypts else self.tr("Removing copies")
        job = self._place.jobs.run(logbook, work, end, self._place.tell, reports=True)
        self._status.follow(job, what)

    # inside

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _say(self, text: str) -> None:
        from ui.widgets.message import message

        message(
            self._place.window,
            self.tr("Earlier copies"),
            text,
            topic=below(ENCRYPTION, "Encrypting a logbook later"),
        ).open()


def _between(job: Job, start: int, end: int) -> Callable[[int, int], None]:
    """Progress of a part of the work, as hundredths of the whole."""

    def told(done: int, total: int) -> None:
        job.progress(start + (end - start) * done // max(total, 1), 100)

    return told
