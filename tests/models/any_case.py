# SPDX-License-Identifier: MIT
"""Any case that the record can hold, with every field of every table, for hypothesis."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import hypothesis.strategies as st
import numpy as np

from models import checks
from models.case import LISTS, Case
from models.fields import ClinicalField, Clock, Count, Day, Number, Part, TermField, TermsField
from models.images.pixels import png
from models.partial_date import PartialDate
from models.schema import (
    Image,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    Row,
)
from models.vocabulary import MissingReason

IMAGE = png(np.arange(35, dtype=np.uint8).reshape(5, 7))
IMAGE_HASH = hashlib.sha256(IMAGE).hexdigest()
"""The content that every image of these cases shows; a test that saves images stores it first."""

R = TypeVar("R", bound=Record)

_NOON = "12:00:00.000Z"
_NO_LINKS: Mapping[str, object] = {}

_MOST_FIELDS = 12
"""Enough for every field to meet every other now and then, and quickly drawn."""

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
# Between any two of them lie fewer years than a person can have lived.
_DAYS = st.dates(date(1907, 1, 1), date(2026, 1, 1)).map(date.isoformat)
_LENGTHS = st.sampled_from([4, 7, 10])


def values_of(field: ClinicalField) -> st.SearchStrategy[object]:
    """What the field alone can hold."""
    if isinstance(field, TermField):
        return st.sampled_from(list(field.vocabulary))
    if isinstance(field, TermsField):
        terms = st.sets(st.sampled_from(list(field.vocabulary)), min_size=1)
        return terms.map(lambda chosen: tuple(sorted(chosen, key=lambda term: term.rank)))
    if isinstance(field, Number):
        low, high = field.hard
        assert low is not None
        assert high is not None
        steps = 10**field.decimals
        number = st.integers(round(low * steps), round(high * steps))
        return number if isinstance(field, Count) else number.map(lambda n: n / steps)
    if isinstance(field, Day):
        return st.builds(lambda day, length: PartialDate(day[:length]), _DAYS, _LENGTHS)
    if isinstance(field, Clock):
        return st.times().map(lambda time: f"{time:%H:%M}")
    return _TEXT


@st.composite
def rows(draw: st.DrawFn, table: type[R], links: Mapping[str, object] = _NO_LINKS) -> R:
    """A row of ``table`` with any of its fields filled, and reasons for some that are not."""
    row: R = table(**links)
    fields = {field.name: field for field in table.clinical_fields()}
    for name in draw(st.sets(st.sampled_from(sorted(fields)), max_size=_MOST_FIELDS)):
        setattr(row, name, draw(values_of(fields[name])))
    _order_ranges(row)
    empty = sorted(name for name in fields if getattr(row, name) in (None, "", ()))
    reasons = st.sampled_from(list(MissingReason))
    if empty:
        row.missing = draw(st.dictionaries(st.sampled_from(empty), reasons, max_size=3))
    if filled := sorted(fields.keys() - set(empty)):
        row.explained = draw(st.dictionaries(st.sampled_from(filled), _TEXT, max_size=2))
    return row


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case that may be saved: what the checks call impossible is taken out again."""
    patient = draw(rows(Patient))
    of_patient = {"patient": patient.id}
    case = Case(patient, draw(rows(Procedure, of_patient)))
    if draw(st.booleans()):
        case.identity = draw(rows(PatientIdentity, of_patient))
    for table, kept in case.child_lists().items():
        parent = "treated_level" if "treated_level" in table._meta.fields else "procedure"
        parents = [case.id] if parent == "procedure" else [level.id for level in case.levels]
        for position in range(draw(st.integers(0, 2)) if parents else 0):
            links = {parent: draw(st.sampled_from(parents)), "position": position}
            if table is Image:
                links |= {"content": IMAGE_HASH, "added_at": f"2026-01-01T{_NOON}"}
            kept.append(draw(rows(table, links)))
        put(case, table, kept)
    take_out_what_cannot_be(case)
    return case


def put(case: Case, table: type[Row], kept: list[Row]) -> None:
    """Make ``kept`` the rows of ``table`` that the case has."""
    setattr(case, LISTS[table], kept)


def _order_ranges(row: Record) -> None:
    stems = {field.stem for field in row.clinical_fields() if field.part is Part.LOW}
    for stem in stems:
        ends = [
            field.name
            for field in row.clinical_fields()
            if field.stem == stem and field.part in (Part.LOW, Part.HIGH)
        ]
        known = [value for name in ends if (value := getattr(row, name)) is not None]
        pair = (min(known), max(known)) if known else (None, None)
        for name, value in zip(ends, pair, strict=True):
            setattr(row, name, value)


def take_out_what_cannot_be(case: Case) -> None:
    """Empty the fields that the checks refuse, until they refuse none."""
    kept = {str(row.id): row for row in (*case.person_rows(), *case.case_rows())}
    while found := checks.errors(case):
        for finding in found:
            row = kept[finding.row_id]
            for name in (finding.field, finding.field.replace("_low", "_high")):
                setattr(row, name, None)


def give_code(case: Case, code: str) -> None:
    """Let the patient have this code, and no reason for having none."""
    case.patient.patient_code = code
    said = case.patient.missing.items()
    case.patient.missing = {name: why for name, why in said if name != "patient_code"}


VARIANTS = 10
"""So many whole cases show every field of every table, though some fields exclude each other."""


def whole_case(number: int, shown: Sequence[str] = ()) -> Case:
    """A case with every field filled that goes with the others; the numbers make different ones.

    ``shown`` are the names of the contents of its images.
    """
    case = Case.new()
    case.identity = PatientIdentity(patient=case.patient.id)
    _fill(case.patient, number)
    _fill(case.identity, number)
    _fill(case.procedure, number)
    for table, kept in case.child_lists().items():
        parent = "treated_level" if "treated_level" in table._meta.fields else "procedure"
        for position in range(2 if table is not Image else len(shown)):
            parents = [case.id] if parent == "procedure" else [level.id for level in case.levels]
            links: dict[str, object] = {parent: parents[position % len(parents)]}
            if table is Image:
                added_at = f"2026-01-0{position + 1}T{_NOON}"
                links |= {"content": shown[position], "added_at": added_at}
            row = table(position=position, **links)
            _fill(row, number + position)
            kept.append(row)
        put(case, table, kept)
    give_code(case, f"W-{number}")
    take_out_what_cannot_be(case)
    return case


def _fill(row: Record, number: int) -> None:
    for place, field in enumerate(row.clinical_fields()):
        if number % 5 == 4 and (place + number // 5) % 3 == 0:
            continue
        setattr(row, field.name, _value(field, number))
        if place == number:
            row.explained = {field.name: "As it was said:\r\n=1+1; \"so\", 'so'."}
    _order_ranges(row)
    empty = [field.name for field in row.clinical_fields() if getattr(row, field.name) is None]
    row.missing = dict.fromkeys(empty, list(MissingReason)[number % len(MissingReason)])


def _value(field: ClinicalField, number: int) -> object:
    if isinstance(field, TermField):
        terms = list(field.vocabulary)
        return terms[number % len(terms)]
    if isinstance(field, TermsField):
        terms = list(field.vocabulary)
        chosen = {terms[number % len(terms)], terms[number // 2 % len(terms)]}
        return tuple(sorted(chosen, key=lambda term: term.rank))
    if isinstance(field, Number):
        low, high = field.hard
        assert low is not None
        assert high is not None
        value = low + (high - low) * (number % 9) / 9
        return int(value) if isinstance(field, Count) else round(value, field.decimals)
    if isinstance(field, Day):
        return PartialDate(f"20{10 + number % 12}-0{1 + number % 9}-14"[: 10 - 3 * (number % 3)])
    if isinstance(field, Clock):
        return f"{number % 24:02}:30"
    return f' "{field.label}"; {number}, ü\n=x '
