# SPDX-License-Identifier: MIT
"""Others who work with the open logbook: what they changed, who they are, who is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from models.drive import Drive, Kind
from models.errors import LogbookError
from models.logbook import Logbook
from models.news import News
from models.presence import BEAT_S, Visitor
from models.settings import LogbookSettings, read_settings
from ui.jobs import Job, Jobs
from ui.link_desk import LinkDesk
from ui.looking import WAITS_S, Found, Stamp, look_at_files, look_at_server
from ui.session import Session
from ui.settings import Settings
from ui.standing import Standing
from ui.status import StatusBar
from ui.topics import TOGETHER, below
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.watching import Told

LOOK_MS = 1_000
"""How often is looked whether the files of the logbook changed."""

_PATIENCE = 5
"""So many looks long what others changed waits for work that is under way."""

_MOST_MS = 2_000


class OthersDesk(QObject):
    """Looks every second, in a thread of its own, and lets the pages follow.

    The time of the files says whether anything was written, so that the database is left alone
    while nobody writes.

    Args:
        place: the window, and by what it works.
        session: which logbook is open.
        settings: remembers of which logbooks the danger was told.
        status: says who else is here, and where the logbook lies.

    Attributes:
        standing: tells whoever works with the logbook what he may do now.
    """

    def __init__(
        self, place: Workplace, session: Session, settings: Settings, status: StatusBar
    ) -> None:
        super().__init__(place.window)
        self._place, self._session, self._settings = place, session, settings
        self._status = status
        # Apart from the work of the window, which would seem busy all the time.
        self._jobs = Jobs(self)
        self._jobs.crashed.connect(place.jobs.crashed)
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)
        self.standing = Standing(place, session)
        self._link = LinkDesk(place, session, status)
        self._link.told.connect(self._hear)
        self._company: Sequence[Visitor] = ()
        self._logbook: Logbook | None = None
        self._job: Job | None = None
        self._stamp: Stamp = ()
        self._held = self._looks = 0
        self._waits = self._beats = False
        self._must_read, self._is_changed, self._is_warned = True, False, False
        status.drive_wanted.connect(self._explain)
        status.no_wait_wanted.connect(self._stop_waiting)
        place.events.opened.connect(self._on_opened)
        place.events.link_changed.connect(self._on_link)
        self._on_opened()

    def look(self) -> None:
        """Look now, unless a look is under way."""
        logbook = self._logbook
        if logbook is None or self._job is not None:
            return
        if not logbook.has_files:
            self._ask_server(logbook)
            return
        self._looks += 1
        beats = self._looks * LOOK_MS % (BEAT_S * 1_000) < LOOK_MS
        work = partial(
            look_at_files,
            logbook,
            logbook.turns.seen,
            self._stamp,
            must_read=self._must_read,
            beats=beats,
        )
        self._job = self._jobs.run(None, work, self._take, self._give_up)

    # on a server

    def _hear(self, told: Told) -> None:
        """Somebody wrote, or time went by: the server tells it, and nobody has to ask."""
        self._company = told.others
        self._must_read = self._must_read or told.is_news
        self._beats = True
        self.look()

    def _on_link(self, is_there: bool) -> None:
        """Who else is there is not known any more where the server does not answer."""
        if not is_there:
            self._company = ()
            self._status.show_company("", "")

    def _ask_server(self, logbook: Logbook) -> None:
        """Once a second only what is known here is looked at: whether somebody is waited for."""
        waits = logbook.turns.waited_s() > WAITS_S
        if self._beats or waits or self._waits:
            after = logbook.turns.seen if self._must_read else None
            work = partial(look_at_server, logbook, after, self._company, waits=waits)
            self._must_read = self._beats = False
            self._waits = waits
            self._job = self._jobs.run(None, work, self._take, self._give_up)

    # what is open

    def _on_opened(self) -> None:
        self._clock.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._logbook is not None and self._logbook.has_files:
            # A look holds the database for a moment, which may be about to be moved or put back.
            self._jobs.wait(_MOST_MS)
        self._logbook = logbook = self._session.logbook
        self._company, self._waits, self._beats = (), False, False
        self._status.show_company("", "")
        self._status.show_drive("", "")
        self._link.follow(logbook)
        if logbook is None:
            return
        self._stamp, self._held, self._looks = (), 0, 0
        self._must_read, self._is_changed, self._is_warned = True, False, False
        self._tell_drive(logbook)
        self.standing.begin(logbook)
        self._clock.start()
        self.look()

    def _stop_waiting(self) -> None:
        if self._logbook is not None:
            self._logbook.turns.stop_waiting()

    def _tell_drive(self, logbook: Logbook) -> None:
        drive = logbook.present.drive if logbook.present is not None else None
        if drive is None or not drive.is_shared:
            return
        said = self.tr("On a network drive ({name})")
        if drive.kind is Kind.SYNCED:
            said = self.tr("In a folder that {name} syncs")
        self._status.show_drive(said.format(name=drive.name), self._danger_of(drive))
        if logbook.folder not in self._settings.warned_logbooks:
            self._settings.note_warned(logbook.folder)
            self._explain()

    def _explain(self) -> None:
        logbook = self._logbook
        if logbook is None or logbook.present is None:
            return
        drive, window = logbook.present.drive, self._place.window
        said = self.tr("{logbook} lies on a network drive ({name}).")
        if drive.kind is Kind.SYNCED:
            said = self.tr("{logbook} lies in a folder that {name} syncs.")
        from ui.widgets.message import Icon, message

        message(
            window,
            self.tr("Where the logbook lies"),
            said.format(logbook=logbook.folder.name, name=drive.name),
            topic=below(TOGETHER, "Network drives and synced folders"),
            more=self._danger_of(drive),
            icon=Icon.Warning,
        ).open()

    def _danger_of(self, drive: Drive) -> str:
        if drive.kind is Kind.SYNCED:
            return self.tr(
                "A program that copies files while they change may upload half of a change, or "
                "put an older copy in the place of a newer one: entries can be lost and the "
                "logbook damaged. Kypholog opens it on one computer at a time as far as it can "
                "see the others. Better move the folder to a disk of this computer, and let the "
                "backups go to the synced folder (Settings, second place)."
            )
        return self.tr(
            "Two computers that write to it at once would damage it, because locks and shared "
            "memory do not reach over a network. So Kypholog opens it on one computer at a time "
            "and refuses the others. A connection that breaks while something is saved can still "
            "cost that entry. Better move the folder to a disk of this computer, and let the "
            "backups go to the network drive (Settings, second place)."
        )

    # what was found

    def _take(self, found: Found) -> None:
        self._job = None
        if found.stamp:
            self._must_read = found.news is not None and found.stamp != self._stamp
            self._stamp = found.stamp
        self._tell_company(found)
        self.standing.look(self._logbook)
        if found.danger is not None and not self._is_warned:
            self._is_warned = True
            self._place.tell(found.danger)
        if found.news is not None:
            self._take_news(found.news)
        self._let_follow()

    def _give_up(self, _error: LogbookError) -> None:
        """Whoever works with the logbook is told what is wrong; here it is tried again."""
        self._job = None
        self._must_read = self._beats = True

    def _take_news(self, news: News) -> None:
        events, logbook = self._place.events, self._logbook
        if logbook is None:
            return
        logbook.turns.seen = news.last
        if news.is_any or news.is_set:
            events.changed_elsewhere.emit(news)
        self._is_changed = self._is_changed or news.is_any
        if news.is_set:
            events.filters_changed.emit()
            self._jobs.run(
                logbook, lambda: read_settings(logbook), self._take_settings, self._give_up
            )

    def _take_settings(self, settings: LogbookSettings) -> None:
        if settings != self._session.settings:
            self._place.events.settings_changed.emit(settings)

    def _let_follow(self) -> None:
        """Let the lists be read anew; not while they still are, unless that takes very long."""
        if not self._is_changed:
            return
        self._held += 1
        if self._place.jobs.is_busy and self._held < _PATIENCE:
            return
        self._held, self._is_changed = 0, False
        self._place.events.cases_changed.emit()

    def _tell_company(self, found: Found) -> None:
        names = "\n".join(one.told() for one in found.others)
        if found.waits:
            said = self.tr("Waiting for another program to finish writing…")
            if found.holder is not None:
                said = self.tr("Waiting for {who} to finish writing…")
                said = said.format(who=found.holder.told())
            brief = self.tr("Waiting…")
            self._status.show_company(said, f"{said}\n{names}", brief=brief, is_urgent=True)
            return
        count = len(found.others)
        said = self.tr("{n} others have this logbook open").format(n=count)
        if count == 1:
            said = self.tr("{user} has this logbook open too").format(user=found.others[0].user)
        brief = self.tr("1 other here") if count == 1 else self.tr("{n} others here")
        told = f"{said}\n{names}" if count else names
        self._status.show_company(said if count else "", told, brief=brief.format(n=count))
