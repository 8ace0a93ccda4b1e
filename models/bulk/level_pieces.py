# SPDX-License-Identifier: MIT
"""Levels as every case has them that says the same of them: see ``pieces``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import cast

from models import caserow, checks
from models.bulk.lines import LEVEL_COLUMNS, cell_of, line_cells
from models.bulk.measured import GAINS
from models.bulk.pieces import NOBODY, Held, Piece, forms_of, moved
from models.bulk.spelled import Form
from models.bulk.table import tables
from models.case import Case
from models.checks.values import open_levels
from models.schema import Leak, Row, TreatedLevel
from models.tags.rows import tags_of_rows
from models.tags.words import words_in
from models.vocabulary import Approach, Diagnosis, LeakLocation, Level, Technique


@dataclass(eq=False, slots=True)
class LevelPart:
    """One level, with what hangs on it.

    Attributes:
        values: what its row holds.
        leaks: the same of its leaks.
        forms: its row, and behind it the rows that hang on it, table by table.
        tables: the tables of these.
        tags: what questions find the rows by.
        is_answered: whether no core field is open.
    """

    values: Held
    leaks: list[Held]
    forms: tuple[Form, ...]
    tables: tuple[type[Row], ...]
    tags: frozenset[str]
    is_answered: bool

    @property
    def has_text(self) -> bool:
        """Whether the search finds it by words that are no names of terms."""
        return bool(self.values.lesion_description or any(leak.detail for leak in self.leaks))


def level_part(case: Case, filled: Sequence[str]) -> LevelPart | None:
    """The level of a case that has one, and nothing else; None where it has to be judged whole.

    In the fields that are ``filled`` in each time anew, in that order, another number stands for
    any.
    """
    (level,) = case.levels
    rows = [level, *case.rows_of(level)]
    if checks.levels_contradict(case):
        return None
    forms = forms_of(rows, {TreatedLevel: filled})
    if forms is None:
        return None
    known = tables()
    told = zip(rows, forms, strict=True)
    is_answered = all(known[type(row)].is_answered(row, form.insert.names) for row, form in told)
    for name in filled:
        level.__data__.pop(name, None)
    return LevelPart(
        Held.by(level),
        [Held.by(leak) for leak in case.leaks],
        forms,
        tuple([type(row) for row in rows]),
        frozenset(tags_of_rows(rows)),
        is_answered and not any(open_levels(case)),
    )


def joined_levels(parts: Sequence[LevelPart]) -> Piece | None:
    """The levels of a case; None where they contradict each other."""
    leaks = [leak for part in parts for leak in part.leaks]
    case = Case(
        *NOBODY,
        levels=[cast(TreatedLevel, part.values) for part in parts],
        leaks=[cast(Leak, leak) for leak in leaks],
    )
    if checks.contradict_each_other(case):
        return None
    levels = caserow.Levels.of(case)
    low, high = levels.gain
    forms = _in_order(parts)
    named: list[int] = []
    if any(not GAINS.isdisjoint(form.filled) for form in forms):
        places = {id(part.values): place for place, part in enumerate(parts)}
        named = [places[id(row)] for row in levels.named]
    return Piece(
        tuple(forms),
        line_cells(caserow.line_of_levels(levels), LEVEL_COLUMNS),
        _words(case, has_text=any(part.has_text for part in parts)),
        tuple(
            {*caserow.whole_of_levels(levels).tags(), *[tag for part in parts for tag in part.tags]}
        ),
        all(part.is_answered for part in parts) and bool(parts),
        cement=cell_of(levels.cement),
        gain=(cell_of(low), cell_of(high)),
        named=tuple(named),
    )


def _in_order(parts: Sequence[LevelPart]) -> list[Form]:
    """The rows of all levels, each at its place of its list."""
    forms: list[Form] = []
    listed: Counter[type[Row]] = Counter()
    for part in parts:
        above = len(forms)
        for form, table in zip(part.forms, part.tables, strict=True):
            place = listed[table]
            there = moved(form, place, table) if above else form
            forms.append(there if table is TreatedLevel else there.below(above))
            listed[table] += 1
    return forms


def _words(case: Case, *, has_text: bool) -> tuple[str, ...]:
    if has_text:
        return tuple(map(intern, words_in(caserow.words_of(case))))
    named = [(row.level, row.technique, row.approach, tuple(row.diagnosis)) for row in case.levels]
    words = [word for terms in named for word in _names(*terms)]
    words += [word for leak in case.leaks for word in _names_of_place(leak.location)]
    return tuple(dict.fromkeys(words))


@lru_cache(4096)
def _names(
    level: Level | None,
    technique: Technique | None,
    approach: Approach | None,
    diagnosis: tuple[Diagnosis, ...],
) -> tuple[str, ...]:
    """The words of the terms of a level; thousands of pieces share them."""
    row = Held(
        level=level,
        technique=technique,
        approach=approach,
        diagnosis=diagnosis,
        lesion_description="",
    )
    case = Case(*NOBODY, levels=[cast(TreatedLevel, row)])
    return tuple(map(intern, words_in(caserow.words_of(case))))


@lru_cache(64)
def _names_of_place(location: LeakLocation | None) -> tuple[str, ...]:
    case = Case(*NOBODY, leaks=[cast(Leak, Held(location=location, detail=""))])
    return tuple(map(intern, words_in(caserow.words_of(case))))
