# SPDX-License-Identifier: MIT
"""Plain new cases, put together from what many of them share: see ``pieces`` and ``heads``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import chain, islice
from typing import NamedTuple

from models import caserow
from models.audit import Subject
from models.bulk.heads import Heads, blank_line, is_answered, tags_of_state
from models.bulk.lines import HEAD_COLUMNS, LEVEL_COLUMNS, NULL
from models.bulk.pieces import CEMENT, Piece, filled_line
from models.bulk.spelled import Spelled
from models.bulk.table import FIRST_VERSION, Cell, Insert, insert_of, tables
from models.bulk.writing import Entry
from models.partial_date import PartialDate
from models.schema import Patient, Procedure, Record, TreatedLevel, new_ids
from models.tags.found_by import TEXTS, FoundBy, of_texts
from models.tags.rows import tags_of_value

_AT_ONCE = 1000
_POURED = len(HEAD_COLUMNS) + LEVEL_COLUMNS.index(CEMENT)
_COMPLETE = HEAD_COLUMNS.index("complete")
_OF_PATIENT, _OF_PROCEDURE = str(Patient._meta.table_name), str(Procedure._meta.table_name)

Value = float | PartialDate | None
"""What is put into a row: a volume in mL, or a day."""


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
        poured: the volumes of cement in mL, one for each level, where the piece was made so.
        days: the day of each score.
    """

    patient_id: str
    patient_code: str
    day: str
    case_id: str
    told: str
    is_known: bool
    heads: Heads
    levels: Piece
    scores: Piece
    poured: Sequence[float | None] | None
    days: Sequence[PartialDate | None]

    def plain(self, ids: Iterator[str]) -> Plain:
        """The case as it is written; ``ids`` are fresh ones."""
        code, person, before, day, behind = self.heads
        of_person = _shape(Patient, code.names, person.names)
        of_head = _shape(Procedure, before.names, day.names, behind.names)
        is_complete = (
            self.levels.is_answered
            and self.scores.is_answered
            and of_person.is_answered
            and of_head.is_answered
        )
        rows: list[tuple[Insert, tuple[Cell, ...]]] = []
        entry = None
        if not self.is_known:
            entry = self._person(of_person.insert, rows)
        total = None if self.poured is None else caserow.total(self.poured)
        return Plain(
            self.patient_id,
            self.patient_code,
            self.case_id,
            entry,
            self._record(of_head.insert, rows, ids, is_complete=is_complete),
            rows,
            self._line(total, is_complete=is_complete),
            self._found_by(total, is_complete=is_complete),
        )

    def _person(self, insert: Insert, rows: list[tuple[Insert, tuple[Cell, ...]]]) -> Entry:
        code, person, _, _, _ = self.heads
        own_id = self.patient_id
        rows.append((insert, (own_id, FIRST_VERSION, *code.stored, *person.stored)))
        content = f'{{"{_OF_PATIENT}":{{"{own_id}":{{{self.told}}}}}}}'
        changes = f"{code.changes}{person.changes}"[1:]
        told = f'{{"{_OF_PATIENT}":{{"{own_id}":{{{changes}}}}}}}' if changes else "{}"
        return Subject.PATIENT, own_id, told, sha256(content.encode()).hexdigest()

    def _record(
        self,
        insert: Insert,
        rows: list[tuple[Insert, tuple[Cell, ...]]],
        ids: Iterator[str],
        *,
        is_complete: bool,
    ) -> Entry:
        """The entry of the audit; ``rows`` get those of the record."""
        _, _, before, day, behind = self.heads
        case_id, patient_id = self.case_id, self.patient_id
        own = (case_id, patient_id, FIRST_VERSION, int(is_complete))
        rows.append((insert, (*own, *before.stored, *day.stored, *behind.stored)))
        levels = _hung(self.levels.spelled, self.poured or (), case_id, ids, rows)
        scores = _hung(self.scores.spelled, self.days, case_id, ids, rows)
        texts = sorted((f'"patient":"{patient_id}"', *before.texts, *day.texts, *behind.texts))
        # The tables in their order: no table of levels comes before that of scores.
        canonical = (
            f'{{{scores.before}{levels.before}"{_OF_PROCEDURE}":{{"{case_id}":{{{",".join(texts)}}}}}'
            f"{scores.behind}{levels.behind}}}"
        )
        told = (
            f'{{"{_OF_PROCEDURE}":{{"{case_id}":{{"patient":[null,"{patient_id}"]'
            f"{before.changes}{day.changes}{behind.changes}}}}}{levels.changes}{scores.changes}}}"
        )
        return Subject.CASE, case_id, told, sha256(canonical.encode()).hexdigest()

    def _line(self, total: float | None, *, is_complete: bool) -> tuple[Cell, ...]:
        line = list(blank_line())
        line[0], line[1], line[_COMPLETE] = self.case_id, self.patient_id, int(is_complete)
        for each in self.heads:
            for place, cell in each.line:
                line[place] = cell
        line += self.levels.line
        if self.poured is not None:
            line[_POURED] = NULL if total is None else total
        line += filled_line(self.scores, self.days)
        return tuple(line)

    def _found_by(self, total: float | None, *, is_complete: bool) -> FoundBy:
        code, person, before, day, behind = self.heads
        levels, scores = self.levels, self.scores
        words = dict.fromkeys(
            (
                *(*code.words, *person.words, *before.words, *day.words, *behind.words),
                *(*levels.words, *scores.words),
            )
        )
        is_synthetic = behind.is_synthetic
        tags = {
            *(*code.tags, *person.tags, *before.tags, *day.tags, *behind.tags),
            *(*levels.tags, *scores.tags),
            *tags_of_state(complete=is_complete, synthetic=is_synthetic),
        }
        if self.poured is not None:
            for volume in self.poured:
                tags.update(_tags_of_cement(volume))
            tags.update(_tags_of_total(total))
        texts: list[str | None] = [None] * len(TEXTS)
        for each in self.heads:
            for place, text in each.asked:
                texts[place] = text
        return of_texts(words, tags, texts)


def sketch(
    heads: Heads,
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
    told = ",".join(sorted((*heads.code.texts, *heads.person.texts)))
    own_id = known_id or next(ids)
    is_known = bool(known_id)
    return Sketch(own_id, code, day, next(ids), told, is_known, heads, levels, scores, poured, days)


class _Hung(NamedTuple):
    """What the rows of a piece are hashed as, before and behind the procedure, and told as."""

    before: str
    behind: str
    changes: str


def _hung(
    spelled: Spelled,
    given: Iterable[Value],
    case_id: str,
    ids: Iterator[str],
    rows: list[tuple[Insert, tuple[Cell, ...]]],
) -> _Hung:
    """Give the rows of a piece their ids and values, and put them behind ``rows``."""
    count = len(spelled.rows)
    if not count:
        return _NONE_HUNG
    # What is hashed stands there by the ids, so that these have to ascend.
    known = [case_id, *sorted(islice(ids, count))]
    if not spelled.filled:
        rows += [
            (row.insert, (known[row.own], known[row.parent], *row.cells)) for row in spelled.rows
        ]
        content = changes = known
    else:
        values = [value for value in given if value is not None]
        judged = [_judged(*of, value) for of, value in zip(spelled.filled, values, strict=True)]
        for insert, own, parent, filled, cells in spelled.rows:
            value = () if filled < 0 else (judged[filled][0],)
            rows.append((insert, (known[own], known[parent], *value, *cells)))
        content = [*known, *[text for _, text, _ in judged]]
        changes = [*known, *[change for _, _, change in judged]]
    return _Hung(
        spelled.before.filled(content),
        spelled.behind.filled(content),
        spelled.changes.filled(changes),
    )


_NONE_HUNG = _Hung("", "", "")


def fresh_ids() -> Iterator[str]:
    """Fresh ids without end: each draw of many asks the system."""
    while True:
        yield from new_ids(_AT_ONCE)


class _Shape(NamedTuple):
    """What follows from which fields of a row hold something: its statement, and what is open."""

    insert: Insert
    is_answered: bool


_FIRST: dict[type[Record], tuple[str, ...]] = {
    Patient: ("id", "version"),
    Procedure: ("id", "patient", "version", "complete"),
}


@lru_cache(4096)
def _shape(table: type[Record], *names: tuple[str, ...]) -> _Shape:
    held = tuple(chain.from_iterable(names))
    insert = insert_of(tables()[table], (*_FIRST[table], *held))
    return _Shape(insert, is_answered(frozenset(held), table))


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
