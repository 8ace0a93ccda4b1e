# SPDX-License-Identifier: MIT
"""Looks into the parts of a workbook for the rows and columns that it hides.

The library that reads sheets does not tell them. This is done by the other process alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from models.importing.archives import Archive

Run = tuple[int, int]
"""First and last, counted from 0."""

_HIDES = re.compile(
    rb"""<(?:\w+:)?(row|col)\b(?=[^>]*\bhidden=["'](?:1|true)["'])([^>]*)>""", re.IGNORECASE
)
_NUMBERS = re.compile(rb"""\b(r|min|max)=["'](\d{1,9})["']""")
_OF_ODS = re.compile(rb"<(/?)table:(table|table-column|table-row)(?=[\s/>])([^>]*)>")
_NAME = re.compile(rb"""\btable:name=["']([^"']*)["']""")
_REPEATED = re.compile(rb"""-repeated=["'](\d{1,9})["']""")
_INVISIBLE = re.compile(rb"""\btable:visibility=["'](?:collapse|filter)["']""")

_ROW, _COLUMNS, _SHEET = 0, 60, 156
"""Kinds of records of a binary workbook: a row, columns, a sheet ([MS-XLSB] 2.3.2)."""

_ROW_IS_HIDDEN, _ROW_FLAGS = 0x10, 11
_COLUMNS_ARE_HIDDEN, _COLUMN_FLAGS = 0x01, 16


class HiddenRuns(NamedTuple):
    """The rows and columns of a sheet that are hidden, whether they hold something or not."""

    rows: list[Run]
    columns: list[Run]


def hidden_in(archive: Archive, sheet: str) -> HiddenRuns:
    """The rows and columns of a sheet that are hidden.

    Raises:
        UnreadableTable: the workbook is damaged.
    """
    if archive.is_ods:
        return _of_open_document(archive.blocks("content.xml"), sheet)
    if part := archive.part(sheet):
        return _of_excel(archive.blocks(part))
    link = _binary_sheets(archive.blocks("xl/workbook.bin")).get(sheet, "")
    return _of_binary(archive.blocks(archive.linked("workbook.bin", link)))


def _of_excel(blocks: Iterable[bytes]) -> HiddenRuns:
    """Of a sheet of a new workbook of Excel. Rows that a filter hides are marked as others are."""
    found = HiddenRuns([], [])
    for text in _whole_tags(blocks):
        if b"hidden=" not in text:
            continue
        for kind, attributes in _HIDES.findall(text):
            numbers = {name: int(number) - 1 for name, number in _NUMBERS.findall(attributes)}
            if kind == b"row" and b"r" in numbers:
                found.rows.append((numbers[b"r"], numbers[b"r"]))
            elif kind == b"col" and {b"min", b"max"} <= numbers.keys():
                found.columns.append((numbers[b"min"], numbers[b"max"]))
    return found


def _of_open_document(blocks: Iterable[bytes], sheet: str) -> HiddenRuns:
    """Of one of the sheets of an OpenDocument workbook, which are one text."""
    found = HiddenRuns([], [])
    runs = {b"table-row": found.rows, b"table-column": found.columns}
    counted = dict.fromkeys(runs, 0)
    for kind, attributes in _of_sheet(_whole_tags(blocks), sheet):
        repeated = _REPEATED.search(attributes)
        first = counted[kind]
        counted[kind] += int(repeated[1]) if repeated else 1
        if _INVISIBLE.search(attributes):
            runs[kind].append((first, counted[kind] - 1))
    return found


def _of_sheet(texts: Iterable[bytes], sheet: str) -> Iterator[tuple[bytes, bytes]]:
    """The tags of rows and columns of one sheet, with their attributes."""
    depth, is_it = 0, False
    for text in texts:
        for closing, kind, attributes in _OF_ODS.findall(text):
            if kind != b"table":
                # A table may stand within a cell; it has no rows of the sheet.
                if is_it and depth == 1 and not closing:
                    yield kind, attributes
            elif closing:
                depth -= 1
            elif not attributes.endswith(b"/"):
                depth += 1
                is_it = _is_called(attributes, sheet) if depth == 1 else is_it


def _of_binary(blocks: Iterable[bytes]) -> HiddenRuns:
    """Of a sheet of a binary workbook of Excel."""
    found = HiddenRuns([], [])
    for kind, content in _records(blocks):
        if kind == _ROW and content[_ROW_FLAGS] & _ROW_IS_HIDDEN:
            row = _number(content, 0)
            found.rows.append((row, row))
        elif kind == _COLUMNS and content[_COLUMN_FLAGS] & _COLUMNS_ARE_HIDDEN:
            found.columns.append((_number(content, 0), _number(content, 4)))
    return found


def _binary_sheets(blocks: Iterable[bytes]) -> dict[str, str]:
    """The sheets of a binary workbook: by its name the id of the link to its part."""
    found: dict[str, str] = {}
    for kind, content in _records(blocks):
        if kind == _SHEET:
            link, behind = _wide(content, 8)
            name, _ = _wide(content, behind)
            found[name] = link
    return found


def _whole_tags(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The text in pieces that end with a tag."""
    rest = b""
    for block in blocks:
        text = rest + block
        end = text.rfind(b">") + 1
        rest = text[end:]
        yield text[:end]


def _is_called(attributes: bytes, sheet: str) -> bool:
    name = _NAME.search(attributes)
    return name is not None and unescape(name[1].decode("utf-8", "replace")) == sheet


def _records(blocks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record that is not cut off."""
    held, place = b"", 0
    for block in blocks:
        held, place = held[place:] + block, 0
        while (found := _record(held, place)) is not None:
            kind, start, place = found
            yield kind, held[start:place]


def _record(held: bytes, place: int) -> tuple[int, int, int] | None:
    """Kind, begin and end of the record here; None where it is not whole.

    Kind and length are written in groups of seven bits, of which all but the last are marked.
    """
    try:
        kind = held[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | (held[place] & 0x7F) << 7
            place += 1
        length = shift = 0
        while True:
            part = held[place]
            place += 1
            length |= (part & 0x7F) << shift
            shift += 7
            if not part & 0x80:
                break
    except IndexError:
        return None
    end = place + length
    return None if end > len(held) else (kind, place, end)


def _number(content: bytes, place: int) -> int:
    return int.from_bytes(content[place : place + 4], "little")


def _wide(content: bytes, place: int) -> tuple[str, int]:
    """A text behind its length in characters, and where it ends."""
    start = place + 4
    end = start + 2 * _number(content, place)
    return content[start:end].decode("utf-16-le", "replace"), end
