# SPDX-License-Identifier: MIT
"""Many cases that were entered together go into the bin, or come back, in a few statements.

An import enters a hundred thousand cases as one change. Those that are still what they were when
they were entered need no history to be read: that they are the same is told by the hashes in the
audit. What else happened to a case, or to its patient in the same save, is left to ``undo.doing``,
which takes such a case by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.audit import Action, Subject
from models.bulk.writing import Saved, write_saves
from models.engines.engine import Engine
from models.history.restoring import now
from models.logbook import Logbook
from models.schema import AuditEntry, CaseRow, Procedure
from models.undo.changes import Part

AT_ONCE = 500
"""Cases of one statement."""

_CASES = str(Procedure._meta.table_name)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An audit entry of a case."""

    number: int
    action: str
    version: int
    changes: str
    content_hash: str


def move_many(
    logbook: Logbook,
    parts: Sequence[Part],
    reason: str,
    *,
    to_bin: bool,
    done: Callable[[int], None],
) -> list[Part]:
    """Put the cases into the bin, or take them out again; those that are left, in their order.

    Call it inside a transaction. Only cases that the parts entered, and that nobody changed since,
    are moved. ``done`` hears how many were, and may raise what stops it.
    """
    left: list[Part] = []
    for start in range(0, len(parts), AT_ONCE):
        done(start - len(left))
        chunk = parts[start : start + AT_ONCE]
        moved = _moved(logbook.database, chunk, now() if to_bin else None)
        saves = {save.subject_id: save for save in moved}
        if saves:
            _write(logbook, list(saves.values()), reason)
        left += [part for part in chunk if part.case_id not in saves]
    return left


def _moved(database: Engine, parts: Sequence[Part], at: str | None) -> Iterator[Saved]:
    """The saves that move those of the cases that can be moved."""
    ids = [part.case_id for part in parts]
    entries = _entries(database, ids)
    heads = _heads(database, ids)
    with_patient = _patients_changed_before(database, [part.number for part in parts])
    for part in parts:
        head = heads.get(part.case_id)
        if head is None or part.number in with_patient:
            continue
        move = _into_bin if at is not None else _out_of_bin
        change = move(part, entries.get(part.case_id, []), head[1], at)
        last = entries[part.case_id][-1] if change else None
        if change and last is not None and last.version == head[0]:
            old, new, content = change
            action = Action.RESTORE if new is None else Action.DELETE
            told = json.dumps(
                {_CASES: {part.case_id: {"deleted_at": [old, new]}}}, separators=(",", ":")
            )
            yield Saved(action, Subject.CASE, part.case_id, last.version + 1, told, content)


_Change = tuple[str | None, str | None, str]
"""When it went into the bin, before and after, and the hash of the content after."""


def _into_bin(
    part: Part, entries: Sequence[_Entry], deleted_at: str | None, at: str | None
) -> _Change | None:
    entered = _entered(part, entries)
    if entered is None or deleted_at or entries[-1].content_hash != entered.content_hash:
        return None
    content = _content_in_bin(part.case_id, entered, str(at))
    return None if content is None else (None, at, content)


def _out_of_bin(
    part: Part, entries: Sequence[_Entry], deleted_at: str | None, at: str | None
) -> _Change | None:
    entered = _entered(part, entries)
    if entered is None or not deleted_at or len(entries) < 2:
        return None
    binned, before = entries[-1], entries[-2]
    told = {_CASES: {part.case_id: {"deleted_at": [None, deleted_at]}}}
    if before.content_hash != entered.content_hash or json.loads(binned.changes) != told:
        return None
    return deleted_at, at, entered.content_hash


def _entered(part: Part, entries: Sequence[_Entry]) -> _Entry | None:
    """The entry of the part, where it entered the case."""
    first = entries[0] if entries else None
    is_entry = first is not None and first.number == part.number
    return first if is_entry and first and first.action == Action.CREATE.value else None


def _content_in_bin(case_id: str, entered: _Entry, at: str) -> str | None:
    """The hash of the case as it was entered, but in the bin; None where the audit is damaged.

    What a case was entered with is all in its entry.
    """
    told = json.loads(entered.changes)
    texts = {
        table: _canonical(
            {row: {name: new for name, (_, new) in fields.items()} for row, fields in rows.items()}
        )
        for table, rows in told.items()
        if table != _CASES
    }
    own = {name: new for name, (_, new) in told[_CASES][case_id].items()}
    if _hash({**texts, _CASES: _canonical({case_id: own})}) != entered.content_hash:
        return None
    return _hash({**texts, _CASES: _canonical({case_id: {**own, "deleted_at": at}})})


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _hash(tables: dict[str, str]) -> str:
    """As ``document.content_hash``, from the texts of the tables."""
    text = ",".join(f'"{name}":{tables[name]}' for name in sorted(tables))
    return hashlib.sha256(f"{{{text}}}".encode()).hexdigest()


def _entries(database: Engine, ids: Sequence[str]) -> dict[str, list[_Entry]]:
    """What the audit tells of each of the cases, oldest first."""
    query = (
        AuditEntry.select(
            AuditEntry.subject_id,
            AuditEntry.number,
            AuditEntry.action,
            AuditEntry.version,
            AuditEntry.changes,
            AuditEntry.content_hash,
        )
        .where(AuditEntry.subject_id.in_(ids), AuditEntry.subject == Subject.CASE.value)
        .order_by(AuditEntry.subject_id, AuditEntry.number)
    )
    found: dict[str, list[_Entry]] = {}
    for case_id, *entry in query.tuples().execute(database):
        found.setdefault(case_id, []).append(_Entry(*entry))
    return found


def _heads(database: Engine, ids: Sequence[str]) -> dict[str, tuple[int, str | None]]:
    """Version of each case, and when it went into the bin."""
    query = Procedure.select(Procedure.id, Procedure.version, Procedure.deleted_at)
    rows = query.where(Procedure.id.in_(ids)).tuples().execute(database)
    return {case_id: (version, deleted_at) for case_id, version, deleted_at in rows}


def _patients_changed_before(database: Engine, numbers: Sequence[int]) -> frozenset[int]:
    """Those of the entries that follow the one of a patient who was changed: in the same save."""
    query = AuditEntry.select(AuditEntry.number).where(
        AuditEntry.number.in_([number - 1 for number in numbers]),
        AuditEntry.subject == Subject.PATIENT.value,
        AuditEntry.action != Action.CREATE.value,
    )
    return frozenset(number + 1 for (number,) in query.tuples().execute(database))


def _write(logbook: Logbook, saves: Sequence[Saved], reason: str) -> None:
    database = logbook.database
    ids = [save.subject_id for save in saves]
    changed = json.loads(saves[0].changes)[_CASES][ids[0]]["deleted_at"][1]
    Procedure.update(deleted_at=changed, version=Procedure.version + 1).where(
        Procedure.id.in_(ids)
    ).execute(database)
    CaseRow.update(deleted=changed is not None).where(CaseRow.case_id.in_(ids)).execute(database)
    write_saves(database, logbook.user, reason, saves)
