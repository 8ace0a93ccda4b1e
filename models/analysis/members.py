# SPDX-License-Identifier: MIT
"""Which cases an analysis is about, and the group of each; read once, for every kind of number."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt
import peewee
from peewee import SQL, Select, fn

from models.analysis.grouping import CompareBy, FilterGroups
from models.caselist import Query, case_ids
from models.query import EVERYTHING, Filter
from models.schema import CaseRow
from models.vocabulary import Level

if TYPE_CHECKING:
    from models.logbook import Logbook

T = TypeVar("T", str, "str | None")

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

NOTHING = -1
"""In an array: there is none."""

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
    """

    ids: tuple[str, ...]
    dated: Bools
    groups: tuple[str, ...]
    group: Ints
    n_synthetic: int
    are_all: bool = True

    def places(self) -> dict[str, int]:
        """The place of each case by its id."""
        return {case_id: place for place, case_id in enumerate(self.ids)}

    def among(self, query: Select, column: peewee.Field) -> Select:
        """The query for these cases only; where there are many it may find others as well."""
        if self.are_all or len(self.ids) > _FEW:
            return query
        listed = SQL("(SELECT value FROM json_each(?))", [json.dumps(sorted(self.ids))])
        return query.where(column.in_(listed))


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
    wanted = _found_by(logbook, asked) if asked.terms else None
    row = CaseRow
    columns = [row.case_id, fn.length(row.performed_on) == len("yyyy-mm-dd"), row.synthetic]
    if isinstance(by, CompareBy):
        columns.append(by.column)
    in_list = row.deleted == False  # noqa: E712 - an expression, not a comparison
    query = row.select(*columns).where(in_list).order_by(row.number)
    found = logbook.database.execute(query).fetchall()
    if wanted is not None:
        found = [line for line in found if line[0] in wanted]
    ids, dated, synthetic, *stated = zip(*found, strict=True) if found else ((), (), (), ())
    groups: tuple[str, ...] = ()
    group = np.zeros(len(ids), np.int32)
    if isinstance(by, CompareBy):
        groups, group = _grouped(by, stated[0])
    elif by is not None:
        inside = _found_by(logbook, by.filter)
        groups = by.codes
        group = np.fromiter((case_id not in inside for case_id in ids), np.int32, len(ids))
    return Cases(ids, np.array(dated, dtype=bool), groups, group, sum(synthetic), wanted is None)


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


def _found_by(logbook: Logbook, asked: Filter) -> set[str]:
    return set(chain.from_iterable(case_ids(logbook, Query(asked))))


def _grouped(by: CompareBy, stated: Sequence[str | None]) -> tuple[tuple[str, ...], Ints]:
    code_of = {said: by.code_of(said) for said in set(stated)}
    groups = tuple(sorted(set(code_of.values()), key=by.order_of))
    place = {code: number for number, code in enumerate(groups)}
    return groups, decoded(stated, lambda said: place[code_of[said]])
