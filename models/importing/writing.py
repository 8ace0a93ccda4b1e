# SPDX-License-Identifier: MIT
"""Writes what a preview showed: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import peewee

from models import audit, caserow, rows
from models.audit import Action, Event, Subject
from models.bulk import Chunk, Ready
from models.bulk.plain import PlainRows, fresh_ids
from models.bulk.ready import Part
from models.case import Case, save_case
from models.collecting import collecting_rarely
from models.document import Change
from models.engines import indexes, search
from models.engines.engine import Engine
from models.errors import LogbookError
from models.importing import beside
from models.importing.allowed import NotSaidToBeOthers
from models.importing.choices import of_all
from models.importing.judging import Judge, Judged
from models.importing.lines import Verdict
from models.importing.mapping import Mapping
from models.importing.own_files import knows_nobody
from models.importing.package.pictures import Pictures
from models.importing.plainly import PlainlyNew, Present
from models.importing.preview import Cancelled, Preview, Progress, watched
from models.importing.reading import Table
from models.importing.records import Records
from models.importing.survey import survey
from models.importing.targets import CASE_ID
from models.logbook import Logbook
from models.schema import CaseFoundBy, CaseRow, Patient
from models.settings import visit_plan_in
from models.speech import say
from models.undo import IMPORTS, newest_entry

_MANY = 2_000
"""Cases for which it pays to make indexes anew."""

_FOUND_AT_ONCE = 4_000
"""Cases that are put into the index of the search by one statement; fewer take longer."""


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
    with logbook.transaction(), collecting_rarely():
        first = newest_entry(logbook)
        if audit.newest_change(logbook.database) != shown.entry:
            raise LogbookError(
                say("The logbook was changed since the preview."), say("Look at the preview again.")
            )
        judge = Judge(logbook, shown.mapping, shown.seen, takes_conflicts=shown.takes_conflicts)
        writer = _Writer(
            logbook,
            f"Import of {shown.table.name}.",
            _pictures_of(shown.table),
            shown.seen.cases,
        )
        with _ahead(logbook, shown.table, shown.mapping) as plainly:
            heard = plainly(shown.seen, writer.go_ahead) if plainly else None
            cases = judge.judged(shown.table, heard)
            for judged in watched(cases, shown.seen.cases, progress, cancelled):
                if _is_wanted(judged, shown):
                    writer.save(judged)
        writer.end()
        if writer.done.new + writer.done.changed != shown.writes:
            raise LogbookError(
                say("{table} was changed since the preview.", table=shown.table.name),
                say("Look at the preview again."),
            )
        _note(logbook, shown, writer.done, first)
    return writer.done


def take_in(
    logbook: Logbook,
    table: Table,
    mapping: Mapping,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    takes_conflicts: bool = False,
    before: Callable[[], object] | None = None,
    are_others: bool = False,
) -> tuple[Preview, Imported]:
    """``preview`` and ``write`` in one, where nobody looks between: each case is judged once.

    ``before`` is called before the first case is saved, and not at all where there is none. What it
    does to the logbook it has to do in another thread: the transaction has begun. ``are_others``
    says that the new patients of a limited data set are none of ours.

    Raises:
        NotSaidToBeOthers: nobody says so. Nothing is written then.
        UnreadableTable: the table cannot be read to its end.
        Stopped, CannotWrite, LogbookBusy: as with ``write``. Nothing is written then.
    """
    with (
        logbook.transaction(),
        collecting_rarely(),
        _ahead(logbook, table, mapping) as plainly,
    ):
        first, entry = newest_entry(logbook), audit.newest_change(logbook.database)
        seen = survey(table, mapping, cancelled)
        found = Preview(table, mapping, seen, of_all(takes_conflicts), entry)
        judge = Judge(logbook, mapping, seen, takes_conflicts=takes_conflicts)
        writer = _Writer(logbook, f"Import of {table.name}.", _pictures_of(table), seen.cases)
        asks = knows_nobody(table) and not are_others
        cases = judge.judged(table, plainly(seen, writer.go_ahead) if plainly else None)
        for judged in watched(cases, seen.cases, progress, cancelled):
            found.take(judged)
            if not _is_wanted(judged, found):
                continue
            if asks and judged.verdict is Verdict.NEW:
                raise NotSaidToBeOthers(table.name)
            if before is not None:
                before()
                before = None
            writer.save(judged)
        writer.end()
        found.end(judge)
        if found.writes:
            _note(logbook, found, writer.done, first)
    return found, writer.done


def _ahead(
    logbook: Logbook, table: Table, mapping: Mapping
) -> AbstractContextManager[beside.Heard | None]:
    """Within, another process tells the plain cases of a large table; None of a small one."""
    if not beside.pays(table):
        return nullcontext()
    database = logbook.database
    query = Patient.select(Patient.patient_code).where(Patient.patient_code.is_null(False))
    codes = [code for (code,) in query.tuples().execute(database)]
    ids: list[str] = []
    if CASE_ID in mapping.used:
        ids = [own for (own,) in CaseRow.select(CaseRow.case_id).tuples().execute(database)]
    return beside.plainly_beside(table, mapping, visit_plan_in(database), Present(ids, codes))


def _pictures_of(table: Table) -> Pictures | None:
    return table.pictures if isinstance(table, Records) else None


def _is_wanted(judged: Judged | PlainlyNew, shown: Preview) -> bool:
    if isinstance(judged, PlainlyNew):
        return True
    if judged.verdict is Verdict.CONFLICTING:
        return shown.takes_conflicts.takes(judged.cells.rows[0].number)
    return judged.verdict in (Verdict.NEW, Verdict.CHANGED)


@dataclass(slots=True)
class _Aside:
    """What is made of many cases at once, rather than kept up with each of them.

    Attributes:
        indexes: the statements that make the indexes of the list, once all cases are there.
        found_from: the first row of the list that the search does not find yet.
        waiting: how many rows there are from that one on, or more.
        some_are: whether some of these are found already, because they were saved by themselves.
    """

    database: Engine
    indexes: list[str]
    found_from: int
    waiting: int = 0
    some_are: bool = False

    @classmethod
    def put(cls, database: Engine) -> _Aside:
        aside = indexes.put_aside(database, CaseRow, CaseFoundBy)
        return cls(database, aside, caserow.last_number(database) + 1)

    def go_on(self, more: int) -> None:
        """So many rows came; let those so far be found if they are many."""
        self.waiting += more
        if self.waiting >= _FOUND_AT_ONCE:
            search.index_since(self.database, self.found_from, some_are=self.some_are)
            self.found_from = caserow.last_number(self.database) + 1
            self.waiting, self.some_are = 0, False

    def go_ahead(self) -> bool:
        """Make one of the indexes before the end; whether there was one left."""
        if not self.indexes:
            return False
        indexes.make_anew(self.database, [self.indexes.pop()])
        return True

    def end(self) -> None:
        search.index_since(self.database, self.found_from, some_are=self.some_are)
        indexes.make_anew(self.database, self.indexes)


@dataclass(slots=True)
class _Writer:
    """Gathers new cases into chunks, and knows what the logbook has of their persons."""

    logbook: Logbook
    reason: str
    pictures: Pictures | None
    expected: int
    done: Imported = field(default_factory=Imported)
    _chunk: Chunk | None = None
    _stored: dict[str, str] = field(default_factory=dict)
    _ids: Iterator[str] = field(default_factory=fresh_ids)
    _aside: _Aside | None = None

    def save(self, judged: Judged | PlainlyNew) -> None:
        if isinstance(judged, PlainlyNew):
            if isinstance(judged.made, PlainRows):
                self._open_chunk().join(judged.made)
                self._flush_full()
            elif judged.made is not None:
                self._open_chunk().take_plain(judged.made, self._ids)
                self._flush_full()
            self.done.new += 1
            return
        if judged.case is None:
            return
        if self.pictures is not None:
            self.pictures.store(self.logbook, judged.case)
        if judged.ready is not None and self._takes_many(judged.ready, judged):
            self._take(judged.ready)
        else:
            self._save_alone(judged.case)
        if judged.ready is None:
            self.done.changed += 1
        else:
            self.done.new += 1

    def _takes_many(self, ready: Ready, judged: Judged) -> bool:
        """Whether nothing of the person is to be changed, so that the case goes into a chunk."""
        if judged.differences:
            return False
        person = ready.person
        known = self._stored.get(person.id)
        if known is None and judged.is_known:
            # Without a difference the person is as logbook or file have it.
            known = self._stored[person.id] = person.content_hash
        return known is None or known == person.content_hash

    def _save_alone(self, case: Case) -> None:
        self.flush()
        person_id = str(case.patient.id)
        case.patient.version = rows.version(self.logbook.database, Patient, person_id)
        save_case(self.logbook, case, self.reason)
        if self._aside is not None:
            self._aside.some_are = True
        person = Part(Subject.PATIENT, case.patient, case.person_rows())
        self._stored[person_id] = person.content_hash

    def _take(self, ready: Ready) -> None:
        self._open_chunk().take_ready(ready)
        self._flush_full()

    def _open_chunk(self) -> Chunk:
        if self._chunk is None:
            plan = visit_plan_in(self.logbook.database)
            self._chunk = Chunk(self.logbook.user, self.reason, plan, self._stored)
        return self._chunk

    def _flush_full(self) -> None:
        if self._chunk is not None and self._chunk.is_full:
            self.flush()

    def flush(self) -> None:
        if self._chunk is not None:
            if self._chunk.is_full and self._aside is None and self._makes_most:
                self._aside = _Aside.put(self.logbook.database)
            some_are = self._chunk.write(self.logbook, found_later=self._aside is not None)
            written, self._chunk = len(self._chunk), None
            if self._aside is not None:
                self._aside.some_are |= some_are
                self._aside.go_on(written)

    def go_ahead(self) -> bool:
        """Do some of what is left for the end; whether there was something.

        To keep an index up with half of the cases takes hardly longer than to make it of them.
        """
        if self._aside is None or 2 * self.done.new < self.expected:
            return False
        return self._aside.go_ahead()

    def end(self) -> None:
        """Write what is left."""
        self.flush()
        if self._aside is not None:
            self._aside.end()

    @property
    def _makes_most(self) -> bool:
        """Whether most cases that the logbook is to hold come from the file, and they are many."""
        held = CaseRow.select(peewee.fn.COUNT(CaseRow.number)).scalar(self.logbook.database)
        return self.expected > max(_MANY, int(held))


def _note(logbook: Logbook, shown: Preview, done: Imported, after: int) -> None:
    """The entry by which the audit and undo know that all this was one import."""
    counts = shown.counts
    said = (
        f"Import of {shown.table.name}. New: {done.new}, changed: {done.changed}, "
        f"same: {counts[Verdict.SAME]}, refused: {counts[Verdict.REFUSED]}."
    )
    said = " ".join([said, *shown.mapping.conversions])
    since = Change(IMPORTS, "", "after_entry", None, after)
    user = logbook.user
    event = Event(user, Action.IMPORT, Subject.LOGBOOK, IMPORTS, 0, (since,), said)
    audit.append(logbook.database, [event])
