# SPDX-License-Identifier: MIT
"""Loads and saves the case of the editor off the UI thread, and tells how it ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEventLoop, QObject, Signal

from models import drafts
from models.audit import Action
from models.case import Case, Saved, load_case, save_case
from models.drafts import Draft, Resumed
from models.errors import LogbookError
from models.logbook import Logbook
from models.patients import Person, find_person, load_person
from models.settings import LogbookSettings, read_settings
from ui.editor.case_rows import copy_case
from ui.jobs import Jobs


class Keeper(QObject):
    """One at a time loads, saves or looks up.

    A copy of the case is saved, so that typing can go on meanwhile.

    Signals:
        loaded: (case; the user's draft of it, or None)
        resumed: (models.drafts.Resumed)
        saved: (the copy that was saved, with its new versions; what the save did)
        patient_known: (Person) the logbook has a patient of the code that was asked for.
        settings_read: (LogbookSettings) they are others than was thought: a name was left out.
        failed: (LogbookError)
        busy_changed: (bool) a load or save is under way or has ended.
    """

    loaded = Signal(object, object)
    resumed = Signal(object)
    saved = Signal(object, object)
    patient_known = Signal(object)
    settings_read = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._is_busy = False

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

        self._set_busy(True)
        self._jobs.run(logbook, work, self._take_loaded, self._fail)

    def resume(self, logbook: Logbook, draft: Draft) -> None:
        """Make the case of a draft."""
        self._set_busy(True)
        work = partial(drafts.resume, logbook, draft)
        self._jobs.run(logbook, work, self._take_resumed, self._fail)

    def save(
        self, logbook: Logbook, case: Case, reason: str = "", action: Action | None = None
    ) -> None:
        """Store the case as it is now; its draft goes in the same transaction."""
        self._set_busy(True)
        copy = copy_case(case)

        def work() -> tuple[Saved, LogbookSettings | None]:
            with logbook.transaction():
                saved = save_case(logbook, copy, reason, action)
                drafts.discard(logbook, copy.id)
                return saved, read_settings(logbook) if saved.left_out_names else None

        self._jobs.run(logbook, work, lambda done: self._take_saved(copy, *done), self._fail)

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
            loop = QEventLoop()
            self.busy_changed.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _take_loaded(self, found: tuple[Case, Draft | None]) -> None:
        self._set_busy(False)
        self.loaded.emit(*found)

    def _take_resumed(self, resumed: Resumed) -> None:
        self._set_busy(False)
        self.resumed.emit(resumed)

    def _take_saved(self, copy: Case, saved: Saved, settings: LogbookSettings | None) -> None:
        self._is_busy = False
        self.saved.emit(copy, saved)
        if settings is not None:
            self.settings_read.emit(settings)
        self.busy_changed.emit(False)

    def _fail(self, error: LogbookError) -> None:
        self._is_busy = False
        self.failed.emit(error)
        self.busy_changed.emit(False)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)
