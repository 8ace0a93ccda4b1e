# SPDX-License-Identifier: MIT
"""Reads published rates from a CSV file: the one that comes with the program, or a clinic's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from models.formulas import undefused
from models.literature.rate import COLUMNS, NEEDED, PublishedRate, UnreadableRates, rate_of

SHIPPED = Path(__file__).parents[2] / "resources" / "literature.csv"
"""The case series that Kypholog began with, its Table 1, the rates it quotes, and other counts."""

MOST_BYTES = 4 * 1024 * 1024
MOST_RATES = 2_000
"""Of one file: every one of them stands in the list, and beside the clinic's own."""

_SEPARATORS = ",;\t"
_MOST_TOLD = 5


@cache
def shipped_rates() -> tuple[PublishedRate, ...]:
    """The rates that come with the program."""
    return tuple(read_rates(SHIPPED))


def read_rates(file: Path) -> list[PublishedRate]:
    """All rates of a CSV file with the columns ``COLUMNS``, in any order; most may be left out.

    Commas, semicolons or tabs part the cells; UTF-8, with or without a byte order mark.

    Raises:
        UnreadableRates: naming file, row, column and cure; nothing of the file is taken then.
    """
    rows = _rows(file)
    names = [name.strip().casefold().replace(" ", "_") for name in next(rows, (0, []))[1]]
    _check_names(file, names)
    rates, problems = [], []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            if len(row) > len(names):
                raise UnreadableRates(
                    "it has more cells than there are columns.", "Put text with commas in quotes."
                )
            rates.append(rate_of(dict(zip(names, map(undefused, row), strict=False))))
        except UnreadableRates as problem:
            problems.append((number, problem))
        if len(rates) > MOST_RATES:
            raise UnreadableRates(
                f"{file.name} holds more than {MOST_RATES:,} rates.",
                "A table of published rates is small: choose another file.",
            )
    if problems:
        raise _all_problems(file, problems)
    if not rates:
        raise UnreadableRates(f"{file.name} holds no rates.", "Write one in each row.")
    return rates


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line in which each ends."""
    text = _text(file)
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise UnreadableRates(
            f"{file.name}, line {reader.line_num}: it is no CSV ({error}).",
            "Look for a quote that is not closed.",
        ) from error


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableRates(
            f"{file} cannot be read: {(error.strerror or 'unknown').lower()}.",
            "Choose another file.",
        ) from error
    if len(data) > MOST_BYTES:
        raise UnreadableRates(
            f"{file.name} is larger than {MOST_BYTES // (1024 * 1024)} MB.",
            "A table of published rates is small: choose another file.",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableRates(
            f"{file.name}, line {line}: it is not UTF-8.", "Save it as CSV in UTF-8."
        ) from error
    if "\0" in text:
        raise UnreadableRates(f"{file.name} is no text.", "Choose a CSV file.")
    return text


def _check_names(file: Path, names: Sequence[str]) -> None:
    known = ", ".join(COLUMNS)
    for name in NEEDED:
        if name not in names:
            raise UnreadableRates(
                f"{file.name} has no column {name}.", f"Its first row names the columns: {known}."
            )
    for name in names:
        if name and name not in COLUMNS:
            raise UnreadableRates(
                f"{file.name}: the column {name} is not known.", f"Known are: {known}."
            )
        if name and names.count(name) > 1:
            raise UnreadableRates(
                f"{file.name} has the column {name} twice.", "Take one of them away."
            )


def _all_problems(file: Path, problems: Sequence[tuple[int, UnreadableRates]]) -> UnreadableRates:
    told = [f"line {number}, {problem.message}" for number, problem in problems[:_MOST_TOLD]]
    if more := len(problems) - len(told):
        told.append(f"and {more} more.")
    cure = problems[0][1].cure if len(problems) == 1 else "Correct them, and choose it again."
    return UnreadableRates(f"{file.name}: " + "\n".join(told), cure)
