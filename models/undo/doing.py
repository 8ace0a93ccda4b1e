# SPDX-License-Identifier: MIT
"""Takes a saved change back, or does it again, in one transaction: a new save with its own audit.

What somebody else changed meanwhile is never thrown away: such a change is refused whole, in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.audit import Action
from models.case import load_case
from models.document import Document, compare
from models.errors import ImpossibleCase, LogbookError
from models.history import History, NamesSwitchedOff, lines, read_history, restore_to
from models.history.places import NAMES, PERSON, field_at, patient_of
from models.history.restoring import now
from models.logbook import Logbook
from models.merges import of_the_same_two
from models.schema import Procedure
from models.signoff import signed_off
from models.speech import say
from models.undo.changes import Kind, Part, SavedChange, newest_entry
from models.undo.many import move_many
from models.unmerging import merge_again, undo_merge

_CASES = str(Procedure._meta.table_name)
_MOST_NAMED = 3
_NOTHING = say("Nothing was done.")
_AMEND = say("Its history brings earlier values back as an amendment, with a reason.")

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class ChangedSince(LogbookError):
    """Somebody changed the case after the change that should be taken back or done again."""


class Stopped(LogbookError):
    """Somebody stopped it; the logbook is as it was."""

    def __init__(self) -> None:
        super().__init__(say("It was stopped."), _NOTHING)


def undo(
    logbook: Logbook,
    change: SavedChange,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> int:
    """Take the change back; the number of the last audit entry afterwards.

    A case that was entered goes into the bin. What was changed of its patient in the same save goes
    back with it. ``progress`` hears cases done and in total.

    Raises:
        Stopped: ``cancelled`` said so; nothing is taken back.
        ChangedSince: a case or its patient was changed meanwhile; nothing is taken back.
        CaseSignedOff: a case is locked; nothing is taken back.
        NamesSwitchedOff: only names would change, and the logbook stores none.
        LogbookError: whatever else keeps a case from being saved.
    """
    watch = _watch(len(change.parts), progress, cancelled)
    return _do(logbook, change, "Undo.", watch, backwards=True)


def redo(
    logbook: Logbook,
    change: SavedChange,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> int:
    """Do the change again that ``undo`` took back; the number of the last audit entry afterwards.

    Raises:
        ChangedSince, NamesSwitchedOff, Stopped, LogbookError: as with ``undo``.
    """
    watch = _watch(len(change.parts), progress, cancelled)
    return _do(logbook, change, "Redo.", watch, backwards=False)


def _watch(
    total: int, progress: Progress | None, cancelled: Cancelled | None
) -> Callable[[int], None]:
    """Tells how much is done, and stops it where somebody wants that."""

    def watch(done: int) -> None:
        if cancelled is not None and cancelled():
            raise Stopped
        if progress is not None:
            progress(done, total)

    return watch


def _do(
    logbook: Logbook,
    change: SavedChange,
    reason: str,
    watch: Callable[[int], None],
    *,
    backwards: bool,
) -> int:
    with logbook.transaction():
        if change.merge:
            _join_or_part(logbook, change, reason, backwards=backwards)
        parts: Sequence[Part] = change.parts
        if len(parts) > 1:
            parts = move_many(logbook, parts, reason, to_bin=backwards, done=watch)
        moved = len(change.parts) - len(parts)
        for done, part in enumerate(reversed(parts) if backwards else parts, start=moved):
            watch(done)
            _step(logbook, part, reason, backwards=backwards)
        watch(len(change.parts))
        return newest_entry(logbook)


def _join_or_part(logbook: Logbook, change: SavedChange, reason: str, *, backwards: bool) -> None:
    try:
        if backwards == (change.kind is Kind.MERGING):
            last = of_the_same_two(logbook, change.merge)[0]
            undo_merge(logbook, last.number, reason)
        else:
            merge_again(logbook, change.merge, reason)
    except ImpossibleCase as error:
        raise ChangedSince(error.message, _NOTHING) from error
    except LogbookError as error:
        if type(error) is not LogbookError:
            # The disk, or another program: it may go well the next time.
            raise
        raise ChangedSince(error.message, f"{_NOTHING} {error.cure}".strip()) from error


def _step(logbook: Logbook, part: Part, reason: str, *, backwards: bool) -> None:
    history = read_history(logbook, part.case_id)
    present = history.present
    _refuse_signed(logbook, part.case_id)
    before, after = _sides(history, part.number)
    expected, wanted = (after, before) if backwards else (before, after)
    ignored = frozenset({NAMES}) if history.hides_names else frozenset[str]()
    if ignored and _same(expected, wanted, ignored):
        raise NamesSwitchedOff
    with_person = _touches_person(expected, wanted, ignored)
    if not _same(expected, present, ignored if with_person else PERSON):
        raise _changed_since(history, expected)
    person = wanted if with_person else present
    target = _part(person, of_person=True) | _part(wanted, of_person=False)
    was_in_bin, goes_in_bin = _is_in_bin(present), _is_in_bin(wanted)
    if goes_in_bin and not was_in_bin:
        target = _in_bin(target)
    action = Action.DELETE if goes_in_bin and not was_in_bin else Action.RESTORE
    restore_to(logbook, part.case_id, target, reason, action)


def _refuse_signed(logbook: Logbook, case_id: str) -> None:
    case = load_case(logbook, case_id)
    if case.procedure.signed_at:
        raise signed_off(case.procedure, str(case.patient.patient_code or ""), _AMEND)


def _sides(history: History, number: int) -> tuple[Document, Document]:
    """Person and case before and after a version; before it was entered a case lay in the bin."""
    before, after = history.document_before(number), history.document(number)
    if not before.get(_CASES):
        person = before or _part(after, of_person=True)
        before = person | _part(_in_bin(after), of_person=False)
    return before, after


def _touches_person(old: Document, new: Document, ignored: frozenset[str]) -> bool:
    if patient_of(old) != patient_of(new):
        return False
    return not _same(_part(old, of_person=True), _part(new, of_person=True), ignored)


def _same(one: Document, other: Document, ignored: frozenset[str]) -> bool:
    return not any(change.table not in ignored for change in compare(_plain(one), _plain(other)))


def _part(document: Document, *, of_person: bool) -> Document:
    return {table: rows for table, rows in document.items() if (table in PERSON) is of_person}


def _plain(document: Document) -> Document:
    """Without what is no content: when it went into the bin, and a name that is empty."""
    plain = {table: dict(rows) for table, rows in document.items()}
    for case_id, fields in plain.get(_CASES, {}).items():
        if fields.get("deleted_at"):
            plain[_CASES][case_id] = {**fields, "deleted_at": say("in the bin")}
    names = plain.get(NAMES, {})
    plain[NAMES] = {key: row for key, row in names.items() if set(row) != {"patient"}}
    return plain


def _is_in_bin(document: Document) -> bool:
    return any(fields.get("deleted_at") for fields in document.get(_CASES, {}).values())


def _in_bin(document: Document) -> Document:
    rows = {key: {**row, "deleted_at": now()} for key, row in document[_CASES].items()}
    return {**document, _CASES: rows}


def _changed_since(history: History, expected: Document) -> ChangedSince:
    found = [field_at(line.place, line.label) for line in lines(expected, history.present)]
    what = "; ".join(dict.fromkeys(found[:_MOST_NAMED]))
    if len(found) > _MOST_NAMED:
        what = say("{named} and {n} more", named=what, n=len(found) - _MOST_NAMED)
    told = f" ({what})" if what else ""
    name = history.name
    return ChangedSince(
        say(
            "{history} was changed since by {user}{what}.",
            history=name,
            user=history.versions[-1].user,
            what=told,
        )
        if history.versions
        else say("{history} was changed since{what}.", history=name, what=told),
        say("{nothing} Its history brings single values back.", nothing=_NOTHING),
    )
