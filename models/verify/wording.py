# SPDX-License-Identifier: MIT
"""What was changed behind the program's back, in words that name case, row and field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from models.audit import Subject
from models.document import Change, Document, Fields, Value, changes_from_json, compare, model_of
from models.engines.engine import Engine
from models.fields import ClinicalField, Words
from models.schema import TreatedLevel
from models.speech import say
from models.vocabulary import Level

BEHIND = say("behind the program's back")
_MOST_SHOWN = 40


def person_named(code: Value) -> str:
    """How a message names a patient."""
    return say("Patient {code}", code=code) if code else say("A patient without a code")


def case_named(code: Value, performed_on: Value) -> str:
    """How a message names a case."""
    return say("The case {which}", which=_which(code, performed_on))


def _which(code: Value, performed_on: Value) -> str:
    if not code:
        nameless = say("without a date of a patient without a code")
        dated = say("of {day} of a patient without a code", day=performed_on)
        return dated if performed_on else nameless
    if not performed_on:
        return say("without a date of patient {code}", code=code)
    return say("of {day} of patient {code}", day=performed_on, code=code)


def code_of(database: Engine, patient_id: Value) -> Value:
    """The code of a patient, from the record or else from the audit."""
    sql = "SELECT patient_code FROM patient WHERE id = ?"
    for (code,) in database.execute_sql(sql, (patient_id,)):
        return str(code) if code else None
    person = _first_row(audited(database, Subject.PATIENT, str(patient_id)), "patient")
    return person.get("patient_code")


def audited(database: Engine, subject: Subject, subject_id: str) -> Document:
    """What the audit says that the record should hold of a subject: all its changes, in order."""
    sql = "SELECT changes FROM audit_entry WHERE subject_id = ? AND subject = ? ORDER BY number"
    document: Document = {}
    for (text,) in database.execute_sql(sql, (subject_id, subject.value)):
        try:
            changes = changes_from_json(text)
        except (ValueError, AttributeError, TypeError):
            # An entry that was tampered with; the chain of the audit tells of it.
            continue
        for change in changes:
            row = document.setdefault(change.table, {}).setdefault(change.row_id, {})
            if change.new is None:
                row.pop(change.field, None)
            else:
                row[change.field] = change.new
    return document


def last_save(database: Engine, subject: Subject, subject_id: str) -> str:
    """When and by whom a subject was last saved, so that a change behind that is later than it."""
    sql = (
        "SELECT at, user FROM audit_entry WHERE subject_id = ? AND subject = ? "
        "ORDER BY number DESC LIMIT 1"
    )
    for at, user in database.execute_sql(sql, (subject_id, subject.value)):
        return saved_by(user, at)
    return ""


def saved_by(user: Value, at: Value) -> str:
    """Who saved something last, and when."""
    return say("last saved by {short}, {moment}", short=short(user), moment=moment(at))


def subject_named(database: Engine, subject: Value, subject_id: Value) -> str:
    """The case or patient that an entry of the audit is about; "" for the logbook itself."""
    if subject == Subject.PATIENT.value:
        code = code_of(database, subject_id)
        return say("patient {code}", code=code) if code else say("a patient without a code")
    if subject != Subject.CASE.value:
        return ""
    sql = "SELECT patient_id, performed_on FROM procedure WHERE id = ?"
    row = database.execute_sql(sql, (subject_id,)).fetchone()
    if row is None:
        told = _first_row(audited(database, Subject.CASE, str(subject_id)), "procedure")
        row = told.get("patient"), told.get("performed_on")
    return say("the case {which}", which=_which(code_of(database, row[0]), row[1]))


def moment(at: Value) -> str:
    """A time of the audit as people read it, in UTC; whatever else stands there as it is."""
    try:
        return say(
            "{fromisoformat:%Y-%m-%d %H:%M:%S} UTC", fromisoformat=datetime.fromisoformat(str(at))
        )
    except ValueError:
        return short(at)


def short(text: Value) -> str:
    """What another program may have written, on one line and not for ever."""
    words = " ".join(str(text).split())
    return words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]}…"


def removed_case(database: Engine, case_id: str) -> str:
    """That a case which the audit knows is gone."""
    procedure = _first_row(audited(database, Subject.CASE, case_id), "procedure")
    code = code_of(database, procedure.get("patient"))
    return say(
        "{case_named} was removed {behind}.",
        case_named=case_named(code, procedure.get("performed_on")),
        behind=BEHIND,
    )


def removed_person(database: Engine, patient_id: str) -> str:
    """That a patient whom the audit knows is gone."""
    return say(
        "{person_named} was removed {behind}.",
        person_named=person_named(code_of(database, patient_id)),
        behind=BEHIND,
    )


def differences(
    database: Engine,
    subject: Subject,
    subject_id: str,
    held: Document,
    name: str,
) -> Iterator[str]:
    """Each row and field in which the record is not what the audit says."""
    told = audited(database, subject, subject_id)
    found = False
    seen: set[str] = set()
    for change in compare(told, held):
        found = True
        before, after = (
            document.get(change.table, {}).get(change.row_id) for document in (told, held)
        )
        if before and after:
            yield f"{name}: {_row_named(change, after)}{_field_told(change)}"
        elif change.row_id not in seen:
            seen.add(change.row_id)
            what = say("was added") if after else say("was removed")
            yield f"{name}: {_noun(change, after or before or {})} {what} {BEHIND}."
    if not found:
        yield say("{name} was changed {behind}.", name=name, behind=BEHIND)


def _field_told(change: Change) -> str:
    field = model_of(change.table)._meta.fields.get(change.field)
    label = field.label if isinstance(field, ClinicalField) else change.field.replace("_", " ")
    # Free text may name a person, whatever its field is for; a patient's code does not.
    is_shown = isinstance(field, ClinicalField) and not (
        field.identifier or (isinstance(field, Words) and not field.unique)
    )
    if not is_shown:
        return say('"{label}" was changed {behind}.', label=label, behind=BEHIND)
    return say(
        '"{label}" was changed {behind}: the record says {said}, the audit {said2}.',
        label=label,
        behind=BEHIND,
        said=_said(change.new),
        said2=_said(change.old),
    )


def _said(value: Value) -> str:
    return "nothing" if value is None else str(value)


def _row_named(change: Change, row: Fields) -> str:
    if model_of(change.table) is TreatedLevel:
        return f"{_level(row)}, "
    position = row.get("position")
    if isinstance(position, int):
        return f"{_noun(change, row)}, "
    return ""


def _noun(change: Change, row: Fields) -> str:
    noun = change.table.replace("_", " ")
    if model_of(change.table) is TreatedLevel:
        return f"{noun} {_level(row)}"
    position = row.get("position")
    return f"{noun} {position + 1}" if isinstance(position, int) else noun


def _level(row: Fields) -> str:
    level = Level.meant_by(str(row.get("level", "")))
    return level.label if level else say("a level without a name")


def _first_row(document: Document, table: str) -> Fields:
    return next(iter(document.get(table, {}).values()), {})
