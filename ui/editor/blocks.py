# SPDX-License-Identifier: MIT
"""What the form of the editor is made of: sections, rows of fields, lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.fields import Count, When
from models.schema import Row
from models.settings import Declared
from ui.editor.case_rows import Subject
from ui.widgets.field_places import Column, Line


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """Rows of fields. With a title they fold out below it when they are needed.

    ``only_with`` names a setting of the logbook without which they are not shown at all.
    """

    lines: tuple[Line, ...]
    title: str = ""
    only_with: Declared[bool] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """A list of rows of one table, to add to.

    Attributes:
        table: what is listed.
        rows: name of the list in ``models.case.Case``.
        columns: what is in sight.
        details: what folds out under a row.
        shown: the condition in the row above under which the list is shown; a list that holds
            something is always shown.
        adds: words in the empty line at the end.
        count: the field of the row above that says how many rows there are, if one does.
        title: with one, the list folds out below it, and is folded while it holds nothing.
        tells: what follows from a row, in words below it; "" for nothing.
    """

    table: type[Row]
    rows: str
    columns: tuple[Column, ...]
    details: tuple[Line, ...] = ()
    shown: When | None = None
    adds: str = ""
    count: Count | None = None
    title: str = ""
    tells: Callable[[Subject, Row], str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class HeightGain:
    """Where the height gain that follows from the heights is told."""


@dataclass(frozen=True, slots=True, eq=False)
class WithLeakPicture:
    """Blocks with the pictogram of the leaks beside them; below them where the room is short."""

    blocks: tuple[Fields | Listing, ...]


Block = Fields | Listing | HeightGain | WithLeakPicture


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One entry of the list on the left, and its part of the form.

    ``name`` is used by the program, ``title`` is read by people.
    """

    name: str
    title: str
    blocks: tuple[Block, ...] = ()
