# SPDX-License-Identifier: MIT
"""A logbook that cannot be opened because it is damaged: its backups are offered on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from models.access import Credential, Right, Unlocked
from models.access.errors import KeysDamaged, KeysMissing, KeysOfAnother
from models.access.rights import demand
from models.errors import LogbookDamaged, LogbookError, NotALogbook
from models.folder import is_there
from models.logbook import DATABASE_NAME, FOLDER_SUFFIX
from ui.session import Session
from ui.status import StatusBar
from ui.topics import BACKUPS, below, explain
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.backup import Found, Spare
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
        self._wanted: Path | None = None
        """The logbook whose backups somebody signs in for."""
        self._lacks_keys = False
        """Whether it is encrypted, as far as can be told, and its keys are lost."""

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
        wanted, self._wanted = self._wanted, None
        if not isinstance(folder, Path) or not isinstance(error, DAMAGED):
            plainly(error)
            return
        if credential is not None and wanted == folder:
            # Who signed in for the backups wants to see them, and knows the trouble already.
            self.offered.emit()
            self._unlock(folder, credential)
            return

        def look() -> tuple[Spare | None, bool, bool]:
            from models.access import keyfile
            from models.access.unlocking import PLAIN, head_of
            from models.backup import listing, spare_keys

            found = listing(folder)
            is_gone = not is_there(folder / DATABASE_NAME)
            if credential is not None or not keyfile.are_lost(folder):
                return None, bool(found), is_gone
            # Without keys only what is in plain can be restored.
            is_any_plain = any(head_of(one.file) == PLAIN for one in found)
            return spare_keys(folder, found), is_any_plain, is_gone

        def ask(seen: tuple[Spare | None, bool, bool]) -> None:
            spare, is_here, is_gone = seen
            # Where nothing is left, nothing tells whether it was encrypted.
            self._lacks_keys = is_gone or isinstance(error, KeysMissing | KeysDamaged)
            if spare is not None:
                self._offer_keys(folder, error.message, spare)
            # A folder that was never a logbook has nothing to be restored.
            elif is_here or folder.suffix == FOLDER_SUFFIX:
                self._offer(folder, error, credential, is_here=is_here)
            else:
                plainly(error)

        self._place.jobs.run(None, look, ask, lambda _trouble: plainly(error))

    def _offer(
        self, folder: Path, error: LogbookError, credential: Credential | None, *, is_here: bool
    ) -> None:
        words = self.tr("Restore a backup…") if is_here else self.tr("Look for a backup…")
        self._ask(error.message, error.cure, words, lambda: self._begin(folder, credential))

    def _offer_keys(self, folder: Path, trouble: str, spare: Spare) -> None:
        """Offer the keys that lie beside a backup in place of those that are lost."""
        from ui.backups.words import when

        told = self.tr("The keys beside the backup of {when} are those of this logbook.")
        then = self.tr("Put them back, and sign in.")
        if not spare.fits:
            told = self.tr("Beside the backup of {when} there are keys that open that backup.")
            then = self.tr("Put them back, sign in, and restore it.")
        day = self.tr("Names and passwords are the last that were written there.")
        said = f"{told.format(when=when(spare.backup.at))} {then} {day}"
        put = self.tr("Put the keys back")
        self._ask(trouble, said, put, lambda: self._put_back(folder, spare))

    def _ask(self, trouble: str, said: str, words: str, go_on: Callable[[], None]) -> None:
        self.offered.emit()
        box = QMessageBox(self._place.window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Kypholog")
        box.setText(trouble)
        box.setInformativeText(said)
        explain(box, below(BACKUPS, "When the logbook is lost"))
        button = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
        button.clicked.connect(lambda _checked=False: go_on())
        box.open()

    def _put_back(self, folder: Path, spare: Spare) -> None:
        def work() -> None:
            from models.backup import put_keys_back

            put_keys_back(spare.backup.keys, folder)

        def end(_nothing: object) -> None:
            # Where they do not fit the database, whoever signs in comes back for the backups.
            self._sign_in(folder)

        self._place.jobs.run(None, work, end, self._place.tell)

    def _begin(self, folder: Path, credential: Credential | None) -> None:
        """Find out who wants to see the backups, where they can be opened by a password only."""

        def look() -> bool:
            from models.access import keyfile

            return credential is None and not keyfile.are_lost(folder)

        def end(needs_somebody: bool) -> None:
            if needs_somebody:
                self._sign_in(folder)
            else:
                self._unlock(folder, credential)

        self._place.jobs.run(None, look, end, self._place.tell)

    def _sign_in(self, folder: Path) -> None:
        self._wanted = folder
        self._session.sign_in_wanted.emit(folder)

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
        """Look for backups in another folder, and for keys where there are none."""
        folder, lacks_keys = dialog.folder, self._lacks_keys and unlocked is None

        def work() -> tuple[list[Found], int, Spare | None]:
            from models.access import keyfile
            from models.backup import can_open, look_in, spare_keys

            found = look_in(place, folder)
            opens = [one for one in found if can_open(one, unlocked)]
            spare = None
            if lacks_keys and not opens and keyfile.are_lost(folder):
                spare = spare_keys(folder, (one.backup for one in found))
            return opens, len(found) - len(opens), spare

        def end(done: tuple[list[Found], int, Spare | None]) -> None:
            opens, others, spare = done
            if spare is None:
                dialog.take_more(opens, place, others)
                return
            dialog.close()
            lost = self.tr("The keys of this logbook are lost.")
            self._offer_keys(folder, lost, spare)

        def fail(error: LogbookError) -> None:
            dialog.notice.say(str(error), "error")

        job = self._place.jobs.run(None, work, end, fail)
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
