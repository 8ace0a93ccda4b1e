# SPDX-License-Identifier: MIT
"""Which columns of a shape there are to choose from, and a sheet with those that were chosen."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from models.errors import LogbookError
from models.exchange.codebook import described
from models.exchange.shapes import Shape
from models.exchange.sheet import Sheet
from models.schema import Procedure
from models.speech import say

SYNTHETIC = Procedure.synthetic.column_name
"""The column that marks a generated case, which nobody can leave out where there is one."""

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


def _variants(name: str) -> set[str]:
    of_first = _NUMBERED.sub("level1_", name)
    return {name, of_first, _CHANGED.sub("", name), _CHANGED.sub("", of_first)}
