# SPDX-License-Identifier: MIT
"""Writes what a preview showed: all of it in one transaction, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from models import audit
from models.audit import Action, Event, Subject
from models.bulk import Chunk
from models.case import Case, save_case
from models.document import Change
from models.errors import LogbookError
from models.importing.judging import Judge, Judged, Verdict
from models.importing.preview import Cancelled, Preview, Progress, watched
from models.logbook import Logbook
from models.schema import Patient
from models.settings import visit_plan_in
from models.undo import IMPORTS, newest_entry


@dataclass(slots=True)
class Imported:
    """What an import did: how many cases are new, and how many were changed."""

    new: int = 0
    changed: int = 0


def write(
    logbook: Logbook,
    shown: Preview,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Imported:
    """Save what ``shown`` told: new and changed cases, and conflicting ones where it takes them.

    It is one durable transaction and one step to undo. ``progress`` hears cases done and in total.

    Raises:
        LogbookError: the logbook was changed since the preview, or the file cannot be read any
            more. Nothing is written then.
        Stopped: ``cancelled`` said so. Nothing is written then either.
        CannotWrite, LogbookBusy: as their names say.
    """
    if not shown.writes:
        return Imported()
    with logbook.transaction():
        first = newest_entry(logbook)
        if first != shown.entry:
            raise LogbookError(
                "The logbook was changed since the preview.", "Look at the preview again."
            )
        judge = Judge(logbook, shown.mapping, shown.seen, takes_conflicts=shown.takes_conflicts)
        writer = _Writer(logbook, f"Import of {shown.table.name}.")
        cases = judge.judged(shown.table)
        for judged in watched(cases, shown.seen.cases, progress, cancelled):
            if _is_wanted(judged, shown):
                writer.save(judged)
        writer.flush()
        if writer.done.new + writer.done.changed != shown.writes:
            raise LogbookError(
                f"{shown.table.name} was changed since the preview.", "Look at the preview again."
            )
        _note(logbook, shown, writer.done, first)
    return writer.done


def _is_wanted(judged: Judged, shown: Preview) -> bool:
    if judged.verdict is Verdict.CONFLICTING:
        return shown.takes_conflicts.takes(judged.cells.rows[0].number)
    return judged.verdict in (Verdict.NEW, Verdict.CHANGED)


@dataclass(slots=True)
class _Writer:
    """Gathers new cases into chunks, and keeps the order in which persons are saved."""

    logbook: Logbook
    reason: str
    done: Imported = field(default_factory=Imported)
    _chunk: Chunk | None = None
    _people: dict[str, Patient] = field(default_factory=dict)

    def save(self, judged: Judged) -> None:
        case = judged.case
        if case is None:
            return
        last = self._people.get(str(case.patient.id))
        if last is not None and last is not case.patient:
            self.flush()
            case.patient.version = last.version
        self._people[str(case.patient.id)] = case.patient
        if case.version:
            self.flush()
            save_case(self.logbook, case, self.reason)
            self.done.changed += 1
            return
        self._take(case)
        self.done.new += 1

    def _take(self, case: Case) -> None:
        if self._chunk is None:
            plan = visit_plan_in(self.logbook.database)
            self._chunk = Chunk(self.logbook.user, self.reason, plan)
        self._chunk.take(case)
        if self._chunk.is_full:
            self.flush()

    def flush(self) -> None:
        if self._chunk is not None:
            self._chunk.write(self.logbook)
            self._chunk = None


def _note(logbook: Logbook, shown: Preview, done: Imported, after: int) -> None:
    """The entry by which the audit and undo know that all this was one import."""
    counts = shown.counts
    said = (
        f"Import of {shown.table.name}. New: {done.new}, changed: {done.changed}, "
        f"same: {counts[Verdict.SAME]}, refused: {counts[Verdict.REFUSED]}."
    )
    since = Change(IMPORTS, "", "after_entry", None, after)
    user = logbook.user
    event = Event(user, Action.IMPORT, Subject.LOGBOOK, IMPORTS, 0, (since,), said)
    audit.append(logbook.database, [event])
