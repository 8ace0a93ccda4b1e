# SPDX-License-Identifier: MIT
"""Two states of a patient or case become one, by what each changed since both were the same.

What only one side changed is taken. What both changed, and not alike, is a conflict that somebody
has to decide. A field goes as a whole: both ends of a range, with why it is missing or unusual.
Rows are added and removed as wholes; a row that one side removed and the other one changed is a
conflict as well. A level that rows hang on stays for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from models.document import Document, Fields, model_of
from models.history.places import LEVELS, OF_LEVELS
from models.history.wording import columns_of
from models.schema import RECORD_TABLES, Assessment, Procedure
from models.signoff import SIGNED

Unit = tuple[str, ...]
"""The columns of one field; () for a whole row."""

_SAID = ("missing", "explained")
_CASES = str(Procedure._meta.table_name)
_TABLES = tuple(str(table._meta.table_name) for table in RECORD_TABLES)
_POINT = (str(Assessment._meta.table_name), ("time_point",))
_AGE = (_CASES, ("age_at_procedure",))
_PLACE, _BIN = ("position",), ("deleted_at",)


class Side(StrEnum):
    """One of the two logbooks."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of a row, or a whole row."""

    table: str
    row_id: str
    unit: Unit = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the two states differ, and who changed it since they were the same; None for both."""

    spot: Spot
    changed_by: Side | None

    @property
    def is_conflict(self) -> bool:
        """Whether somebody has to decide."""
        return self.changed_by is None


@dataclass(frozen=True, slots=True)
class Joined:
    """What comes of it: the document, where the two differed, and the conflicts left open.

    Where a conflict is open the document says what is ours.
    """

    document: Document
    differences: tuple[Difference, ...]
    open: tuple[Difference, ...]


Decide = Callable[[Spot], Side | None]
_NOTHING: Mapping[Spot, Side] = MappingProxyType({})
_NOWHERE: frozenset[Spot] = frozenset()


def join(
    mine: Document,
    theirs: Document,
    bases: Sequence[Document],
    decide: Decide,
    *,
    knows_birth: bool = False,
    overruled: Mapping[Spot, Side] = _NOTHING,
    held: frozenset[Spot] = _NOWHERE,
) -> Joined:
    """Make one of two states.

    Args:
        mine: ours.
        theirs: that of the other logbook.
        bases: earlier states that both know; none where they have nothing in common. Then what
            only one of them says is taken, and what they say differently is a conflict.
        decide: whose value is taken in a conflict; None leaves it open.
        knows_birth: the birth date of the patient is known, so that the age follows from it.
        overruled: whose value is taken whoever changed it.
        held: where somebody has to decide though only they changed it.
    """
    found = list(_differences(mine, theirs, bases, knows_birth=knows_birth))
    differences = [
        replace(one, changed_by=None) if one.spot in held and one.changed_by is Side.THEIRS else one
        for one in _binned(found, mine, theirs)
    ]
    takes = {one.spot: overruled.get(one.spot) or one.changed_by for one in differences}
    takes.update({spot: decide(spot) for spot, side in takes.items() if side is None})
    document = _taken(mine, theirs, takes)
    return Joined(
        document, tuple(differences), tuple(one for one in differences if takes[one.spot] is None)
    )


def follows(table: str, unit: Unit, *rows: Fields | None, knows_birth: bool) -> bool:
    """Whether the field is worked out from others in each of these states of its row."""
    if (table, unit) == _AGE:
        return knows_birth
    return (table, unit) == _POINT and all(_is_dated(row) for row in rows if row is not None)


def values_of(row: Fields, unit: Unit) -> Fields:
    """What a row says in one field: its columns, and what is said of them."""
    found: Fields = {name: row[name] for name in unit if row.get(name) is not None}
    for kind in _SAID:
        if row.get(kind):
            said = json.loads(str(row[kind]))
            found.update({f"{kind}:{name}": said[name] for name in unit if name in said})
    return found


@cache
def units_of(table: str) -> tuple[Unit, ...]:
    """The fields of a table, those that nobody fills in as well."""
    model = model_of(table)
    clinical = columns_of(model)
    known = {name for unit in clinical for name in unit} | {"id", *_SAID, *SIGNED}
    names = model._meta.sorted_field_names
    others = [(name,) for name in names if name not in known]
    return (*clinical, *others, *([SIGNED] if SIGNED[0] in names else []))


def _differences(
    mine: Document, theirs: Document, bases: Sequence[Document], *, knows_birth: bool
) -> Iterator[Difference]:
    for table in _TABLES:
        own, other = mine.get(table, {}), theirs.get(table, {})
        for row_id in dict.fromkeys((*own, *other)):
            m, t = own.get(row_id), other.get(row_id)
            known = [row for base in bases if (row := base.get(table, {}).get(row_id))]
            if m is None or t is None:
                yield Difference(Spot(table, row_id), _row_changed_by(table, m, t, known))
                continue
            for unit in units_of(table):
                values = values_of(m, unit), values_of(t, unit)
                if values[0] != values[1]:
                    olds = [values_of(row, unit) for row in known]
                    side = _changed_by(*values, olds)
                    if side is None:
                        side = _settled(table, unit, m, t, knows_birth=knows_birth)
                    yield Difference(Spot(table, row_id, unit), side)


def _changed_by(mine: Fields, theirs: Fields, olds: Sequence[Fields]) -> Side | None:
    if not olds:
        if mine and theirs:
            return None
        return Side.MINE if mine else Side.THEIRS
    if (mine in olds) is (theirs in olds):
        return None
    return Side.THEIRS if mine in olds else Side.MINE


def _row_changed_by(
    table: str, mine: Fields | None, theirs: Fields | None, olds: Sequence[Fields]
) -> Side | None:
    """Who added or removed a row; None where one removed what the other one changed."""
    has = Side.THEIRS if mine is None else Side.MINE
    if not olds:
        return has
    row = theirs if mine is None else mine
    assert row is not None
    if any(_same(table, row, old) for old in olds):
        return Side.MINE if mine is None else Side.THEIRS
    return None


def _same(table: str, one: Fields, other: Fields) -> bool:
    return all(
        values_of(one, unit) == values_of(other, unit) for unit in units_of(table) if unit != _PLACE
    )


def _settled(
    table: str, unit: Unit, mine: Fields, theirs: Fields, *, knows_birth: bool
) -> Side | None:
    """Whose value stands where it makes no difference to anybody, on both sides alike."""
    if unit in (_PLACE, _BIN):
        own, other = mine.get(unit[0]), theirs.get(unit[0])
        if own is not None and other is not None:
            # Both moved it, or both put it into the bin.
            return Side.MINE if (str(own), own) <= (str(other), other) else Side.THEIRS
        return Side.MINE if unit == _PLACE and other is None else None
    if unit == SIGNED and mine.get(SIGNED[0]) and theirs.get(SIGNED[0]):
        # Both signed it off, and the earlier one stands; ``locked`` holds it where that is not so.
        own, other = ([str(row[name]) for name in SIGNED if name in row] for row in (mine, theirs))
        return Side.MINE if own <= other else Side.THEIRS
    # What follows from other fields is worked out anew, whatever stands there.
    return Side.MINE if follows(table, unit, mine, knows_birth=knows_birth) else None


def _is_dated(row: Fields) -> bool:
    return len(str(row.get("assessed_on", ""))) == len("2026-01-01")


def _binned(differences: list[Difference], mine: Document, theirs: Document) -> list[Difference]:
    """A case that one side put into the bin while the other one went on with it is a conflict."""
    found = []
    for one in differences:
        if one.spot.table == _CASES and one.spot.unit == _BIN and one.changed_by is not None:
            document = mine if one.changed_by is Side.MINE else theirs
            is_in = bool(document[_CASES][one.spot.row_id].get("deleted_at"))
            others = {each.changed_by for each in differences if each is not one}
            if is_in and others - {one.changed_by}:
                one = replace(one, changed_by=None)
        found.append(one)
    return found


def _taken(mine: Document, theirs: Document, takes: dict[Spot, Side | None]) -> Document:
    document: Document = {}
    for table in _TABLES:
        own, other = mine.get(table, {}), theirs.get(table, {})
        for row_id in dict.fromkeys((*own, *other)):
            m, t = own.get(row_id), other.get(row_id)
            row = _row(table, row_id, m, t, takes)
            if row is not None:
                document.setdefault(table, {})[row_id] = row
    _keep_levels(document, mine, theirs)
    return document


def _row(
    table: str,
    row_id: str,
    mine: Fields | None,
    theirs: Fields | None,
    takes: dict[Spot, Side | None],
) -> Fields | None:
    if mine is None or theirs is None:
        side = takes[Spot(table, row_id)] or Side.MINE
        chosen = mine if side is Side.MINE else theirs
        return None if chosen is None else dict(chosen)
    row: Fields = {}
    said: dict[str, dict[str, str]] = {kind: {} for kind in _SAID}
    for unit in units_of(table):
        side = takes.get(Spot(table, row_id, unit)) or Side.MINE
        for name, value in values_of(mine if side is Side.MINE else theirs, unit).items():
            kind, parted, of = name.partition(":")
            if parted:
                said[kind][of] = str(value)
            else:
                row[name] = value
    for kind, words in said.items():
        if words:
            row[kind] = json.dumps(words, sort_keys=True, ensure_ascii=False)
    return row


def _keep_levels(document: Document, mine: Document, theirs: Document) -> None:
    for table in OF_LEVELS:
        for row in document.get(table, {}).values():
            level = str(row.get("treated_level"))
            if level in document.get(LEVELS, {}):
                continue
            held = mine.get(LEVELS, {}).get(level) or theirs.get(LEVELS, {}).get(level)
            if held is not None:
                document.setdefault(LEVELS, {})[level] = dict(held)
