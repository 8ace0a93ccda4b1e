# SPDX-License-Identifier: MIT
"""Brings what is derived from stored cases up to date, after an older program worked it out.

Whether a case is complete, which score stands for a time point, the lines of the case list and the
search: all of it was worked out when a case was last saved, by the rules of the program of that
day. After every migration it is made anew. So a change of those rules comes with a migration,
though it be an empty one. What was entered stays as it is, and so do versions and audit.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

import peewee

from models.access import Right
from models.bulk.lines import line_cells
from models.bulk.table import Cell
from models.bulk.writing import write_lines
from models.document import Fields
from models.engines import search
from models.engines.engine import Engine
from models.errors import LogbookBusy
from models.form import DERIVED_FOR
from models.logbook import Logbook
from models.own_notes import drop_note, keep_note, read_note
from models.rederived import Rederived, rederive
from models.schema import Assessment, CaseRow, Procedure
from models.settings import STORE_IDENTITY, is_on, visit_plan_in
from models.stored import Between, Held, Rebuilt, Stream, cases, lines, persons_of_cases
from models.tags.found_by import FoundBy, of_words_only
from models.timepoints import VisitPlan

CHUNK = 250
"""Cases that are brought up to date in one transaction."""

Progress = Callable[[int, int], None]
"""Told how many cases of how many are done."""

_UNDER_WAY = "derived.under_way"
_LINE = tuple(CaseRow._meta.sorted_field_names)[1:]
_UPDATE_LINE = f"UPDATE case_row SET {', '.join(f'{name} = ?' for name in _LINE)} WHERE number = ?"
_TOLD_BY_LINE = ("patient_code", "operator", "performed_on", "levels", "techniques", "diagnoses")


def catch_up(
    logbook: Logbook,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bool:
    """Bring every derived value up to date; whether that is done now.

    Every ``CHUNK`` cases are one durable transaction that notes how far it got. So it may be
    stopped at any moment, be it by ``cancelled`` or by a power cut, and the next call goes on from
    there. Programs that do it at the same time share the work. A logbook that is up to date is
    not written to.

    Returns:
        False where ``cancelled`` said to stop; nobody should work with the logbook then.

    Raises:
        NewerLogbook: a newer program has opened the logbook meanwhile.
        CannotWrite, LogbookBusy: as their names say. What was done so far stays.
    """
    with logbook.session():
        if not logbook.is_behind():
            return True
        rebuilt = Rebuilt()
        total = int(Procedure.select().count(logbook.database))
        begun = _Under.read(logbook.database, logbook.form())
        done: int | None = begun.done if begun else 0
        while done is not None:
            if progress is not None:
                progress(done, max(done, total))
            if cancelled is not None and cancelled():
                return False
            done = _next_chunk(logbook, rebuilt, done)
    return True


def _next_chunk(logbook: Logbook, rebuilt: Rebuilt, done: int) -> int | None:
    """Do a chunk, or wait while another program does one; how many are done then, None for all.

    Raises:
        LogbookBusy: another program holds the logbook, and for something else.
    """
    try:
        with logbook.transaction(Right.LOOK):
            return _do_chunk(logbook, rebuilt)
    except LogbookBusy:
        if not logbook.is_behind():
            return None
        under_way = _Under.read(logbook.database, logbook.form())
        if under_way is None or under_way.done <= done:
            raise
        return under_way.done


def _do_chunk(logbook: Logbook, rebuilt: Rebuilt) -> int | None:
    database, form = logbook.database, logbook.form()
    if read_note(database, DERIVED_FOR) == form:
        return None
    under_way = _Under.read(database, form)
    if under_way is None:
        search.clear(database)
        under_way = _Under(form)
    ids = _ids_after(database, under_way.after)
    if not ids:
        search.name_all(database, wanted=is_on(database, STORE_IDENTITY))
        drop_note(database, _UNDER_WAY)
        keep_note(database, DERIVED_FOR, form)
        return None
    _renew(database, rebuilt, (under_way.after, ids[-1]))
    under_way = _Under(form, ids[-1], under_way.done + len(ids))
    under_way.keep(database)
    return under_way.done


@dataclass(frozen=True, slots=True)
class _Under:
    """How far it got: for which form of the tables, up to which case, and how many those are."""

    form: str
    after: str = ""
    done: int = 0

    @classmethod
    def read(cls, database: peewee.Database, form: str) -> _Under | None:
        """What was noted; None where nothing, or nothing legible, was begun for this form."""
        try:
            under_way = cls(**json.loads(read_note(database, _UNDER_WAY) or "{}"))
        except (ValueError, TypeError):
            return None
        return under_way if under_way.form == form else None

    def keep(self, database: peewee.Database) -> None:
        """Note it."""
        keep_note(database, _UNDER_WAY, json.dumps(asdict(self)))


def _ids_after(database: peewee.Database, after: str) -> list[str]:
    query = Procedure.select(Procedure.id).where(Procedure.id > after)
    query = query.order_by(Procedure.id).limit(CHUNK).tuples()
    return [str(case_id) for (case_id,) in query.execute(database)]


def _renew(database: Engine, rebuilt: Rebuilt, between: Between) -> None:
    """Make anew what is derived from the cases between two ids."""
    people = Stream(persons_of_cases(database, between))
    known = Stream(lines(database, between))
    renewal, plan = _Renewal(), visit_plan_in(database)
    for case_id, held in cases(database, between):
        person = next(iter(people.take(case_id)), None)
        line = next(iter(known.take(case_id)), None)
        anew = None if person is None else _rederived(rebuilt, person, held, plan)
        if anew is not None:
            renewal.take(held, line, anew)
        elif line is not None:
            renewal.leave(line)
    renewal.write(database)


def _rederived(rebuilt: Rebuilt, person: Fields, held: Held, plan: VisitPlan) -> Rederived | None:
    """None where a value is none that this program knows."""
    try:
        return rederive(rebuilt.case(person, held), person, held, plan)
    except (ValueError, TypeError, AttributeError):
        return None


class _Renewal:
    """What is to be written of a chunk: rows that lack their values, and the whole search."""

    def __init__(self) -> None:
        self._complete: list[tuple[bool, str]] = []
        self._chosen: list[tuple[bool, str]] = []
        self._lines: list[tuple[Cell, ...]] = []
        self._new_lines: list[tuple[Cell, ...]] = []
        self._new_found_by: list[FoundBy] = []
        self._found_by: list[tuple[int, FoundBy]] = []

    def take(self, held: Held, line: Fields | None, anew: Rederived) -> None:
        """Add a case with its line in the list, if it has one."""
        if held.head.get("complete") is not anew.complete:
            self._complete.append((anew.complete, held.id))
        for row in held.rows.get(Assessment, ()):
            chosen = anew.chosen[str(row["id"])]
            if row.get("chosen") is not chosen:
                self._chosen.append((chosen, str(row["id"])))
        cells = tuple(map(anew.line.get, _LINE))
        if line is None:
            self._new_lines.append(line_cells(anew.line))
            self._new_found_by.append(anew.found_by)
            return
        number = _number(line)
        self._found_by.append((number, anew.found_by))
        if any(line.get(name) != value for name, value in anew.line.items()):
            self._lines.append((*cells, number))

    def leave(self, line: Fields) -> None:
        """Add a case that stays as it is, for verify to name; it can be found all the same."""
        told = " ".join(str(line[name]) for name in _TOLD_BY_LINE if name in line)
        self._found_by.append((_number(line), of_words_only(told.replace("|", " "))))

    def write(self, database: Engine) -> None:
        """Write it, inside a transaction."""
        write = database.write_many
        write("UPDATE procedure SET complete = ? WHERE id = ?", self._complete)
        write("UPDATE assessment SET chosen = ? WHERE id = ?", self._chosen)
        write(_UPDATE_LINE, self._lines)
        search.index_many(database, self._found_by)
        if self._new_lines:
            write_lines(database, self._new_lines, self._new_found_by)


def _number(line: Fields) -> int:
    number = line["number"]
    assert isinstance(number, int)
    return number
