# SPDX-License-Identifier: MIT
"""Writes a small workbook of Excel's binary kind (xlsb), of which no library makes one.

Records and their numbers are those of [MS-XLSB]: a number and a length in groups of seven bits,
then the content.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = {
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
    "xl/worksheets/sheet1.bin": "application/vnd.ms-excel.worksheet",
    "xl/styles.bin": "application/vnd.ms-excel.styles",
}
_DAY_ZERO = date(1899, 12, 30)
_PLAIN, _DATE = 0, 1


@dataclass(frozen=True)
class Sum:
    """A formula that adds two numbers, with the result that Excel had worked out."""

    one: int
    other: int


Cell = str | float | date | bool | Sum | None


def write_xlsb(
    target: Path,
    rows: Sequence[Sequence[Cell]],
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[int] = (),
) -> Path:
    """Write one sheet named Cases; what is hidden is counted from 0."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _types())
        archive.writestr("_rels/.rels", _links([("officeDocument", "xl/workbook.bin")]))
        parts = [("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin")]
        archive.writestr("xl/_rels/workbook.bin.rels", _links(parts))
        archive.writestr("xl/workbook.bin", _book())
        archive.writestr("xl/styles.bin", _styles())
        archive.writestr("xl/worksheets/sheet1.bin", _sheet(rows, hidden_rows, hidden_columns))
    return target


def _types() -> str:
    parts = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _KINDS.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{rels}"/>'
    return f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">{default}{parts}</Types>'


def _links(parts: Iterable[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">'
        f"{links}</Relationships>"
    )


def _book() -> bytes:
    sheet = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Cases")
    return b"".join((_record(131), _record(143), _record(156, sheet), _record(144), _record(132)))


def _styles() -> bytes:
    """Cells of no format, and dates, which is number 14 of the formats that Excel has built in."""
    formats = (struct.pack("<HHHHHBBHH", 0, kind, 0, 0, 0, 0, 0, 0, 0) for kind in (0, 14))
    kinds = b"".join(_record(47, content) for content in formats)
    count = struct.pack("<I", 2)
    return b"".join((_record(278), _record(617, count), kinds, _record(618), _record(279)))


def _sheet(
    rows: Sequence[Sequence[Cell]], hidden_rows: Collection[int], hidden_columns: Collection[int]
) -> bytes:
    widest = max(map(len, rows))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, widest - 1)
    looks = [
        _record(60, struct.pack("<IIIIH", column, column, 2048, 0, column in hidden_columns))
        for column in range(widest)
    ]
    parts = [_record(129), _record(148, size), _record(390), *looks, _record(391), _record(145)]
    for number, row in enumerate(rows):
        flags = 0x1000 if number in hidden_rows else 0
        parts.append(_record(0, struct.pack("<IIHHBI", number, 0, 300, flags, 0, 0)))
        parts += [_cell(place, cell) for place, cell in enumerate(row) if cell is not None]
    return b"".join((*parts, _record(146), _record(130)))


def _cell(place: int, cell: Cell) -> bytes:
    kind = _DATE if isinstance(cell, date) else _PLAIN
    head = struct.pack("<II", place, kind)
    match cell:
        case bool():
            return _record(4, head + bytes([cell]))
        case str():
            return _record(6, head + _wide(cell))
        case date():
            return _record(5, head + struct.pack("<d", (cell - _DAY_ZERO).days))
        case Sum(one=one, other=other):
            # Both numbers, then the sign that adds them.
            formula = struct.pack("<BHBHB", 0x1E, one, 0x1E, other, 0x03)
            result = struct.pack("<dHI", one + other, 0, len(formula))
            return _record(9, head + result + formula + struct.pack("<I", 0))
        case _:
            return _record(5, head + struct.pack("<d", cell))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return number + _seven(len(content)) + content


def _seven(number: int) -> bytes:
    groups = []
    while number > 127:
        groups.append(number & 127 | 128)
        number >>= 7
    return bytes([*groups, number])
