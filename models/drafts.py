# SPDX-License-Identifier: MIT
"""Entry that is not saved yet, kept so that it survives a crash: one per user and case.

A draft is no part of the record: it changes no version, leaves no entry in the audit, and neither
``verify`` nor an export looks at it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import peewee

from models import derived, rows
from models.case import Case, load_case
from models.document import Document, Fields, document_of
from models.errors import LogbookError
from models.logbook import Logbook
from models.schema import Draft as Table
from models.schema import Patient, PatientIdentity, Procedure, TreatedLevel, new_id
from models.settings import visit_plan
from models.snapshot import case_of, snapshot
from models.vocabulary import Level

_TICK = timedelta(milliseconds=1)
"""The least by which two stored moments differ."""

_OF_THE_PERSON = (Patient._meta.table_name, PatientIdentity._meta.table_name)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a box and is no value of the case.

    Attributes:
        table, row_id, field: what the box is for.
        fields: what the row holds; it may be a line that is not in the case yet.
        text: as it was typed.
        message: why it was refused; "" for what was still being typed.
    """

    table: str
    row_id: str
    field: str
    fields: Fields
    text: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as it was being entered.

    Attributes:
        document: the case, as ``models.snapshot`` makes it.
        version, patient_version: what it was based on; 0 for what was never saved.
        refused: typing that could not be taken.
        typing: what was being typed and was not taken yet.
        kept_at: when it was written; None for one that is not kept yet.
    """

    case_id: str
    document: Document
    version: int = 0
    patient_version: int = 0
    refused: tuple[Typed, ...] = ()
    typing: Typed | None = None
    kept_at: datetime | None = None

    @property
    def is_new(self) -> bool:
        """Whether the case was never saved."""
        return self.version == 0

    @property
    def patient_code(self) -> str:
        """Whose case it is; "" if no code was entered yet."""
        patients = self.document.get(Patient._meta.table_name, {}).values()
        return str(next((fields.get(Patient.patient_code.name) or "" for fields in patients), ""))

    @property
    def performed_on(self) -> str:
        """The date of the procedure as it was entered; "" for none."""
        fields = self.document.get(Procedure._meta.table_name, {}).get(self.case_id, {})
        return str(fields.get(Procedure.performed_on.name) or "")

    @property
    def levels(self) -> tuple[Level, ...]:
        """The treated levels from head to tail."""
        stored = self.document.get(TreatedLevel._meta.table_name, {}).values()
        codes = (fields.get(TreatedLevel.level.name) for fields in stored)
        return tuple(
            sorted((Level(str(code)) for code in codes if code), key=lambda term: term.rank)
        )


class Fate(StrEnum):
    """What became of the stored case since the draft was begun."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Resumed:
    """A draft to go on with.

    Attributes:
        draft: as it is kept now.
        case: its case, to be typed into.
        stored: the case as the logbook has it; {} for one that it does not have.
        fate: what became of the stored case. A draft of one that is gone goes on as a new case.
    """

    draft: Draft
    case: Case
    stored: Document
    fate: Fate


def draft_of(case: Case, refused: tuple[Typed, ...] = (), typing: Typed | None = None) -> Draft:
    """The case as it is now, as a draft."""
    return Draft(case.id, snapshot(case), case.version, int(case.patient.version), refused, typing)


def keep(logbook: Logbook, draft: Draft) -> datetime:
    """Write a draft over the user's last one of the same case; when it was kept.

    When this returns, the draft is on the disk. It counts as kept after every other draft of the
    user, also within one millisecond and after the clock was set back.

    Raises:
        CannotWrite, LogbookBusy: as their names say. The draft before is still there.
    """
    with logbook.transaction():
        at = _after_all(logbook, datetime.now(UTC))
        _remove(logbook, draft.case_id)
        Table.insert(
            id=new_id(),
            user=logbook.user,
            case_id=draft.case_id,
            base_version=draft.version,
            content=_text_of(draft),
            kept_at=at,
        ).execute(logbook.database)
    return at


def drafts(logbook: Logbook) -> list[Draft]:
    """The drafts of the user who works with the logbook, the last one first."""
    with logbook.session():
        query = Table.select().where(Table.user == logbook.user).order_by(Table.kept_at.desc())
        return [_from_row(row) for row in query.execute(logbook.database)]


def find(logbook: Logbook, case_id: str) -> Draft | None:
    """The user's draft of a case, if there is one."""
    with logbook.session():
        query = Table.select().where(_is_mine(logbook, case_id))
        return next((_from_row(row) for row in query.execute(logbook.database)), None)


def discard(logbook: Logbook, case_id: str) -> None:
    """Forget the user's draft of a case; nothing happens if there is none.

    Raises:
        CannotWrite, LogbookBusy: as their names say. The draft is still there.
    """
    with logbook.transaction():
        _remove(logbook, case_id)


def resume(logbook: Logbook, draft: Draft) -> Resumed:
    """The case of a draft, and what became of the stored one since.

    Raises:
        CannotWrite, LogbookBusy: the draft of a case that is gone could not be kept as a new one.
        LogbookError: another version of the program kept it, with what this one does not know.
    """
    with logbook.session():
        stored = _stored(logbook, draft.case_id)
        if stored is not None and stored.procedure.deleted_at is None:
            is_same = (stored.version, stored.patient.version) == (
                draft.version,
                draft.patient_version or stored.patient.version,
            )
            fate = Fate.SAME if is_same else Fate.CHANGED
            return Resumed(draft, _case(logbook, draft), snapshot(stored), fate)
        if draft.is_new:
            return Resumed(draft, _case(logbook, draft), {}, Fate.SAME)
        renewed = _as_new(logbook, draft)
        with logbook.transaction():
            at = keep(logbook, renewed)
            discard(logbook, draft.case_id)
        return Resumed(replace(renewed, kept_at=at), _case(logbook, renewed), {}, Fate.GONE)


def _case(logbook: Logbook, draft: Draft) -> Case:
    try:
        case = case_of(draft.document, patient_version=draft.patient_version, version=draft.version)
    except (KeyError, ValueError) as error:
        raise LogbookError(
            "This draft holds a field or term that this Kypholog does not know.",
            "Open it with the version that kept it; the draft stays where it is.",
        ) from error
    derived.work_out(case, visit_plan(logbook))
    return case


def _stored(logbook: Logbook, case_id: str) -> Case | None:
    if rows.one(logbook.database, Procedure, Procedure.id == case_id) is None:
        return None
    return load_case(logbook, case_id)


def _as_new(logbook: Logbook, draft: Draft) -> Draft:
    """The draft under other ids, so that it can be saved beside the case in the bin.

    The person stays the one that the logbook knows, as the logbook has it.
    """
    document = {
        table: stored for table, stored in draft.document.items() if table not in _OF_THE_PERSON
    }
    patient_id = str(document[Procedure._meta.table_name][draft.case_id]["patient"])
    known = rows.one(logbook.database, Patient, Patient.id == patient_id)
    text = _text_of(replace(draft, document=document, version=0))
    old_ids = {row_id for stored in document.values() for row_id in stored}
    old_ids |= {typed.row_id for typed in draft.refused} - {patient_id}
    for row_id in old_ids:
        text = text.replace(row_id, new_id())
    (case_id,) = json.loads(text)["document"][Procedure._meta.table_name]
    person = (
        document_of([known])
        if known is not None
        else {table: stored for table, stored in draft.document.items() if table in _OF_THE_PERSON}
    )
    renewed = _from_text(text, case_id, 0)
    return replace(
        renewed,
        document={**person, **renewed.document},
        patient_version=int(known.version) if known is not None else 0,
    )


def _after_all(logbook: Logbook, now: datetime) -> datetime:
    query = Table.select(peewee.fn.max(Table.kept_at)).where(Table.user == logbook.user)
    last = query.scalar(logbook.database)
    return max(now, datetime.fromisoformat(last) + _TICK) if last else now


def _is_mine(logbook: Logbook, case_id: str) -> object:
    return (Table.user == logbook.user) & (Table.case_id == case_id)


def _remove(logbook: Logbook, case_id: str) -> None:
    Table.delete().where(_is_mine(logbook, case_id)).execute(logbook.database)


def _text_of(draft: Draft) -> str:
    content = {
        "patient_version": draft.patient_version,
        "document": draft.document,
        "refused": [_fields_of(typed) for typed in draft.refused],
        "typing": _fields_of(draft.typing) if draft.typing is not None else None,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _fields_of(typed: Typed) -> dict[str, str | Fields]:
    return {name: getattr(typed, name) for name in Typed.__slots__}


def _from_row(row: Table) -> Draft:
    draft = _from_text(str(row.content), str(row.case_id), int(row.base_version))
    return replace(draft, kept_at=datetime.fromisoformat(str(row.kept_at)))


def _from_text(text: str, case_id: str, version: int) -> Draft:
    content = json.loads(text)
    return Draft(
        case_id,
        content["document"],
        version,
        content["patient_version"],
        tuple(Typed(**typed) for typed in content["refused"]),
        Typed(**content["typing"]) if content["typing"] is not None else None,
    )
