# SPDX-License-Identifier: MIT
"""The rows of a piece spelled out together, so that a case has only its own ids to put in.

What is hashed and what the audit tells is one text for all rows of a piece, and is formatted once
for each case rather than once for each of its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

from models.bulk.table import Cell, Insert
from models.schema import Procedure

_PROCEDURE = str(Procedure._meta.table_name)
_HOLE = "\0{}\0"
"""Stands around the place of what is put in; JSON writes this character in another way."""


class Form(NamedTuple):
    """A row of a piece, with places to fill in.

    Attributes:
        table: its name.
        parent: the place of the row that it hangs on, -1 for the case.
        content, change: JSON of the row as it is hashed, and of what is told of it; to be formatted
            with the ids of parent and row, and with the JSON of what else is to be filled in.
        insert: its statement, which takes id, parent, what is filled in, and ``cells``.
        filled: the field that is filled in, "".
    """

    table: str
    parent: int
    content: str
    change: str
    insert: Insert
    cells: tuple[Cell, ...]
    filled: str = ""


class RowOf(NamedTuple):
    """A row to be written: what is put in is told by its place among the arguments.

    Attributes:
        own, parent: the places of the ids of the row and of what it hangs on.
        filled: the place of what is filled in among the other such values, -1 for nothing.
    """

    insert: Insert
    own: int
    parent: int
    filled: int
    cells: tuple[Cell, ...]


class Text(NamedTuple):
    """A text with holes.

    Attributes:
        text: as the operator ``%`` takes it.
        chosen: what takes out of all arguments those that belong into the holes.
    """

    text: str
    chosen: Callable[[Sequence[str]], tuple[str, ...]]

    def filled(self, arguments: Sequence[str]) -> str:
        """The text; the arguments are those that ``Spelled`` tells of."""
        return self.text % self.chosen(arguments) if self.text else ""


class Spelled(NamedTuple):
    """All rows of a piece.

    The texts take the id of the case, the ids of the rows, which have to ascend, and then the JSON
    of whatever is filled in.

    Attributes:
        before, behind: the content of the tables that are hashed before the procedure, and of those
            that are hashed behind it; with a comma on the side of the procedure.
        changes: what the audit tells, with a comma before it.
        rows: as they are written.
        filled: the fields that are filled in, each with its table.
    """

    before: Text
    behind: Text
    changes: Text
    rows: tuple[RowOf, ...]
    filled: tuple[tuple[str, str], ...]


def spell(forms: Sequence[Form]) -> Spelled:
    """Spell out the rows of a piece."""
    content: dict[str, list[str]] = {}
    changes: dict[str, list[str]] = {}
    rows: list[RowOf] = []
    filled: list[tuple[str, str]] = []
    for own, form in enumerate(forms, start=1):
        parent, at = form.parent + 1, -1
        if form.filled:
            at = len(filled)
            filled.append((form.table, form.filled))
        holes = [_HOLE.format(place) for place in (parent, own, len(forms) + 1 + at)]
        content.setdefault(form.table, []).append(form.content.format(*holes))
        changes.setdefault(form.table, []).append(form.change.format(*holes))
        rows.append(RowOf(form.insert, own, parent, at, form.cells))
    before = [_told(table, content[table]) for table in sorted(content) if table < _PROCEDURE]
    behind = [_told(table, content[table]) for table in sorted(content) if table > _PROCEDURE]
    told = [_told(table, texts) for table, texts in changes.items()]
    return Spelled(
        _with_holes("".join(f"{text}," for text in before)),
        _with_holes("".join(f",{text}" for text in behind)),
        _with_holes("".join(f",{text}" for text in told)),
        tuple(rows),
        tuple(filled),
    )


def _told(table: str, texts: Sequence[str]) -> str:
    return f'"{table}":{{{",".join(texts)}}}'


def _with_holes(text: str) -> Text:
    literals = text.replace("%", "%%").split(_HOLE[0])
    places = [int(place) for place in literals[1::2]]
    literals[1::2] = ["%s"] * len(places)
    return Text("".join(literals), _taker(places))


def _taker(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda arguments: tuple([arguments[place] for place in places])
