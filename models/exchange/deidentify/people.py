# SPDX-License-Identifier: MIT
"""The persons of an export: what their dates are measured from, and their random codes."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import peewee

from models.partial_date import PartialDate
from models.schema import Patient, Procedure

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for others (Crockford's base 32)."""

OLDEST_TOLD = 89
"""In years; who is older is one of a group."""

_LENGTH = 8
_DAYS_OF_A_YEAR = 365
_AT_ONCE = 500


@dataclass(slots=True)
class KeyRow:
    """A patient: what leads from a code back to the record, and what the ages tell.

    Attributes:
        code: random, the same in all cases of the patient.
        patient_code: that of the clinic.
        patient_id: that of the record.
        shift: by how many days all dates of the patient are moved back.
        born: the earliest year of birth that follows from an age which is told and the year that it
            is told of; None where none is.
    """

    code: str
    patient_code: str
    patient_id: str
    shift: int
    born: int | None = None

    def tell(self, age: int, year: int) -> None:
        """Note that this age is told of this year."""
        self.born = year - age if self.born is None else min(self.born, year - age)


@dataclass(frozen=True, slots=True)
class Person:
    """One patient as seen from one case.

    Attributes:
        patient: the same in all cases of the patient.
        performed_on: date of the procedure, which days are counted from.
    """

    patient: KeyRow
    performed_on: PartialDate | None

    @property
    def code(self) -> str:
        """The random code."""
        return self.patient.code

    def can_be_old_in(self, year: int) -> bool:
        """Whether who knows what all cases tell could see an age above the oldest that is told."""
        born = self.patient.born
        return born is not None and year - born > OLDEST_TOLD


class People:
    """Everybody in an export, by the ids of their cases and their own.

    Random numbers come from the system, anew for every export and kept nowhere; only the key file
    leads back.
    """

    def __init__(self, database: peewee.Database, case_ids: Sequence[str]) -> None:
        self._secret = secrets.token_bytes(32)
        self._persons: dict[object, Person] = {}
        self._keys: dict[str, KeyRow] = {}
        self._taken: set[str] = set()
        for start in range(0, len(case_ids), _AT_ONCE):
            self._read(database, case_ids[start : start + _AT_ONCE])

    def of(self, row_id: object) -> Person:
        """The person of a case, or the patient of this id as seen from the first case."""
        return self._persons[row_id]

    def id_for(self, own_id: object) -> str:
        """A random id in place of one of ours, which tells when it was made."""
        digest = blake2b(str(own_id).encode(), key=self._secret, digest_size=16).digest()
        return str(uuid.UUID(bytes=digest, version=4))

    def in_random_order(self, case_ids: Iterable[str]) -> list[str]:
        """The cases in an order that tells nothing of their dates."""
        return sorted(case_ids, key=self.id_for)

    def patient_ids(self) -> list[str]:
        """The patients, each once."""
        return list(self._keys)

    def key_rows(self) -> list[KeyRow]:
        """What leads back, by code."""
        return sorted(self._keys.values(), key=lambda row: row.code)

    def _read(self, database: peewee.Database, case_ids: Sequence[str]) -> None:
        query = (
            Procedure.select(
                Procedure.id,
                Procedure.patient,
                Patient.patient_code,
                Procedure.performed_on,
                Procedure.age_at_procedure,
            )
            .join(Patient)
            .where(Procedure.id.in_(case_ids))
        )
        sql, values = database.get_sql_context().sql(query).query()
        found = {row[0]: row[1:] for row in database.execute_sql(sql, values)}
        for case_id in case_ids:
            if case_id in found:
                self._add(case_id, *found[case_id])

    def _add(
        self, case_id: str, patient_id: str, code: str | None, day: str | None, age: int | None
    ) -> None:
        if patient_id not in self._keys:
            shift = secrets.randbelow(_DAYS_OF_A_YEAR)
            self._keys[patient_id] = KeyRow(self._new_code(), code or "", patient_id, shift)
        key = self._keys[patient_id]
        person = Person(key, None if day is None else PartialDate(day))
        if person.performed_on is not None and age is not None and age <= OLDEST_TOLD:
            key.tell(age, person.performed_on.earliest.year)
        self._persons[case_id] = person
        self._persons.setdefault(patient_id, person)

    def _new_code(self) -> str:
        while (code := "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))) in self._taken:
            pass
        self._taken.add(code)
        return code
