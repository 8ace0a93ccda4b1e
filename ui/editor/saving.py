# SPDX-License-Identifier: MIT
"""Loads and saves the case of the editor off the UI thread, and tells how it ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from models import drafts
from models.audit import Action
from models.case import Case, load_case
from models.drafts import Draft, Resumed
from models.errors import LogbookError, ServerAway
from models.logbook import Logbook
from models.patients import Person, find_person, load_person
from ui.editor.case_rows import copy_case
from ui.editor.order import SaveOrder, Stored
from ui.jobs import Jobs
from ui.patience import wait_for

_SAVING_MS = 5_000
"""So long somebody wants to wait for a save that is to go before the page is left."""


class Keeper(QObject):
    """One at a time loads, saves or looks up.

    A copy of the case is saved, so that typing can go on meanwhile.

    Signals:
        loaded: (case; the user's draft of it, or None)
        resumed: (models.drafts.Resumed)
        saved: (the copy that was saved, with its new versions; what the save did)
        postponed: (ServerAway) the server does not answer; the save waits for ``go_on``.
        patient_known: (Person) the logbook has a patient of the code that was asked for.
        settings_read: (LogbookSettings) they are others than was thought: a name was left out.
        failed: (LogbookError)
        busy_changed: (bool) a load or save is under way or has ended.
    """

    loaded = Signal(object, object)
    resumed = Signal(object)
    saved = Signal(object, object)
    postponed = Signal(object)
    patient_known = Signal(object)
    settings_read = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._is_busy = False
        self._logbook: Logbook | None = None
        self._saves = False
        self._waiting: SaveOrder | None = None
        self._fetches: Callable[[], None] | None = None

    @property
    def waiting_for(self) -> str:
        """Id of the case whose save waits for a server; "" for none."""
        return self._waiting.case.id if self._waiting is not None else ""

    @property
    def is_busy(self) -> bool:
        """Whether a load or save is under way."""
        return self._is_busy

    def load(self, logbook: Logbook, case_id: str, *, without_draft: bool = False) -> None:
        """Fetch a case, and the user's draft of it, which is forgotten if it is not wanted."""

        def work() -> tuple[Case, Draft | None]:
            if without_draft:
                drafts.discard(logbook, case_id)
                return load_case(logbook, case_id), None
            return load_case(logbook, case_id), drafts.find(logbook, case_id)

        again = partial(self.load, logbook, case_id, without_draft=without_draft)
        self._fetch(logbook, work, self._take_loaded, again)

    def resume(self, logbook: Logbook, draft: Draft) -> None:
        """Make the case of a draft."""
        work = partial(drafts.resume, logbook, draft)
        self._fetch(logbook, work, self._take_resumed, partial(self.resume, logbook, draft))

    def _fetch(
        self,
        logbook: Logbook,
        work: Callable[[], object],
        done: Callable[..., None],
        again: Callable[[], None],
    ) -> None:
        def fail(error: LogbookError) -> None:
            self._fetches = again if isinstance(error, ServerAway) else None
            self._fail(error)

        self._fetches, self._logbook, self._saves = None, logbook, False
        self._set_busy(True)
        self._jobs.run(logbook, work, done, fail)

    def save(
        self, logbook: Logbook, case: Case, reason: str = "", action: Action | None = None
    ) -> None:
        """Store the case as it is now; its draft goes in the same transaction."""
        before = self._waiting if self.waiting_for == case.id else None
        self._carry_out(SaveOrder(logbook, copy_case(case), reason, action, before))

    def go_on(self) -> None:
        """Do what waits, a save or the fetching of a case; what was done is not done again."""
        if self._is_busy:
            return
        if self._waiting is not None:
            self._carry_out(self._waiting)
        elif self._fetches is not None:
            self._fetches()

    def give_up(self) -> None:
        """Nothing waits any more to be saved."""
        self._waiting = None

    def forget(self) -> None:
        """Nothing waits any more at all."""
        self._waiting = self._fetches = None

    def _carry_out(self, order: SaveOrder) -> None:
        self._waiting, self._logbook, self._saves = None, order.logbook, True
        self._set_busy(True)

        def fail(error: LogbookError) -> None:
            if not isinstance(error, ServerAway):
                self._fail(error)
                return
            self._waiting, self._is_busy = order, False
            self.postponed.emit(error)
            self.busy_changed.emit(False)

        self._jobs.run(None, order.carry_out, self._take_saved, fail)

    def look_for_patient(self, logbook: Logbook, code: str) -> None:
        """Ask whether the logbook knows a patient of this code. No answer means no."""

        def tell(known: Person | None) -> None:
            if known is not None:
                self.patient_known.emit(known)

        self._jobs.run(logbook, lambda: find_person(logbook, code), tell, self.failed.emit)

    def look_for_names(self, logbook: Logbook, patient_id: str, done: Callable) -> None:
        """Ask what names a patient whom the logbook knows; no answer means nothing does."""

        def tell(known: Person | None) -> None:
            if known is not None and known.identity is not None:
                done(known.identity)

        self._jobs.run(logbook, lambda: load_person(logbook, patient_id), tell, self.failed.emit)

    def wait(self) -> None:
        """Return when the load or save under way has ended, whichever way."""
        if self._is_busy:
            wait_for(self.busy_changed, self._hurry, _SAVING_MS if self._saves else None)

    def _hurry(self) -> None:
        """Who waits for others to finish is told so, and not that the server is away."""
        if self._logbook is None or self._logbook.has_files:
            return
        if self._saves and self._logbook.turns.waited_s():
            self._logbook.turns.stop_waiting()
            self._saves = False
        else:
            self._logbook.hang_up()

    def _take_loaded(self, found: tuple[Case, Draft | None]) -> None:
        self._set_busy(False)
        self.loaded.emit(*found)

    def _take_resumed(self, resumed: Resumed) -> None:
        self._set_busy(False)
        self.resumed.emit(resumed)

    def _take_saved(self, stored: Stored) -> None:
        self._is_busy = False
        self.saved.emit(stored.case, stored.saved)
        if stored.settings is not None:
            self.settings_read.emit(stored.settings)
        self.busy_changed.emit(False)

    def _fail(self, error: LogbookError) -> None:
        self._is_busy = False
        self.failed.emit(error)
        self.busy_changed.emit(False)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)
