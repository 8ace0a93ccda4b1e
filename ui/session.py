# SPDX-License-Identifier: MIT
"""Which logbook is open: opens, makes and closes it, off the UI thread."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.access import Credential, Password, Unlocked
from models.access.errors import AccessError, SignInNeeded
from models.address import Address, Place
from models.errors import LogbookError
from models.link import Cancelled, while_wanted
from models.logbook import FOLDER_SUFFIX, Logbook
from models.presence import refuse_elsewhere
from models.settings import LogbookSettings, read_settings
from ui.events import LogbookEvents
from ui.jobs import Job, Jobs, Turn

if TYPE_CHECKING:
    from ui.parting import Parting

_Opened = tuple[Logbook, LogbookSettings]

Make = Callable[[Cancelled], Logbook]
"""Opens or makes a logbook; one of a server is given up as soon as that is cancelled."""


class Session(QObject):
    """The open logbook, if there is one.

    Attributes:
        tried: where the logbook lies that was to be opened last.
        user_named: who signs in at the start, as the command line names; "" for nobody.

    Signals:
        troubled: opening does not simply go on, as one of the others will tell.
        failed: a logbook could not be opened; carries the LogbookError.
        sign_in_wanted: (Path) the logbook there is encrypted, and somebody has to sign in.
        server_failed: (Address, LogbookError) the logbook that a server keeps could not be opened.
        connecting: (Job, Address) a server is asked for a logbook.
        sign_in_refused: carries the LogbookError; whoever asked may ask again.
        recovery_made: (str) the recovery key of the logbook that was made just now.
        catching_up: (Job, str) the logbook of this name was left by an older program, and is
            brought up to date before it is open. Cancelling the job leaves it closed.
        making: (Job, str) a logbook of this name is made, which takes seconds where keys are.
    """

    troubled = Signal()
    failed = Signal(object)
    sign_in_wanted = Signal(object)
    sign_in_refused = Signal(object)
    server_failed = Signal(object, object)
    connecting = Signal(object, object)
    recovery_made = Signal(str)
    catching_up = Signal(object, object)
    making = Signal(object, str)

    def __init__(self, jobs: Jobs, events: LogbookEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._events = events
        self._parting: Parting | None = None
        self._logbook: Logbook | None = None
        self._settings = LogbookSettings()
        self._opening: Job | None = None
        self._coming = ""
        self._recovery = ""
        self.tried: Place | None = None
        self.user_named = ""
        events.settings_changed.connect(self._keep_settings)

    @property
    def logbook(self) -> Logbook | None:
        """The open logbook."""
        return self._logbook

    @property
    def settings(self) -> LogbookSettings:
        """The settings of the open logbook."""
        return self._settings

    def open(self, place: Place) -> None:
        """Open the logbook at ``place`` instead of the present one."""
        if isinstance(place, Address):
            self.open_served(place)
        else:
            self._start(place, lambda _cancelled: Logbook.open(place))

    def open_served(self, address: Address, password: str = "", *, makes: bool = False) -> None:
        """Open the logbook in a database of a server, or make one where that is empty.

        The ``password`` stays in memory, for further connections.
        """

        def make(cancelled: Cancelled) -> Logbook:
            from models.served import create, open_served

            return (create if makes else open_served)(address, password, cancelled)

        self._start(address, make, failed=partial(self.server_failed.emit, address))

    def sign_in(self, folder: Path, credential: Credential) -> None:
        """Open the encrypted logbook in ``folder`` as somebody."""

        def make(_cancelled: Cancelled) -> Logbook:
            from models.accounts import sign_in

            return sign_in(folder, credential)

        self._start(folder, make, failed=self.sign_in_refused.emit)

    def open_named(self, place: Place, who: Namespace) -> None:
        """Open the logbook at ``place`` as whom the command line names."""
        self.user_named = str(getattr(who, "user", None) or "")
        if getattr(who, "password_file", None):
            self._open_as(place, who)
        else:
            self.open(place)

    def _open_as(self, place: Place, options: Namespace) -> None:
        """Who it does not let in is asked."""

        def make(cancelled: Cancelled) -> Logbook:
            from models.signing import opened_as

            return opened_as(place, options, cancelled)

        def fail(error: LogbookError) -> None:
            if isinstance(place, Address):
                self.server_failed.emit(place, error)
            elif isinstance(error, AccessError):
                self.sign_in_wanted.emit(place)
                self.sign_in_refused.emit(error)
            else:
                self.failed.emit(error)

        self._start(place, make, failed=fail)

    def resume(self, folder: Path, unlocked: Unlocked | None, recovery: str = "") -> None:
        """Open a logbook again that was closed for work on its keys; nobody is asked.

        A ``recovery`` key that was made meanwhile is told when it is open.
        """

        def make(_cancelled: Cancelled) -> Logbook:
            self._recovery = recovery
            return Logbook.open(folder, unlocked=unlocked)

        self._start(folder, make)

    def create_encrypted(self, folder: Path, user: str, password: Password) -> None:
        """Make a new encrypted logbook in ``folder`` and open it."""

        def make(_cancelled: Cancelled) -> Logbook:
            from models.accounts import create

            logbook, recovery = create(folder, user, password.text)
            # From the thread of the work, so that it is there before the logbook is.
            self._recovery = recovery.text
            return logbook

        self._make(folder, make)

    def create(self, folder: Path) -> None:
        """Make a new logbook in ``folder`` and open it."""
        self._make(folder, lambda _cancelled: Logbook.create(folder))

    def open_example(self, folder: Path) -> None:
        """Open the example logbook; it is made in ``folder`` the first time."""

        def fill(logbook: Logbook) -> object:
            from models.example import add_example

            return add_example(logbook)

        self._make(folder, lambda _cancelled: Logbook.open_or_create(folder), fill)

    def close(self, why: str = "") -> None:
        """Close the logbook, if one is open, and give up opening any; the audit says ``why``."""
        self._give_up()
        if self._logbook is None:
            return
        logbook, self._logbook = self._logbook, None
        self._jobs.drop_waiting()
        self._events.opened.emit()
        self._leave(logbook, why)

    def finish(self) -> None:
        """Return when nothing is under way any more for what was left; no window is there then."""
        if self._parting is not None:
            self._parting.finish()

    def _start(
        self,
        place: Place,
        make: Make,
        fill: Callable[[Logbook], object] | None = None,
        failed: Callable[[LogbookError], None] | None = None,
    ) -> None:
        self._give_up()
        self._recovery = ""
        self.tried = place

        def work(job: Job) -> _Opened | None:
            if isinstance(place, Path):
                refuse_elsewhere(place)
            logbook = make(lambda: job.is_cancelled)
            opened = None
            try:
                with while_wanted(logbook.hang_up, lambda: job.is_cancelled):
                    opened = _made_ready(logbook, job, fill)
            finally:
                if opened is None or job.is_cancelled:
                    logbook.leave()
                logbook.close()
            return opened

        def fail(error: LogbookError) -> None:
            self.troubled.emit()
            if isinstance(error, SignInNeeded):
                self.sign_in_wanted.emit(place)
            else:
                (failed or self.failed.emit)(error)

        job = self._jobs.run(None, work, self._take, fail, reports=True)
        self._opening, self._coming = job, place.name.removesuffix(FOLDER_SUFFIX)
        if isinstance(place, Address):
            self.troubled.emit()
            self.connecting.emit(job, place)
        job.progressed.connect(self._tell_catching_up)
        job.finished.connect(self._end_opening)

    def _make(
        self,
        folder: Path,
        make: Make,
        fill: Callable[[Logbook], object] | None = None,
    ) -> None:
        self._start(folder, make, fill)
        self.making.emit(self._opening, self._coming)

    def _give_up(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    def _tell_catching_up(self) -> None:
        job = self.sender()
        if job is self._opening and isinstance(job, Job):
            job.progressed.disconnect(self._tell_catching_up)
            self.troubled.emit()
            self.catching_up.emit(job, self._coming)

    def _end_opening(self) -> None:
        if self.sender() is self._opening:
            self._opening = None

    def _take(self, opened: _Opened) -> None:
        logbook, settings = opened
        previous, self._logbook = self._logbook, logbook
        if previous is not None:
            self._jobs.drop_waiting()
            self._leave(previous)
        try:
            if logbook.has_files:
                # A connection that stays open keeps the write-ahead log from being folded in
                # after every single save.
                logbook.keep_open()
        except LogbookError as error:
            # Moved or taken away since it was opened.
            logbook.leave()
            self._logbook, settings = None, LogbookSettings()
            self.troubled.emit()
            self.failed.emit(error)
        with self._jobs.opening():
            self._events.settings_changed.emit(settings)
            self._events.opened.emit()
            if self._logbook is logbook:
                tidy = partial(_tidy, logbook)
                self._jobs.run(logbook, tidy, _let_be, _let_be, turn=Turn.AFTER)
        if self._recovery:
            recovery, self._recovery = self._recovery, ""
            self.recovery_made.emit(recovery)

    def _leave(self, logbook: Logbook, why: str = "") -> None:
        if logbook.has_files:
            # They may be moved, put back or taken away next.
            self._jobs.wait()
            _leave(logbook, why)
            return
        if self._parting is None:
            # Not needed before a server is.
            from ui.parting import Parting

            self._parting = Parting(self._jobs, self)
        self._parting.leave(logbook)

    def _keep_settings(self, settings: LogbookSettings) -> None:
        self._settings = settings


def _leave(logbook: Logbook, why: str) -> None:
    # A full disk, or a logbook that was taken away, keeps nobody from leaving.
    with suppress(LogbookError):
        logbook.sign_out(why)
    logbook.leave()
    logbook.close()


def _made_ready(
    logbook: Logbook, job: Job, fill: Callable[[Logbook], object] | None
) -> _Opened | None:
    """What a logbook needs before it is shown; None where that was cancelled."""
    logbook.arrive()
    if logbook.is_behind():
        from models.catchup import catch_up

        if not catch_up(logbook, job.progress, lambda: job.is_cancelled):
            return None
    if fill is not None:
        fill(logbook)
    settings = read_settings(logbook)
    if logbook.shelter is not None:
        from models.drafts import bring_home

        bring_home(logbook)
    logbook.turns.begin(logbook.database)
    return logbook, settings


def _let_be(_ended: object) -> None:
    """Nobody waits for it."""


def _tidy(logbook: Logbook) -> None:
    from models.images.store import sweep

    # What cannot be tidied up now (the disk is full, the folder read-only) will be later.
    with suppress(LogbookError):
        sweep(logbook)
