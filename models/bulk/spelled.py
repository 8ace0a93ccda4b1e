# SPDX-License-Identifier: MIT
"""The rows of a piece spelled out together, so that a case has only its own ids to put in.

What is hashed and what the audit tells is one text for all rows of a piece, and is formatted once
for each case rather than once for each of its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from models.bulk.table import Cell, Insert
from models.schema import Procedure

_PROCEDURE = str(Procedure._meta.table_name)
_EDGE = "\0"
"""Stands before and behind the place of a hole; JSON writes this character in another way."""

PARENT, OWN, FILLED = 0, 1, 2
"""What stands in the holes of a form: the ids of what it hangs on and of itself, and the JSON of
what is filled in, the first of which is at ``FILLED``."""


class Text(NamedTuple):
    """A text with holes: as the operator ``%`` takes it, and what stands in each hole, by place."""

    text: str
    places: tuple[int, ...]

    def changed(self, old: str, new: str) -> Text:
        """With other JSON in the place of what stands there once; quotes tell it from any text."""
        return self._replace(text=self.text.replace(old, new, 1))


def hole(place: int) -> str:
    """Stands for a hole in what ``text_of`` reads."""
    return f"{_EDGE}{place}{_EDGE}"


def text_of(told: str) -> Text:
    """Read a text with holes."""
    parts = told.replace("%", "%%").split(_EDGE)
    places = tuple([int(place) for place in parts[1::2]])
    parts[1::2] = ["%s"] * len(places)
    return Text("".join(parts), places)


class Form(NamedTuple):
    """A row of a piece, with places to fill in.

    Attributes:
        table: its name.
        parent: the place of the row that it hangs on, -1 for the case.
        content, change: JSON of the row as it is hashed, and of what is told of it.
        insert: its statement, which takes id, parent, what is filled in, and ``cells``.
        filled: the fields that are filled in.
    """

    table: str
    parent: int
    content: Text
    change: Text
    insert: Insert
    cells: tuple[Cell, ...]
    filled: tuple[str, ...] = ()


class RowOf(NamedTuple):
    """A row to be written; ``chosen`` takes what comes before ``cells`` out of all arguments."""

    insert: Insert
    chosen: Callable[[Sequence[Cell]], tuple[Cell, ...]]
    cells: tuple[Cell, ...]


class Whole(NamedTuple):
    """The text of several rows, and what takes out of all arguments those for its holes.

    There are at least two: every row has an id, and that of what it hangs on.
    """

    text: str
    chosen: Callable[[Sequence[Cell]], tuple[Cell, ...]]


class Spelled(NamedTuple):
    """All rows of a piece.

    Texts and rows take the id of the case, the ids of the rows, which have to ascend, and then
    whatever is filled in, see ``arguments_of``.

    Attributes:
        before, behind: the content of the tables that are hashed before the procedure, and of those
            that are hashed behind it; with a comma on the side of the procedure.
        changes: what the audit tells, with a comma before it.
        rows: as they are written.
    """

    before: Whole
    behind: Whole
    changes: Whole
    rows: tuple[RowOf, ...]


Filled = tuple[Cell, str, str]
"""What is put into a row: as it is stored, as JSON of a document, and as JSON of a change."""


def arguments_of(filled: Sequence[Filled]) -> tuple[Cell, ...]:
    """What is filled in, as a piece takes it: all as stored, then all as each JSON."""
    return tuple(chain.from_iterable(zip(*filled, strict=True)))


def spell(forms: Sequence[Form]) -> Spelled:
    """Spell out the rows of a piece."""
    content: dict[str, _Texts] = {}
    changes: dict[str, _Texts] = {}
    rows: list[RowOf] = []
    stored = 1 + len(forms)
    filled = sum([len(form.filled) for form in forms])
    for own, form in enumerate(forms, start=1):
        table, parent = form.table, form.parent + 1
        if table not in content:
            content[table], changes[table] = ([], []), ([], [])
        behind = stored + len(form.filled)
        put_in = range(stored, behind)
        for (texts, places), told, further in (
            (content[table], form.content, filled),
            (changes[table], form.change, 2 * filled),
        ):
            # In the order of PARENT, OWN and FILLED.
            arguments = (parent, own, *[place + further for place in put_in])
            texts.append(told.text)
            places += [arguments[place] for place in told.places]
        rows.append(RowOf(form.insert, _chosen((own, parent, *put_in)), form.cells))
        stored = behind
    ordered = sorted(content)
    return Spelled(
        _whole([(table, content[table]) for table in ordered if table < _PROCEDURE], "", ","),
        _whole([(table, content[table]) for table in ordered if table > _PROCEDURE], ",", ""),
        _whole(list(changes.items()), ",", ""),
        tuple(rows),
    )


_Texts = tuple[list[str], list[int]]
"""Texts with holes, and the places of what stands in them."""


def _whole(by_table: Sequence[tuple[str, _Texts]], before: str, behind: str) -> Whole:
    if not by_table:
        return _NOTHING
    told = "".join(
        [f'{before}"{table}":{{{",".join(texts)}}}{behind}' for table, (texts, _) in by_table]
    )
    places = [place for _, (_, of_table) in by_table for place in of_table]
    return Whole(told, _chosen(tuple(places)))


@lru_cache(1024)
def _chosen(places: tuple[int, ...]) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
    """What takes out the arguments at these places; very many pieces share few of these."""
    return itemgetter(*places)


_NOTHING = Whole("", _chosen((0, 0)))
