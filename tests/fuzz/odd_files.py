# SPDX-License-Identifier: MIT
"""Makes odd files by chance: of odd cells, and of good files that something happened to."""

from __future__ import annotations

import csv
import io
from random import Random

import xlsxwriter

from models.importing.mapping import DATE_ORDERS, DECIMALS, Mapping
from models.importing.recognizing import DELIMITERS, ENCODINGS
from models.importing.targets import targets
from models.vocabulary import PainScale
from tests.fuzz.corpus import HEADINGS, ODD_CELLS

_PIECES = (b'"', b'""', b",", b";", b"\t", b"|", b"\r", b"\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf")
_WORDS = (
    b"sep=;",
    b"1,5",
    b"PK\3\4",
    b"\xd0\xcf\x11\xe0",
    b"<v>",
    b'"e"',
    b"\x81",
    b"\xed\xa0\x80",
)


def grid(chance: Random) -> list[list[str]]:
    """Headings and rows."""
    width = chance.randint(1, 8)
    heading = [chance.choice(HEADINGS) for _ in range(width)]
    rows = [heading]
    for _ in range(chance.randint(0, 6)):
        length = width if chance.random() < 0.9 else chance.randint(0, width + 2)
        rows.append([chance.choice(ODD_CELLS) for _ in range(length)])
    if chance.random() < 0.3:
        rows.append(list(rows[-1]))
    return rows


def as_text(chance: Random, rows: list[list[str]]) -> bytes:
    """The grid as some program may write it."""
    made = io.StringIO()
    dialect = chance.choice((csv.excel, csv.unix_dialect))
    ends, sign = chance.choice(("\r\n", "\n", "\r")), chance.choice(list(DELIMITERS))
    csv.writer(made, dialect, delimiter=sign, lineterminator=ends).writerows(rows)
    encoding = chance.choice((*ENCODINGS, "utf-8", "utf-8-sig", "utf-16", "utf-32"))
    return made.getvalue().encode(encoding, "replace")


def as_workbook(chance: Random, rows: list[list[str]]) -> bytes:
    """The grid as a sheet, with numbers, formulas, merged cells and room around."""
    made = io.BytesIO()
    options = {"in_memory": True, "date_1904": chance.random() < 0.2}
    with xlsxwriter.Workbook(made, options) as workbook:
        sheet = workbook.add_worksheet()
        if chance.random() < 0.3:
            workbook.add_worksheet().write_row(0, 0, ["Patient code", "Level"])
        below, right = chance.randint(0, 3), chance.randint(0, 3)
        for row, cells in enumerate(rows, start=below):
            for column, cell in enumerate(cells, start=right):
                if chance.random() < 0.1:
                    result = chance.choice(("#DIV/0!", "", 3, cell))
                    sheet.write_formula(row, column, "=1", None, result)
                elif chance.random() < 0.1:
                    sheet.write_number(row, column, chance.choice((0, 1.5, 1.234, 45000, 1e300)))
                else:
                    sheet.write_string(row, column, cell)
        if chance.random() < 0.3:
            sheet.merge_range(below + 1, right, below + 3, right + chance.randint(0, 2), "A")
    return made.getvalue()


def damaged(chance: Random, content: bytes) -> bytes:
    """The file with a few things done to it: bytes changed, cut, doubled, put in."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place, length = chance.randrange(len(data) + 1), chance.choice((1, 2, 8, 100))
        kind = chance.randrange(5)
        if kind == 0 and place < len(data):
            data[place] = chance.randrange(256)
        elif kind == 1:
            del data[place : place + length]
        elif kind == 2:
            data[place:place] = data[place : place + length]
        elif kind == 3:
            data[place:place] = chance.choice(_PIECES + _WORDS)
        elif chance.random() < 0.2:
            del data[place:]
    return bytes(data)


def changed(chance: Random, mapping: Mapping) -> Mapping:
    """The mapping after a person who tries everything.

    Raises:
        UnreadableMapping: two columns stand for the same.
    """
    names = list(targets())
    for use in mapping.columns:
        if chance.random() < 0.5:
            mapping = mapping.having(
                use.column,
                target=chance.choice(names),
                dates=chance.choice(("", *DATE_ORDERS)),
                decimal=chance.choice(("", *DECIMALS)),
                scale=chance.choice(("", *(scale.value for scale in PainScale))),
            )
    return mapping
