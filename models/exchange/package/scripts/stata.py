# SPDX-License-Identifier: MIT
"""A Stata do-file that reads every table, labels its variables and turns codes into labels."""

from __future__ import annotations

from collections.abc import Sequence

from models.exchange.columns import Column, Holds
from models.exchange.package.scripts.labels import meaning_of
from models.exchange.sheet import Sheet

_MOST_OF_A_NAME = 32
_MOST_OF_A_LABEL = 80


def stata_script(sheets: Sequence[Sheet]) -> str:
    """The do-file; it is run in the folder of the package. Needs Stata 14 or later."""
    head = "* Reads the tables of this package. Run it in their folder.\nversion 14\n\n"
    return head + "\n".join(map(_sheet, sheets))


def stata_names(columns: Sequence[Column]) -> list[str]:
    """The names as Stata takes them: cut to its length and still different from each other."""
    names: list[str] = []
    for column in columns:
        name = column.name[:_MOST_OF_A_NAME]
        number = 1
        while name in names:
            number += 1
            name = f"{column.name[: _MOST_OF_A_NAME - len(str(number)) - 1]}_{number}"
        names.append(name)
    return names


def _sheet(sheet: Sheet) -> str:
    names = stata_names(sheet.columns)
    lines = [
        "clear",
        f'import delimited using "{sheet.name}.csv", delimiters(",") encoding("UTF-8") ///',
        "    bindquote(strict) maxquotedrows(unlimited) varnames(nonames) stringcols(_all)",
        # Read as a row and dropped, because a table without rows has variables all the same.
        "drop in 1",
        *(f"rename v{number} {name}" for number, name in enumerate(names, 1)),
    ]
    for name, column in zip(names, sheet.columns, strict=True):
        lines += _typed(name, column)
        lines.append(f"label variable {name} {_quoted(_label(column))}")
    return "\n".join([*lines, f'save "{sheet.name}.dta", replace', ""])


def _typed(name: str, column: Column) -> list[str]:
    if column.is_number:
        return [f"destring {name}, replace"]
    if column.is_list or column.holds is not Holds.TERM or not column.vocabulary:
        return []
    codes = [term.value for term in column.vocabulary]
    numbered = list(enumerate(column.vocabulary, 1))
    labels = " ".join(f"{number} {_quoted(term.label)}" for number, term in numbered)
    return [
        f"label define {name} {labels}",
        "tempvar coded",
        "generate long `coded' = .",
        f"order `coded', after({name})",
        *(
            f"replace `coded' = {number} if {name} == {_quoted(code)}"
            for number, code in enumerate(codes, 1)
        ),
        f"drop {name}",
        f"rename `coded' {name}",
        f"label values {name} {name}",
    ]


def _label(column: Column) -> str:
    unit = f" ({column.shown_unit})" if column.shown_unit else ""
    return f"{meaning_of(column)[: _MOST_OF_A_LABEL - len(unit)]}{unit}"


def _quoted(text: str) -> str:
    # A quotation mark before "'" would end the text.
    plain = text.replace("`", "'").replace("$", "").replace("\"'", "''")
    return f'`"{plain}"\''
