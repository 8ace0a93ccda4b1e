# SPDX-License-Identifier: MIT
"""Leaves logbooks on a server: nobody waits for what is still under way, and nothing of it is lost.

What was being written has its time to come to an end. What has none, because the server is silent,
is broken off: a draft is then kept on this computer, and of any other change is said that it was
not done, before a window closes (``ui.leaving``) or in the window that goes on.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from models.logbook import Logbook
from ui.jobs import Jobs

_LOOK_MS = 100
_MOST_S = 30.0
"""Work that takes longer asks no server any more, and is not waited for."""


class Parting(QObject):
    """Lets go of a logbook when the last job has ended.

    Args:
        jobs: the work of the window, whichever logbook it is for.
    """

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._left: dict[Logbook, float] = {}
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self._look)

    def leave(self, logbook: Logbook) -> None:
        """Leave it, now or as soon as may be."""
        self._left[logbook] = time.monotonic()
        self._look()
        if self._left:
            self._clock.start()

    def finish(self) -> None:
        """Return when all are left. Work that asks no server is waited for no longer than that."""
        while self._left:
            self._jobs.wait(_LOOK_MS)
            self._look()

    def _look(self) -> None:
        is_done = self._jobs.wait(0)
        now = time.monotonic()
        for logbook, since in list(self._left.items()):
            if is_done or now - since > _MOST_S:
                del self._left[logbook]
                logbook.leave()
                logbook.close()
            else:
                logbook.hang_up(now - since)
        if not self._left:
            self._clock.stop()
