# SPDX-License-Identifier: MIT
"""Is this patient in the logbook already? Similar patients, why they are, and their earlier cases.

Nothing here scans all patients. A code is looked up with every slip that one finger can make, and a
birth date, in the index that each of them has; names come from an index in memory
(``models.patient_names``) that exists only where names are stored.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import peewee

from models import rows
from models.engines.engine import Engine
from models.logbook import Logbook
from models.numbers import Reported
from models.partial_date import PartialDate
from models.patient_names import NameIndex, is_same_number, likeness
from models.schema import CaseRow, Patient, PatientIdentity
from models.speech import say
from models.vocabulary import Level, PainScale, Sex, Technique

_MOST_CANDIDATES = 400
_MOST_BY_NAME = 80
_MOST_BY_PREFIX = 30
_SHORTEST_PREFIX = 2
_ZEROS = 4
_LONGEST_CODE = 24


class Why(IntEnum):
    """A likeness, the weakest first; ``label`` says it in words."""

    SEX = 1
    BIRTH_YEAR = 2
    SIMILAR_CODE = 3  # where codes are counted up, everybody's code has such neighbors
    BIRTH_MONTH = 4
    SIMILAR_NAME = 5
    CODE_BEGINS = 6
    BIRTH_DATE = 7
    CODE_SPELLING = 8
    SAME_NAME = 9
    RECORD_NUMBER = 10
    SAME_CODE = 11

    @property
    def label(self) -> str:
        """The likeness in words."""
        return _LABELS[self]


_LABELS = {
    Why.SEX: say("same sex"),
    Why.BIRTH_YEAR: say("same birth year"),
    Why.SIMILAR_CODE: say("code differs by one character"),
    Why.BIRTH_MONTH: say("same birth month"),
    Why.SIMILAR_NAME: say("similar name"),
    Why.CODE_BEGINS: say("code begins so"),
    Why.BIRTH_DATE: say("same birth date"),
    Why.CODE_SPELLING: say("same code, written differently"),
    Why.SAME_NAME: say("same name"),
    Why.RECORD_NUMBER: say("same record number"),
    Why.SAME_CODE: say("same code"),
}

_WEAK = {Why.SEX, Why.BIRTH_YEAR}
"""Likenesses that say nothing alone: half of all patients share them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of the person who is looked for, as far as it is typed."""

    code: str = ""
    name: str = ""
    birth_date: PartialDate | None = None
    sex: Sex | None = None
    record_number: str = ""


@dataclass(frozen=True, slots=True)
class Similar:
    """A patient of the logbook who may be the one.

    Attributes:
        cases: how many the patient has, without the bin.
        name, record_number: "" unless an index of names was asked.
        why: the likenesses, the strongest first.
    """

    patient_id: str
    code: str
    sex: Sex | None
    birth_date: PartialDate | None
    age: int | None = None
    cases: int = 0
    name: str = ""
    record_number: str = ""
    why: tuple[Why, ...] = ()

    @property
    def weight(self) -> tuple[int, ...]:
        """What patients are ranked by: several likenesses count for more than one."""
        strong = [reason for reason in self.why if reason not in _WEAK]
        return (*sorted((int(reason) for reason in strong), reverse=True), len(self.why))


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """One line on a case of a known patient."""

    case_id: str
    performed_on: PartialDate | None
    levels: tuple[Level, ...]
    techniques: tuple[Technique, ...]
    pain_scale: PainScale | None
    latest: Reported


@dataclass(frozen=True, slots=True)
class Person:
    """A patient as stored, with what names the person, if anything is stored."""

    patient: Patient
    identity: PatientIdentity | None = None


def similar(
    logbook: Logbook, wanted: Wanted, limit: int = 8, names: NameIndex | None = None
) -> list[Similar]:
    """The patients that are most like the one who is looked for, the likeliest first.

    Args:
        logbook: where to look.
        wanted: what was typed; empty parts are not compared.
        limit: the most patients that are of use.
        names: the index of names; without it, names and record numbers are not compared.
    """
    with logbook.session():
        database = logbook.database
        found = set(_by_code(database, wanted.code))
        found |= set(_by_birth_date(database, wanted.birth_date))
        if names is not None:
            names.refresh(database)
            found |= names.candidates(wanted.name, wanted.record_number, _MOST_BY_NAME)
        stored = _stored(database, found, named=names is not None)
        compared = [_compared(patient, wanted) for patient in stored]
        likely = [one for one in compared if not _WEAK.issuperset(one.why)]
        # Codes in their order, so that one that is half typed goes on with what follows it.
        likely.sort(key=lambda one: (len(one.code), one.code))
        likely.sort(key=lambda one: one.weight, reverse=True)
        best = likely[:limit]
        counted = _counts(database, [one.patient_id for one in best])
    for place, one in enumerate(best):
        age, cases = counted.get(one.patient_id, (None, 0))
        best[place] = replace(one, age=age, cases=cases)
    return best


def cases_of(logbook: Logbook, patient_id: str) -> list[EarlierCase]:
    """The cases of a patient outside the bin, the latest first."""
    query = (
        CaseRow.select(
            CaseRow.case_id,
            CaseRow.performed_on,
            CaseRow.levels,
            CaseRow.techniques,
            CaseRow.pain_scale,
            CaseRow.pain_latest_low,
            CaseRow.pain_latest_high,
            CaseRow.pain_latest_words,
            CaseRow.course,
        )
        .where(CaseRow.patient_id == patient_id, CaseRow.deleted == False)  # noqa: E712 - SQL
        .order_by(CaseRow.performed_on.desc(nulls="LAST"), CaseRow.number.desc())
        .tuples()
    )
    with logbook.session():
        found = list(query.execute(logbook.database))
    return [_earlier(row) for row in found]


def load_person(logbook: Logbook, patient_id: str) -> Person | None:
    """The patient with this id, as stored; None if there is none any more."""
    return _person(logbook, Patient.id == patient_id)


def find_person(logbook: Logbook, patient_code: str) -> Person | None:
    """The patient with exactly this code, as stored; None if there is none."""
    return _person(logbook, Patient.patient_code == patient_code)


def patients_of(logbook: Logbook, case_ids: Sequence[str]) -> list[str]:
    """Ids of the patients of these cases, each once, in the order of the cases."""
    sql = """
        SELECT case_id, patient_id FROM case_row
        WHERE case_id IN (SELECT value FROM json_each(?))
    """
    with logbook.session():
        owners = dict(logbook.database.execute_sql(sql, (json.dumps(list(case_ids)),)))
    return list(dict.fromkeys(owners[case_id] for case_id in case_ids if case_id in owners))


def _person(logbook: Logbook, condition: peewee.Expression) -> Person | None:
    with logbook.session():
        database = logbook.database
        patient = rows.one(database, Patient, condition)
        if patient is None:
            return None
        identity = rows.one(database, PatientIdentity, PatientIdentity.patient == patient.id)
    return Person(patient, identity)


# candidates


def _by_code(database: Engine, code: str) -> Iterator[str]:
    typed = code.strip()
    if not typed or len(typed) > _LONGEST_CODE:
        return
    wanted = json.dumps(sorted(_spellings(typed)))
    sql = "SELECT id FROM patient WHERE patient_code IN (SELECT value FROM json_each(?)) LIMIT ?"
    for (patient_id,) in database.execute_sql(sql, (wanted, _MOST_CANDIDATES)):
        yield str(patient_id)
    if len(typed) >= _SHORTEST_PREFIX:
        sql = """
            SELECT id FROM patient WHERE patient_code >= ? AND patient_code < ?
            ORDER BY patient_code LIMIT ?
        """
        for start in {typed, typed.upper(), typed.lower()}:
            end = f"{start}\U0010ffff"
            for (patient_id,) in database.execute_sql(sql, (start, end, _MOST_BY_PREFIX)):
                yield str(patient_id)


def _spellings(typed: str) -> set[str]:
    """Every code that somebody may have meant: one slip away, or written in another way.

    A few hundred to two thousand texts, each looked up in the index.
    """
    alphabet = _alphabet(typed)
    written = {form for case in (typed, typed.upper(), typed.lower()) for form in _forms(case)}
    slips = {slip for case in {typed, typed.upper()} for slip in _slips(case, alphabet)}
    return written | slips


def _alphabet(typed: str) -> str:
    digits = string.digits if any(sign.isdigit() for sign in typed) else ""
    letters = string.ascii_uppercase if any(sign.isalpha() for sign in typed) else ""
    lower = string.ascii_lowercase if any(sign.islower() for sign in typed) else ""
    return f"{digits}{letters}{lower}-"


def _slips(typed: str, alphabet: str) -> Iterator[str]:
    """One character left out, added, mistaken, or two neighbors exchanged."""
    for place in range(len(typed) + 1):
        before, after = typed[:place], typed[place:]
        if after:
            yield before + after[1:]
            yield from (before + sign + after[1:] for sign in alphabet)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + sign + after for sign in alphabet)


def _forms(typed: str) -> Iterator[str]:
    """With and without separators, and the numbers with fewer or more leading zeros."""
    parts = re.findall(r"[^\W\d_]+|\d+", typed)
    if not parts:
        return
    for joint in ("", "-", " ", "_", "/", "."):
        last = parts[-1]
        yield joint.join(parts)
        if last.isdigit():
            bare = last.lstrip("0") or "0"
            for zeros in range(_ZEROS + 1):
                yield joint.join([*parts[:-1], "0" * zeros + bare])


def _by_birth_date(database: Engine, born: PartialDate | None) -> Iterator[str]:
    """Who was born on that day or in that month, or may have been where less is recorded."""
    if born is None or len(born) < len("2026-03"):
        return
    # The month alone stands for itself where the day was not recorded.
    sql = """
        SELECT id FROM patient
        WHERE (birth_date >= ? AND birth_date < ?) OR birth_date = ? LIMIT ?
    """
    wanted = (born, f"{born}\U0010ffff", born[: len("2026-03")], _MOST_CANDIDATES)
    for (found,) in database.execute_sql(sql, wanted):
        yield str(found)


def _stored(database: Engine, ids: Iterable[str], *, named: bool) -> list[Similar]:
    identity = "i.full_name, i.record_number" if named else "NULL, NULL"
    sql = f"""
        SELECT p.id, p.patient_code, p.sex, p.birth_date, {identity}
        FROM patient p LEFT JOIN patient_identity i ON i.patient_id = p.id
        WHERE p.id IN (SELECT value FROM json_each(?))
    """
    found = database.execute_sql(sql, (json.dumps(sorted(ids)),))
    return [
        Similar(
            str(patient_id),
            code or "",
            Sex.meant_by(sex) if sex else None,
            PartialDate(born) if born else None,
            name=name or "",
            record_number=number or "",
        )
        for patient_id, code, sex, born, name, number in found
    ]


def _counts(database: Engine, ids: Sequence[str]) -> dict[str, tuple[int | None, int]]:
    """Age at the last case, and number of cases, by patient."""
    marks = ", ".join("?" * len(ids))
    sql = f"""
        SELECT patient_id, MAX(age), COUNT(*) FROM case_row
        WHERE patient_id IN ({marks}) AND deleted = 0 GROUP BY patient_id
    """
    return {row[0]: (row[1], row[2]) for row in database.execute_sql(sql, list(ids))}


# comparison


def _compared(patient: Similar, wanted: Wanted) -> Similar:
    why = {*_code_reasons(patient.code, wanted.code)}
    why |= {*_birth_reasons(patient.birth_date, wanted.birth_date)}
    if patient.sex is not None and patient.sex is wanted.sex:
        why.add(Why.SEX)
    if is_same_number(patient.record_number, wanted.record_number):
        why.add(Why.RECORD_NUMBER)
    if alike := likeness(patient.name, wanted.name):
        why.add(Why.SAME_NAME if alike == 1 else Why.SIMILAR_NAME)
    return replace(patient, why=tuple(sorted(why, reverse=True)))


def _code_reasons(stored: str, typed: str) -> Iterator[Why]:
    typed = typed.strip()
    if not typed or not stored:
        return
    if stored == typed:
        yield Why.SAME_CODE
    elif _plain(stored) == _plain(typed):
        yield Why.CODE_SPELLING
    elif stored.upper().startswith(typed.upper()) and len(typed) >= _SHORTEST_PREFIX:
        yield Why.CODE_BEGINS
    elif is_one_slip(stored.upper(), typed.upper()):
        yield Why.SIMILAR_CODE


def _plain(code: str) -> tuple[str, ...]:
    """A code without what people write differently: case, separators, leading zeros."""
    parts = re.findall(r"[^\W\d_]+|\d+", code.upper())
    return tuple((part.lstrip("0") or "0") if part.isdigit() else part for part in parts)


def is_one_slip(one: str, other: str) -> bool:
    """Whether two texts differ by one character, or by two neighbors that were exchanged."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _birth_reasons(stored: PartialDate | None, typed: PartialDate | None) -> Iterator[Why]:
    if stored is None or typed is None:
        return
    both = min(len(stored), len(typed))
    if stored[:both] != typed[:both]:
        return
    yield {4: Why.BIRTH_YEAR, 7: Why.BIRTH_MONTH, 10: Why.BIRTH_DATE}[both]


def _earlier(row: tuple[str | float | None, ...]) -> EarlierCase:
    case_id, day, levels, techniques, scale, low, high, words, course = row
    # Where the scores are on different scales the line names none; the course knows that of each.
    scales = {point[2] for point in json.loads(str(course)) if point[3:5] == [low, high]}
    known = scale or (scales.pop() if len(scales) == 1 and low is not None else None)
    assert not isinstance(low, str)
    assert not isinstance(high, str)
    return EarlierCase(
        str(case_id),
        PartialDate(day) if day else None,
        tuple(Level(code) for code in str(levels).split("|") if code),
        tuple(Technique(code) for code in str(techniques).split("|") if code),
        PainScale(str(known)) if known else None,
        Reported(low, high, str(words or "")),
    )
