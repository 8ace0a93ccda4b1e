# SPDX-License-Identifier: MIT
"""Backups of the open logbook: while somebody works, on closing, and from their list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from models.access import Right
from models.errors import LogbookError
from models.logbook import Logbook
from models.settings import BACKUP_MINUTES, LogbookSettings
from ui.actions import Handlers
from ui.jobs import Job, Turn
from ui.session import Session
from ui.status import StatusBar
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.backup import Found, Standing
    from models.backup import Regular as Done
    from ui.backups.closing import ClosingDialog
    from ui.backups.dialog import BackupsDialog

_MINUTE_MS = 60_000


class BackupDesk(QObject):
    """Makes backups off the UI thread, and says when something is wrong with them.

    Args:
        place: the window, and by what it works.
        session: which logbook is open.
        status: says quietly what is wrong, and follows what takes long.
        may_leave: whether nothing that is not saved holds the user back; asks where it does.
        now: the moment, in UTC.

    Signals:
        package_wanted: a data package of the open logbook is to be exported.
    """

    package_wanted = Signal()

    def __init__(
        self,
        place: Workplace,
        session: Session,
        status: StatusBar,
        may_leave: Callable[[], bool],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(place.window)
        self._place = place
        self._session = session
        self._status = status
        self._may_leave = may_leave
        self._now = now
        self._is_automatic = False
        self._job: Job | None = None
        self._how: Standing | None = None
        self._dialog: BackupsDialog | None = None
        self._closing: ClosingDialog | None = None
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.work_on)
        status.backups_wanted.connect(self.show)
        place.events.settings_changed.connect(self._set_clock)
        place.events.opened.connect(self._on_opened)
        # An import or a merge comes after a backup of its own.
        place.events.cases_changed.connect(self._look)
        self._set_clock(session.settings)
        self._look()

    def handlers(self) -> Handlers:
        """What the actions of the menu do."""
        return {"backups": self.show, "close_logbook": self._close_logbook}

    def begin(self) -> None:
        """From now on backups are made by themselves."""
        self._is_automatic = True
        self._set_clock(self._session.settings)

    # by themselves

    def work_on(self) -> None:
        """Make a backup if something was changed, and prove one once a month; quietly."""
        logbook = self._in_folder()
        if logbook is None or self._job is not None:
            return

        def work(job: Job) -> Done | None:
            from models.backup import Stopped, regular

            try:
                return regular(logbook, job.progress, lambda: job.is_cancelled, self._now())
            except Stopped:
                return None

        def end(_done: object) -> None:
            self._look()
            self._fill()

        self._run(logbook, work, end, end)

    def _close_logbook(self) -> None:
        if self._may_leave() and not self.leave(lambda: None):
            self._session.close()

    def leave(self, then: Callable[[], object], *, closes: bool = True) -> bool:
        """Make the last backup if there is something to keep, close the logbook, call ``then``.

        Unless it ``closes``, the logbook stays open until ``then`` opens another.

        Returns:
            Whether there is anything to wait for. If not, nothing is done.
        """
        logbook = self._in_folder()
        if self._closing is not None:
            return True
        if self._job is not None:
            # One that was begun for an earlier state, or a proof: nobody waits for it.
            self._job.cancel()
        if logbook is None or not self._is_due(logbook):
            return False
        from ui.backups.closing import ClosingDialog

        if self._dialog is not None:
            self._dialog.close()
        dialog = ClosingDialog(self._place.theme, self._place.window)
        self._closing = dialog

        def end(*, leaves: bool) -> None:
            self._closing = None
            dialog.deleteLater()
            if leaves:
                if closes:
                    self._session.close()
                then()

        def work(job: Job) -> object:
            from models.backup import Reason, Stopped, back_up

            try:
                return back_up(logbook, Reason.CLOSING, job.progress, lambda: job.is_cancelled)
            except Stopped:
                return None

        dialog.skipped.connect(lambda: end(leaves=True))
        dialog.stayed.connect(lambda: end(leaves=False))
        job = self._run(logbook, work, lambda _made: end(leaves=True), dialog.tell)
        dialog.destroyed.connect(job.cancel)
        dialog.follow(job)
        dialog.open()
        return True

    def _in_folder(self) -> Logbook | None:
        """The open logbook, where backups of it are ours to make; a server makes its own."""
        logbook = self._session.logbook
        return logbook if logbook is not None and logbook.has_files else None

    def _is_due(self, logbook: Logbook) -> bool:
        """Whether there is anything to back up, and time for it."""
        app = QGuiApplication.instance()
        # A system that goes down waits for nobody.
        is_going_down = isinstance(app, QGuiApplication) and app.isSavingSession()
        return self._is_automatic and not is_going_down and self._has_changed(logbook)

    def _has_changed(self, logbook: Logbook) -> bool:
        from models.backup import is_changed, listing

        try:
            latest = self._how.latest if self._how is not None else None
            if latest is None:
                latest = next(iter(listing(logbook.folder)), None)
            return is_changed(logbook, latest)
        except LogbookError:
            # It was taken away, or cannot be read: there is nothing to copy.
            return False

    def _set_clock(self, settings: LogbookSettings) -> None:
        minutes = min(settings.get(BACKUP_MINUTES), BACKUP_MINUTES.most)
        self._clock.stop()
        if self._is_automatic and minutes > 0:
            self._clock.start(minutes * _MINUTE_MS)

    # how things are

    def _on_opened(self) -> None:
        self._how = None
        if self._job is not None:
            # Whoever closes or locks the logbook waits for nothing.
            self._job.cancel()
        self._status.show_backup("", "")
        if self._dialog is not None:
            self._dialog.close()
        self._look()

    def _look(self) -> None:
        """Find out how things are; the status bar says what is wrong."""
        logbook = self._in_folder()
        if logbook is None:
            return

        def work() -> Standing:
            from models.backup import standing

            return standing(logbook)

        def take(how: Standing) -> None:
            from ui.backups.words import notice_of

            if logbook is self._session.logbook:
                self._how = how
                self._status.show_backup(*notice_of(how, self._now()))

        self._place.jobs.run(logbook, work, take, lambda _error: None, turn=Turn.AFTER)

    # the list

    def show(self) -> None:
        """Show the backups, or say who looks after them."""
        logbook = self._session.logbook
        if logbook is None or self._dialog is not None:
            return
        if not logbook.has_files:
            from ui.backups.asking import tell_of_server

            tell_of_server(self._place.window, logbook.name, self.package_wanted.emit)
            return
        from ui.backups.dialog import BackupsDialog

        dialog = BackupsDialog(self._place.theme, logbook.folder, self._place.window)
        dialog.back_up_wanted.connect(self._back_up)
        dialog.check_wanted.connect(self._check)
        dialog.prove_wanted.connect(self._prove)
        dialog.restore_wanted.connect(self._ask_restore)
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        self._fill()
        dialog.open()

    def _forget_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _fill(self, told: str = "", state: str = "") -> None:
        """Read the list anew; then say how something ended."""
        logbook = self._session.logbook
        if logbook is None or self._dialog is None:
            return

        def work() -> tuple[list[Found], str, Standing]:
            from models.backup import everywhere, standing

            return *everywhere(logbook), standing(logbook)

        def take(read: tuple[list[Found], str, Standing]) -> None:
            from models.settings import BACKUP_PLACE

            found, trouble, how = read
            if self._dialog is None or logbook is not self._session.logbook:
                return
            second = self._session.settings.get(BACKUP_PLACE).strip()
            self._dialog.show_found(found, how, second, trouble)
            if told:
                self._dialog.notice.say(told, state)

        self._place.jobs.run(logbook, work, take, self._place.tell)

    def _back_up(self) -> None:
        def work(logbook: Logbook, job: Job) -> tuple[str, str]:
            from models.backup import Reason, back_up

            made = back_up(logbook, Reason.BY_HAND, job.progress, lambda: job.is_cancelled)
            if made.trouble:
                return made.trouble, "warning"
            return self.tr("Backed up and checked."), ""

        self._do(self.tr("Backing up"), work)

    def _check(self, found: Found) -> None:
        def work(logbook: Logbook, job: Job) -> tuple[str, str]:
            from models.backup import check

            problem = check(
                found.backup, logbook.passphrase_of(found.backup.file), lambda: job.is_cancelled
            )
            if problem is not None:
                return problem, "error"
            return self.tr("It is what was written, and whole."), ""

        self._do(self.tr("Checking"), work)

    def _prove(self, found: Found) -> None:
        def work(logbook: Logbook, job: Job) -> tuple[str, str]:
            from models.backup import prove

            prove(logbook, found.backup, job.progress, lambda: job.is_cancelled)
            return self.tr("It was restored for proof, and every case in it is right."), ""

        self._do(self.tr("Restoring for proof"), work)

    def _do(self, what: str, work: Callable[[Logbook, Job], tuple[str, str]]) -> None:
        """Work for the list, with progress in it; what came of it is said there."""
        logbook, dialog = self._session.logbook, self._dialog
        if logbook is None or dialog is None:
            return

        def run(job: Job) -> tuple[str, str]:
            from models.backup import Stopped

            try:
                return work(logbook, job)
            except Stopped:
                return "", ""

        def end(told: tuple[str, str]) -> None:
            self._look()
            self._fill(*told)

        def fail(error: LogbookError) -> None:
            end((str(error), "error"))

        dialog.follow(self._place.jobs.run(logbook, run, end, fail, reports=True), what)

    # restoring

    def _ask_restore(self, found: Found) -> None:
        from ui.backups.asking import ask_to_restore

        logbook, dialog = self._session.logbook, self._dialog
        if logbook is None or dialog is None:
            return
        try:
            logbook.door.demand(Right.ADMINISTER)
        except LogbookError as error:
            dialog.notice.warn(error)
            return
        ask_to_restore(dialog, logbook.name, found, lambda: self._restore(logbook, found))

    def _restore(self, logbook: Logbook, found: Found) -> None:
        if not self._may_leave():
            return
        folder, user, unlocked = logbook.folder, logbook.user, logbook.door.unlocked
        if self._job is not None:
            self._job.cancel()
        if self._dialog is not None:
            self._dialog.close()
        self._session.close()

        def work() -> str:
            from models.backup import restore

            done = restore(folder, found.backup, user, logbook.passphrase_of)
            return str(done.aside or "")

        def end(aside: str) -> None:
            from ui.backups.asking import tell_restored

            # Whoever restored it has just been at work in it, and goes on.
            self._session.resume(folder, unlocked)
            tell_restored(self._place.window, aside)

        def fail(error: LogbookError) -> None:
            self._session.resume(folder, unlocked)
            self._place.tell(error)

        job = self._place.jobs.run(None, work, end, fail)
        self._status.follow(job, self.tr("Restoring"))

    def _run(
        self,
        logbook: Logbook,
        work: Callable[[Job], object],
        done: Callable[[object], None],
        failed: Callable[[LogbookError], None],
    ) -> Job:
        """One at a time of those that are made by themselves."""
        job = self._place.jobs.run(logbook, work, done, failed, reports=True)
        self._job = job

        def forget() -> None:
            if self._job is job:
                self._job = None

        job.finished.connect(forget)
        return job
