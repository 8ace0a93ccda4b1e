# SPDX-License-Identifier: MIT
"""The persons of an export: what their dates are measured from, and their random codes."""

from __future__ import annotations

import random
import secrets
import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

import peewee

from models.exchange.by_ids import MANY, ByIds, listed, rows_of
from models.exchange.columns import Cell
from models.exchange.deidentify.rules import Dates, Kind, Rules
from models.exchange.linked import linked_tables
from models.fields import Day
from models.partial_date import PartialDate
from models.schema import Patient, Procedure

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for others (Crockford's base 32)."""

OLDEST_TOLD = 89
"""In years; who is older is one of a group."""

_LENGTH = 12
"""With 60 bits, two of a million patients have the same code once in two million exports."""

_BITS = 5
_DAYS_OF_A_YEAR = 365
WHOLE_DATE = 10
"""Letters of a date that is known to the day."""

_LEAP_YEARS = 4 * _DAYS_OF_A_YEAR
"""In so many years, days that are counted as 365 a year make one year more than have passed."""


class Person:
    """One patient as seen from one case.

    Args:
        patient_id: that of the record.
        secret: draws what is random; the same in all cases of an export.
        performed_on: date of the procedure, which days are counted from.
        born: the earliest year of birth that follows from an age which is told and the year that
            it is told of; None where none is, or where nobody could be too old in any year.
    """

    def __init__(
        self,
        patient_id: str,
        secret: bytes,
        performed_on: PartialDate | None = None,
        born: int | None = None,
    ) -> None:
        self.patient_id = patient_id
        self.performed_on = performed_on
        self._secret = secret
        self._born = born

    @cached_property
    def code(self) -> str:
        """Random, the same in all cases of the patient."""
        bits = self._random(b"code")
        return "".join(
            _LETTERS[bits >> _BITS * place & len(_LETTERS) - 1] for place in range(_LENGTH)
        )

    @cached_property
    def shift(self) -> int:
        """By how many days all dates of the patient are moved back, 1 to 364: none stays true."""
        return 1 + self._random(b"shift") % (_DAYS_OF_A_YEAR - 1)

    def can_be_old_in(self, year: int) -> bool:
        """Whether who knows what all cases tell could see an age above the oldest that is told."""
        return self._born is not None and year - self._born > OLDEST_TOLD

    def _random(self, what: bytes) -> int:
        digest = blake2b(
            self.patient_id.encode(), key=self._secret, digest_size=16, person=what
        ).digest()
        return int.from_bytes(digest)


class KeyRow(NamedTuple):
    """A patient: what leads from a code back to the record.

    Attributes:
        code: the random one.
        patient_code: that of the clinic.
        patient_id: that of the record.
        shift: by how many days all dates of the patient are moved back.
    """

    code: str
    patient_code: str
    patient_id: str
    shift: int


class People:
    """Everybody in an export, read a few at a time: memory does not grow with their number.

    What is random is drawn by a secret of the system, which is new for every export and kept
    nowhere; only the key file leads back. Remembered is nobody but who may be too old in some year
    of the logbook, because that takes all of a patient's cases to see.

    Args:
        database: where they are.
        case_ids: the cases of the export.
        rules: what is taken out.
    """

    def __init__(self, database: peewee.Database, case_ids: Sequence[str], rules: Rules) -> None:
        self._database = database
        self._case_ids = case_ids
        self._counts_days = rules.dates is Dates.DAYS
        self._secret = secrets.token_bytes(32)
        self._of_cases = ByIds(database, _by_case, self.at_once)
        self._of_patients = ByIds(database, _by_patient, self.at_once)
        self._born: dict[str, int] = {}
        if rules.kind is Kind.SAFE_HARBOR:
            self._note_who_is_old()

    at_once = 250
    """So many are read together."""

    def seen_from(self, case_ids: Iterable[Cell]) -> dict[Cell, Person]:
        """The person of each of some cases."""
        found = self._of_cases.all(_texts(case_ids))
        return {case_id: self._person(str(patient), day) for case_id, patient, day in found}

    def of_patients(self, patient_ids: Iterable[Cell]) -> dict[Cell, Person]:
        """These patients as seen from their first case in the export."""
        ids = _texts(patient_ids)
        if not self._counts_days:
            return {patient_id: self._person(patient_id, None) for patient_id in ids}
        firsts: dict[str, tuple[bool, str, str]] = {}
        for patient, case_id, day in self._of_patients.all(ids):
            if case_id in self._chosen:
                seen = (day is not None, str(day or ""), str(case_id))
                firsts[str(patient)] = min(firsts.get(str(patient), seen), seen)
        return {patient: self._person(patient, day) for patient, (_, day, _) in firsts.items()}

    def id_for(self, own_id: object) -> str:
        """A random id in place of one of ours, which tells when it was made."""
        digest = blake2b(str(own_id).encode(), key=self._secret, digest_size=16).digest()
        return str(uuid.UUID(bytes=digest, version=4))

    def in_random_order(self, case_ids: Iterable[str]) -> list[str]:
        """The cases in an order that tells nothing of their dates."""
        mixed = list(case_ids)
        random.SystemRandom().shuffle(mixed)
        return mixed

    def old_or_unsure(self) -> list[str]:
        """The cases of whose dates some may not be told, but for dates that are imprecise."""
        found: set[Cell] = set()
        old = list(self._born)
        for start in range(0, len(old), MANY):
            of_old = Procedure._meta.fields["patient"].in_(listed(old[start : start + MANY]))
            found.update(row[0] for row in self._read(Procedure.select(Procedure.id).where(of_old)))
        if self._counts_days:
            day = Procedure.performed_on
            unsure = day.is_null() | (peewee.fn.LENGTH(day) < WHOLE_DATE)
            found.update(row[0] for row in self._read(Procedure.select(Procedure.id).where(unsure)))
        return [case_id for case_id in self._case_ids if case_id in found]

    def key_rows(self) -> Iterator[KeyRow]:
        """What leads back, by code."""
        persons: dict[str, str] = {}
        for start in range(0, len(self._case_ids), self.at_once):
            chunk = self._case_ids[start : start + self.at_once]
            for person in self.seen_from(chunk).values():
                persons[person.code] = person.patient_id
        ordered = sorted(persons)
        for start in range(0, len(ordered), self.at_once):
            codes = ordered[start : start + self.at_once]
            ids = [persons[code] for code in codes]
            known = Patient.select(Patient.id, Patient.patient_code).where(Patient.id.in_(ids))
            of_clinic = {patient: code for patient, code in self._read(known)}  # noqa: C416
            for code, patient_id in zip(codes, ids, strict=True):
                shift = Person(patient_id, self._secret).shift
                yield KeyRow(code, str(of_clinic.get(patient_id) or ""), patient_id, shift)

    @cached_property
    def _chosen(self) -> frozenset[Cell]:
        return frozenset(self._case_ids)

    def _read(self, query: peewee.Query) -> Iterator[tuple[Cell, ...]]:
        return rows_of(self._database, query)

    def _person(self, patient_id: str, day: Cell) -> Person:
        performed_on = PartialDate(str(day)) if day else None
        return Person(patient_id, self._secret, performed_on, self._born.get(patient_id))

    def _note_who_is_old(self) -> None:
        year = peewee.fn.SUBSTR(Procedure.performed_on, 1, 4).cast("INTEGER")
        born = peewee.fn.MIN(year - Procedure.age_at_procedure)
        told = Procedure.select(Procedure.patient, born).group_by(Procedure.patient)
        told = told.where(
            Procedure.age_at_procedure <= OLDEST_TOLD, Procedure.performed_on.is_null(False)
        )
        if len(self._case_ids) > self.at_once:
            told = told.having(born < self._last_year() - OLDEST_TOLD)
        for start in range(0, len(self._case_ids), MANY):
            chunk = listed(self._case_ids[start : start + MANY])
            for patient, earliest in self._read(told.where(Procedure.id.in_(chunk))):
                self._tell(str(patient), int(str(earliest)))

    def _tell(self, patient_id: str, born: int) -> None:
        self._born[patient_id] = min(born, self._born.get(patient_id, born))

    def _last_year(self) -> int:
        """The last year of which anything is recorded, or that days tell of."""
        days = ["0"]
        for linked in linked_tables():
            own = [field for field in linked.table.clinical_fields() if isinstance(field, Day)]
            if own:
                (latest,) = self._read(linked.table.select(*map(peewee.fn.MAX, own)))
                days += [str(day)[:4] for day in latest if day is not None]
        year = int(max(days))
        return year + year // _LEAP_YEARS + 1 if self._counts_days else year


def _texts(ids: Iterable[Cell]) -> list[str]:
    """Each once."""
    return list(dict.fromkeys(map(str, ids)))


def _by_case(ids: Sequence[str]) -> peewee.Query:
    columns = (Procedure.id, Procedure.patient, Procedure.performed_on)
    return Procedure.select(*columns).where(Procedure.id.in_(ids))


def _by_patient(ids: Sequence[str]) -> peewee.Query:
    columns = (Procedure.patient, Procedure.id, Procedure.performed_on)
    return Procedure.select(*columns).where(Procedure._meta.fields["patient"].in_(ids))
