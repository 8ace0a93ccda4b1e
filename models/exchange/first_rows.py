# SPDX-License-Identifier: MIT
"""The beginning of an export as its format writes it: rows of a table, records, or resources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from models.exchange.columns import Column
from models.exchange.content import Content
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.speech import say

MOST = 40


@dataclass(frozen=True, slots=True)
class FirstRows:
    """Some rows, as text.

    Attributes:
        table: the table that they are of; of linked tables, that of the procedures.
        columns: its columns.
        rows: the first of them.
        holds: what the whole has, such as "317 columns".
    """

    table: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    holds: str


def first_rows(profile: Profile, content: Content) -> FirstRows:
    """The first rows of ``content`` in this format. Call it inside a session."""
    match profile:
        case Profile.REDCAP:
            return _of_records(content)
        case Profile.FHIR:
            return _of_resources(content)
        case _:
            return _of_sheet(content)


def _of_sheet(content: Content) -> FirstRows:
    sheet = content.sheets[-1 if content.shape is not Shape.TABLES else 1]
    columns = sum(len(each.columns) for each in content.sheets)
    return FirstRows(sheet.name, sheet.columns, _shown(sheet.rows()), _counted(columns))


def _of_records(content: Content) -> FirstRows:
    from models.exchange.redcap import data_of

    data = data_of(content)
    columns = tuple(Column(name) for name in data.heading)
    return FirstRows("data", columns, _shown(data.rows()), _counted(len(columns)))


def _of_resources(content: Content) -> FirstRows:
    from models.exchange.fhir import entries

    columns = tuple(Column(name) for name in ("fullUrl", "resourceType", "resource"))
    rows = entries(content)
    return FirstRows("entry", columns, _shown(rows), say("one JSON document"))


def _counted(columns: int) -> str:
    return say("{columns:,} columns", columns=columns)


def _shown(rows: Iterable[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple("" if cell is None else str(cell) for cell in row) for row in islice(rows, MOST)
    )
