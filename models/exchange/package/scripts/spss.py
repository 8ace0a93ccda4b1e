# SPDX-License-Identifier: MIT
"""SPSS syntax that reads every table, labels its variables and the codes in them."""

from __future__ import annotations

from collections.abc import Sequence

from models.exchange.columns import Column, Holds
from models.exchange.sheet import Sheet

_TEXT = "A2000"
_FORMATS = {Holds.NUMBER: "F12.4", Holds.COUNT: "F8.0", Holds.FLAG: "F1.0", Holds.ID: "A36"}
_MOST_OF_A_LABEL = 255


def spss_script(sheets: Sequence[Sheet]) -> str:
    """The syntax; it is run in the folder of the package."""
    head = "* Reads the tables of this package. Run it in their folder.\n* Encoding: UTF-8.\n\n"
    return head + "\n".join(map(_sheet, sheets))


def _sheet(sheet: Sheet) -> str:
    variables = "\n".join(f"    {column.name} {_format(column)}" for column in sheet.columns)
    labels = "\n  /".join(f"{column.name} {_quoted(_label(column))}" for column in sheet.columns)
    codes = "".join(map(_codes, sheet.columns))
    return f"""GET DATA
  /TYPE=TXT
  /FILE='{sheet.name}.csv'
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
    told = column.told if column.field is None and column.told else column.label
    unit = f" ({column.shown_unit})" if column.shown_unit else ""
    return f"{told}{unit}"[:_MOST_OF_A_LABEL]


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
