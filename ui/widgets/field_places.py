# SPDX-License-Identifier: MIT
"""How fields are arranged, as data: places on a grid and columns of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.fields import ClinicalField, Part

# peewee turns == of two fields into a piece of a query, so all of this compares by identity.


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One field, or several that share a label, and how many of twelve columns they take.

    Attributes:
        bare: without a label, because the heading above says the same.
    """

    fields: tuple[ClinicalField, ...]
    span: int
    bare: bool = False


Line = tuple[Place, ...]


def place(span: int, *fields: ClinicalField, bare: bool = False) -> Place:
    """Short for ``Place(fields, span)``. A reported number is named by its lower end."""
    return Place(fields, span, bare)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a table.

    Attributes:
        field: what it holds.
        width: least width in pixels at scale 1; what is left over is shared out by it.
        goes: where room is short, columns go in this order (1 first) and their fields are found in
            the details of the row; 0 stays.
        head: what stands over it where the label is longer than the column.
        last: goes only where the words of the others are cut off even when all are squeezed.
    """

    field: ClinicalField
    width: int
    goes: int = 0
    head: str = ""
    last: bool = False


def fields_in(lines: Iterable[Line]) -> Iterator[ClinicalField]:
    """Every field that the lines name."""
    for line in lines:
        for spot in line:
            yield from spot.fields


def words_stems(fields: Iterable[ClinicalField]) -> frozenset[str]:
    """The reported numbers whose words have a box of their own among these fields."""
    return frozenset(field.stem for field in fields if field.part is Part.WORDS)


def is_shown_by(field: ClinicalField, name: str) -> bool:
    """Whether the box of ``field`` shows the column of this name; a reported number is three."""
    return field.name == name or (bool(field.stem) and name.startswith(field.stem))
