# SPDX-License-Identifier: MIT
"""The line that the list of cases shows of a case, worked out when the case is saved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import peewee

from models.casescores import (
    OF_HUNDRED,
    OF_TEN,
    change,
    in_order,
    is_said,
    reported_pain,
    scale_order,
    score_before,
    score_latest,
    span,
)
from models.engines import search
from models.heights import height_gain
from models.numbers import Reported
from models.query import folded
from models.query.whole import UNANSWERED
from models.schema import Assessment, CaseRow, TreatedLevel
from models.settings import STORE_IDENTITY, is_on
from models.tags.found_by import FoundBy, found_by
from models.tags.whole import Whole
from models.visits import days_to_death, marks_of, performed_day
from models.vocabulary import (
    Diagnosis,
    Leakage,
    PriorTreatmentKind,
    Sex,
    Technique,
    Vocabulary,
    YesNo,
)

if TYPE_CHECKING:
    from models.case import Case

Line = dict[str, str | int | float | bool | None]


def write(database: peewee.SqliteDatabase, case: Case, *, replace: bool) -> None:
    """Store the line and what the case is found by. Call it inside the transaction of the save."""
    line = line_of(case)
    number = _number(database, case.id) if replace else None
    if number is None:
        number = CaseRow.insert(line).execute(database)
    else:
        CaseRow.update(line).where(CaseRow.number == number).execute(database)
    search.index(database, number, found_by_of(case))
    if is_on(database, STORE_IDENTITY):
        search.name_one(database, number)


def line_of(case: Case) -> Line:
    """The columns of ``CaseRow`` for the case, without the row number."""
    procedure, patient = case.procedure, case.patient
    levels = _named(case)
    before, latest = score_before(case.assessments), score_latest(case.assessments)
    gain_low, gain_high = _gain(levels)
    techniques = _distinct(row.technique for row in case.levels)
    diagnoses = _distinct(term for row in case.levels for term in row.diagnosis)
    leakage = leakage_of(case.levels)
    return {
        "case_id": case.id,
        "patient_id": str(patient.id),
        "patient_code": patient.patient_code,
        "performed_on": _text(procedure.performed_on),
        "age": procedure.age_at_procedure,
        "sex": _text(patient.sex),
        "operator": procedure.operator,
        "levels": "|".join(row.level for row in levels),
        "level_rank": levels[0].level.rank if levels else None,
        "level_count": len(case.levels),
        "techniques": "|".join(techniques),
        "diagnoses": "|".join(diagnoses),
        "cement_ml": _sum(row.cement_ml for row in case.levels),
        "leakage": leakage,
        "leak_locations": "|".join(_distinct(leak.location for leak in case.leaks)),
        "gain_low_mm": gain_low,
        "gain_high_mm": gain_high,
        **_pain(before, latest),
        "course": json.dumps([_point(row) for row in in_order(case.assessments)]),
        "performed_day": performed_day(case),
        "visits": marks_of(case),
        "days_to_death": days_to_death(case),
        "complete": procedure.complete,
        "synthetic": procedure.synthetic,
        "deleted": procedure.deleted_at is not None,
        "patient_order": _order(patient.patient_code),
        "sex_rank": _rank(Sex, patient.sex),
        "operator_order": _order(procedure.operator),
        "technique_rank": _rank(Technique, techniques[0] if techniques else None),
        "diagnosis_rank": _rank(Diagnosis, diagnoses[0] if diagnoses else None),
        "leakage_rank": _rank(Leakage, leakage),
        **_pain_order(before, latest),
    }


def words_of(case: Case) -> str:
    """Everything that a search should find the case by, as one text.

    Terms stand in it by all their names, so that a case is found by the word of whoever looks for
    it. Name and record number are not in it: the search keeps them apart, see ``engines.search``.
    """
    procedure = case.procedure
    words = [case.patient.patient_code, procedure.operator, procedure.supervisor]
    words += [_text(procedure.performed_on), procedure.notes]
    words += [row.lesion_description for row in case.levels]
    words += [event.treatment for event in case.adverse_events]
    told = (case.prior_treatments, case.adjuncts, case.leaks, case.adverse_events)
    words += [row.detail for rows in told for row in rows]
    # By kind of term, because terms of two vocabularies may have the same code.
    terms = dict.fromkeys((type(term), term) for term in _terms_of(case) if term is not None)
    words += [_names_of(*term) for term in terms]
    return " ".join(word for word in words if word)


def _terms_of(case: Case) -> Iterator[Vocabulary | None]:
    for row in case.levels:
        yield from (row.level, row.technique, row.approach, *row.diagnosis)
    yield from (leak.location for leak in case.leaks)
    for rows in (case.prior_treatments, case.adjuncts, case.adverse_events):
        yield from (row.kind for row in rows)


@cache
def _names_of(vocabulary: type[Vocabulary], term: Vocabulary) -> str:
    """Label and synonyms; but a technique finds what was done now, not what was done before."""
    names = (term.label, *term.synonyms)
    if vocabulary is PriorTreatmentKind:
        names = tuple(name for name in names if Technique.meant_by(name) is None)
    return " ".join(names)


def found_by_of(case: Case) -> FoundBy:
    """What the case is found by."""
    return found_by((case.patient, *case.case_rows()), _whole(case), words_of(case))


def leakage_of(levels: list[TreatedLevel]) -> str | None:
    """Leakage of a case: present if at any level, none only if every level was answered so."""
    answers = {row.leakage for row in levels}
    if Leakage.PRESENT in answers:
        return Leakage.PRESENT.value
    if not answers or None in answers:
        return None
    return (Leakage.NOT_ASSESSED if Leakage.NOT_ASSESSED in answers else Leakage.NONE).value


def _pain(before: Assessment | None, latest: Assessment | None) -> Line:
    line: Line = {}
    for name, row in (("before", before), ("latest", latest)):
        score = reported_pain(row) if row else Reported()
        line[f"pain_{name}_low"] = score.low
        line[f"pain_{name}_high"] = score.high
        line[f"pain_{name}_words"] = score.words
    scales = {row.pain_scale for row in (before, latest) if row and row.pain_low is not None}
    line["pain_scale"] = scales.pop().value if len(scales) == 1 and None not in scales else None
    return line


def _pain_order(before: Assessment | None, latest: Assessment | None) -> Line:
    """What scores are sorted by."""
    low, high = change(before, latest) or (None, None)
    return {
        "before_scale": scale_order(before),
        "latest_scale": scale_order(latest),
        "change_scale": None if low is None else scale_order(latest),
        "change_low": low,
        "change_high": high,
    }


def _whole(case: Case) -> Whole:
    """What can be asked of the case and stands in no row of it."""
    levels = _named(case)
    said = {
        "leak": leakage_of(case.levels) or UNANSWERED,
        "complete": _yes_no(case.procedure.complete),
        "synthetic": _yes_no(case.procedure.synthetic),
        "images": _yes_no(case.images),
    }
    before, latest = score_before(case.assessments), score_latest(case.assessments)
    cement, (gain_low, gain_high) = _sum(row.cement_ml for row in case.levels), _gain(levels)
    spans = {
        "levels": (len(case.levels), len(case.levels)),
        "cement": None if cement is None else (cement, cement),
        "gain": None if gain_low is None or gain_high is None else (gain_low, gain_high),
        "pain": span(before, OF_TEN),
        "pain_mm": span(before, OF_HUNDRED),
        "latest": span(latest, OF_TEN),
        "latest_mm": span(latest, OF_HUNDRED),
        "change": change(before, latest, OF_TEN),
        "change_mm": change(before, latest, OF_HUNDRED),
    }
    present = {
        "leak": said["leak"] != UNANSWERED,
        "pain": before is not None and is_said(before),
        "latest": latest is not None,
        "change": spans["change_mm"] is not None,
    }
    return Whole(
        {**{name: (code,) for name, code in said.items()}, "region": _regions(levels)},
        {name: value for name, value in spans.items() if value is not None},
        tuple(name for name, is_there in present.items() if is_there),
    )


def _point(row: Assessment) -> list[str | float | None]:
    score = reported_pain(row)
    scale = row.pain_scale.value if row.pain_scale else None
    return [
        _text(row.time_point),
        _text(row.assessed_on),
        scale,
        score.low,
        score.high,
        score.words,
    ]


def _gain(levels: list[TreatedLevel]) -> tuple[float | None, float | None]:
    """The greatest gain over the levels."""
    gains = [
        gain
        for row in levels
        if (
            gain := height_gain(
                (row.anterior_before_mm, row.anterior_after_mm),
                (row.middle_before_mm, row.middle_after_mm),
                (row.height_gain_low_mm, row.height_gain_high_mm),
            )
        )
    ]
    best = max(gains, key=lambda gain: gain.high, default=None)
    return (best.low, best.high) if best else (None, None)


def _number(database: peewee.Database, case_id: str) -> int | None:
    query = CaseRow.select(CaseRow.number).where(CaseRow.case_id == case_id).tuples()
    found = next(iter(query.execute(database)), None)
    return int(found[0]) if found else None


def _named(case: Case) -> list[TreatedLevel]:
    """The treated levels that have a name, from head to tail."""
    named = (row for row in case.levels if row.level is not None)
    return sorted(named, key=lambda row: row.level.rank)


def _regions(levels: list[TreatedLevel]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.level.region for row in levels))


def _yes_no(value: object) -> str:
    return YesNo.YES.value if value else YesNo.NO.value


def _order(text: str | None) -> str | None:
    """A text as it is sorted: upper and lower case together, and so accents."""
    return (folded(text) or text) if text else None


def _rank(vocabulary: type[Vocabulary], code: str | None) -> int | None:
    return None if code is None else vocabulary(code).rank


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _distinct(terms: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(str(term) for term in terms if term is not None))


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known), 1) if known else None
