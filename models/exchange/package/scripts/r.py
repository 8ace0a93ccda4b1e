# SPDX-License-Identifier: MIT
"""An R script that reads every table into a data frame, codes as factors. Needs no package."""

from __future__ import annotations

from collections.abc import Sequence

from models.exchange.columns import Column, Holds
from models.exchange.package.scripts.labels import meaning_of
from models.exchange.sheet import Sheet

_CLASSES = {Holds.NUMBER: "numeric", Holds.COUNT: "integer", Holds.FLAG: "integer"}


def r_script(sheets: Sequence[Sheet]) -> str:
    """The script; it is run in the folder of the package."""
    head = (
        "# Reads the tables of this package into data frames. Run it in their folder.\n"
        "# A line end within a text becomes that of R; the CSV files have it as it was entered.\n"
        "read_table <- function(file, classes) {\n"
        # Not fileEncoding: where R has another encoding, a letter that it lacks ends the table.
        '  read.csv(file, encoding = "UTF-8", na.strings = "", colClasses = classes,\n'
        "           check.names = FALSE)\n"
        "}\n\n"
    )
    return head + "\n".join(map(_sheet, sheets))


def _sheet(sheet: Sheet) -> str:
    classes = ",\n  ".join(f"{column.name} = {_quoted(_class(column))}" for column in sheet.columns)
    lines = [f"{sheet.name} <- read_table({_quoted(f'{sheet.name}.csv')}, c(\n  {classes}))"]
    for column in sheet.columns:
        at = f"{sheet.name}${column.name}"
        lines += _factor(at, column)
        lines.append(f'attr({at}, "label") <- {_quoted(_label(column))}')
    return "\n".join(lines) + "\n"


def _class(column: Column) -> str:
    return _CLASSES.get(column.holds, "character") if column.is_number else "character"


def _factor(at: str, column: Column) -> list[str]:
    terms = column.vocabulary
    if column.is_list or column.holds is not Holds.TERM or terms is None:
        return []
    codes = ", ".join(_quoted(term.value) for term in terms)
    labels = ", ".join(_quoted(term.label) for term in terms)
    ordered = ", ordered = TRUE" if terms.is_ordered else ""
    return [f"{at} <- factor({at}, c({codes}),\n  c({labels}){ordered})"]


def _label(column: Column) -> str:
    return meaning_of(column) + (f" ({column.shown_unit})" if column.shown_unit else "")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    # The script says the same in whatever encoding R reads it.
    plain = "".join(sign if sign.isascii() else f"\\u{{{ord(sign):x}}}" for sign in escaped)
    return f'"{plain}"'
