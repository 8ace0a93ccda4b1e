# SPDX-License-Identifier: MIT
"""Writes drafts, lists them, finds and forgets them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import peewee

from models.case import Case
from models.document import Document, Fields
from models.errors import ServerAway
from models.logbook import Logbook
from models.schema import Draft as Table
from models.schema import Patient, PatientIdentity, Procedure, TreatedLevel, new_id
from models.settings import STORE_IDENTITY, is_on
from models.shelter import Shelter
from models.snapshot import snapshot
from models.vocabulary import Level

_TICK = timedelta(milliseconds=1)
"""The least by which two stored moments differ."""

_NAMES = PatientIdentity._meta.table_name


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
        aside: what stood in boxes that belong to no row yet, by their names.
        owner: who left it and can sign in no more; "" for one's own.
    """

    case_id: str
    document: Document
    version: int = 0
    patient_version: int = 0
    refused: tuple[Typed, ...] = ()
    typing: Typed | None = None
    kept_at: datetime | None = None
    aside: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""

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


def draft_of(
    case: Case,
    refused: tuple[Typed, ...] = (),
    typing: Typed | None = None,
    aside: Mapping[str, str] = MappingProxyType({}),
) -> Draft:
    """The case as it is now, as a draft."""
    return Draft(
        case.id,
        snapshot(case),
        case.version,
        int(case.patient.version),
        refused,
        typing,
        aside=dict(aside),
    )


def keep(logbook: Logbook, draft: Draft) -> datetime:
    """Write a draft over the user's last one of the same case; when it was kept.

    When this returns, the draft is on the disk. It counts as kept after every other draft of the
    user, also within one millisecond and after the clock was set back. Where names are switched
    off none goes into it. While a server does not answer it waits on this computer.

    Raises:
        CannotWrite, LogbookBusy: as their names say. The draft before is still there.
    """
    try:
        with logbook.transaction():
            at = _after_all(logbook, datetime.now(UTC))
            if not is_on(logbook.database, STORE_IDENTITY):
                draft = without_names(draft)
            _remove(logbook, draft.case_id)
            written = Table.insert(
                id=new_id(),
                user=logbook.user,
                case_id=draft.case_id,
                base_version=draft.version,
                content=text_of(draft),
                kept_at=at,
            )
            logbook.database.change(written)
    except ServerAway:
        if logbook.shelter is None:
            raise
        return _keep_here(logbook.shelter, draft)
    if logbook.shelter is not None:
        logbook.shelter.forget(draft.case_id)
    return at


def _keep_here(shelter: Shelter, draft: Draft) -> datetime:
    if not shelter.takes_names:
        draft = without_names(draft)
    at = datetime.now(UTC)
    said = {"version": draft.version, "kept_at": at.isoformat(), "content": text_of(draft)}
    shelter.keep(draft.case_id, json.dumps(said, ensure_ascii=False))
    return at


def drafts(logbook: Logbook) -> list[Draft]:
    """The drafts of the user who works with the logbook, the last one first."""
    with logbook.session():
        query = Table.select().where(Table.user == logbook.user).order_by(Table.kept_at.desc())
        return [from_row(row) for row in query.execute(logbook.database)]


def find(logbook: Logbook, case_id: str) -> Draft | None:
    """The user's draft of a case, if there is one."""
    with logbook.session():
        query = Table.select().where(_is_mine(logbook, case_id))
        return next((from_row(row) for row in query.execute(logbook.database)), None)


def discard(logbook: Logbook, case_id: str) -> None:
    """Forget the user's draft of a case; nothing happens if there is none.

    Raises:
        CannotWrite, LogbookBusy: as their names say. The draft is still there.
    """
    with logbook.transaction():
        _remove(logbook, case_id)
    if logbook.shelter is not None and not logbook.database.in_transaction():
        # Not before it is certain: what goes with a save stays until that is done.
        logbook.shelter.forget(case_id)


def forget_names(logbook: Logbook) -> None:
    """Take names and record numbers out of all drafts, whoever keeps them."""
    with logbook.transaction():
        for row in list(Table.select().execute(logbook.database)):
            draft = from_row(row)
            nameless = without_names(draft)
            if nameless != draft:
                text = text_of(nameless)
                Table.update(content=text).where(Table.id == row.id).execute(logbook.database)


def without_names(draft: Draft) -> Draft:
    """The draft without what names the person, taken, refused or still being typed."""
    return replace(
        draft,
        document={table: rows for table, rows in draft.document.items() if table != _NAMES},
        refused=tuple(typed for typed in draft.refused if typed.table != _NAMES),
        typing=None if draft.typing and draft.typing.table == _NAMES else draft.typing,
    )


def _after_all(logbook: Logbook, now: datetime) -> datetime:
    query = Table.select(peewee.fn.max(Table.kept_at)).where(Table.user == logbook.user)
    last = query.scalar(logbook.database)
    return max(now, datetime.fromisoformat(last) + _TICK) if last else now


def _is_mine(logbook: Logbook, case_id: str) -> object:
    return (Table.user == logbook.user) & (Table.case_id == case_id)


def _remove(logbook: Logbook, case_id: str) -> None:
    logbook.database.change(Table.delete().where(_is_mine(logbook, case_id)))


def text_of(draft: Draft) -> str:
    """The content of a draft as it is stored."""
    content = {
        "patient_version": draft.patient_version,
        "document": draft.document,
        "refused": [_fields_of(typed) for typed in draft.refused],
        "typing": _fields_of(draft.typing) if draft.typing is not None else None,
        "aside": dict(draft.aside),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _fields_of(typed: Typed) -> dict[str, str | Fields]:
    return {name: getattr(typed, name) for name in Typed.__slots__}


def from_row(row: Table) -> Draft:
    """A draft as it is stored."""
    draft = from_text(str(row.content), str(row.case_id), int(row.base_version))
    return replace(draft, kept_at=datetime.fromisoformat(str(row.kept_at)))


def from_text(text: str, case_id: str, version: int) -> Draft:
    """The inverse of ``text_of``."""
    content = json.loads(text)
    return Draft(
        case_id,
        content["document"],
        version,
        content["patient_version"],
        tuple(Typed(**typed) for typed in content["refused"]),
        Typed(**content["typing"]) if content["typing"] is not None else None,
        aside=content.get("aside", {}),
    )
