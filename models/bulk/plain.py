# SPDX-License-Identifier: MIT
"""Plain new cases, put together from what many of them share: see ``pieces`` and ``heads``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import chain, islice
from typing import Any, NamedTuple

from models.audit import Subject
from models.bulk.heads import Frame, Told
from models.bulk.lines import CEMENT_COLUMN, GAIN_COLUMNS, HEAD_COLUMNS, NULL
from models.bulk.measured import Filling, Measured, filling
from models.bulk.pieces import Piece
from models.bulk.score_pieces import ASSESSED, filled_line
from models.bulk.spelled import Filled, Spelled, arguments_of
from models.bulk.table import FIRST_VERSION, Cell, Insert, insert_of, tables
from models.bulk.writing import Entry
from models.partial_date import PartialDate
from models.schema import RECORD_TABLES, Assessment, Patient, Procedure, new_ids
from models.tags.found_by import FoundBy, of_parts

_AT_ONCE = 1000
_POURED = HEAD_COLUMNS.index(CEMENT_COLUMN)
_GAIN = slice(HEAD_COLUMNS.index(GAIN_COLUMNS[0]), HEAD_COLUMNS.index(GAIN_COLUMNS[1]) + 1)
_COMPLETE = HEAD_COLUMNS.index("complete")
_OF_PATIENT, _OF_PROCEDURE = str(Patient._meta.table_name), str(Procedure._meta.table_name)

RowsBy = defaultdict[Insert, list[tuple[Cell, ...]]]
"""The cells of rows by the statement that writes them."""

LineParts = tuple[list[Cell], tuple[Cell, ...], tuple[Cell, ...]]
"""A line of the case list: what is said of patient, procedure and cement, of levels, of scores."""

Packed = tuple[Any, ...]
"""Cases as mere texts and numbers; no more than that is known of them."""

_NAMES = {table: str(table._meta.table_name) for table in RECORD_TABLES}
_BY_NAME = {name: table for table, name in _NAMES.items()}
_CASE, _PATIENT = Subject.CASE, Subject.PATIENT
_SUBJECTS = {subject.value: subject for subject in Subject}


class PlainRows:
    """New cases, ready to be written; another process can take them over as they are.

    Attributes:
        rows: those of the record.
        entries: the audit entries to be.
        parts: of lines of the case list that nobody asked for yet. Many cases share those of levels
            or scores, which another process gets once.
        found_by: as ``write_lines`` takes it.
        count: how many cases there are.
    """

    def __init__(self) -> None:
        self.rows: RowsBy = defaultdict(list)
        self.entries: list[Entry] = []
        self.parts: list[LineParts] = []
        self._lines: list[Sequence[Cell]] = []
        self.found_by: list[FoundBy] = []
        self.count = 0

    @property
    def lines(self) -> list[Sequence[Cell]]:
        """The lines of the case list, as ``write_lines`` takes them."""
        self._lines += [(*head, *levels, *scores) for head, levels, scores in self.parts]
        self.parts.clear()
        return self._lines

    def take(self, sketch: Sketch, ids: Iterator[str]) -> None:
        """Spell out a case; ``ids`` are fresh ones."""
        sketch.spell(ids, self)
        self.count += 1

    def join(self, other: PlainRows) -> None:
        """Take over the cases of another one."""
        for insert, rows in other.rows.items():
            self.rows[insert] += rows
        self.entries += other.entries
        self.lines.extend(other.lines)
        self.found_by += other.found_by
        self.count += other.count

    def packed(self) -> Packed:
        """The same as mere texts and numbers, for ``marshal``."""
        subjects, *entries = zip(*self.entries, strict=True) if self.entries else [()] * 4
        return (
            [(_NAMES[insert.record], insert.names, rows) for insert, rows in self.rows.items()],
            ([subject._value_ for subject in subjects], *entries),
            (self._lines, self.parts),
            [*map(tuple, self.found_by)],
            self.count,
        )

    @classmethod
    def unpacked(cls, packed: Packed) -> PlainRows:
        """What was ``packed``."""
        made = cls()
        rows, (subjects, *entries), lines, found_by, made.count = packed
        made._lines, made.parts = lines
        known = tables()
        for name, held, cells in rows:
            made.rows[insert_of(known[_BY_NAME[name]], held)] = cells
        made.entries = [*zip(map(_SUBJECTS.__getitem__, subjects), *entries, strict=True)]
        made.found_by = [*map(FoundBy._make, found_by)]
        return made


class Sketch(NamedTuple):
    """A new case of which is known that it can be saved, before all of it is spelled out.

    Attributes:
        is_known: whether the patient came before.
        is_named: whether the id of the case was given rather than drawn.
        apart: what the procedure says and ``frame`` does not.
        measured: what is filled in at each level.
        days: the day of each score.
    """

    patient_id: str
    case_id: str
    is_known: bool
    is_named: bool
    code: Told | None
    day: Told | None
    born: Told | None
    frame: Frame
    apart: Sequence[Told]
    levels: Piece
    scores: Piece
    measured: Sequence[Sequence[Measured]]
    days: Sequence[PartialDate | None]

    @property
    def patient_code(self) -> str:
        """The code of the patient, ""."""
        return "" if self.code is None else str(self.code.stored)

    @property
    def performed_on(self) -> str:
        """The day of the procedure, ""."""
        return "" if self.day is None else str(self.day.stored)

    @property
    def said_of_person(self) -> str:
        """The patient as JSON of a document, for the operator ``%``, which puts in the code."""
        person = self.frame.person
        # No name of a field sorts before that of the birth date.
        return person if self.born is None else person.replace("%s", self.born.text, 1)

    def spell(self, ids: Iterator[str], into: PlainRows) -> None:
        """Put the case as it is written ``into`` others; ``ids`` are fresh ones."""
        frame, levels, scores = self.frame, self.levels, self.scores
        is_complete = frame.is_answered and levels.is_answered and scores.is_answered
        filled = filling(self.measured, levels.named)
        if not self.is_known:
            into.entries.append(self._person(into.rows))
        into.entries.append(self._record(into.rows, ids, filled, is_complete=is_complete))
        into.parts.append(self._line(filled, is_complete=is_complete))
        into.found_by.append(self._found_by(filled, is_complete=is_complete))

    def _person(self, rows: RowsBy) -> Entry:
        own_id, frame = self.patient_id, self.frame
        apart = [each for each in (self.born, self.code) if each is not None]
        own = (own_id, FIRST_VERSION, *[each.stored for each in apart])
        rows[frame.of_person].append((*own, *frame.person_cells))
        said = frame.person % tuple([each.text for each in apart])
        changes = "".join([f",{each.change}" for each in apart]) + frame.person_changes
        content = f'{{"{_OF_PATIENT}":{{"{own_id}":{{{said}}}}}}}'
        told = f'{{"{_OF_PATIENT}":{{"{own_id}":{{{changes[1:]}}}}}}}' if changes else "{}"
        return _PATIENT, own_id, told, sha256(content.encode()).hexdigest()

    def _record(
        self, rows: RowsBy, ids: Iterator[str], filled: Filling, *, is_complete: bool
    ) -> Entry:
        """The entry of the audit; ``rows`` get those of the record."""
        patient_id, case_id, _, _, _, day, _, frame, apart, levels, scores, _, days = self
        before, behind = frame.changes
        own: tuple[Cell, ...] = (case_id, patient_id, FIRST_VERSION, int(is_complete))
        if day is not None:
            own += (day.stored,)
            before += f",{day.change}"
        rows[frame.of_head].append((*own, *[each.stored for each in apart], *frame.cells))
        texts = (patient_id, "" if day is None else day.text, *[each.text for each in apart])
        head = frame.head % frame.head_takes(texts)
        told = f"{before}{behind}{''.join([f',{each.change}' for each in apart])}"
        dated = arguments_of([_day_of(day) for day in days if day is not None]) if days else ()
        # The tables in their order: no table of levels comes before that of scores.
        levels_before, levels_behind, levels_told = _hung(
            levels.spelled, case_id, ids, filled.arguments, rows
        )
        scores_before, scores_behind, scores_told = _hung(scores.spelled, case_id, ids, dated, rows)
        canonical = (
            f'{{{scores_before}{levels_before}"{_OF_PROCEDURE}":{{"{case_id}":{{{head}}}}}'
            f"{scores_behind}{levels_behind}}}"
        )
        told = (
            f'{{"{_OF_PROCEDURE}":{{"{case_id}":{{"patient":[null,"{patient_id}"]{told}}}}}'
            f"{levels_told}{scores_told}}}"
        )
        return _CASE, case_id, told, sha256(canonical.encode()).hexdigest()

    def _line(self, filled: Filling, *, is_complete: bool) -> LineParts:
        patient_id, case_id, _, _, code, day, _, frame, apart, levels, scores, _, days = self
        head = [*frame.line]
        head[0], head[1], head[_COMPLETE] = case_id, patient_id, int(is_complete)
        head[_POURED] = levels.cement if filled.cement == NULL else filled.cement
        head[_GAIN] = levels.gain if filled.gain is None else filled.gain
        if code is not None:
            for place, cell in code.line:
                head[place] = cell
        if day is not None:
            for place, cell in day.line:
                head[place] = cell
        for each in apart:
            for place, cell in each.line:
                head[place] = cell
        return head, levels.line, filled_line(scores, days) if days else scores.line

    def _found_by(self, filled: Filling, *, is_complete: bool) -> FoundBy:
        _, _, _, _, code, day, born, frame, apart, levels, scores, _, _ = self
        of_person, before, behind = frame.words
        # No two of these speak of the same field, so none of their tags comes twice.
        tags = [*frame.tags[is_complete], *levels.tags, *scores.tags, *filled.tags]
        texts = frame.texts
        of_code: tuple[str, ...] = ()
        of_day: tuple[str, ...] = ()
        if day is not None:
            tags += day.tags
            of_day = day.words
        if code is not None:
            tags += code.tags
            of_code = code.words
            texts = _with(texts, code)
        if born is not None:
            tags += born.tags
        for each in apart:
            tags += each.tags
            texts = _with(texts, each)
        behind = (*behind, *[word for each in apart for word in each.words])
        words = [*of_code, *of_person, *before, *of_day, *behind, *levels.words, *scores.words]
        return of_parts(dict.fromkeys(words), tags, texts)


def _with(texts: _Texts, told: Told) -> _Texts:
    """The texts that can be asked a part of, with that of a value."""
    if told.asked is None:
        return texts
    place, text = told.asked
    return (*texts[:place], text, *texts[place + 1 :])


_Texts = tuple[str | None, ...]


def _hung(
    spelled: Spelled, case_id: str, ids: Iterator[str], filled: Sequence[Cell], rows: RowsBy
) -> tuple[str, str, str]:
    """What the rows of a piece are hashed as, before and behind the procedure, and told as.

    Give them their ids and values, and put them among ``rows``. What is hashed stands there by the
    ids, so that these have to ascend, as ``fresh_ids`` do.
    """
    before, behind, told, own_rows = spelled
    if not own_rows:
        return _NONE_HUNG
    arguments = (case_id, *islice(ids, len(own_rows)), *filled)
    for insert, chosen, cells in own_rows:
        rows[insert].append(chosen(arguments) + cells)
    return (
        before.text % before.chosen(arguments) if before.text else "",
        behind.text % behind.chosen(arguments) if behind.text else "",
        told.text % told.chosen(arguments),
    )


_NONE_HUNG = "", "", ""


def fresh_ids() -> Iterator[str]:
    """Fresh ids without end, each behind the one before it, so that the database need not look."""
    return chain.from_iterable(_draws())


def _draws() -> Iterator[list[str]]:
    last = ""
    while True:
        drawn = new_ids(_AT_ONCE)
        # Of two draws within a millisecond the second may begin before the end of the first.
        if drawn[0] > last:
            yield drawn
            last = drawn[-1]


@lru_cache(1 << 14)
def _day_of(day: PartialDate) -> Filled:
    return tables()[Assessment].judged(ASSESSED, day)
