# SPDX-License-Identifier: MIT
"""Which cases an analysis is about, and the group of each; read once, for every kind of number."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt
import peewee
from peewee import SQL, Select

from models.analysis.columns import NOTHING, Ints, texts_of
from models.analysis.grouping import CompareBy, FilterGroups
from models.analysis.packed import BY_CASE, BY_NUMBER, places_in, read_packed, rows_of
from models.caselist import Query
from models.caselist.finder import Finder
from models.query import EVERYTHING, Filter
from models.schema import CaseRow
from models.spellings import one_spelling
from models.vocabulary import Level

if TYPE_CHECKING:
    from models.logbook import Logbook

T = TypeVar("T", str, "str | None")

Bools = npt.NDArray[np.bool_]

__all__ = ["NOTHING", "Bools", "Cases", "Ints", "Named", "decoded", "read_cases", "read_names"]

_SEPARATOR = "|"
_FEW = 10_000  # cases whose rows are quicker looked up than found among those of all


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases that are not in the bin, as they were entered; a case is its place in these.

    Attributes:
        ids: of each case.
        dated: whether the procedure is dated to the day.
        groups: codes of the groups, in their order; () when nothing is compared.
        group: of each case, its place in ``groups``.
        n_synthetic: how many of them are synthetic.
        are_all: whether every case of the logbook is among them.
        numbers: of each case, ascending.
        day: of each procedure as its ordinal number; ``NOTHING`` where it is not known to the day.
    """

    ids: tuple[str, ...]
    dated: Bools
    groups: tuple[str, ...]
    group: Ints
    n_synthetic: int
    are_all: bool = True
    numbers: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    day: Ints = field(default_factory=lambda: np.empty(0, np.int32))

    def places(self) -> dict[str, int]:
        """The place of each case by its id."""
        return {case_id: place for place, case_id in enumerate(self.ids)}

    def places_of(self, numbers: Ints) -> Ints:
        """The places of the cases with these numbers; ``NOTHING`` for others."""
        return places_in(self.numbers, numbers)

    def among(self, query: Select, column: peewee.Field) -> Select:
        """The query for these cases only; where there are many it may find others as well."""
        if self.are_all or len(self.ids) > _FEW:
            return query
        listed = SQL("(SELECT value FROM json_each(?))", [json.dumps(sorted(self.ids))])
        return query.where(column.in_(listed))

    def rows_of(self, owner: peewee.Field) -> Select:
        """The rows that belong to the cases by ``owner``, case by case as they were entered.

        Where the cases are many it may find those of others as well. ``CaseRow`` is joined.
        """
        return rows_of(owner, self.listed)

    @property
    def halved_by(self) -> peewee.Field | None:
        """How what ``rows_of`` finds is halved; the rows of few cases are not worth it."""
        return BY_CASE if self.listed is None else None

    @property
    def listed(self) -> Ints | None:
        """Their numbers where they are few; None where it is quicker to read all cases."""
        return None if self.are_all or len(self.ids) > _FEW else self.numbers


@dataclass(frozen=True, slots=True)
class Named:
    """What a case is recognized by: the code of its patient, and its levels from head to tail."""

    patient_code: str
    levels: tuple[Level, ...]


def read_cases(
    logbook: Logbook,
    by: CompareBy | FilterGroups | None = None,
    asked: Filter = EVERYTHING,
) -> Cases:
    """The cases that meet the filter and are not in the bin.

    One statement, and those by which the filters find their cases. Call it inside
    ``logbook.session()``.
    """
    row = CaseRow
    in_list = row.select().where(not_in_bin())
    column = [by.column] if isinstance(by, CompareBy) else []
    found = read_packed(
        logbook.database,
        in_list,
        wide=[row.number, row.performed_day],
        numbers=[row.synthetic],
        texts=[texts_of(one) for one in (row.case_id, *column)],
        halved_by=BY_NUMBER,
    )
    number, day = found.wide
    synthetic = found.numbers[0]
    order = np.argsort(number, kind="stable")
    if asked.terms:
        order = order[np.isin(number[order], found_by(logbook, asked))]
    number, day, synthetic = (one[order] for one in (number, day, synthetic))
    places = order.tolist()
    ids, *stated = (tuple(map(texts.__getitem__, places)) for texts in found.texts)
    groups: tuple[str, ...] = ()
    group = np.zeros(len(ids), np.int32)
    if isinstance(by, CompareBy):
        # Of all cases, so that whoever is chosen stays so while filters change.
        spelling = one_spelling(found.texts[1]) if by is CompareBy.OPERATOR else {}
        groups, group = _grouped(by, [spelling.get(said or "", said) for said in stated[0]])
    elif by is not None:
        groups = by.codes
        group = (~np.isin(number, found_by(logbook, by.filter))).astype(np.int32)
    dated = day != NOTHING
    n_synthetic = int((synthetic == 1).sum())
    return Cases(
        tuple(map(str, ids)), dated, groups, group, n_synthetic, not asked.terms, number, day
    )


def not_in_bin() -> peewee.Expression:
    """The condition for reading all cases: row after row, which is faster than by an index."""
    return peewee.Expression(CaseRow.deleted, peewee.OP.ADD, SQL("0")) == SQL("0")


def read_names(logbook: Logbook, case_ids: list[str]) -> dict[str, Named]:
    """What the cases are recognized by, by their ids; for as many as a page lists, not for all."""
    row = CaseRow
    wanted = row.case_id.in_(case_ids)
    query = row.select(row.case_id, row.patient_code, row.levels).where(wanted)
    return {
        case_id: Named(code or "", tuple(Level(one) for one in levels.split(_SEPARATOR) if one))
        for case_id, code, levels in logbook.database.execute(query)
    }


def decoded(texts: Sequence[T], meaning: Callable[[T], int]) -> Ints:
    """What each text means; each different text is looked at once."""
    means = {text: meaning(text) for text in set(texts)}
    return np.fromiter(map(means.__getitem__, texts), np.int32, len(texts))


def found_by(logbook: Logbook, asked: Filter) -> Ints:
    """The numbers of the cases that meet the filter, as they are listed."""
    found = Finder(logbook.database, Query(asked)).written()
    return np.array(found.numbers(range(len(found))), np.int32)


def _grouped(by: CompareBy, stated: Sequence[str | None]) -> tuple[tuple[str, ...], Ints]:
    code_of = {said: by.code_of(said) for said in set(stated)}
    groups = tuple(sorted(set(code_of.values()), key=by.order_of))
    place = {code: number for number, code in enumerate(groups)}
    return groups, decoded(stated, lambda said: place[code_of[said]])
