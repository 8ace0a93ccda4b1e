# SPDX-License-Identifier: MIT
"""Brings earlier values back. That is a save like any other, so nothing between is lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from models.audit import Action
from models.case import Case, Saved, load_case, save_case
from models.document import Document, Fields, compare, model_of
from models.errors import LogbookDamaged, LogbookError
from models.fields import Stamp
from models.history.in_audit import stored_field, stored_place
from models.history.places import LEVELS, OF_LEVELS, PERSON, RowKey, patient_of, place_of
from models.history.reading import CURE, History, read
from models.history.wording import Cell, label_of
from models.logbook import Logbook
from models.schema import Image, ImageContent, Patient, PatientIdentity, Procedure
from models.signoff import demand_reason
from models.snapshot import case_of, snapshot
from models.speech import say

_CASES = str(Procedure._meta.table_name)
_IMAGES = str(Image._meta.table_name)
_KEPT = ("patient", "deleted_at", "synthetic", "signed_at", "signed_by")
"""What a case keeps when an earlier version comes back: whose it is, where it lies, whether it was
signed off."""


class RowGone(LogbookError):
    """The row of the value is no part of the case any more; it can be brought back whole."""

    def __init__(self, place: str) -> None:
        super().__init__(
            say("{place} was removed since.", place=place), say("Bring the whole row back.")
        )
        self.place = place


class NamesSwitchedOff(LogbookError):
    """A name or record number would be brought back into a logbook that stores none."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Names and record numbers are switched off in this logbook, so none is "
                "brought back."
            ),
            say("Tools > Settings switches them on."),
        )


def restore(
    logbook: Logbook,
    case_id: str,
    number: int,
    reason: str = "",
    *,
    with_patient: bool = False,
) -> Saved:
    """Make the case what it was after the version of this number, as a new version.

    The fields of the person stay as they are unless ``with_patient``: the person may have other
    cases. To whom the case belongs, and whether it lies in the bin, never changes; nor do name and
    record number where they are switched off.

    A case that was signed off is amended, if there is a ``reason``.

    Raises:
        CaseSignedOff: the case is locked, and nobody says why.
        ReasonMissing: the settings want to know why, and nobody says so.
        LogbookError: there is no such version, or a picture of it is not in the logbook any more.
        LogbookDamaged: audit and record do not agree.
        ImpossibleCase, VersionConflict and whatever else ``save_case`` raises. Nothing is changed.
    """
    with logbook.transaction():
        history = _sound(read(logbook, case_id))
        target = earlier(history, number, with_patient=with_patient)
        _need_reason(history, target, reason)
        said = f"Version {history.version(number).version} brought back."
        why = f"{said} {reason}".strip()
        return restore_to(logbook, case_id, target, why, amends=bool(reason.strip()))


def earlier(history: History, number: int, *, with_patient: bool = False) -> Document:
    """The case as ``restore`` would make it."""
    then, today = history.document(number), history.present
    same_person = patient_of(then) == patient_of(today)
    person = then if with_patient and same_person else today
    target = _part(person, person_part=True) | _part(then, person_part=False)
    row = dict(then[_CASES][history.case_id])
    for name in _KEPT:
        row.pop(name, None)
        if (value := today[_CASES][history.case_id].get(name)) is not None:
            row[name] = value
    target[_CASES] = {history.case_id: row}
    return target


def restore_field(
    logbook: Logbook, case_id: str, number: int, cell: Cell, reason: str = ""
) -> Saved:
    """Give one field, or one row, the value that it had after the version of this number.

    A row comes back with the level that it hangs on, a level with the rows that hung on it. A row
    that was not there then goes.

    Raises:
        RowGone: the row is not in the case any more; ask for the whole row.
        NamesSwitchedOff: it is a name or record number, and the logbook stores none.
        ReasonMissing, LogbookError, LogbookDamaged, ImpossibleCase, VersionConflict: as with
            ``restore``.
    """
    with logbook.transaction():
        history = _sound(read(logbook, case_id))
        if cell.is_name and history.hides_names:
            raise NamesSwitchedOff
        then, today = history.document(number), history.present
        target = {table: dict(rows) for table, rows in today.items()}
        held = then if cell.row_id in then.get(cell.table, {}) else today
        place = place_of(cell.key, held)
        if cell.is_row:
            _bring_row(target, then, cell.key)
            what = stored_place(cell, held)
        else:
            _bring_value(target, then, cell, place)
            what = stored_field(cell, held)
        _need_reason(history, target, reason)
        said = f"{what} of version {history.version(number).version} brought back."
        why = f"{said} {reason}".strip()
        return restore_to(logbook, case_id, target, why, amends=bool(reason.strip()))


def restore_to(
    logbook: Logbook,
    case_id: str,
    document: Document,
    reason: str,
    action: Action = Action.RESTORE,
    *,
    amends: bool = False,
) -> Saved:
    """Save the case with the content of ``document``. Call it inside a transaction.

    ``amends`` says that a case that was signed off is to be amended.

    Raises:
        LogbookError: its patient or one of its pictures is not in the logbook any more.
        ImpossibleCase, VersionConflict and whatever else ``save_case`` raises.
    """
    stored = load_case(logbook, case_id)
    _need_pictures(logbook, document, snapshot(stored))
    case = case_of(document, patient_version=int(stored.patient.version), version=stored.version)
    if case.patient.id != stored.patient.id:
        _give_to(logbook, case)
    elif stored.identity is not None and case.identity is None:
        # To take a name out, its fields are emptied; no row at all would leave it alone.
        case.identity = PatientIdentity(id=stored.identity.id, patient=stored.patient.id)
    if action is Action.RESTORE and amends:
        # Only where it is locked does that make an amendment of it.
        action = Action.AMEND if stored.procedure.signed_at else action
    return save_case(logbook, case, reason, action)


def now() -> str:
    """This moment as the record keeps it."""
    return str(Stamp().db_value(datetime.now(UTC)))


def _need_reason(history: History, target: Document, reason: str) -> None:
    if history.asks_why and not reason.strip():
        demand_reason(compare(history.present, target))


def _sound(history: History) -> History:
    if history.problem:
        raise LogbookDamaged(history.problem.removesuffix(CURE).strip(), CURE)
    return history


def _part(document: Document, *, person_part: bool) -> Document:
    return {table: rows for table, rows in document.items() if (table in PERSON) is person_part}


def _bring_value(target: Document, then: Document, cell: Cell, place: str) -> None:
    known = {field.name for field in model_of(cell.table).clinical_fields()}
    if not known.issuperset(cell.names):
        raise LogbookError(
            say("{label_of} is not brought back alone.", label_of=label_of(cell)),
            say("Bring the whole version back."),
        )
    if cell.row_id not in target.get(cell.table, {}):
        raise RowGone(place)
    was = then.get(cell.table, {}).get(cell.row_id, {})
    row = dict(target[cell.table][cell.row_id])
    if not cell.is_explanation:
        for name in cell.names:
            _set(row, name, was.get(name))
    for column in ("explained",) if cell.is_explanation else ("missing", "explained"):
        _set(row, column, _said_again(row, was, column, cell.names))
    target[cell.table][cell.row_id] = row


def _said_again(row: Fields, was: Fields, column: str, names: tuple[str, ...]) -> str | None:
    """What ``row`` says in ``column``, but of the fields ``names`` what ``was`` says of them."""
    now_said, then_said = (
        json.loads(str(fields[column])) if fields.get(column) else {} for fields in (row, was)
    )
    said = {name: words for name, words in now_said.items() if name not in names}
    said |= {name: words for name, words in then_said.items() if name in names}
    if not said:
        return None
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def _set(row: Fields, name: str, value: str | int | float | None) -> None:
    if value is None:
        row.pop(name, None)
    else:
        row[name] = value


def _bring_row(target: Document, then: Document, key: RowKey) -> None:
    table, row_id = key
    fields = then.get(table, {}).get(row_id)
    if fields is None:
        _take_out(target, key)
        return
    level = fields.get("treated_level")
    if level is not None and str(level) not in target.get(LEVELS, {}):
        target.setdefault(LEVELS, {})[str(level)] = then[LEVELS][str(level)]
    comes_back = row_id not in target.get(table, {})
    target.setdefault(table, {})[row_id] = fields
    if table == LEVELS and comes_back:
        for name in OF_LEVELS:
            hung = {k: row for k, row in then.get(name, {}).items() if _hangs(row, row_id)}
            target[name] = {**hung, **target.get(name, {})}


def _take_out(target: Document, key: RowKey) -> None:
    table, row_id = key
    target.get(table, {}).pop(row_id, None)
    if table == LEVELS:
        for name in OF_LEVELS:
            rows = target.get(name, {})
            target[name] = {k: row for k, row in rows.items() if not _hangs(row, row_id)}


def _hangs(row: Fields, level_id: str) -> bool:
    return row.get("treated_level") == level_id


def _need_pictures(logbook: Logbook, document: Document, today: Document) -> None:
    known = {row.get("content") for row in today.get(_IMAGES, {}).values()}
    wanted = {row.get("content") for row in document.get(_IMAGES, {}).values()} - known
    if not wanted:
        return
    query = ImageContent.select(ImageContent.sha256).where(ImageContent.sha256.in_(wanted))
    if len(wanted) > len(list(query.tuples().execute(logbook.database))):
        raise LogbookError(
            say("A picture of this version is not in the logbook any more."),
            say("Bring single values back, or look for the picture in a backup."),
        )


def _give_to(logbook: Logbook, case: Case) -> None:
    """The case goes to another patient, who stays as the record has that patient."""
    query = Patient.select().where(Patient.id == case.patient.id)
    patient = next(iter(query.execute(logbook.database)), None)
    if patient is None:
        raise LogbookError(
            say("The patient whom this case belonged to is not in the logbook any more."),
            say("Choose the patient in the case itself."),
        )
    case.patient, case.identity = patient, None
