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
from models.schema import RECORD_TABLES, Procedure

_PROCEDURE = str(Procedure._meta.table_name)
_ORDER = {str(table._meta.table_name): place for place, table in enumerate(RECORD_TABLES)}
_EDGE = "\0"
"""Stands before and behind the place of a hole; JSON writes this character in another way."""

PARENT, OWN, FILLED = 0, 1, 2
"""What stands in the holes of a form: the ids of what it hangs on and of itself, and the JSON of
what is filled in, the first of which is at ``FILLED``."""


class Text(NamedTuple):
    """A text with holes: as the operator ``%`` takes it, and what stands in each hole, by place."""

    text: str
    places: tuple[int, ...]


def hole(place: int) -> str:
    """Stands for a hole in what ``text_of`` reads."""
    return f"{_EDGE}{place}{_EDGE}"


def text_of(told: str) -> Text:
    """Read a text with holes."""
    parts = told.replace("%", "%%").split(_EDGE)
    places = tuple([int(place) for place in parts[1::2]])
    parts[1::2] = ["%s"] * len(places)
    return Text("".join(parts), places)


class Shape(NamedTuple):
    """What is alike in very many rows, whatever they say.

    Attributes:
        table: its name.
        parent: the place of the row that it hangs on, -1 for the case.
        filled: how many fields are filled in.
        in_content, in_change: what stands in the holes of its texts.
    """

    table: str
    parent: int
    filled: int
    in_content: tuple[int, ...]
    in_change: tuple[int, ...]


class Form(NamedTuple):
    """A row of a piece, with places to fill in.

    Attributes:
        content, change: JSON of the row as it is hashed, and of what is told of it, for the
            operator ``%``.
        insert: its statement, which takes id, parent, what is filled in, and ``cells``.
        filled: the fields that are filled in.
    """

    shape: Shape
    content: str
    change: str
    insert: Insert
    cells: tuple[Cell, ...]
    filled: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        table: str,
        parent: int,
        texts: tuple[Text, Text],
        insert: Insert,
        cells: tuple[Cell, ...],
        filled: tuple[str, ...],
    ) -> Form:
        """A row of this table from its two texts, ``content`` and ``change``."""
        (content, in_content), (change, in_change) = texts
        shape = _shape(table, parent, len(filled), in_content, in_change)
        return cls(shape, content, change, insert, cells, filled)

    def below(self, parent: int) -> Form:
        """The same row where it hangs on the row at this place."""
        table, _, *rest = self.shape
        return self._replace(shape=_shape(table, parent, *rest))


@lru_cache(1024)
def _shape(
    table: str,
    parent: int,
    filled: int,
    in_content: tuple[int, ...],
    in_change: tuple[int, ...],
) -> Shape:
    """The one shape of these: what is the same object is found sooner."""
    return Shape(table, parent, filled, in_content, in_change)


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
    plan = _plan(tuple([form.shape for form in forms]))
    contents = [form.content for form in forms]
    inserts, cells = [form.insert for form in forms], [form.cells for form in forms]
    return Spelled(
        plan.before.of(contents),
        plan.behind.of(contents),
        plan.changes.of([form.change for form in forms]),
        tuple(map(RowOf, inserts, plan.rows, cells)),
    )


class _Joining(NamedTuple):
    """How the texts of some rows become one.

    Attributes:
        frame: takes these texts, for the operator ``%``.
        rows: takes them out of those of all rows.
        chosen: as of ``Whole``.
    """

    frame: str
    rows: Callable[[Sequence[str]], object]
    chosen: Callable[[Sequence[Cell]], tuple[Cell, ...]]

    def of(self, texts: Sequence[str]) -> Whole:
        return Whole(self.frame % self.rows(texts), self.chosen) if self.frame else _NOTHING


class _Plan(NamedTuple):
    """How rows of some shapes are put together, whatever they say."""

    before: _Joining
    behind: _Joining
    changes: _Joining
    rows: tuple[Callable[[Sequence[Cell]], tuple[Cell, ...]], ...]


@lru_cache(4096)
def _plan(shapes: tuple[Shape, ...]) -> _Plan:
    content: dict[str, _Places] = {}
    changes: dict[str, _Places] = {}
    rows = []
    stored = 1 + len(shapes)
    filled = sum([shape.filled for shape in shapes])
    for own, (table, above, count, in_content, in_change) in enumerate(shapes, start=1):
        parent = above + 1
        put_in = range(stored, stored + count)
        for places, told, further in (
            (content.setdefault(table, ([], [])), in_content, filled),
            (changes.setdefault(table, ([], [])), in_change, 2 * filled),
        ):
            # In the order of PARENT, OWN and FILLED.
            arguments = (parent, own, *[place + further for place in put_in])
            places[0].append(own - 1)
            places[1].extend([arguments[place] for place in told])
        rows.append(_chosen((own, parent, *put_in)))
        stored += count
    ordered = sorted(content)
    as_told = sorted(changes, key=_ORDER.__getitem__)
    return _Plan(
        _joining([(table, content[table]) for table in ordered if table < _PROCEDURE], "", ","),
        _joining([(table, content[table]) for table in ordered if table > _PROCEDURE], ",", ""),
        _joining([(table, changes[table]) for table in as_told], ",", ""),
        tuple(rows),
    )


_Places = tuple[list[int], list[int]]
"""The places of rows among all of them, and those of what stands in their holes."""


def _joining(by_table: Sequence[tuple[str, _Places]], before: str, behind: str) -> _Joining:
    frame = "".join(
        [
            f'{before}"{table}":{{{",".join(["%s"] * len(rows))}}}{behind}'
            for table, (rows, _) in by_table
        ]
    )
    rows = [row for _, (of_table, _) in by_table for row in of_table]
    places = [place for _, (_, of_table) in by_table for place in of_table]
    if not rows:
        return _Joining("", len, _NOTHING.chosen)
    return _Joining(frame, itemgetter(*rows), _chosen(tuple(places)))


@lru_cache(1024)
def _chosen(places: tuple[int, ...]) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
    """What takes out the arguments at these places; very many pieces share few of these."""
    return itemgetter(*places)


_NOTHING = Whole("", _chosen((0, 0)))
