# SPDX-License-Identifier: MIT
"""Cells as the text of CSV, a column at a time: the same text that ``csv.writer`` makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.exchange.columns import Cell

LINE_END = "\r\n"

_MOST_KEPT = 1 << 14


class NumberTexts(dict[Cell, str]):
    """The text of each number that was met, so that it is worked out once; "" for None.

    Only for columns of numbers, where SQLite keeps no fraction that equals a whole number: both
    would have one place here.
    """

    def __missing__(self, value: Cell) -> str:
        """Work a text out, and forget all others when there are many."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        text = self[value] = "" if value is None else str(value)
        return text

    def of(self, values: Iterable[Cell]) -> list[str]:
        """The texts of a column."""
        return list(map(self.__getitem__, values))


def texts(values: Iterable[Cell]) -> list[str]:
    """A column of stored text as it is, without quotes; "" for None."""
    return [
        "" if value is None else value if type(value) is str else str(value) for value in values
    ]


def quoted(column: Sequence[str]) -> Sequence[str]:
    """A column of text with quotes where a cell needs them."""
    if is_plain("".join(column), 0):
        return column
    return [_quoted(text) for text in column]


def joined(row: Sequence[str]) -> str:
    """Cells side by side, with quotes where one needs them."""
    text = ",".join(row)
    if is_plain(text, len(row) - 1):
        return text
    return ",".join(map(_quoted, row))


def is_plain(text: str, commas: int) -> bool:
    """Whether joined text holds nothing that a cell is quoted for but commas between cells."""
    return text.count(",") == commas and '"' not in text and "\n" not in text and "\r" not in text


def _quoted(text: str) -> str:
    if is_plain(text, 0):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
