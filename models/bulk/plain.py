# SPDX-License-Identifier: MIT
"""Plain new cases, put together from what many of them share: see ``pieces`` and ``heads``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from models import caserow
from models.audit import Subject
from models.bulk.heads import Told, blank_line, is_answered, tags_of_state
from models.bulk.lines import HEAD_COLUMNS, LEVEL_COLUMNS, NULL
from models.bulk.pieces import CEMENT, Piece, filled_line
from models.bulk.table import FIRST_VERSION, Cell, Insert, insert_of, tables
from models.bulk.writing import Entry
from models.partial_date import PartialDate
from models.schema import Patient, Procedure, Record, TreatedLevel, new_ids
from models.tags.found_by import TEXTS, FoundBy, of_texts
from models.tags.rows import tags_of_value

_AT_ONCE = 1000
_POURED = LEVEL_COLUMNS.index(CEMENT)
_COMPLETE = HEAD_COLUMNS.index("complete")
_SYNTHETIC = "synthetic"
_OF_PATIENT, _OF_PROCEDURE = str(Patient._meta.table_name), str(Procedure._meta.table_name)

_text, _change = attrgetter("text"), attrgetter("change")


class Plain(NamedTuple):
    """A new case, ready to be written.

    Attributes:
        person, record: the audit entries to be; the first is None where the patient is not new.
        rows: the cells of each row, with its statement.
        line: as ``write_lines`` takes it.
    """

    patient_id: str
    patient_code: str
    case_id: str
    person: Entry | None
    record: Entry
    rows: list[tuple[Insert, tuple[Cell, ...]]]
    line: tuple[Cell, ...]
    found_by: FoundBy


class Sketch(NamedTuple):
    """A new case of which is known that it can be saved, before all of it is spelled out.

    Attributes:
        told: what the patient holds, as JSON without braces.
        is_known: whether the patient came before.
        person, head: what was entered of patient and procedure, in the order of its words.
        poured: the volumes of cement in mL, one for each level, where the piece was made so.
        days: the day of each score.
    """

    patient_id: str
    patient_code: str
    day: str
    case_id: str
    told: str
    is_known: bool
    person: Sequence[Told]
    head: Sequence[Told]
    levels: Piece
    scores: Piece
    poured: Sequence[float | None] | None
    days: Sequence[PartialDate | None]

    def plain(self, ids: Iterator[str]) -> Plain:
        """The case as it is written; ``ids`` are fresh ones."""
        patient_id, case_id = self.patient_id, self.case_id
        names = frozenset([each.name for each in self.person])
        of_head = frozenset([each.name for each in self.head])
        is_complete = (
            self.levels.is_answered
            and self.scores.is_answered
            and is_answered(names, Patient)
            and is_answered(of_head, Procedure)
        )
        rows: list[tuple[Insert, tuple[Cell, ...]]] = []
        entry = None
        if not self.is_known:
            entry = self._person(rows)
        record = self._record(rows, ids, is_complete=is_complete)
        return Plain(
            patient_id,
            self.patient_code,
            case_id,
            entry,
            record,
            rows,
            self._line(is_complete=is_complete),
            self._found_by(is_complete=is_complete),
        )

    def _person(self, rows: list[tuple[Insert, tuple[Cell, ...]]]) -> Entry:
        person, own_id = self.person, self.patient_id
        insert = _insert_of(Patient, ("id", "version"), tuple([each.name for each in person]))
        rows.append((insert, (own_id, FIRST_VERSION, *[each.stored for each in person])))
        content = f'{{"{_OF_PATIENT}":{{"{own_id}":{{{self.told}}}}}}}'
        changes = ",".join(map(_change, person))
        told = f'{{"{_OF_PATIENT}":{{"{own_id}":{{{changes}}}}}}}' if changes else "{}"
        return Subject.PATIENT, own_id, told, hashlib.sha256(content.encode()).hexdigest()

    def _record(
        self,
        rows: list[tuple[Insert, tuple[Cell, ...]]],
        ids: Iterator[str],
        *,
        is_complete: bool,
    ) -> Entry:
        """The entry of the audit; ``rows`` get those of the record."""
        case_id, head, parent = self.case_id, self.head, f'"{self.patient_id}"'
        names = tuple([each.name for each in head])
        first = ("id", "patient", "version", "complete")
        insert = _insert_of(Procedure, first, names)
        own = (case_id, self.patient_id, FIRST_VERSION, int(is_complete))
        rows.append((insert, (*own, *[each.stored for each in head])))
        texts = sorted([f'"patient":{parent}', *map(_text, head)])
        content = {_OF_PROCEDURE: [f'"{case_id}":{{{",".join(texts)}}}']}
        told = ",".join([f'"patient":[null,{parent}]', *map(_change, head)])
        changes = {_OF_PROCEDURE: [f'"{case_id}":{{{told}}}']}
        self._hang(rows, ids, content, changes)
        canonical = _object({table: sorted(content[table]) for table in sorted(content)})
        content_hash = hashlib.sha256(canonical.encode()).hexdigest()
        return Subject.CASE, case_id, _object(changes), content_hash

    def _hang(
        self,
        rows: list[tuple[Insert, tuple[Cell, ...]]],
        ids: Iterator[str],
        content: dict[str, list[str]],
        changes: dict[str, list[str]],
    ) -> None:
        case_id = self.case_id
        poured = iter(self.poured or ())
        for forms, given in ((self.levels.forms, poured), (self.scores.forms, iter(self.days))):
            own_ids: list[str] = []
            for form in forms:
                own_id = next(ids)
                own_ids.append(own_id)
                above = case_id if form.parent < 0 else own_ids[form.parent]
                value = next(given, None) if form.parent < 0 else None
                if form.filled and value is not None:
                    stored, text, change = _judged(form.table, form.filled, value)
                    cells = (own_id, above, stored, *form.cells)
                else:
                    text = change = ""
                    cells = (own_id, above, *form.cells)
                rows.append((form.insert, cells))
                content.setdefault(form.table, []).append(form.content.format(above, own_id, text))
                changes.setdefault(form.table, []).append(form.change.format(above, own_id, change))

    def _line(self, *, is_complete: bool) -> tuple[Cell, ...]:
        line = list(blank_line())
        line[0], line[1], line[_COMPLETE] = self.case_id, self.patient_id, int(is_complete)
        for each in chain(self.person, self.head):
            for place, cell in each.line:
                line[place] = cell
        at = len(line) + _POURED
        line += self.levels.line
        if self.poured is not None:
            total = caserow.total(self.poured)
            line[at] = NULL if total is None else total
        line += filled_line(self.scores, self.days)
        return tuple(line)

    def _found_by(self, *, is_complete: bool) -> FoundBy:
        levels, scores = self.levels, self.scores
        words: dict[str, None] = {}
        texts: list[str | None] = [None] * len(TEXTS)
        is_synthetic = False
        tags = {*levels.tags, *scores.tags}
        for each in chain(self.person, self.head):
            words.update(dict.fromkeys(each.words))
            tags.update(each.tags)
            if each.asked is not None:
                texts[each.asked[0]] = each.asked[1]
            if each.name == _SYNTHETIC:
                is_synthetic = bool(each.stored)
        words.update(dict.fromkeys(levels.words))
        words.update(dict.fromkeys(scores.words))
        tags |= tags_of_state(complete=is_complete, synthetic=is_synthetic)
        if self.poured is not None:
            for volume in self.poured:
                tags.update(_tags_of_cement(volume))
            tags.update(_tags_of_total(caserow.total(self.poured)))
        return of_texts(words, tags, texts)


def sketch(
    person: Sequence[Told],
    head: Sequence[Told],
    levels: Piece,
    scores: Piece,
    *,
    code: str,
    day: str,
    poured: Sequence[float | None] | None,
    days: Sequence[PartialDate | None],
    ids: Iterator[str],
    known_id: str = "",
) -> Sketch:
    """The case that says this of a new patient, or of the one with ``known_id``."""
    told = ",".join(sorted(map(_text, person)))
    own_id = known_id or next(ids)
    is_known = bool(known_id)
    return Sketch(
        own_id, code, day, next(ids), told, is_known, person, head, levels, scores, poured, days
    )


def fresh_ids() -> Iterator[str]:
    """Fresh ids without end: each draw of many asks the system."""
    while True:
        yield from new_ids(_AT_ONCE)


@lru_cache(4096)
def _insert_of(table: type[Record], first: tuple[str, ...], names: tuple[str, ...]) -> Insert:
    return insert_of(tables()[table], (*first, *names))


@lru_cache(1 << 14)
def _judged(table: str, name: str, value: object) -> tuple[Cell, str, str]:
    """A volume or a day as it is stored, and told in JSON."""
    of = next(known for known in tables().values() if known.name == table)
    return of.judged(name, value)


@lru_cache(4096)
def _tags_of_cement(volume: float | None) -> tuple[str, ...]:
    return () if volume is None else tags_of_value(TreatedLevel, CEMENT, volume)


@lru_cache(4096)
def _tags_of_total(volume: float | None) -> tuple[str, ...]:
    return tuple(caserow.whole_of_cement(volume).tags())


def _object(members: dict[str, list[str]]) -> str:
    """JSON of objects in an object, from the texts of the inner members."""
    told = [f'"{name}":{{{",".join(texts)}}}' for name, texts in members.items()]
    return f"{{{','.join(told)}}}"
