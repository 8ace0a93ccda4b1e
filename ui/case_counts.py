# SPDX-License-Identifier: MIT
"""How much the open logbook holds, counted off the UI thread whenever something was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.jobs import Turn
from ui.session import Session
from ui.workplace import Workplace

if TYPE_CHECKING:
    # The window is there before anything is asked of a logbook.
    from models.caselist import Counts


class CaseCounts(QObject):
    """Counts cases, patients and levels.

    Signals:
        counted: (Counts) so many there are now.

    Attributes:
        cases: as many as there were when it was counted last.
    """

    counted = Signal(object)

    def __init__(self, place: Workplace, session: Session) -> None:
        super().__init__(place.window)
        self._place = place
        self._session = session
        self.cases = 0
        place.events.case_saved.connect(self.count)
        place.events.cases_changed.connect(self.count)

    def count(self, _case_id: str = "") -> None:
        """Count anew."""
        logbook = self._session.logbook
        if logbook is None:
            return

        def work() -> Counts:
            from models.caselist import counts

            return counts(logbook)

        def take(found: Counts) -> None:
            if logbook is self._session.logbook:
                self.cases = found.cases
                self.counted.emit(found)

        self._place.jobs.run(logbook, work, take, self._place.tell, turn=Turn.AFTER)
