# SPDX-License-Identifier: MIT
"""Undo and redo of what was saved since the logbook was opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from models.errors import LogbookError
from models.logbook import Logbook
from models.speech import numeral
from ui.events import LogbookEvents
from ui.jobs import Job, Jobs, Turn

if TYPE_CHECKING:
    # Loaded when the first logbook is open, by the worker that looks for its last change.
    from models.undo import SavedChange

_SHORT = 200
"""Of so many cases and fewer nobody sees any progress."""


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("history", text)


class SavedUndo(QObject):
    """The changes that the user saved, to take back from the last on, and to do again.

    Signals:
        changed: what can be undone or redone now is another.
        undone: (SavedChange) it was taken back.
        said: (str) what was taken back or done again, in a sentence.
        started: (Job, str) something is taken back or done again that takes a while, and what; it
            can be stopped by ``stop``.
    """

    changed = Signal()
    undone = Signal(object)
    said = Signal(str)
    started = Signal(object, str)

    def __init__(
        self,
        jobs: Jobs,
        events: LogbookEvents,
        tell: Callable[[LogbookError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._events = events
        self._tell = tell
        self._logbook: Logbook | None = None
        self._seen = 0
        self._is_busy = False
        self._stop = Event()
        self._look_again = False
        self._wanted: Callable[[], None] | None = None
        self._undo: list[SavedChange] = []
        self._redo: list[SavedChange] = []
        events.case_saved.connect(self._look)
        events.cases_changed.connect(self._look)

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Begin anew with this logbook: what was saved before is not to be undone."""
        self._logbook, self._seen, self._is_busy = logbook, 0, False
        self._wanted = None
        self._undo, self._redo = [], []
        self.changed.emit()
        if logbook is None:
            return
        if (began := logbook.turns.began) is None:
            self._work(logbook, lambda _job: _newest(logbook), self._begin, turn=Turn.AFTER)
        else:
            # Something may have been saved since, before this was there to hear of it.
            self._seen = began
            self._work(
                logbook, lambda _job: _news(logbook, began), self._take_news, turn=Turn.AFTER
            )

    @property
    def undo_text(self) -> str:
        """What undo would take back, as it stands after the word: "change of P-12"; or ""."""
        return named(self._undo)

    @property
    def redo_text(self) -> str:
        """What redo would do again."""
        return named(self._redo)

    @property
    def is_busy(self) -> bool:
        """Whether it is finding out what was saved, or at work."""
        return self._is_busy

    def can_undo(self) -> bool:
        """Whether there is a saved change to take back."""
        return bool(self._undo) and not self._is_busy

    def can_redo(self) -> bool:
        """Whether there is one to do again."""
        return bool(self._redo) and not self._is_busy

    def undo(self) -> None:
        """Take the last saved change back."""
        if self.can_undo():
            self._step(self._undo, self._redo, undoes=True)

    def undo_case(self, case_id: str) -> None:
        """Take back the last change of this case alone, wherever it stands among the others."""
        if self._is_busy:
            # What was just saved is still being looked up.
            self._wanted = partial(self.undo_case, case_id)
            return
        own = [change for change in self._undo if change.case_ids == [case_id]]
        if own:
            self._undo.remove(own[-1])
            self._undo.append(own[-1])
            self.undo()

    def undo_import(self) -> None:
        """Take back the last import, if nothing was saved since."""
        if self._is_busy:
            self._wanted = self.undo_import
        elif self._undo and _is_import(self._undo[-1]):
            self.undo()

    def redo(self) -> None:
        """Do the change again that was taken back last."""
        if self.can_redo():
            self._step(self._redo, self._undo, undoes=False)

    def stop(self) -> None:
        """Ask what is taken back or done again to stop; it ends as if nothing was asked for."""
        self._stop.set()

    def _step(self, source: list[SavedChange], target: list[SavedChange], *, undoes: bool) -> None:
        from models.history import NamesSwitchedOff
        from models.undo import ChangedSince, redo, undo

        do = undo if undoes else redo
        logbook, change = self._logbook, source[-1]
        if logbook is None:
            return

        def take(number: int) -> None:
            self._seen = max(self._seen, number)
            source.pop()
            target.append(change)
            self.changed.emit()
            self._tell_news(change.case_ids)
            if undoes:
                self.undone.emit(change)
            words = tr("Undone: {change}.") if undoes else tr("Done again: {change}.")
            self.said.emit(words.format(change=named([change])))

        def drop(error: LogbookError) -> None:
            # What somebody changed since stays theirs; the change before it comes next.
            if isinstance(error, ChangedSince | NamesSwitchedOff):
                source.pop()

        stop = self._stop = Event()
        job = self._work(
            *(logbook, lambda job: do(logbook, change, job.progress, stop.is_set), take, drop),
            changes=True,
        )
        if len(change.parts) > _SHORT:
            words = tr("Undoing the {change}") if undoes else tr("Doing the {change} again")
            self.started.emit(job, words.format(change=named([change])))

    def _tell_news(self, case_ids: list[str]) -> None:
        if len(case_ids) == 1:
            self._events.case_saved.emit(case_ids[0])
        else:
            self._events.cases_changed.emit()

    def _look(self, _case_id: str = "") -> None:
        """Something was saved, perhaps by this user."""
        logbook, seen = self._logbook, self._seen
        if self._is_busy:
            self._look_again = True
        elif logbook is not None:
            self._work(logbook, lambda _job: _news(logbook, seen), self._take_news)

    def _take_news(self, found: tuple[list[SavedChange], int]) -> None:
        changes, self._seen = found
        if changes:
            self._undo.extend(changes)
            self._redo.clear()
            self.changed.emit()

    def _begin(self, number: int) -> None:
        self._seen = number

    def _work(
        self,
        logbook: Logbook,
        work: Callable[[Job], object],
        done: Callable[..., None],
        failed: Callable[[LogbookError], None] | None = None,
        turn: Turn = Turn.NOW,
        *,
        changes: bool = False,
    ) -> Job:
        """One thing at a time, and nothing of a logbook that is closed meanwhile."""
        self._is_busy = True
        self.changed.emit()

        def finish(result: object) -> None:
            if logbook is self._logbook:
                self._is_busy = False
                done(result)
                self._rest()

        def fail(error: LogbookError) -> None:
            if logbook is self._logbook:
                self._is_busy = False
                if failed is not None:
                    failed(error)
                self._rest()
                self._tell(error)

        return self._jobs.run(logbook, work, finish, fail, reports=True, turn=turn, changes=changes)

    def _rest(self) -> None:
        self.changed.emit()
        if self._look_again and not self._is_busy:
            self._look_again = False
            self._look()
        elif self._wanted and not self._is_busy:
            wanted, self._wanted = self._wanted, None
            wanted()


def _newest(logbook: Logbook) -> int:
    from models.undo import newest_entry

    return newest_entry(logbook)


def _news(logbook: Logbook, seen: int) -> tuple[list[SavedChange], int]:
    from models.undo import news

    return news(logbook, seen)


def _is_import(change: SavedChange) -> bool:
    from models.undo import Kind

    return change.kind is Kind.IMPORT


def named(changes: list[SavedChange]) -> str:
    """The words for the last of these changes; "" for none."""
    if not changes:
        return ""
    from models.undo import Kind

    last = changes[-1]
    name = last.name
    if len(last.parts) > 1:
        name = tr("{n} cases").format(n=numeral(len(last.parts), ","))
    entry = tr("entry of {name}")
    if last.with_patient:
        entry = tr("entry of {name}, with what it changed of the patient")
    brought = tr("import of {name}")
    if last.from_logbook:
        brought = tr("merge of another logbook, {name}")
    words = {
        Kind.ENTRY: entry,
        Kind.CHANGE: tr("change of {name}"),
        Kind.BINNING: tr("move to bin of {name}"),
        Kind.UNBINNING: tr("taking {name} out of the bin"),
        Kind.RESTORING: tr("bringing back of {name}"),
        Kind.MERGING: tr("merge of {name}"),
        Kind.PARTING: tr("parting of {name}"),
        Kind.IMPORT: brought,
    }
    return words[last.kind].format(name=name)
