# SPDX-License-Identifier: MIT
"""Work of which only the latest counts: reading a list while the user types on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from models.logbook import Logbook
from ui.jobs import Done, Failed, Job, Jobs, Turn


class LatestJob(QObject):
    """Runs one job at a time; a new one takes the place of the one under way.

    The result of a replaced job is dropped, and so is that of a job whose owner is gone.
    """

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._held: list[Job] = []
        held = self._held
        self.destroyed.connect(lambda: _cancel(held))

    @property
    def is_running(self) -> bool:
        """Whether a job is under way whose result is still wanted."""
        return bool(self._held)

    def run(
        self,
        logbook: Logbook | None,
        work: Callable[[], Any] | Callable[[Job], Any],
        done: Done,
        failed: Failed | None = None,
        *,
        reports: bool = False,
        partly: Done | None = None,
        turn: Turn = Turn.NOW,
    ) -> None:
        """Like ``Jobs.run``, in the place of the job under way."""
        self.cancel()

        def finish(value: object) -> None:
            self._held.clear()
            done(value)

        self._held.append(
            self._jobs.run(logbook, work, finish, failed, reports=reports, partly=partly, turn=turn)
        )

    def cancel(self) -> None:
        """Drop the result of the job under way."""
        _cancel(self._held)


def _cancel(held: list[Job]) -> None:
    for job in held:
        job.cancel()
    held.clear()
