# SPDX-License-Identifier: MIT
"""Reads published rates from a CSV file: the one that comes with the program, or a clinic's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from models.disk import opened
from models.formulas import undefused
from models.literature.rate import COLUMNS, NEEDED, PublishedRate, UnreadableRates, rate_of
from models.speech import say

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
                    say("it has more cells than there are columns."),
                    say("Put text with commas in quotes."),
                )
            rates.append(rate_of(dict(zip(names, map(undefused, row), strict=False))))
        except UnreadableRates as problem:
            problems.append((number, problem))
        if len(rates) > MOST_RATES:
            raise UnreadableRates(
                say(
                    "{file} holds more than {most_rates:,} rates.",
                    file=file.name,
                    most_rates=MOST_RATES,
                ),
                say("A table of published rates is small: choose another file."),
            )
    if problems:
        raise _all_problems(file, problems)
    if not rates:
        raise UnreadableRates(
            say("{file} holds no rates.", file=file.name), say("Write one in each row.")
        )
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
            say(
                "{file}, line {line_num}: it is no CSV ({error}).",
                file=file.name,
                line_num=reader.line_num,
                error=error,
            ),
            say("Look for a quote that is not closed."),
        ) from error


def _text(file: Path) -> str:
    try:
        with opened(file) as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableRates(
            say(
                "{file} cannot be read: {reason}.",
                file=file,
                reason=(error.strerror or "unknown").lower(),
            ),
            say("Choose another file."),
        ) from error
    if len(data) > MOST_BYTES:
        raise UnreadableRates(
            say(
                "{file} is larger than {most_bytes} MB.",
                file=file.name,
                most_bytes=MOST_BYTES // (1024 * 1024),
            ),
            say("A table of published rates is small: choose another file."),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableRates(
            say("{file}, line {line}: it is not UTF-8.", file=file.name, line=line),
            say("Save it as CSV in UTF-8."),
        ) from error
    if "\0" in text:
        raise UnreadableRates(say("{file} is no text.", file=file.name), say("Choose a CSV file."))
    return text


def _check_names(file: Path, names: Sequence[str]) -> None:
    known = ", ".join(COLUMNS)
    for name in NEEDED:
        if name not in names:
            raise UnreadableRates(
                say("{file} has no column {name}.", file=file.name, name=name),
                say("Its first row names the columns: {known}.", known=known),
            )
    for name in names:
        if name and name not in COLUMNS:
            raise UnreadableRates(
                say("{file}: the column {name} is not known.", file=file.name, name=name),
                say("Known are: {known}.", known=known),
            )
        if name and names.count(name) > 1:
            raise UnreadableRates(
                say("{file} has the column {name} twice.", file=file.name, name=name),
                say("Take one of them away."),
            )


def _all_problems(file: Path, problems: Sequence[tuple[int, UnreadableRates]]) -> UnreadableRates:
    told = [
        say("line {number}, {problem}", number=number, problem=problem.message)
        for number, problem in problems[:_MOST_TOLD]
    ]
    if more := len(problems) - len(told):
        told.append(say("and {more} more.", more=more))
    cure = problems[0][1].cure if len(problems) == 1 else say("Correct them, and choose it again.")
    return UnreadableRates(f"{file.name}: " + "\n".join(told), cure)
