# SPDX-License-Identifier: MIT
"""The rows of the flat export, read for many cases at once, as stored and without model objects."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import chain
from typing import cast

import peewee

from models.errors import LogbookDamaged
from models.exchange import flat_pain
from models.exchange.by_ids import ByIds, Stored
from models.exchange.columns import Cell
from models.exchange.flat_columns import (
    ASSESSMENTS,
    CASE_HEAD,
    CASE_LISTS,
    LEVEL_HEAD,
    LEVEL_LISTS,
    STATES,
    rest_of,
)
from models.exchange.flat_lists import Lists
from models.exchange.packed import names_in
from models.exchange.said import explanations, reasons
from models.heights import height_gain
from models.schema import Patient, PatientIdentity, Procedure, Record, TreatedLevel
from models.speech import say
from models.vocabulary import Level

Cells = list[Cell]

_RANK: dict[Cell, int] = {level.value: level.rank for level in Level} | {None: len(Level)}

_CASE_KEPT = ("patient", *STATES)
_PERFORMED_ON = CASE_HEAD.index("performed_on")
SAID_OF_FIELDS = ["missing", "explained"]
_SAID_OF_PATIENT = len(rest_of(Patient))
_SAID_OF_NAMES = _SAID_OF_PATIENT + len([*SAID_OF_FIELDS, *rest_of(PatientIdentity)])
_MISSING = (_SAID_OF_PATIENT, _SAID_OF_NAMES, -2)
_EXPLAINED = (_SAID_OF_PATIENT + 1, _SAID_OF_NAMES + 1, -1)

LEVEL_ENTERED = [name for name in LEVEL_HEAD if name not in ("leak_locations", "height_gain_mm")]
LEVEL_REST = [*rest_of(TreatedLevel), *SAID_OF_FIELDS]
_REST_AT = 2 + len(LEVEL_ENTERED)
HEIGHTS = (
    "anterior_before_mm",
    "anterior_after_mm",
    "middle_before_mm",
    "middle_after_mm",
    "height_gain_low_mm",
    "height_gain_high_mm",
)
"""What the gain is worked out of; what was reported of it comes last."""

_HEIGHTS = [LEVEL_REST.index(name) for name in HEIGHTS]
_NO_LEVEL: Stored = (None,) * (_REST_AT + len(LEVEL_REST))


class FlatRows:
    """Reads rows of up to ``at_once`` cases with one statement a table."""

    def __init__(self, database: peewee.Database, at_once: int) -> None:
        self._cases = ByIds(database, _cases, at_once)
        self._levels = ByIds(database, _levels, at_once)
        self._level_lists = [Lists(database, columns, at_once) for columns in LEVEL_LISTS]
        self._case_lists = [Lists(database, columns, at_once) for columns in CASE_LISTS]

    def of(self, case_ids: Sequence[str]) -> list[Cells]:
        """The rows of these cases in their order, levels from head to tail.

        Raises:
            LogbookDamaged: one of them is in the list of cases only.
        """
        cases = self._cases.by_first(case_ids)
        check_all_there(case_ids, cases)
        levels = self._levels.by_first(case_ids)
        level_ids = [str(level[1]) for of_one_case in levels.values() for level in of_one_case]
        for lists in self._level_lists:
            lists.read(level_ids)
        for lists in self._case_lists:
            lists.read(case_ids)
        below = [lists.cells() for lists in self._case_lists]
        below_level = [lists.cells() for lists in self._level_lists]
        said = self._case_lists[CASE_LISTS.index(ASSESSMENTS)].stored(OF_PAIN)
        rows: list[Cells] = []
        for case_id in case_ids:
            case, of_case = cases[case_id][0], levels[case_id]
            pain = flat_pain.cells(said.get(case_id, ()), case[_PERFORMED_ON])
            head, rest, (patient_id, *states) = _parts_of(case)
            lists_of_case = list(chain.from_iterable([each[case_id] for each in below]))
            for level in sorted(of_case, key=place_of) or [_NO_LEVEL]:
                level_head, level_rest = _cells_of(level, [each[level[1]] for each in below_level])
                ids = (len(of_case), patient_id, level[1], *states)
                rows.append([*head, *level_head, *pain, *rest, *level_rest, *lists_of_case, *ids])
        return rows


def check_all_there(case_ids: Sequence[str], found: Container[Cell]) -> None:
    """Refuse cases that are in the list only.

    Raises:
        LogbookDamaged: naming the first.
    """
    if lost := [case_id for case_id in case_ids if case_id not in found]:
        raise LogbookDamaged(
            say("Case {lost} is listed, but not in the record.", lost=lost[0]), say("Run verify.")
        )


def _parts_of(case: Stored) -> tuple[Stored, Cells, Stored]:
    """What comes first, what comes behind the pain, and what comes last."""
    rest = list(case[len(CASE_HEAD) : -len(_CASE_KEPT)])
    for place in _MISSING:
        rest[place] = reasons(rest[place])
    for place in _EXPLAINED:
        rest[place] = explanations(rest[place])
    return case[: len(CASE_HEAD)], rest, case[-len(_CASE_KEPT) :]


def _cells_of(level: Stored, lists: Sequence[Stored]) -> tuple[Cells, Cells]:
    _, _, *entered, diagnosis = level[:_REST_AT]
    rest = list(level[_REST_AT:])
    rest[-2:] = reasons(rest[-2]), explanations(rest[-1])
    gain, reported = gain_of([rest[place] for place in _HEIGHTS])
    if reported:
        for place in _HEIGHTS[4:]:
            rest[place] = None
    # The leaks come first, and their locations stand further in front.
    (count, locations, *leaks), *others = lists
    head = [*entered, locations, gain, diagnosis]
    return head, [*rest, count, *leaks, *chain.from_iterable(others)]


def _cases(ids: Sequence[str]) -> peewee.Query:
    columns = [
        Procedure.id,
        *head_fields(),
        *fields_of(Patient, [*rest_of(Patient), *SAID_OF_FIELDS]),
        *fields_of(PatientIdentity, [*rest_of(PatientIdentity), *SAID_OF_FIELDS]),
        *fields_of(Procedure, [*rest_of(Procedure), *SAID_OF_FIELDS, *_CASE_KEPT]),
    ]
    return of_cases(columns, ids)


def head_fields() -> list[peewee.Field]:
    """The fields of ``CASE_HEAD`` behind the id."""
    of_patient, of_case = Patient._meta.fields, Procedure._meta.fields
    return [of_patient.get(name) or of_case[name] for name in CASE_HEAD[1:]]


def of_cases(columns: Sequence[peewee.Node], ids: Sequence[str]) -> peewee.Query:
    """Columns of these cases, of their patients and names."""
    named = Procedure.select(*columns).join(Patient).join(PatientIdentity, peewee.JOIN.LEFT_OUTER)
    return named.where(Procedure.id.in_(ids))


def _levels(ids: Sequence[str]) -> peewee.Query:
    columns = fields_of(TreatedLevel, ["procedure", "id", *LEVEL_ENTERED, *LEVEL_REST])
    parent = TreatedLevel._meta.fields["procedure"]
    return TreatedLevel.select(*columns).where(parent.in_(ids))


def fields_of(table: type[Record], names: Sequence[str]) -> list[peewee.Field]:
    """Fields of a table by their names."""
    return [table._meta.fields[name] for name in names]


OF_PAIN = [names_in(ASSESSMENTS).index(name) for name in flat_pain.STORED]


def place_of(level: Stored) -> tuple[int, Cell]:
    """Head to tail; a level that names none comes last. Second cell is its id, third its code."""
    return _RANK[level[2]], level[1]


def gain_of(heights: Sequence[Cell]) -> tuple[Cell, bool]:
    """The gain of ``HEIGHTS`` as one number, or None; whether it was reported as one number."""
    if heights.count(None) == len(HEIGHTS):
        return None, False
    known = cast("Sequence[float | None]", heights)
    gain = height_gain((known[0], known[1]), (known[2], known[3]), (known[4], known[5]))
    if gain is None or gain.low != gain.high:
        return None, False
    low = int(gain.low) if float(gain.low).is_integer() else gain.low
    return low, not gain.measured
