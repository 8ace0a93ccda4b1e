# SPDX-License-Identifier: MIT
"""What names persons in the record: how much of it there is, and taking all of it out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from models import audit, rows
from models.access import Right
from models.audit import Action, Event, Subject
from models.document import compare, document_of
from models.drafts import forget_names
from models.engines import search
from models.errors import LogbookError
from models.logbook import Logbook
from models.person import patient_event
from models.schema import Patient, PatientIdentity
from models.settings import STORE_IDENTITY, is_on
from models.speech import say

_NAMES = """
SELECT i.patient_id, i.full_name, i.record_number
FROM json_each(?) wanted CROSS JOIN patient_identity i ON i.patient_id = wanted.value
"""


@dataclass(frozen=True, slots=True)
class Named:
    """What names a person; "" for what is not known."""

    full_name: str
    record_number: str


def count_identities(logbook: Logbook) -> int:
    """How many patients have a name or record number in the record, shown or hidden."""
    with logbook.session():
        return int(PatientIdentity.select().count(logbook.database))


def names_of(logbook: Logbook, patient_ids: Iterable[str]) -> dict[str, Named]:
    """Name and record number of patients who have one, by patient.

    Raises:
        LogbookError: the clinic stores none.
    """
    with logbook.session():
        if not is_on(logbook.database, STORE_IDENTITY):
            raise LogbookError(
                say("Names and record numbers are not stored in this logbook."),
                say(
                    "Leave them out, or switch on {store_identity} in the settings.",
                    store_identity=STORE_IDENTITY.label,
                ),
            )
        wanted = json.dumps(sorted(set(patient_ids)))
        found = logbook.database.execute_sql(_NAMES, (wanted,)).fetchall()
    return {patient: Named(name or "", number or "") for patient, name, number in found}


def remove_identities(logbook: Logbook, reason: str = "") -> int:
    """Take every name and record number out of the record; how many patients had one.

    One transaction, with an entry for each patient. The audit keeps the old values, as it keeps
    everything; the record, the search, all drafts and everything that is made of them hold none
    any more.
    """
    with logbook.transaction(Right.ADMINISTER):
        database = logbook.database
        forget_names(logbook)
        named = list(PatientIdentity.select().order_by(PatientIdentity.id).execute(database))
        events = [_forget(logbook, identity, reason) for identity in named]
        search.name_all(database, wanted=False)
        events.append(Event(logbook.user, Action.FORGET, Subject.LOGBOOK, reason=reason))
        audit.append(database, events)
    return len(named)


def _forget(logbook: Logbook, identity: PatientIdentity, reason: str) -> Event:
    database = logbook.database
    patient = rows.one(database, Patient, Patient.id == identity.__data__["patient"])
    assert patient is not None
    old, new = document_of([patient, identity]), document_of([patient])
    patient.version += 1
    rows.store(database, [patient], {str(patient.id)})
    rows.remove(database, PatientIdentity, {str(identity.id)})
    return patient_event(logbook.user, Action.FORGET, patient, compare(old, new), reason, new)
