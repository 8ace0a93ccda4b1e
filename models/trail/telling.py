# SPDX-License-Identifier: MIT
"""Entries of the audit in words: what was done to whom, and every value before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import peewee

from models.audit import Action, Subject
from models.document import Change, Document, Fields, Value, readable
from models.engines.engine import Engine
from models.history.places import LEVELS, NOUNS, OF_LEVELS, field_at
from models.history.wording import ADDED, REMOVED, lines
from models.schema import (
    AuditEntry,
    CaseRow,
    Patient,
    Record,
    SavedFilter,
    Setting,
    TreatedLevel,
    new_id,
)
from models.settings import DECLARED, STORE_IDENTITY, is_on
from models.speech import begun, lowered, say, shown_moment

ACTIONS: Mapping[Action, str] = {
    Action.CREATE: say("Entered"),
    Action.CHANGE: say("Changed"),
    Action.AMEND: say("Amended"),
    Action.DELETE: say("Moved to the bin"),
    Action.RESTORE: say("Brought back"),
    Action.SIGN_OFF: say("Signed off"),
    Action.UNLOCK: say("Unlocked"),
    Action.PLAN: say("Visit plan changed"),
    Action.MERGE: say("Merged"),
    Action.UNMERGE: say("Merge taken back"),
    Action.FORGET: say("Names removed"),
    Action.IMPORT: say("Imported"),
    Action.EXPORT: say("Exported"),
    Action.PRINT: say("Printed"),
    Action.BACKUP: say("Backed up"),
    Action.SETTING: say("Setting changed"),
    Action.SIGN_IN: say("Signed in"),
    Action.SIGN_IN_FAILED: say("Sign-in failed"),
    Action.SIGN_OUT: say("Signed out"),
    Action.USER: say("User changed"),
    Action.KEYS: say("Keys changed"),
    Action.TOLD: say("Told by another logbook"),
    Action.GIVEN_UP: say("Entered and not taken"),
}
"""What each action is called, in the order in which they are offered."""

_TABLES = {str(table._meta.table_name): table for table in NOUNS}
_OF_AN_ID = len(new_id())
_MOST_SHOWN = 60
"""Characters of a value in a line that tells several."""

_PATIENTS = str(Patient._meta.table_name)
_SETTINGS = str(Setting._meta.table_name)
_FILTERS = str(SavedFilter._meta.table_name)
_CONTEXT = ("level", "position", "treated_level_id", "time_point", "assessed_on", "patient_id")
_LABELS = {one.name: one.label for one in DECLARED}
_BELONGS = ("position", "patient", "procedure")
"""Columns that a row has from the beginning to its end."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One value; ``before`` and ``after`` are "" where there was or is nothing."""

    place: str
    label: str
    before: str
    after: str

    @property
    def is_whole_row(self) -> bool:
        """Whether a row came or went, rather than a value."""
        return self.label in (ADDED, REMOVED)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words.

    Attributes:
        number: its place in the audit.
        at: when, in UTC; None where another program wrote what is no time.
        user: who.
        action: what was done, None for one that this program does not know.
        deed: the same in words.
        subject: what kind of thing it is about.
        about: the case or patient by its code; "" for the logbook itself.
        case_id: the case to open, "" for none that is in the record.
        version: of the case or patient since then.
        changes: what changed.
        reason: why, or what the program says of it.
    """

    number: int
    at: datetime | None
    user: str
    action: Action | None
    deed: str
    subject: str
    about: str
    case_id: str
    version: int
    changes: tuple[Changed, ...]
    reason: str

    def summary(self, most: int = 3) -> str:
        """The first changes in one line."""
        told = [_in_line(one) for one in self.changes[:most]]
        if len(self.changes) > most:
            told.append(say("and {n} more", n=len(self.changes) - most))
        return "; ".join(told)


def local_time(told: Told) -> str:
    """When, by the clock of this machine."""
    return shown_moment(told.at.astimezone(), seconds=True) if told.at is not None else ""


def utc_time(told: Told) -> str:
    """When, in UTC, as the audit keeps it."""
    return (
        f"{shown_moment(told.at.astimezone(UTC), seconds=True)} UTC" if told.at is not None else ""
    )


def tell(
    database: Engine, numbers: Sequence[int], *, hides_names: bool | None = None
) -> list[Told]:
    """These entries in words, the newest first, in a fixed number of statements.

    Names are hidden where the logbook stores none, or always with ``hides_names``.
    """
    hides = not is_on(database, STORE_IDENTITY) if hides_names is None else hides_names
    query = AuditEntry.select().where(AuditEntry.number.in_(list(numbers)))
    sql, values = database.get_sql_context().sql(query.order_by(AuditEntry.number.desc())).query()
    names = [field.name for field in AuditEntry._meta.sorted_fields]
    # Straight from the cursor: a field would stumble over what another program put there.
    rows = [dict(zip(names, row, strict=True)) for row in database.execute_sql(sql, values)]
    changes = {row["number"]: readable(str(row["changes"])) for row in rows}
    context = _context(database, [one for said in changes.values() for one in said])
    cases, persons = _named(database, [str(row["subject_id"]) for row in rows])
    return [_told(row, changes[row["number"]], context, cases, persons, hides) for row in rows]


_Cases = Mapping[str, str]


def _told(
    row: Mapping[str, object],
    changes: list[Change],
    context: Mapping[str, Mapping[str, Fields]],
    cases: _Cases,
    persons: Mapping[str, tuple[str, str]],
    hides: bool,
) -> Told:
    subject, of = str(row["subject"]), str(row["subject_id"])
    action = next((one for one in Action if one.value == row["action"]), None)
    about, case_id = "", ""
    if subject == Subject.CASE.value:
        about, case_id = cases.get(of, ""), of if of in cases else ""
    elif subject == Subject.PATIENT.value:
        about, case_id = persons.get(of, ("", ""))
    if action is Action.TOLD:
        told: tuple[Changed, ...] = tuple(_of_other(changes))
    elif subject in (Subject.CASE.value, Subject.PATIENT.value):
        told = tuple(_of_record(changes, context, entered=action is Action.CREATE, hides=hides))
    else:
        told = tuple(_of_logbook(changes))
    return Told(
        int(str(row["number"])),
        _time(row["at"]),
        str(row["user"]),
        action,
        ACTIONS[action] if action is not None else str(row["action"]),
        subject,
        about or (_from_changes(changes) if of else ""),
        case_id,
        int(str(row["version"])) if str(row["version"]).isdigit() else 0,
        told,
        str(row["reason"]),
    )


def _of_record(
    changes: Iterable[Change],
    context: Mapping[str, Mapping[str, Fields]],
    *,
    entered: bool,
    hides: bool,
) -> Iterator[Changed]:
    old: Document = {}
    new: Document = {}
    by_row: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        if change.table in _TABLES:
            by_row[change.table, change.row_id].append(change)
    for (table, row_id), said in by_row.items():
        known = context.get(table, {}).get(row_id, {})
        told = {change.field for change in said}
        kept = {name: value for name, value in known.items() if name not in told}
        came = entered or any(c.field in _BELONGS and c.old is None for c in said)
        went = not came and any(c.field in _BELONGS and c.new is None for c in said)
        if not came:
            old.setdefault(table, {})[row_id] = {**kept, **_side(said, new=False)}
        if not went:
            new.setdefault(table, {})[row_id] = {**kept, **_side(said, new=True)}
    for document in (old, new):
        # What hangs on a level is called by it, though the level itself did not change.
        if wanted := _levels_of(document):
            there = context.get(LEVELS, {})
            levels = {level: there[level] for level in wanted if level in there}
            document[LEVELS] = {**levels, **document.get(LEVELS, {})}
    for line in lines(old, new, hides_names=hides):
        if line.cell.key not in by_row:
            continue
        yield Changed(line.place, line.label, line.before, line.after)


def _levels_of(document: Document) -> set[str]:
    """The levels that rows of the document hang on."""
    rows = (row for table in OF_LEVELS for row in document.get(table, {}).values())
    return {str(row["treated_level"]) for row in rows if row.get("treated_level")}


def _side(changes: Iterable[Change], *, new: bool) -> Fields:
    values = {change.field: change.new if new else change.old for change in changes}
    return {name: value for name, value in values.items() if value is not None}


def _of_logbook(changes: Iterable[Change]) -> Iterator[Changed]:
    for change in changes:
        if change.table == _SETTINGS:
            label = _LABELS.get(change.row_id, change.row_id.replace("_", " "))
            yield Changed(say("Setting"), label, _said(change.old), _said(change.new))
        else:
            # What has an id and no name is one of its kind.
            row = "" if len(change.row_id) == _OF_AN_ID else change.row_id
            table = say("Saved filter") if change.table == _FILTERS else change.table
            place = begun(f"{table} {row}".replace("_", " ").strip())
            yield Changed(
                place, change.field.replace("_", " "), _said(change.old), _said(change.new)
            )


def _of_other(changes: Iterable[Change]) -> Iterator[Changed]:
    """Of an entry of another audit who, when, what and why; its values stand in our own entries."""
    told = {change.field: change.new for change in changes}
    for name in ("number", "at", "user", "action", "reason"):
        if told.get(name):
            yield Changed(say("Their entry"), name, "", _said(told[name]))


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    return "" if value is None else str(value)


def _in_line(one: Changed) -> str:
    if one.is_whole_row:
        return f"{one.place} {lowered(one.label)}"
    return f"{field_at(one.place, one.label)}: {_short(one.before)} → {_short(one.after)}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return (words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]}…") or "–"


def _time(at: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(at))
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _from_changes(changes: Iterable[Change]) -> str:
    """The code of a patient who left the record, where the entry tells it."""
    for change in changes:
        if (change.table, change.field) == (_PATIENTS, "patient_code"):
            return str(change.new or change.old or "")
    return ""


def _named(
    database: peewee.Database, ids: Sequence[str]
) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """The patient code of each case, and of each patient with one of the cases."""
    query = CaseRow.select(CaseRow.case_id, CaseRow.patient_id, CaseRow.patient_code).where(
        CaseRow.case_id.in_(ids) | CaseRow.patient_id.in_(ids)
    )
    cases: dict[str, str] = {}
    persons: dict[str, tuple[str, str]] = {}
    for case_id, patient_id, code in query.tuples().execute(database):
        cases[case_id] = code or say("Case without a patient code")
        persons[patient_id] = (code or say("Patient without a code"), case_id)
    return cases, persons


def _context(database: peewee.Database, changes: Iterable[Change]) -> dict[str, dict[str, Fields]]:
    """By table and row what says where a row belongs, of those that are in the record still."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        if change.table in _TABLES:
            wanted[change.table].add(change.row_id)
    found: dict[str, dict[str, Fields]] = {}
    levels: set[str] = set()
    for table, ids in wanted.items():
        found[table] = _rows(database, _TABLES[table], ids)
        levels |= {
            str(row["treated_level"]) for row in found[table].values() if "treated_level" in row
        }
    for change in changes if isinstance(changes, list) else ():
        if change.field == "treated_level":
            levels |= {str(value) for value in (change.old, change.new) if value}
    if missing := levels - set(found.get(LEVELS, {})):
        found.setdefault(LEVELS, {}).update(_rows(database, TreatedLevel, missing))
    return found


def _rows(database: peewee.Database, table: type[Record], ids: Iterable[str]) -> dict[str, Fields]:
    fields = [one for one in table._meta.sorted_fields if one.column_name in _CONTEXT]
    query = table.select(table.id, *fields).where(table.id.in_(sorted(ids)))
    sql, values = database.get_sql_context().sql(query.tuples()).query()
    names = [field.name for field in fields]
    return {
        str(row_id): {n: v for n, v in zip(names, held, strict=True) if v is not None}
        for row_id, *held in database.execute_sql(sql, values)
    }
