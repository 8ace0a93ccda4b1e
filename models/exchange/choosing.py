# SPDX-License-Identifier: MIT
"""Which columns of a shape there are to choose from, and a sheet with those that were chosen."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from models.errors import LogbookError
from models.exchange.codebook import described
from models.exchange.columns import Holds
from models.exchange.flat_columns import CASE_LISTS, LEVEL_LISTS
from models.exchange.linked import linked_tables
from models.exchange.shapes import Shape
from models.exchange.sheet import Sheet
from models.schema import Patient, PatientIdentity, Procedure, Record, TreatedLevel
from models.signoff import SIGNED
from models.speech import say

SYNTHETIC = Procedure.synthetic.column_name
"""The column that marks a generated case, which nobody can leave out where there is one."""

EXPLAINED = "explained"

Behind = tuple[type[Record], str]
"""A table of the record, and the name of one of its fields."""

_NUMBERED = re.compile(r"level\d+_")
_CHANGED = re.compile(r"_(year|day|shifted)$")


def column_names(shape: Shape) -> list[str]:
    """Every column that a shape can have, each once; levels of a case as those of the first."""
    return list(dict.fromkeys(name for sheet in described(shape) for name in sheet.names))


def checked_columns(shape: Shape, wanted: Sequence[str]) -> tuple[str, ...]:
    """The columns among ``wanted`` that the shape has.

    Raises:
        LogbookError: it has none of them.
    """
    known = set(column_names(shape))
    found = tuple(name for name in wanted if name in known)
    if not found:
        raise LogbookError(
            say("None of these columns is in an export of the shape {shape}.", shape=shape),
            say("Choose other columns, or another shape."),
        )
    return found


def only(sheet: Sheet, columns: Collection[str]) -> Sheet:
    """The sheet with these columns, whatever became of their dates, and for every level."""
    wanted = set(columns)
    return sheet.only([name for name in sheet.names if _variants(name) & wanted])


def behind(shape: Shape, columns: Collection[str]) -> frozenset[Behind]:
    """What these columns are made of: fields by table, and "explained" for why values stand."""
    found: set[Behind] = set()
    for sheet in described(shape):
        for column in only(sheet, columns).columns:
            field = column.known_by
            if field is not None:
                found.add((field.model, str(field.name)))
            elif column.name in SIGNED:
                found.add((Procedure, column.name))
            elif column.holds is Holds.SAYINGS:
                found.add((_explained_in(sheet.name, column.name), EXPLAINED))
    return frozenset(found)


def _explained_in(sheet: str, column: str) -> type[Record]:
    """The table of whose rows a column says why values stand."""
    own = {linked.name: linked.table for linked in linked_tables()}
    prefix = _NUMBERED.sub("", column).removesuffix(EXPLAINED).removesuffix("_")
    named: dict[str, type[Record]] = {
        "patient": Patient,
        "identity": PatientIdentity,
        "procedure": Procedure,
        **{lists.prefix: lists.table for lists in (*LEVEL_LISTS, *CASE_LISTS)},
    }
    return named.get(prefix) or own.get(sheet) or TreatedLevel


def _variants(name: str) -> set[str]:
    of_first = _NUMBERED.sub("level1_", name)
    return {name, of_first, _CHANGED.sub("", name), _CHANGED.sub("", of_first)}
