# SPDX-License-Identifier: MIT
"""A logbook that cannot be opened because it is damaged: its backups are offered on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from models.access import Credential, Right, Unlocked
from models.access.errors import KeysMissing, KeysOfAnother
from models.access.rights import demand
from models.errors import LogbookDamaged, LogbookError, NotALogbook
from models.logbook import DATABASE_NAME, FOLDER_SUFFIX
from ui.session import Session
from ui.status import StatusBar
from ui.topics import BACKUPS, explain
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.backup import Backup, Found
    from ui.backups.dialog import BackupsDialog

DAMAGED = (LogbookDamaged, NotALogbook, KeysOfAnother, KeysMissing)
"""What may be wrong with a folder that was a logbook once."""


class RescueDesk(QObject):
    """Tells what is wrong, and where there are backups shows them, to restore one.

    Args:
        place: the window, and by what it works.
        session: opens the logbook that was restored.
        status: follows the restoring.

    Signals:
        offered: there are backups, and it is asked about them.
    """

    offered = Signal()

    def __init__(self, place: Workplace, session: Session, status: StatusBar) -> None:
        super().__init__(place.window)
        self._place, self._session, self._status = place, session, status

    def tell(
        self,
        error: LogbookError,
        credential: Credential | None = None,
        otherwise: Callable[[LogbookError], None] | None = None,
    ) -> None:
        """The logbook that was to be opened last could not be.

        Args:
            error: why.
            credential: of whoever signed in to it.
            otherwise: tells the error where there is nothing to restore.
        """
        folder, plainly = self._session.tried, otherwise or self._place.tell
        if not isinstance(folder, Path) or not isinstance(error, DAMAGED):
            plainly(error)
            return

        def look() -> list[Backup]:
            from models.access.unlocking import PLAIN, head_of
            from models.backup import listing

            # Without keys only what is in plain can be restored.
            opens = credential is not None
            return [one for one in listing(folder) if opens or head_of(one.file) == PLAIN]

        def ask(found: list[Backup]) -> None:
            # A folder that was never a logbook has nothing to be restored.
            if found or folder.suffix == FOLDER_SUFFIX:
                self._offer(folder, error, credential, is_here=bool(found))
            else:
                plainly(error)

        self._place.jobs.run(None, look, ask, lambda _trouble: plainly(error))

    def _offer(
        self, folder: Path, error: LogbookError, credential: Credential | None, *, is_here: bool
    ) -> None:
        self.offered.emit()
        box = QMessageBox(self._place.window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Kypholog")
        box.setText(error.message)
        box.setInformativeText(error.cure)
        explain(box, BACKUPS)
        words = self.tr("Restore a backup…") if is_here else self.tr("Look for a backup…")
        restore = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
        restore.clicked.connect(lambda _checked=False: self._unlock(folder, credential))
        box.open()

    def _unlock(self, folder: Path, credential: Credential | None) -> None:
        """Find the keys of an encrypted logbook, and the backups."""

        def work() -> tuple[Unlocked | None, list[Found]]:
            from models.access import unlock
            from models.backup import Found, listing

            unlocked = None
            if credential is not None:
                unlocked = unlock(folder / DATABASE_NAME, credential)
                demand(unlocked.slot.role, Right.ADMINISTER)
            return unlocked, [Found(one, (folder,)) for one in listing(folder)]

        def show(done: tuple[Unlocked | None, list[Found]]) -> None:
            self._show(folder, *done)

        self._place.jobs.run(None, work, show, self._place.tell)

    def _show(self, folder: Path, unlocked: Unlocked | None, found: list[Found]) -> None:
        from ui.backups.dialog import BackupsDialog

        dialog = BackupsDialog(self._place.theme, folder, self._place.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_damaged(found)
        dialog.look_wanted.connect(lambda place: self._look(dialog, place, unlocked))
        dialog.check_wanted.connect(lambda one: self._check(dialog, one, unlocked))
        dialog.restore_wanted.connect(lambda one: self._restore(dialog, one, unlocked))
        dialog.open()

    def _look(self, dialog: BackupsDialog, place: Path, unlocked: Unlocked | None) -> None:
        """Look for backups in another folder."""

        def work() -> tuple[list[Found], int]:
            from models.backup import can_open, look_in

            found = look_in(place, dialog.folder)
            opens = [one for one in found if can_open(one, unlocked)]
            return opens, len(found) - len(opens)

        def fail(error: LogbookError) -> None:
            dialog.notice.say(str(error), "error")

        job = self._place.jobs.run(
            None, work, lambda done: dialog.take_more(done[0], place, done[1]), fail
        )
        dialog.follow(job, self.tr("Looking for backups"))

    def _check(self, dialog: BackupsDialog, found: Found, unlocked: Unlocked | None) -> None:
        def work() -> str:
            from models.backup import check

            key = "" if unlocked is None else unlocked.passphrase_of(found.backup.file)
            return check(found.backup, key) or ""

        def end(problem: str) -> None:
            whole = self.tr("It is what was written, and whole.")
            dialog.notice.say(problem or whole, "error" if problem else "")

        def fail(error: LogbookError) -> None:
            dialog.notice.say(str(error), "error")

        job = self._place.jobs.run(None, work, end, fail)
        dialog.follow(job, self.tr("Checking"))

    def _restore(self, dialog: BackupsDialog, found: Found, unlocked: Unlocked | None) -> None:
        folder = dialog.folder
        dialog.close()

        def work() -> str:
            from models.backup import restore
            from models.backup.restoring import nothing

            opens = nothing if unlocked is None else unlocked.passphrase_of
            user = "" if unlocked is None else unlocked.slot.name
            done = restore(folder, found.backup, user, opens)
            return str(done.aside or "")

        def end(aside: str) -> None:
            self._session.resume(folder, unlocked)
            said = self.tr("The backup was restored.")
            if aside:
                kept = self.tr("What was there before lies in {place}.").format(place=aside)
                said = f"{said} {kept}"
            self._status.say(said)

        job = self._place.jobs.run(None, work, end, self._place.tell)
        self._status.follow(job, self.tr("Restoring"))
