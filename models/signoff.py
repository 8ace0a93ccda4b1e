# SPDX-License-Identifier: MIT
"""What a case that was signed off lets through: amendments with a reason, and facts that are new.

``models.case`` asks here before anything of a case is stored, so whoever wants to change one comes
by: editor, history, undo, bin, imports, merges and the command line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import peewee

from models.audit import Action
from models.document import Change, Document, Fields, Value
from models.errors import ReasonWanted
from models.schema import Assessment, Patient, PatientIdentity, Procedure
from models.speech import say
from models.vocabulary import TimePoint

SIGNED = ("signed_at", "signed_by")
"""The columns that say when, in UTC, and by whom a case was signed off."""

_UNLOCK = say("Ask an administrator to unlock it first.")
CURE = say("Give a reason to change it as an amendment, or ask an administrator to unlock it.")

_PATIENTS, _NAMES = str(Patient._meta.table_name), str(PatientIdentity._meta.table_name)
_CASES, _SCORES = str(Procedure._meta.table_name), str(Assessment._meta.table_name)
_ANSWERS = ("pain_low", "pain_words", "global_outcome")
_NO_VALUES = frozenset({"position", "missing", "explained"})
"""Columns that say nothing of the patient."""

_OF_ASKING = frozenset({"missing_reason", "call_attempts", "missing", "explained"})


class CaseSignedOff(ReasonWanted):
    """A case that was signed off, or the person of one, would be changed by other than amendment.

    Attributes:
        case_id: the case.
        locked: the first half of the message: that it is locked, by whom and since when.
    """

    def __init__(self, case_id: str, code: str, by: str, at: str, cure: str = CURE) -> None:
        self.case_id = case_id
        of = say("patient {code}", code=code) if code else say("a patient without a code")
        self.locked = say(
            "The case of {of} was signed off by {by}{on_day}, and is locked.",
            of=of,
            by=by or say("somebody"),
            on_day=on_day(at),
        )
        super().__init__(say("{locked} Nothing was changed.", locked=self.locked), cure)


class ReasonMissing(ReasonWanted):
    """An amendment, an unlocking, or a change for which the settings ask why, came without one."""

    def __init__(self, what: str) -> None:
        super().__init__(
            say("{what} needs a reason. Nothing was changed.", what=what), say("Say why.")
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever saves says of it.

    Attributes:
        action: what is done; ``Action.AMEND`` says that an amendment is meant.
        reason: why.
        code: that of the patient, for messages.
    """

    action: Action | None
    reason: str
    code: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What would be stored.

    Attributes:
        documents: the case as it is stored, and as it would be.
        of_person, of_case: what changes.
    """

    documents: tuple[Document, Document]
    of_person: Sequence[Change]
    of_case: Sequence[Change]


def judge(
    database: peewee.Database, stored: Procedure, case: Procedure, wanted: Wanted, said: Said
) -> tuple[bool, bool]:
    """Whether a save amends the case, and whether another one of its patient that is locked.

    Args:
        database: with a connection in this thread.
        stored: the row of the case as it was before; of a new case, ``case``.
        case: the row as it would be.
        wanted: what would be stored.
        said: what is done, and why.

    Raises:
        CaseSignedOff, ReasonMissing: as ``is_amended``.
    """
    of_person = wanted.of_person
    if stored.signed_at and wanted.documents[0]:
        every = (*of_person, *wanted.of_case)
        return is_amended(stored, wanted.documents, every, said), bool(of_person)
    if not of_person:
        return False, False
    other = other_signed(database, str(case.patient_id), str(case.id))
    return False, other is not None and is_amended(other, ({}, {}), of_person, said)


def is_amended(
    procedure: Procedure,
    documents: tuple[Document, Document],
    changes: Iterable[Change],
    said: Said,
) -> bool:
    """Whether these changes amend a case that was signed off; False where they only add to it.

    Args:
        procedure: the row of the case as it is stored.
        documents: the case as it is stored, and as it would be.
        changes: everything that would change in it and in its person.
        said: what is done, and why.

    Raises:
        CaseSignedOff: they change what was signed, and are no amendment.
        ReasonMissing: they are one, and nobody says why.
    """
    if not procedure.signed_at or said.action is Action.UNLOCK:
        return False
    if said.action is Action.SIGN_OFF and _is_signed_in(documents[1], str(procedure.id)):
        # An earlier sign-off takes the place of a later one, and the case stays locked.
        changes = [change for change in changes if change.field not in SIGNED]
    touched = touched_by(changes, documents, said.action)
    if not touched:
        return False
    if any(map(moves, touched)):
        raise signed_off(procedure, said.code, _UNLOCK)
    if said.action is not Action.AMEND:
        raise signed_off(procedure, said.code)
    if not said.reason.strip():
        raise ReasonMissing(say("An amendment"))
    return True


def touched_by(
    changes: Iterable[Change], documents: tuple[Document, Document], action: Action | None = None
) -> list[Change]:
    """Those of the changes that change what was signed; the others add what came to be known."""
    return [change for change in changes if not _is_new_fact(change, *documents, action)]


def moves(change: Change) -> bool:
    """Whether not even an amendment may change this of a locked case."""
    return change.table == _CASES and change.field in _FIXED


def demand_reason(changes: Iterable[Change]) -> None:
    """Where the settings ask why, let nothing that was saved before go without a reason.

    Raises:
        ReasonMissing: some of it does.
    """
    if any(one.old is not None and one.field not in _NO_VALUES for one in changes):
        raise ReasonMissing(say("A change of what was saved"))


def refuse_signed(database: peewee.Database, patient_ids: Iterable[str], cure: str) -> None:
    """Let nothing through that moves whole cases of these patients while one is signed off.

    Raises:
        CaseSignedOff: one is.
    """
    for procedure, code in _signed_of(database, list(patient_ids)):
        raise signed_off(procedure, code, cure)


def other_signed(database: peewee.Database, patient_id: str, case_id: str) -> Procedure | None:
    """A case of the patient, other than ``case_id``, that was signed off."""
    found = (procedure for procedure, _ in _signed_of(database, [patient_id]))
    return next((one for one in found if str(one.id) != case_id), None)


def signed_off(procedure: Procedure, code: str, cure: str = CURE) -> CaseSignedOff:
    """That this case is locked, as an error."""
    by, at = str(procedure.signed_by or ""), str(procedure.signed_at)
    return CaseSignedOff(str(procedure.id), code, by, at, cure)


def on_day(at: str) -> str:
    """The day of a moment in UTC, as it goes on after who signed; "" where it is not known."""
    try:
        return say(
            " on {fromisoformat:%Y-%m-%d}", fromisoformat=datetime.fromisoformat(at).astimezone()
        )
    except (ValueError, TypeError):
        return ""


_FIXED = frozenset({*SIGNED, "deleted_at", "patient"})
"""What not even an amendment changes of a locked case."""


def _signed_of(
    database: peewee.Database, patient_ids: list[str]
) -> Iterator[tuple[Procedure, str]]:
    # Asked first and written out, because nearly every save comes by, and there is hardly ever one.
    marks = ", ".join("?" * len(patient_ids))
    sql = f"SELECT 1 FROM procedure WHERE patient_id IN ({marks}) AND signed_at IS NOT NULL LIMIT 1"
    if not patient_ids or database.execute_sql(sql, patient_ids).fetchone() is None:
        return
    query = Procedure.select().where(
        Procedure.patient.in_(patient_ids), Procedure.signed_at.is_null(False)
    )
    for procedure in list(query.execute(database)):
        codes = Patient.select(Patient.patient_code).where(Patient.id == procedure.patient_id)
        yield procedure, str(next(iter(codes.tuples().execute(database)), ("",))[0] or "")


def _is_signed_in(document: Document, case_id: str) -> bool:
    return bool(document.get(_CASES, {}).get(case_id, {}).get("signed_at"))


def _is_new_fact(change: Change, old: Document, new: Document, action: Action | None) -> bool:
    """Whether a change adds what came to be known later, and leaves what was signed as it is."""
    if change.table == _NAMES:
        # Who the person is called is no part of what was signed.
        return True
    if change.table == _PATIENTS:
        return _is_of_death(change)
    if change.table != _SCORES:
        return False
    if action is Action.PLAN:
        return change.field == "time_point"
    row = old.get(_SCORES, {}).get(change.row_id)
    if row is None:
        return _is_later(new.get(_SCORES, {}).get(change.row_id, {}))
    waits = not any(row.get(name) is not None for name in _ANSWERS)
    return waits and _is_later(row) and (change.old is None or _only_asked(change))


def _is_of_death(change: Change) -> bool:
    """Whether it became known that the patient died, or that nobody knows the day."""
    if change.field != "missing":
        return change.field == "died_on" and change.old is None
    was, now = _said(change.old), _said(change.new)
    return {**was, "died_on": ""} == {**now, "died_on": ""}


def _said(text: Value) -> dict[str, str]:
    said: dict[str, str] = json.loads(str(text)) if text else {}
    return said


def _only_asked(change: Change) -> bool:
    """Whether the change is about who was asked when, or writes on below a note."""
    if change.field == "note":
        return str(change.new or "").startswith(str(change.old))
    return change.field in _OF_ASKING


def _is_later(row: Fields) -> bool:
    return row.get("time_point") not in (None, TimePoint.BASELINE.value)
