# SPDX-License-Identifier: MIT
"""Adds the clinic's own published rates, takes them away, and takes that back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.errors import LogbookError
from models.literature import (
    Added,
    OwnRate,
    add_rates,
    put_back,
    read_rates,
    remove_rates,
    shipped_rates,
)
from models.logbook import Logbook
from ui.jobs import Jobs
from ui.widgets.rate_words import tr


class OwnDesk(QObject):
    """Works in jobs, one step of undo for each thing that was done.

    Signals:
        changed: the rates of the logbook are others now.
        told: (str, bool) what was done, in a sentence, and whether there is anything to undo.
        failed: (LogbookError) what could not be done.
    """

    changed = Signal()
    told = Signal(str, bool)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._logbook: Logbook | None = None
        self._undo: list[tuple[bool, tuple[OwnRate, ...]]] = []
        self._redo: list[tuple[bool, tuple[OwnRate, ...]]] = []

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Work in this logbook; what was done in another cannot be undone here."""
        self._logbook = logbook
        self._undo, self._redo = [], []

    # what Edit > Undo asks

    @property
    def undo_text(self) -> str:
        """What would be undone."""
        return _said(self._undo)

    @property
    def redo_text(self) -> str:
        """What would be done again."""
        return _said(self._redo)

    def undo(self) -> None:
        """Take back what was done last."""
        self._turn(self._undo, self._redo, back=True)

    def redo(self) -> None:
        """Do it again."""
        self._turn(self._redo, self._undo, back=False)

    # what the page asks

    def add(self, file: Path) -> None:
        """Add the rates of a CSV file."""

        def work(logbook: Logbook) -> Added:
            return add_rates(logbook, read_rates(file), shipped_rates())

        def done(added: Added) -> None:
            self._note(is_added=True, rates=added.rates)
            self.told.emit(_sentence(added, file.name), bool(added.rates))

        self._run(work, done)

    def remove(self, ids: list[str]) -> None:
        """Take rates of the clinic away."""

        def done(gone: tuple[OwnRate, ...]) -> None:
            self._note(is_added=False, rates=gone)
            said = (
                tr("1 rate was taken away.") if len(gone) == 1 else tr("{n} rates were taken away.")
            )
            self.told.emit(said.format(n=len(gone)), bool(gone))

        self._run(lambda logbook: remove_rates(logbook, ids), done)

    def _note(self, *, is_added: bool, rates: tuple[OwnRate, ...]) -> None:
        if rates:
            self._undo.append((is_added, rates))
            self._redo.clear()

    def _turn(
        self,
        steps: list[tuple[bool, tuple[OwnRate, ...]]],
        others: list[tuple[bool, tuple[OwnRate, ...]]],
        *,
        back: bool,
    ) -> None:
        if not steps:
            return
        is_added, rates = step = steps.pop()

        def work(logbook: Logbook) -> None:
            if is_added is back:
                remove_rates(logbook, [kept.id for kept in rates])
            else:
                put_back(logbook, rates)

        self._run(work, lambda _: others.append(step))

    def _run(self, work: Callable[[Logbook], object], done: Callable) -> None:
        if (logbook := self._logbook) is None:
            return

        def finish(result: object) -> None:
            done(result)
            self.changed.emit()

        def fail(error: LogbookError) -> None:
            self.failed.emit(error)

        self._jobs.run(logbook, lambda: work(logbook), finish, fail, changes=True)


def _said(steps: list[tuple[bool, tuple[OwnRate, ...]]]) -> str:
    if not steps:
        return ""
    return tr("adding published rates") if steps[-1][0] else tr("taking published rates away")


def _sentence(added: Added, name: str) -> str:
    n = len(added.rates)
    said = tr("1 rate of {file} was added.") if n == 1 else tr("{n} rates of {file} were added.")
    told = said.format(n=n, file=name)
    if added.n_known:
        told += " " + tr("Already here: {n}.").format(n=added.n_known)
    return told
