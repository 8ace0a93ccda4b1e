# SPDX-License-Identifier: MIT
"""The filters that are at hand: those with a name, and those used last in this session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from models.errors import LogbookError
from models.filters import (
    NamedFilter,
    delete_filter,
    list_filters,
    rename_filter,
    restore_filter,
    save_filter,
)
from models.logbook import Logbook
from models.query import Filter
from models.query.field import NOTHING_KNOWN
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.latest_job import LatestJob

MOST_RECENT = 8

Told = Callable[[], None]
Refused = Callable[[LogbookError], None]


class FilterShelf(QObject):
    """Reads and changes filters in jobs, and tells everybody.

    Searches can name a patient, so those used last are kept in memory only, until the logbook is
    closed.

    Signals:
        changed: other filters are at hand.
        known_changed: other words are in use in the cases.
        failed: (LogbookError) what is at hand could not be read.
    """

    changed = Signal()
    known_changed = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, events: LogbookEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._events = events
        self._logbook: Logbook | None = None
        self._named: tuple[NamedFilter, ...] = ()
        self._recent: list[Filter] = []
        self._known: Mapping[str, Sequence[str]] = NOTHING_KNOWN
        self._is_known = False
        self._reading = LatestJob(jobs, self)
        self._learning = LatestJob(jobs, self)
        events.filters_changed.connect(self.refresh)
        events.case_saved.connect(self._forget_words)
        events.cases_changed.connect(self._forget_words)

    @property
    def logbook(self) -> Logbook | None:
        """Whose filters they are."""
        return self._logbook

    @property
    def named(self) -> tuple[NamedFilter, ...]:
        """The filters with a name, as far as they were read."""
        return self._named

    @property
    def recent(self) -> tuple[Filter, ...]:
        """The filters used last, the newest first."""
        return tuple(self._recent)

    @property
    def known(self) -> Mapping[str, Sequence[str]]:
        """Texts in use in the cases, by the names of the fields of words."""
        return self._known

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Begin with the filters of this logbook."""
        if logbook is self._logbook:
            return
        self._reading.cancel()
        self._learning.cancel()
        self._logbook = logbook
        self._named, self._known, self._is_known = (), NOTHING_KNOWN, False
        self._recent.clear()
        self.changed.emit()
        self.known_changed.emit()

    def remember(self, asked: Filter) -> None:
        """Note that this was asked for."""
        if asked.terms:
            others = [one for one in self._recent if one != asked]
            self._recent = [asked, *others][:MOST_RECENT]

    # reading

    def refresh(self) -> None:
        """Read the filters anew: another window may have changed them."""
        logbook = self._logbook
        if logbook is not None:
            self._reading.run(logbook, lambda: list_filters(logbook), self._show, self.failed.emit)

    def learn(self) -> None:
        """Read the words in use, unless they are known."""
        logbook = self._logbook
        if logbook is None or self._is_known or self._learning.is_running:
            return

        def work() -> Mapping[str, Sequence[str]]:
            from models.known_words import known_words

            return known_words(logbook)

        self._learning.run(logbook, work, self._know, self.failed.emit)

    def _show(self, named: Sequence[NamedFilter]) -> None:
        if tuple(named) != self._named:
            self._named = tuple(named)
            self.changed.emit()

    def _know(self, known: Mapping[str, Sequence[str]]) -> None:
        self._is_known = True
        if known != self._known:
            self._known = known
            self.known_changed.emit()

    def _forget_words(self) -> None:
        self._is_known = False

    # changing

    def save(
        self, name: str, asked: Filter, done: Told, refused: Refused, *, replace: bool = False
    ) -> None:
        """Store a filter under a name; refused as ``models.filters.save_filter`` refuses."""
        self._change(lambda book: save_filter(book, name, asked, replace=replace), done, refused)

    def rename(self, kept: NamedFilter, name: str, done: Told, refused: Refused) -> None:
        """Give a filter another name."""
        self._change(lambda book: rename_filter(book, kept.id, name), done, refused)

    def delete(self, kept: NamedFilter, done: Told, refused: Refused) -> None:
        """Take a filter away."""
        self._change(lambda book: delete_filter(book, kept.id), done, refused)

    def restore(self, deleted: NamedFilter, done: Told, refused: Refused) -> None:
        """Put a filter back that was taken away."""
        self._change(lambda book: restore_filter(book, deleted), done, refused)

    def _change(self, work: Callable[[Logbook], object], done: Told, refused: Refused) -> None:
        logbook = self._logbook
        if logbook is None:
            return

        def finish(_: object) -> None:
            done()
            self._events.filters_changed.emit()

        def fail(error: LogbookError) -> None:
            refused(error)
            # Whoever is in the way has changed something since the filters were read.
            self.refresh()

        self._jobs.run(logbook, lambda: work(logbook), finish, fail, changes=True)
