# SPDX-License-Identifier: MIT
"""The connection of the window to a server: says when it is lost; it comes back by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.errors import LogbookError, ServerRefuses
from models.logbook import Logbook
from ui.jobs import Job, Jobs
from ui.session import Session
from ui.status import StatusBar
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.watching import Told, Watch


class LinkDesk(QObject):
    """Has the server of the open logbook watched, in a thread of its own; see ``models.watching``.

    Args:
        place: the window, and by what it works.
        session: which logbook is open.
        status: says that the server does not answer.

    Signals:
        told: (models.watching.Told) something happened at the server, or nothing for a while.
    """

    told = Signal(object)

    def __init__(self, place: Workplace, session: Session, status: StatusBar) -> None:
        super().__init__(place.window)
        self._place, self._session, self._status = place, session, status
        # Apart from the work of the window, for it lasts as long as the logbook is open.
        self._jobs = Jobs(self)
        self._jobs.crashed.connect(place.jobs.crashed)
        self._watch: Watch | None = None
        self._job: Job | None = None
        self._is_away = False
        status.drive_wanted.connect(self._hurry)

    def follow(self, logbook: Logbook | None) -> None:
        """Watch the server of this logbook, and of no other any more."""
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._is_away = False
        if logbook is None or logbook.has_files:
            return
        from models.served import ServedLogbook
        from models.watching import Watch

        assert isinstance(logbook, ServedLogbook)
        relay = _Relay()
        watch = self._watch = Watch(logbook, relay.tell)

        def work(job: Job) -> None:
            relay.job = job
            watch.run()

        self._job = self._jobs.run(
            None, work, lambda _end: None, self._place.tell, reports=True, partly=self._take
        )

    def _hurry(self) -> None:
        if self._watch is not None:
            self._watch.hurry()

    def _take(self, told: Told) -> None:
        from models.watching import What

        if told.what is What.AWAY:
            self._tell_away(told)
        elif self._is_away or told.was_away:
            self._is_away = False
            self._status.show_drive("", "")
            self._status.say(self.tr("The server answers again."))
            self._place.events.link_changed.emit(True)
        self.told.emit(told)

    def _tell_away(self, told: Told) -> None:
        why = self._said(told.why)
        again = self.tr("It is asked again at once. Click to ask now.")
        if told.wait_s:
            again = self.tr("It is asked again in {n} s. Click to ask now.")
        kept = self.tr(
            "Everything that was saved is safe there. What you are entering is kept and can be "
            "saved when the server answers again."
        )
        in_full = f"{why} {kept}\n{again.format(n=round(told.wait_s))}"
        brief = self.tr("The server does not answer")
        if isinstance(told.why, ServerRefuses):
            brief = self.tr("The server does not let you in")
        self._status.show_drive(brief, in_full)
        if not self._is_away:
            self._is_away = True
            self._place.events.link_changed.emit(False)

    def _said(self, why: LogbookError | None) -> str:
        return why.message if why is not None else ""


class _Relay:
    """Brings what the watch tells, in its own thread, to the thread of the window."""

    job: Job | None = None

    def tell(self, told: Told) -> None:
        if self.job is not None:
            self.job.tell(told)
