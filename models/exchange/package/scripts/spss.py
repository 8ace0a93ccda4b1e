# SPDX-License-Identifier: MIT
"""SPSS syntax that reads every table, labels its variables and the codes in them.

SPSS begins a new case at every line end, also at one that stands in quotes. Of a table with such
texts it is therefore given a copy in which a space stands for each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from models.exchange.columns import Column, Holds
from models.exchange.package.scripts.labels import meaning_of
from models.exchange.sheet import Cells, Sheet

FOLDER = "spss/"
"""Where the copies lie that SPSS reads."""

_MOST_OF_A_TEXT = 2000
_TEXT = f"A{_MOST_OF_A_TEXT}"
_FORMATS = {Holds.NUMBER: "F12.4", Holds.COUNT: "F8.0", Holds.FLAG: "F1.0", Holds.ID: "A36"}
_MOST_OF_A_LABEL = 255


def spss_script(sheets: Sequence[Sheet], copied: Collection[str] = ()) -> str:
    """The syntax; it is run in the folder of the package.

    Args:
        sheets: all tables.
        copied: the names of those of which ``in_one_line`` was written into ``FOLDER``.
    """
    head = (
        "* Reads the tables of this package. Run it in their folder.\n* Encoding: UTF-8.\n"
        f"* Texts are cut after {_MOST_OF_A_TEXT} bytes; the CSV files have them whole.\n\n"
    )
    return head + "\n".join(
        _sheet(sheet, f"{FOLDER if sheet.name in copied else ''}{sheet.name}.csv")
        for sheet in sheets
    )


def in_one_line(sheet: Sheet) -> Sheet:
    """The same with a space for every line end within a text."""

    def rows() -> Iterator[Cells]:
        for row in sheet.rows():
            yield [" ".join(cell.split()) if _breaks(cell) else cell for cell in row]

    return replace(sheet, rows=rows)


def _breaks(cell: object) -> TypeGuard[str]:
    return isinstance(cell, str) and cell.splitlines() not in ([], [cell])


def _sheet(sheet: Sheet, file: str) -> str:
    variables = "\n".join(f"    {column.name} {_format(column)}" for column in sheet.columns)
    labels = "\n  /".join(f"{column.name} {_quoted(_label(column))}" for column in sheet.columns)
    codes = "".join(map(_codes, sheet.columns))
    return f"""GET DATA
  /TYPE=TXT
  /FILE='{file}'
  /ENCODING='UTF8'
  /DELIMITERS=","
  /QUALIFIER='"'
  /ARRANGEMENT=DELIMITED
  /FIRSTCASE=2
  /VARIABLES=
{variables}.
DATASET NAME {sheet.name}.
VARIABLE LABELS
  {labels}.
{codes}EXECUTE.
SAVE OUTFILE='{sheet.name}.sav'.
"""


def _format(column: Column) -> str:
    if column.is_list:
        return _TEXT
    if column.holds is Holds.TERM and column.vocabulary:
        return f"A{max(len(term.value) for term in column.vocabulary)}"
    return _FORMATS.get(column.holds, _TEXT)


def _codes(column: Column) -> str:
    if column.is_list or column.holds is not Holds.TERM or not column.vocabulary:
        return ""
    lines = "\n".join(
        f"  {_quoted(term.value)} {_quoted(term.label)}" for term in column.vocabulary
    )
    return f"VALUE LABELS {column.name}\n{lines}.\n"


def _label(column: Column) -> str:
    unit = f" ({column.shown_unit})" if column.shown_unit else ""
    return f"{meaning_of(column)}{unit}"[:_MOST_OF_A_LABEL]


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
