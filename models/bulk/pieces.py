# SPDX-License-Identifier: MIT
"""Plain new cases, put together from pieces that many of them share.

The levels of a case, and its scores, are read, checked and spelled once for all cases that say the
same there: what follows from them follows from nothing else. That holds as long as no day is told
but that of the procedure, for days are all that the checks compare from one piece to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from models import caserow, checks, derived
from models.audit import Subject
from models.bulk.ready import seal
from models.bulk.table import Cell, Refused, Table, tables, values_aside
from models.bulk.writing import Entry
from models.case import Case
from models.checks.values import open_levels, open_scores
from models.document import Fields
from models.schema import CaseRow, Patient, Procedure, Record, Row, TreatedLevel, new_ids
from models.tags.found_by import FoundBy, put_together
from models.tags.rows import tags_of_rows, tags_of_value
from models.tags.whole import Whole
from models.tags.words import words_in
from models.timepoints import VisitPlan

LINE = tuple(CaseRow._meta.sorted_field_names)[1:]
"""The columns of a line of the case list, without its number."""

_PARENT = "5b0c1d3e-parent-of-this-row-74c09e1ffa52"
_NO_IMAGES = Whole({"images": ("no",)})


_CEMENT = "cement_ml"

STAND_IN = 12.3
"""Stands for any volume of cement, in mL, while a piece is made: volumes are of all sizes, and
nothing but their sum follows from them as long as no side is told of."""


class _Told(NamedTuple):
    """A row of a piece, with ``_PARENT`` for the id of its case."""

    table: Table
    text: str
    change: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Levels, or scores, as every case has them that says the same there.

    Attributes:
        rows: one for each row of the record.
        line: what the list of cases shows of it.
        words: what the search finds it by.
        tags: what questions find it by.
        answered: whether no core field is open.
    """

    rows: tuple[_Told, ...]
    line: Mapping[str, Cell]
    words: tuple[str, ...]
    tags: frozenset[str]
    answered: bool


@dataclass(frozen=True, slots=True)
class Plain:
    """A new case, ready to be written.

    Attributes:
        person, record: the audit entries to be; the first is None where the patient is not new.
        rows: the cells of each row, with its table.
    """

    patient_id: str
    patient_code: str
    case_id: str
    person: Entry | None
    record: Entry
    rows: tuple[tuple[type[Record], tuple[Cell, ...]], ...]
    line: tuple[Cell, ...]
    found_by: FoundBy


def piece_of_levels(case: Case, plan: VisitPlan, *, poured: bool) -> Piece | None:
    """The levels of a case that has nothing else; None where its cases have to be judged whole.

    Where the cement is ``poured`` each time anew, ``STAND_IN`` stands for every volume.
    """
    if any(case.rows_of(level) for level in case.levels):
        return None
    read = _read(case, case.levels, plan)
    if read is None:
        return None
    rows, answered = read
    with values_aside(case):
        answered &= not any(open_levels(case))
    if poured:
        for row in case.levels:
            row.__data__.pop(_CEMENT, None)
    whole, line = caserow.whole_of_levels(case), caserow.line_of_levels(case)
    return Piece(rows, line, *_found_by(case, case.levels, whole), answered)


def piece_of_scores(case: Case, plan: VisitPlan) -> Piece | None:
    """The assessments of a case that has nothing else; None as above, or where one has a day."""
    if any(row.assessed_on for row in case.assessments):
        return None
    read = _read(case, case.assessments, plan)
    if read is None:
        return None
    rows, answered = read
    answered &= not any(open_scores(case))
    whole, line = caserow.whole_of_scores(case), caserow.line_of_scores(case)
    return Piece(rows, line, *_found_by(case, case.assessments, whole), answered)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A new case of which is known that it can be saved, before all of it is spelled out.

    Attributes:
        told: what the patient holds, as JSON without braces.
    """

    patient_id: str
    told: str
    _is_known: bool
    _person: tuple[Patient, Fields, str]
    _head: tuple[Procedure, Fields, str, str]
    _levels: Piece
    _rows: Sequence[_Told]
    _scores: Piece
    _poured: Sequence[float | None] | None

    def plain(self) -> Plain:
        """The case as it is written."""
        levels, scores, case_id = self._levels, self._scores, str(self._head[0].id)
        person, held, changed = self._person
        head, held_by_head, told_by_head, changed_by_head = self._head
        of_person, of_head = tables()[Patient], tables()[Procedure]
        complete = (
            levels.answered
            and scores.answered
            and of_person.is_answered(person, held)
            and of_head.is_answered(head, held_by_head)
        )
        head.__data__["complete"] = complete
        rows: list[tuple[type[Record], tuple[Cell, ...]]]
        rows = [(Procedure, of_head.cells(head, held_by_head, complete))]
        entry = None
        if not self._is_known:
            rows.append((Patient, of_person.cells(person, held, complete)))
            told = (of_person.name, self.patient_id, self.told, changed)
            entry = seal(Subject.PATIENT, self.patient_id, [told])
        record = [(of_head.name, case_id, told_by_head, changed_by_head)]
        hanging = (*self._rows, *scores.rows)
        for own_id, row in zip(new_ids(len(hanging)), hanging, strict=True):
            table, text, change, cells = row
            texts = text.replace(_PARENT, case_id), change.replace(_PARENT, case_id)
            record.append((table.name, own_id, *texts))
            rows.append((table.record, _hung(table, cells, own_id, case_id)))
        line = {**levels.line, **scores.line, **caserow.line_of_head(person, head)}
        both = (person, head)
        tags = tags_of_rows(both)
        tags.update(levels.tags, scores.tags, _tags_of_head(complete, bool(head.synthetic)))
        if self._poured is not None:
            line[_CEMENT] = caserow.total(self._poured)
            tags.update(*map(_tags_of_cement, self._poured), _tags_of_total(line[_CEMENT]))
        words = dict.fromkeys(words_in(caserow.words_of_head(person, head)))
        words.update(dict.fromkeys(levels.words))
        words.update(dict.fromkeys(scores.words))
        return Plain(
            self.patient_id,
            str(person.patient_code or ""),
            case_id,
            entry,
            seal(Subject.CASE, case_id, record),
            tuple(rows),
            tuple(line[name] for name in LINE),
            put_together(both, words, tags),
        )


def sketch(
    patient: Mapping[str, object],
    procedure: Mapping[str, object],
    levels: Piece,
    scores: Piece,
    poured: Sequence[float | None] | None,
    known_id: str = "",
) -> Sketch | None:
    """The case that says this of a new patient, or of the one with ``known_id``.

    ``patient`` and ``procedure`` are values by field, of which none is a day but ``performed_on``.
    ``poured`` are the volumes of cement in mL, one for each level, where the piece was made so.
    None where a value cannot be; whoever judges the case whole says why.
    """
    fresh_id, case_id = new_ids(2)
    patient_id = known_id or fresh_id
    person, head = Patient.made(id=patient_id), Procedure.made(id=case_id, patient=patient_id)
    person.__data__.update(patient)
    head.__data__.update(procedure)
    try:
        held, told, changed = tables()[Patient].read(person)
        of_head = tables()[Procedure].read(head)
        rows = levels.rows if poured is None else tuple(map(_filled, levels.rows, poured))
    except Refused:
        return None
    of_person = person, held, changed
    is_known = bool(known_id)
    return Sketch(
        patient_id, told, is_known, of_person, (head, *of_head), levels, rows, scores, poured
    )


def _read(
    case: Case, rows: Iterable[Row], plan: VisitPlan
) -> tuple[tuple[_Told, ...], bool] | None:
    """The rows, and whether all of them are answered; None where something is wrong with them."""
    with values_aside(case):
        derived.work_out(case, plan)
        if checks.errors(case):
            return None
    read: list[_Told] = []
    answered = True
    for row in rows:
        row.__data__["procedure"] = _PARENT
        table = tables()[type(row)]
        try:
            fields, text, change = table.read(row)
        except Refused:
            return None
        if text.count(_PARENT) != 1:
            return None
        answered &= table.is_answered(row, fields)
        read.append(_Told(table, text, change, table.cells(row, fields, complete=False)))
    return tuple(read), answered


def _filled(row: _Told, volume: float | None) -> _Told:
    """The row of a level with its own volume of cement."""
    if volume is None:
        return row
    table = row.table
    _, text, change = table.judged(_CEMENT, STAND_IN)
    stored, own_text, own_change = table.judged(_CEMENT, volume)
    cells = list(row.cells)
    cells[table.places[_CEMENT]] = stored
    told = row.text.replace(text, own_text), row.change.replace(change, own_change)
    return _Told(table, *told, tuple(cells))


def _hung(table: Table, cells: tuple[Cell, ...], own_id: str, case_id: str) -> tuple[Cell, ...]:
    own = list(cells)
    own[table.places["id"]], own[table.places["procedure"]] = own_id, case_id
    return tuple(own)


@lru_cache(4096)
def _tags_of_cement(volume: float | None) -> tuple[str, ...]:
    return () if volume is None else tags_of_value(TreatedLevel, _CEMENT, volume)


@lru_cache(4096)
def _tags_of_total(volume: float | None) -> tuple[str, ...]:
    return tuple(caserow.whole_of_cement(volume).tags())


def _found_by(
    case: Case, rows: Iterable[Row], whole: Whole
) -> tuple[tuple[str, ...], frozenset[str]]:
    own = Case(Patient.made(), Procedure.made(), levels=case.levels, assessments=case.assessments)
    words = tuple(words_in(caserow.words_of(own)))
    return words, frozenset((*tags_of_rows(rows), *whole.tags()))


_HEADS: dict[tuple[bool, bool], frozenset[str]] = {}


def _tags_of_head(complete: bool, synthetic: bool) -> frozenset[str]:
    known = _HEADS.get((complete, synthetic))
    if known is None:
        head = Procedure.made(complete=complete, synthetic=synthetic)
        known = frozenset((*caserow.whole_of_head(head).tags(), *_NO_IMAGES.tags()))
        _HEADS[complete, synthetic] = known
    return known
