# SPDX-License-Identifier: MIT
"""The column that says, row by row, what had been taken out of a table before it was handed on.

A file of its own beside the table, or the name of the table, would be lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from models.exchange.columns import Column
from models.exchange.deidentify import Rules
from models.exchange.manifest import FORM, MARK
from models.exchange.shapes import Shape
from models.exchange.sheet import Cells, Sheet
from models.speech import say

_MEANING = say(
    "How much was taken out: form of the export, kind of data set, what became of dates."
)


def export_mark(rules: Rules) -> str:
    """What stands in the column, such as "1 limited keep"."""
    return f"{FORM} {rules.kind} {rules.dates}"


def marked(sheets: tuple[Sheet, ...], shape: Shape, rules: Rules) -> tuple[Sheet, ...]:
    """The sheets with the column, where anything was taken out and no manifest goes with them."""
    if shape is Shape.TABLES or not rules.changes_anything:
        return sheets
    return tuple(_with_mark(sheet, export_mark(rules)) for sheet in sheets)


def _with_mark(sheet: Sheet, mark: str) -> Sheet:
    def rows() -> Iterator[Cells]:
        return ([*row, mark] for row in sheet.rows())

    return replace(sheet, columns=(*sheet.columns, Column(MARK, meaning=_MEANING)), rows=rows)
