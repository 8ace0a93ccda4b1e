# SPDX-License-Identifier: MIT
"""A table to hand on: what it is called, its columns, how it is linked, and its rows one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from models.exchange.columns import Cell, Column

Cells = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Link:
    """A column that holds the key of a row of another sheet."""

    column: str
    sheet: str
    target: str


@runtime_checkable
class Lines(Protocol):
    """Rows that can also be had as lines of CSV for programs, and quicker so."""

    def __call__(self) -> Iterator[Cells]:
        """The rows."""

    def lines(self) -> Iterator[str]:
        """The same rows, each with its line end."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an export.

    Attributes:
        name: in lower case, as file and sheet are called.
        title: what a row is, in words.
        columns: in their order. The first is the id of the case, or of the patient in the sheet
            of patients.
        rows: reads the rows, a few cases at a time; each as long as ``columns``. It may have
            ``Lines`` as well.
        key: the columns that tell a row from all others; () where none do.
        links: to other sheets of the same export.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Cells]] | Lines
    key: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def names(self) -> list[str]:
        """The heading."""
        return [column.name for column in self.columns]

    def only(self, wanted: Collection[str]) -> Sheet:
        """The same with the columns ``wanted`` alone, in the order in which they stand.

        Columns by which rows are told apart or linked stay.
        """
        needed = {*wanted, *self.key, *(link.column for link in self.links)}
        places = [place for place, name in enumerate(self.names) if name in needed]
        if len(places) == len(self.columns):
            return self

        def rows() -> Iterator[Cells]:
            return ([row[place] for place in places] for row in self.rows())

        return replace(self, columns=tuple(self.columns[place] for place in places), rows=rows)
