# SPDX-License-Identifier: MIT
"""The line that the list of cases shows of a case, worked out when the case is saved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import peewee

from models.engines import search
from models.heights import height_gain
from models.numbers import Reported
from models.schema import Assessment, CaseRow, TreatedLevel
from models.settings import STORE_IDENTITY, is_on
from models.visits import days_to_death, marks_of, performed_day
from models.vocabulary import Leakage, PriorTreatmentKind, Technique, TimePoint, Vocabulary

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
    search.index(database, number, words_of(case))
    if is_on(database, STORE_IDENTITY):
        search.name_one(database, number)


def line_of(case: Case) -> Line:
    """The columns of ``CaseRow`` for the case, without the row number."""
    procedure, patient = case.procedure, case.patient
    levels = sorted(
        (row for row in case.levels if row.level is not None), key=lambda row: row.level.rank
    )
    before, latest = score_before(case.assessments), score_latest(case.assessments)
    gain_low, gain_high = _gain(levels)
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
        "techniques": "|".join(_distinct(row.technique for row in case.levels)),
        "diagnoses": "|".join(_distinct(term for row in case.levels for term in row.diagnosis)),
        "cement_ml": _sum(row.cement_ml for row in case.levels),
        "leakage": leakage_of(case.levels),
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


def leakage_of(levels: list[TreatedLevel]) -> str | None:
    """Leakage of a case: present if at any level, none only if every level was answered so."""
    answers = {row.leakage for row in levels}
    if Leakage.PRESENT in answers:
        return Leakage.PRESENT.value
    if not answers or None in answers:
        return None
    return (Leakage.NOT_ASSESSED if Leakage.NOT_ASSESSED in answers else Leakage.NONE).value


def in_order(assessments: Sequence[Assessment]) -> list[Assessment]:
    """Assessments by time point, then date; those without a time point last."""

    def key(row: Assessment) -> tuple[int, str]:
        rank = row.time_point.rank if row.time_point else len(TimePoint)
        return rank, row.assessed_on or ""

    return sorted(assessments, key=key)


def score_before(assessments: Sequence[Assessment]) -> Assessment | None:
    """The score that stands for the pain before the procedure of these assessments."""
    baselines = [row for row in assessments if row.time_point is TimePoint.BASELINE]
    chosen = [row for row in baselines if row.chosen]
    said = [row for row in baselines if _said(row)]
    if chosen:
        return max(chosen, key=lambda row: row.assessed_on or "")
    return next(iter(said), None)


def score_latest(assessments: Sequence[Assessment]) -> Assessment | None:
    """The last score or word after the procedure of these assessments."""
    after = [
        row
        for row in in_order(assessments)
        if row.time_point is not TimePoint.BASELINE and _said(row)
    ]
    dated = [row for row in after if row.assessed_on and row.assessed_on.exact]
    if dated:
        return max(dated, key=lambda row: str(row.assessed_on))
    return after[-1] if after else None


def _said(row: Assessment) -> bool:
    return row.pain_low is not None or bool(_words(row))


def _words(row: Assessment) -> str:
    if row.pain_words:
        return str(row.pain_words)
    return row.global_outcome.label.lower() if row.global_outcome else ""


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


def reported_pain(row: Assessment) -> Reported:
    """The score as it was reported; words only where there is no number."""
    words = "" if row.pain_low is not None else _words(row)
    return Reported(row.pain_low, row.pain_high, words)


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


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _distinct(terms: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(str(term) for term in terms if term is not None))


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known), 1) if known else None
