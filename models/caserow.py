# SPDX-License-Identifier: MIT
"""The line that the list of cases shows of a case, worked out when the case is saved."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

import peewee

from models.casescores import (
    OF_HUNDRED,
    OF_TEN,
    Scores,
    in_order,
    is_said,
    of_another_pain,
    reported_pain,
    scale_order,
    span,
)
from models.engines import search
from models.engines.engine import Engine
from models.heights import HeightGain, height_gain
from models.numbers import Reported
from models.query import folded
from models.query.whole import UNANSWERED
from models.rows import insert
from models.schema import Assessment, CaseRow, Patient, Procedure, Record, TreatedLevel
from models.scoretext import texts_of
from models.settings import STORE_IDENTITY, is_on
from models.tags.found_by import FoundBy, found_by
from models.tags.whole import Span, Whole, joined
from models.visits import day_number, days_between, marks_of
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

Cell = str | int | float | bool | None
Line = dict[str, Cell]


def _order(text: str | None) -> str | None:
    """A text as it is sorted: upper and lower case together, and so accents."""
    return (folded(text) or text) if text else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _rank(vocabulary: type[Vocabulary], code: str | None) -> int | None:
    return None if code is None else vocabulary(code).rank


def _as_it_is(value: str | int | bool | None) -> str | int | bool | None:
    return value


OF_ONE_FIELD: tuple[tuple[str, type[Record], str, Callable[..., Cell]], ...] = (
    ("case_id", Procedure, "id", _text),
    ("patient_id", Patient, "id", _text),
    ("patient_code", Patient, "patient_code", _as_it_is),
    ("performed_on", Procedure, "performed_on", _text),
    ("age", Procedure, "age_at_procedure", _as_it_is),
    ("sex", Patient, "sex", _text),
    ("operator", Procedure, "operator", _as_it_is),
    ("performed_day", Procedure, "performed_on", day_number),
    ("complete", Procedure, "complete", _as_it_is),
    ("synthetic", Procedure, "synthetic", _as_it_is),
    ("deleted", Procedure, "deleted_at", lambda when: when is not None),
    ("signed", Procedure, "signed_at", lambda when: when is not None),
    ("patient_order", Patient, "patient_code", _order),
    ("sex_rank", Patient, "sex", partial(_rank, Sex)),
    ("operator_order", Procedure, "operator", _order),
)
"""Columns that follow from one field of patient or procedure, with that, and how they are made."""


def write(database: Engine, case: Case, *, replace: bool) -> None:
    """Store the line and what the case is found by. Call it inside the transaction of the save."""
    line = line_of(case)
    number = _number(database, case.id) if replace else None
    if number is None:
        number = last_number(database) + 1
        insert(database, CaseRow, {**line, "number": number})
    else:
        database.change(CaseRow.update(line).where(CaseRow.number == number))
    search.index(database, number, found_by_of(case))
    if is_on(database, STORE_IDENTITY):
        search.name_one(database, number)


def last_number(database: peewee.Database) -> int:
    """The greatest number so far: whoever writes is alone, and no server counts on its own."""
    return int(database.execute_sql("SELECT MAX(number) FROM case_row").fetchone()[0] or 0)


def line_of(case: Case) -> Line:
    """The columns of ``CaseRow`` for the case, without the row number."""
    return {
        **line_of_head(case.patient, case.procedure),
        **line_of_levels(Levels.of(case)),
        **line_of_scores(Scores.of(case)),
    }


def line_of_head(patient: Patient, procedure: Procedure) -> Line:
    """The columns that follow from patient and procedure alone."""
    rows = {Patient: patient.__data__, Procedure: procedure.__data__}
    line = {column: made(rows[table].get(name)) for column, table, name, made in OF_ONE_FIELD}
    line["days_to_death"] = days_between(procedure.performed_on, patient.died_on)
    return line


class Levels(NamedTuple):
    """The levels of a case, and what both its line and its answers need of them.

    Attributes:
        named: those that have a name, from head to tail.
        cement: of all of them, in mL.
        gain: the greatest one in height, from low to high, in mm.
    """

    case: Case
    named: list[TreatedLevel]
    cement: float | None
    leakage: str | None
    gain: tuple[float | None, float | None]

    @classmethod
    def of(cls, case: Case) -> Levels:
        """Those of a case."""
        named, levels = _named(case), case.levels
        cement = total([row.cement_ml for row in levels])
        return cls(case, named, cement, leakage_of(levels), greatest(map(_gain, named)))


def line_of_levels(levels: Levels) -> Line:
    """The columns that follow from the levels alone, and from what hangs on them."""
    case, named, cement, leakage, (gain_low, gain_high) = levels
    techniques = _distinct([row.technique for row in case.levels])
    diagnoses = _distinct([term for row in case.levels for term in row.diagnosis])
    return {
        "levels": "|".join([row.level for row in named]),
        "level_rank": named[0].level.rank if named else None,
        "level_count": len(case.levels),
        "techniques": "|".join(techniques),
        "diagnoses": "|".join(diagnoses),
        "cement_ml": cement,
        "leakage": leakage,
        "leak_locations": "|".join(_distinct([leak.location for leak in case.leaks])),
        "gain_low_mm": gain_low,
        "gain_high_mm": gain_high,
        "technique_rank": _rank(Technique, techniques[0] if techniques else None),
        "diagnosis_rank": _rank(Diagnosis, diagnoses[0] if diagnoses else None),
        "leakage_rank": _rank(Leakage, leakage),
    }


def line_of_scores(scores: Scores) -> Line:
    """The columns that follow from the assessments alone."""
    return {**line_of_two_scores(scores), **line_of_each_score(scores.case)}


def line_of_two_scores(scores: Scores) -> Line:
    """Those of them that follow from the score before and the latest one."""
    line: Line = {}
    before, latest = scores.before, scores.latest
    for name, row in (("before", before), ("latest", latest)):
        score = reported_pain(row) if row else Reported()
        line[f"pain_{name}_low"] = score.low
        line[f"pain_{name}_high"] = score.high
        line[f"pain_{name}_words"] = score.words
    scales = {row.pain_scale for row in (before, latest) if row and row.pain_low is not None}
    line["pain_scale"] = scales.pop().value if len(scales) == 1 and None not in scales else None
    return {**line, **_pain_order(scores)}


def line_of_each_score(case: Case) -> dict[str, str | None]:
    """Those that tell of one assessment after the other, as JSON lists or one behind the other."""
    told = {"course": json.dumps([_point(row) for row in in_order(case.assessments)])}
    texts = texts_of(case.assessments, of_another_pain(case.assessments))
    return {**told, "visits": marks_of(case), **texts}


def words_of(case: Case) -> str:
    """Everything that a search should find the case by, as one text.

    Terms stand in it by all their names, so that a case is found by the word of whoever looks for
    it. Name and record number are not in it: the search keeps them apart, see ``engines.search``.
    """
    words = [words_of_head(case.patient, case.procedure)]
    words += [row.lesion_description for row in case.levels]
    words += [event.treatment for event in case.adverse_events]
    told = (case.prior_treatments, case.adjuncts, case.leaks, case.adverse_events)
    words += [row.detail for rows in told for row in rows]
    # By kind of term, because terms of two vocabularies may have the same code.
    terms = dict.fromkeys((type(term), term) for term in _terms_of(case) if term is not None)
    words += [_names_of(*term) for term in terms]
    return " ".join(word for word in words if word)


WORDS_OF_HEAD: tuple[tuple[type[Record], str], ...] = (
    (Patient, "patient_code"),
    (Procedure, "operator"),
    (Procedure, "supervisor"),
    (Procedure, "performed_on"),
    (Procedure, "notes"),
)
"""The fields of patient and procedure whose words find a case, in the order of these."""


def words_of_head(patient: Patient, procedure: Procedure) -> str:
    """Those of patient and procedure, which come first."""
    rows = {Patient: patient.__data__, Procedure: procedure.__data__}
    words = (rows[table].get(name) for table, name in WORDS_OF_HEAD)
    return " ".join(str(word) for word in words if word)


def _terms_of(case: Case) -> Iterator[Vocabulary | None]:
    for row in case.levels:
        yield from (row.level, row.technique, row.approach, *row.diagnosis)
    yield from (leak.location for leak in case.leaks)
    for rows in (case.prior_treatments, case.adjuncts, case.adverse_events):
        yield from (row.kind for row in rows)


@cache
def _names_of(vocabulary: type[Vocabulary], term: Vocabulary) -> str:
    """Label and synonyms; but a technique finds what was done now, not what was done before."""
    # What is stored is the same in every language.
    names = (term.english, *term.synonyms)
    if vocabulary is PriorTreatmentKind:
        names = tuple(name for name in names if Technique.meant_by(name) is None)
    return " ".join(names)


def found_by_of(case: Case) -> FoundBy:
    """What the case is found by."""
    return found_by((case.patient, *case.case_rows()), whole_of(case), words_of(case))


def leakage_of(levels: list[TreatedLevel]) -> str | None:
    """Leakage of a case: present if at any level, none only if every level was answered so."""
    answers = {row.leakage for row in levels}
    if Leakage.PRESENT in answers:
        return Leakage.PRESENT.value
    if not answers or None in answers:
        return None
    return (Leakage.NOT_ASSESSED if Leakage.NOT_ASSESSED in answers else Leakage.NONE).value


def _pain_order(scores: Scores) -> Line:
    """What scores are sorted by."""
    low, high = scores.change or (None, None)
    latest_scale = scale_order(scores.latest)
    return {
        "before_scale": scale_order(scores.before),
        "latest_scale": latest_scale,
        "change_scale": None if low is None else latest_scale,
        "change_low": low,
        "change_high": high,
    }


def whole_of(case: Case) -> Whole:
    """What can be asked of the case and stands in no row of it."""
    levels, scores = Levels.of(case), Scores.of(case)
    parts = (whole_of_head(case.procedure), whole_of_levels(levels), whole_of_scores(scores))
    images = Whole({"images": (_yes_no(case.images),)})
    return joined((*parts, images))


def whole_of_head(procedure: Procedure) -> Whole:
    """The part of it that follows from the procedure alone."""
    said = {
        "complete": procedure.complete,
        "synthetic": procedure.synthetic,
        "locked": procedure.signed_at is not None,
    }
    return Whole({name: (_yes_no(value),) for name, value in said.items()})


def whole_of_levels(levels: Levels) -> Whole:
    """The part of it that follows from the levels alone."""
    case, named, cement, leak, gain = levels
    spans = {
        "levels": (len(case.levels), len(case.levels)),
        **whole_of_cement(cement).spans,
        **whole_of_gain(gain).spans,
    }
    codes = {"leak": (leak or UNANSWERED,), "region": _regions(named)}
    return Whole(codes, spans, ("leak",) if leak else ())


def whole_of_cement(cement: float | None) -> Whole:
    """The part of that which follows from the cement of all levels, in mL."""
    return Whole({}, {} if cement is None else {"cement": (cement, cement)})


def whole_of_gain(gain: tuple[float | None, float | None]) -> Whole:
    """The part of that which follows from the greatest gain in height, in mm."""
    low, high = gain
    return Whole({}, {} if low is None or high is None else {"gain": (low, high)})


def whole_of_scores(scores: Scores) -> Whole:
    """The part of it that follows from the assessments alone."""
    _, before, latest, changed = scores
    # Nothing changes from one scale to another, so that of the latest score is that of both.
    scale = None if latest is None else latest.pain_scale
    spans = {
        "pain": span(before, OF_TEN),
        "pain_mm": span(before, OF_HUNDRED),
        "latest": span(latest, OF_TEN),
        "latest_mm": span(latest, OF_HUNDRED),
        "change": changed if scale in OF_TEN else None,
        "change_mm": changed if scale in OF_HUNDRED else None,
    }
    present = {
        "pain": before is not None and is_said(before),
        "latest": latest is not None,
        "change": spans["change_mm"] is not None,
    }
    known: dict[str, Span] = {name: value for name, value in spans.items() if value is not None}
    return Whole({}, known, tuple(name for name, is_there in present.items() if is_there))


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


def greatest(gains: Iterable[HeightGain | None]) -> tuple[float | None, float | None]:
    """The greatest gain over levels, from low to high, in mm; the first of several such."""
    best = max(filter(None, gains), key=lambda gain: gain.high, default=None)
    return (best.low, best.high) if best else (None, None)


def _gain(row: TreatedLevel) -> HeightGain | None:
    return height_gain(
        (row.anterior_before_mm, row.anterior_after_mm),
        (row.middle_before_mm, row.middle_after_mm),
        (row.height_gain_low_mm, row.height_gain_high_mm),
    )


def _number(database: peewee.Database, case_id: str) -> int | None:
    # Written out, as is what follows: every save comes by, and composing takes longer.
    sql = "SELECT number FROM case_row WHERE case_id = ?"
    found = database.execute_sql(sql, (case_id,)).fetchone()
    return int(found[0]) if found else None


def _named(case: Case) -> list[TreatedLevel]:
    """The treated levels that have a name, from head to tail."""
    named = (row for row in case.levels if row.level is not None)
    return sorted(named, key=lambda row: row.level.rank)


def _regions(levels: list[TreatedLevel]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.level.region for row in levels))


def _yes_no(value: object) -> str:
    return YesNo.YES.value if value else YesNo.NO.value


def _distinct(terms: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(str(term) for term in terms if term is not None))


def total(values: Iterable[float | None]) -> float | None:
    """The sum of the values that are known, in mL; None where none is."""
    known = [value for value in values if value is not None]
    return round(sum(known), 1) if known else None
