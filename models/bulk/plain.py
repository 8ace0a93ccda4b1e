# SPDX-License-Identifier: MIT
"""Plain new cases, put together from what many of them share: see ``pieces`` and ``heads``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import chain, islice
from typing import NamedTuple

from models import caserow
from models.audit import Subject
from models.bulk.heads import Frame, Told, tags_of_state
from models.bulk.lines import HEAD_COLUMNS, LEVEL_COLUMNS, NULL
from models.bulk.pieces import ASSESSED, CEMENT, Piece, filled_line
from models.bulk.spelled import Spelled
from models.bulk.table import FIRST_VERSION, Cell, Insert, tables
from models.bulk.writing import Entry
from models.partial_date import PartialDate
from models.schema import Assessment, Patient, Procedure, TreatedLevel, new_ids
from models.tags.found_by import FoundBy, of_parts
from models.tags.rows import tags_of_value

_AT_ONCE = 1000
_POURED = len(HEAD_COLUMNS) + LEVEL_COLUMNS.index(CEMENT)
_COMPLETE = HEAD_COLUMNS.index("complete")
_OF_PATIENT, _OF_PROCEDURE = str(Patient._meta.table_name), str(Procedure._meta.table_name)

RowsBy = defaultdict[Insert, list[tuple[Cell, ...]]]
"""The cells of rows by the statement that writes them."""


class PlainRows:
    """New cases, ready to be written; another process can take them over as they are.

    Attributes:
        rows: those of the record.
        entries: the audit entries to be.
        lines, found_by: as ``write_lines`` takes them.
        count: how many cases there are.
    """

    def __init__(self) -> None:
        self.rows: RowsBy = defaultdict(list)
        self.entries: list[Entry] = []
        self.lines: list[Sequence[Cell]] = []
        self.found_by: list[FoundBy] = []
        self.count = 0

    def take(self, sketch: Sketch, ids: Iterator[str]) -> None:
        """Spell out a case; ``ids`` are fresh ones."""
        sketch.spell(ids, self)
        self.count += 1

    def join(self, other: PlainRows) -> None:
        """Take over the cases of another one."""
        for insert, rows in other.rows.items():
            self.rows[insert] += rows
        self.entries += other.entries
        self.lines += other.lines
        self.found_by += other.found_by
        self.count += other.count


class Sketch(NamedTuple):
    """A new case of which is known that it can be saved, before all of it is spelled out.

    Attributes:
        is_known: whether the patient came before.
        poured: the volumes of cement in mL, one for each level, where the piece was made so.
        days: the day of each score.
    """

    patient_id: str
    case_id: str
    is_known: bool
    code: Told | None
    day: Told | None
    frame: Frame
    levels: Piece
    scores: Piece
    poured: tuple[float | None, ...] | None
    days: Sequence[PartialDate | None]

    @property
    def patient_code(self) -> str:
        """The code of the patient, ""."""
        return "" if self.code is None else str(self.code.stored)

    @property
    def performed_on(self) -> str:
        """The day of the procedure, ""."""
        return "" if self.day is None else str(self.day.stored)

    def spell(self, ids: Iterator[str], into: PlainRows) -> None:
        """Put the case as it is written ``into`` others; ``ids`` are fresh ones."""
        frame = self.frame
        is_complete = frame.is_answered and self.levels.is_answered and self.scores.is_answered
        poured = _NOTHING_POURED if self.poured is None else _poured(self.poured)
        if not self.is_known:
            into.entries.append(self._person(into.rows))
        into.entries.append(self._record(into.rows, ids, poured, is_complete=is_complete))
        into.lines.append(self._line(poured, is_complete=is_complete))
        into.found_by.append(self._found_by(poured, is_complete=is_complete))

    def _person(self, rows: RowsBy) -> Entry:
        own_id, code, frame = self.patient_id, self.code, self.frame
        changes = frame.person_changes
        if code is None:
            rows[frame.of_person].append((own_id, FIRST_VERSION, *frame.person_cells))
        else:
            rows[frame.of_person].append((own_id, FIRST_VERSION, code.stored, *frame.person_cells))
            changes = f",{code.change}{changes}"
        said = frame.person % (() if code is None else code.text)
        content = f'{{"{_OF_PATIENT}":{{"{own_id}":{{{said}}}}}}}'
        told = f'{{"{_OF_PATIENT}":{{"{own_id}":{{{changes[1:]}}}}}}}' if changes else "{}"
        return Subject.PATIENT, own_id, told, sha256(content.encode()).hexdigest()

    def _record(
        self, rows: RowsBy, ids: Iterator[str], poured: _Poured, *, is_complete: bool
    ) -> Entry:
        """The entry of the audit; ``rows`` get those of the record."""
        case_id, patient_id, day, frame = self.case_id, self.patient_id, self.day, self.frame
        before, behind = frame.changes
        if day is None:
            own = (case_id, patient_id, FIRST_VERSION, int(is_complete), *frame.cells)
            head = frame.head % patient_id
            told = f"{before}{behind}"
        else:
            own = (case_id, patient_id, FIRST_VERSION, int(is_complete), day.stored, *frame.cells)
            head = frame.head % (patient_id, day.text)
            told = f"{before},{day.change}{behind}"
        rows[frame.of_head].append(own)
        levels = _hung(self.levels.spelled, poured.filled, case_id, ids, rows)
        days = [_day_of(day) for day in self.days if day is not None]
        scores = _hung(self.scores.spelled, days, case_id, ids, rows)
        # The tables in their order: no table of levels comes before that of scores.
        canonical = (
            f'{{{scores[0]}{levels[0]}"{_OF_PROCEDURE}":{{"{case_id}":{{{head}}}}}'
            f"{scores[1]}{levels[1]}}}"
        )
        told = (
            f'{{"{_OF_PROCEDURE}":{{"{case_id}":{{"patient":[null,"{patient_id}"]{told}}}}}'
            f"{levels[2]}{scores[2]}}}"
        )
        return Subject.CASE, case_id, told, sha256(canonical.encode()).hexdigest()

    def _line(self, poured: _Poured, *, is_complete: bool) -> list[Cell]:
        line = [*self.frame.line, *self.levels.line, *filled_line(self.scores, self.days)]
        line[0], line[1], line[_COMPLETE] = self.case_id, self.patient_id, int(is_complete)
        for each in (self.code, self.day):
            if each is not None:
                for place, cell in each.line:
                    line[place] = cell
        if self.poured is not None:
            line[_POURED] = poured.total
        return line

    def _found_by(self, poured: _Poured, *, is_complete: bool) -> FoundBy:
        _, code, day, frame, levels, scores = self[2:8]
        of_person, before, behind = frame.words
        state = tags_of_state(complete=is_complete, synthetic=frame.is_synthetic)
        # No two of these speak of the same field, so none of their tags comes twice.
        tags = [*frame.tags, *levels.tags, *scores.tags, *state, *poured.tags]
        texts = frame.texts
        of_code: tuple[str, ...] = ()
        of_day: tuple[str, ...] = ()
        if day is not None:
            tags += day.tags
            of_day = day.words
        if code is not None:
            tags += code.tags
            of_code = code.words
            if code.asked is not None:
                place, text = code.asked
                texts = (*texts[:place], text, *texts[place + 1 :])
        words = [*of_code, *of_person, *before, *of_day, *behind, *levels.words, *scores.words]
        return of_parts(dict.fromkeys(words), tags, texts)


_Filled = tuple[Cell, str, str]
"""What is put into a row: as it is stored, as JSON of a document, and as JSON of a change."""


def _hung(
    spelled: Spelled, filled: Sequence[_Filled], case_id: str, ids: Iterator[str], rows: RowsBy
) -> tuple[str, str, str]:
    """What the rows of a piece are hashed as, before and behind the procedure, and told as.

    Give them their ids and values, and put them among ``rows``. What is hashed stands there by the
    ids, so that these have to ascend, as ``fresh_ids`` do.
    """
    if not spelled.rows:
        return _NONE_HUNG
    known = [case_id, *islice(ids, len(spelled.rows))]
    content = changes = known
    if spelled.filled:
        content = [*known, *[text for _, text, _ in filled]]
        changes = [*known, *[change for _, _, change in filled]]
    for insert, own, parent, at, cells in spelled.rows:
        if at < 0:
            rows[insert].append((known[own], known[parent], *cells))
        else:
            rows[insert].append((known[own], known[parent], filled[at][0], *cells))
    before, behind, told = spelled.before, spelled.behind, spelled.changes
    return (
        before.text % before.chosen(content) if before.text else "",
        behind.text % behind.chosen(content) if behind.text else "",
        told.text % told.chosen(changes),
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


class _Poured(NamedTuple):
    """The cement of all levels: what is put into their rows, its sum in the list, and its tags."""

    filled: tuple[_Filled, ...]
    total: Cell
    tags: tuple[str, ...]


_NOTHING_POURED = _Poured((), NULL, ())


@lru_cache(1 << 12)
def _poured(volumes: tuple[float | None, ...]) -> _Poured:
    known = [volume for volume in volumes if volume is not None]
    total = caserow.total(known)
    tags = [tag for volume in known for tag in tags_of_value(TreatedLevel, CEMENT, volume)]
    tags += caserow.whole_of_cement(total).tags()
    judged = tables()[TreatedLevel].judged
    filled = tuple([judged(CEMENT, volume) for volume in known])
    return _Poured(filled, NULL if total is None else total, tuple(dict.fromkeys(tags)))


@lru_cache(1 << 14)
def _day_of(day: PartialDate) -> _Filled:
    return tables()[Assessment].judged(ASSESSED, day)
