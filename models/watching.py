# SPDX-License-Identifier: MIT
"""Watches the server of a logbook: hears when others write, and comes back when it was away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from models.errors import LogbookError
from models.link import Waking, pause
from models.presence import BEAT_S, Visitor
from models.served import ServedLogbook

if TYPE_CHECKING:
    from models.engines.postgres.listening import Ear


class What(StrEnum):
    """What is told.

    ``HERE``: the connection stands, for the first time or again. ``NEWS``: somebody wrote.
    ``BEAT``: nothing happened for a while. ``AWAY``: the server does not answer.
    """

    HERE = "here"
    NEWS = "news"
    BEAT = "beat"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the watch tells.

    Attributes:
        others: who else has the logbook open, where the server answers.
        wait_s: for AWAY: seconds until it is asked again.
        why: for AWAY: what is the matter, in words.
        was_away: for HERE: whether the server was missed before.
    """

    what: What
    others: tuple[Visitor, ...] = ()
    wait_s: float = 0.0
    why: LogbookError | None = None
    was_away: bool = False

    @property
    def is_news(self) -> bool:
        """Whether something may have been written meanwhile."""
        return self.what in (What.HERE, What.NEWS)


class Watch:
    """Runs in one thread until it is stopped from another.

    Args:
        logbook: the logbook that the server keeps.
        tell: called in the thread of the watch.
    """

    def __init__(self, logbook: ServedLogbook, tell: Callable[[Told], None]) -> None:
        self._logbook, self._tell = logbook, tell
        self._waking, self._ending = Waking(), Waking()
        self._end = threading.Event()
        self._attempt = 0

    def run(self) -> None:
        """Watch until ``stop``; nothing is asked of the server while nobody writes."""
        link = self._logbook.link
        link.watch(self._waking.wake)
        was_away = False
        try:
            while not self._end.is_set():
                try:
                    with self._logbook.plain_errors(), closing(self._ear()) as ear:
                        self._waking.call(ear.wake)
                        self._ending.call(ear.end)
                        self._hear(ear, was_away=was_away)
                except LogbookError as error:
                    link.lose()
                    was_away = True
                    wait_s = pause(self._attempt)
                    self._tell_away(error, wait_s)
                    self._waking.sleep(wait_s)
                    self._attempt += 1
                finally:
                    self._waking.call(None)
                    self._ending.call(None)
        finally:
            link.watch(None)

    def stop(self) -> None:
        """Let ``run`` return, also where the server is silent."""
        self._end.set()
        self._ending.wake()
        self._waking.wake()

    def hurry(self) -> None:
        """Ask a server that is away now, and not only after the pause."""
        self._waking.wake()

    def _tell_away(self, error: LogbookError, wait_s: float) -> None:
        if not self._end.is_set():
            self._tell(Told(What.AWAY, wait_s=wait_s, why=error))

    def _ear(self) -> Ear:
        return self._logbook.ear(lambda: not self._end.is_set())

    def _hear(self, ear: Ear, *, was_away: bool) -> None:
        """Listen until the connection is lost or nobody wants to know."""
        if self._end.is_set():
            return
        ear.listen()
        self._tell_here(ear, was_away=was_away)
        while not self._end.is_set():
            heard = ear.wait(BEAT_S)
            if self._end.is_set():
                break
            if self._logbook.link.is_away:
                # Somebody else's connection was lost.
                ear.ask()
                self._tell_here(ear, was_away=True)
            else:
                what = What.NEWS if heard else What.BEAT
                self._tell(Told(what, self._others(ear)))

    def _tell_here(self, ear: Ear, *, was_away: bool) -> None:
        others = self._others(ear)
        self._attempt = 0
        self._logbook.forget_connections()
        self._logbook.link.find()
        self._tell(Told(What.HERE, others, was_away=was_away))

    def _others(self, ear: Ear) -> tuple[Visitor, ...]:
        own = self._logbook.caller.host
        return tuple(
            Visitor(user, one.host, one.process, one.since, one.host == own)
            for user, one in ear.others()
        )
