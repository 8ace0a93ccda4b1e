# SPDX-License-Identifier: MIT
"""Fetches and decodes images off the UI thread, and keeps the last few."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.errors import LogbookError
from models.images.picture import NoMemory
from models.logbook import Logbook
from ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from models.images.pixels import Pixels

KEPT = 4
"""How many decoded images are kept; each takes its size in memory, and a third more."""
MOST_KEPT = 256 * 1024**2
"""How many bytes all of them may take, but for the one that is shown."""


class ImageLoader(QObject):
    """Hands out the pixels of stored images."""

    def __init__(self, jobs: Jobs, logbook: Logbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._logbook = logbook
        self._known: dict[str, Pixels] = {}
        self._running: list[Job] = []

    def load(
        self,
        content: str,
        done: Callable[[Pixels], None],
        failed: Callable[[LogbookError], None],
    ) -> None:
        """Call ``done`` with the pixels: at once if they are known, otherwise when they are there.

        Args:
            content: name of the stored content.
            done: called on the UI thread.
            failed: called instead, with what the user is to be told.
        """
        if content in self._known:
            self._known[content] = self._known.pop(content)
            done(self._known[content])
            return
        logbook = self._logbook

        def work() -> Pixels:
            from models.images import pixels, store

            return pixels.decode(store.content(logbook, content))

        def take(found: Pixels) -> None:
            self._known[content] = found
            while len(self._known) > 1 and (len(self._known) > KEPT or self._size() > MOST_KEPT):
                self._known.pop(next(iter(self._known)))
            done(found)

        def fail(error: LogbookError) -> None:
            if isinstance(error, NoMemory) and self._known:
                # What is kept for going back takes room that is needed now.
                self._known.clear()
                self.load(content, done, failed)
            else:
                failed(error)

        job = self._jobs.run(logbook, work, take, fail)
        self._running.append(job)
        job.finished.connect(lambda: self._running.remove(job))

    def _size(self) -> int:
        return sum(pixels.size for pixels in self._known.values())

    def stop(self) -> None:
        """Call nobody any more."""
        for job in self._running:
            job.cancel()
