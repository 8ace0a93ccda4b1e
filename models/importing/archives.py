# SPDX-License-Identifier: MIT
"""Looks into the zip that a workbook is, before and while it is unpacked.

The library that reads sheets believes what a zip says of itself, passes over the errors of
formulas, and does not tell the year from which a workbook counts days. So each entry is unpacked
here first, in pieces that are thrown away: what it really holds is counted, and such cells are
found.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import BinaryIO, Protocol
from xml.etree import ElementTree

from models.importing.formats import UNCOMPUTED
from models.importing.recognizing import UnreadableTable
from models.speech import say

MOST_UNPACKED = 1 << 30
"""Bytes of all entries together; half a million rows of forty columns are about as many."""

MOST_CELLS = 50_000_000
"""Of a sheet from its first cell to its last; the library keeps a place for each, filled or not."""

_MOST_RATIO = 200
_FREE_OF_RATIO = 100 << 20
_MOST_ENTRIES = 10_000
_SMALL = 4 << 20
_BLOCK = 1 << 20
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_END_OF_CELL = re.compile(rb".*</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_KIND = re.compile(rb"""\bt=["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
# Patterns that begin with letters are looked for fastest.
_ROW = re.compile(rb"""row\s[^>]*?\br=["'](\d{1,9})["']""")
_FAR_COLUMN = re.compile(rb"""r=["']([A-Z]{2,3})\d""")
_FILLED = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*[^>/]>)[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_TAG_OF_ODS = re.compile(rb"<table:(table-row|(?:covered-)?table-cell)\b([^>]*)>")
_REPEATED = re.compile(rb"""\bnumber-(?:rows|columns)-repeated=["'](\d{1,9})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")

Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(slots=True)
class Facts:
    """What the zip tells of a sheet.

    Attributes:
        from_1904: days are counted from 1904, as the first Excel for Macintosh did.
        errors: what stands in cells whose formula has no value, such as "#DIV/0!".
        has_unplaced_errors: there are such cells in the workbook, it is not known where.
    """

    from_1904: bool = False
    errors: dict[Place, str] = field(default_factory=dict)
    has_unplaced_errors: bool = False


class Archive:
    """The zip of a workbook.

    Raises:
        UnreadableTable: it is damaged, no workbook, locked, or unpacks to too much.
    """

    def __init__(self, opened: BinaryIO, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(opened)
        except _BROKEN as error:
            raise self._damaged() from error
        self._entries = self._zip.infolist()
        self._check_declared()
        names = {entry.filename for entry in self._entries}
        self.is_ods = "content.xml" in names
        if not self.is_ods and not any(name.startswith("xl/") for name in names):
            kind, cure = _no_workbook(names)
            raise UnreadableTable(
                say("{name} is {kind}, and no workbook.", name=name, kind=kind), cure
            )
        if self.is_ods and b"encryption-data" in self._small("META-INF/manifest.xml"):
            raise locked(name)

    def check(self) -> None:
        """Unpack all of it once, and count.

        Raises:
            UnreadableTable: it is damaged, or unpacks to more than it may or says.
        """
        left = MOST_UNPACKED
        for entry in self._entries:
            for block in self._blocks(entry):
                left -= len(block)
                if left < 0:
                    raise self._bomb()

    def facts(self, sheet: str) -> Facts:
        """What the library does not tell of the sheet.

        Raises:
            UnreadableTable: it is damaged.
        """
        if self.is_ods:
            return self._scanned(_OdsScan(Facts()), "content.xml").found
        part = self.part(sheet)
        # A binary workbook does not tell its errors in a way that is read here.
        found = Facts(self._is_from_1904(), has_unplaced_errors=not part.endswith(".xml"))
        return self._scanned(_SheetScan(found), part).found

    def blocks(self, part: str) -> Iterator[bytes]:
        """What an entry holds, a block at a time; nothing where there is no such entry.

        Raises:
            UnreadableTable: it is damaged.
        """
        entry = self._zip.NameToInfo.get(part)
        if entry is not None:
            yield from self._blocks(entry)

    def part(self, sheet: str) -> str:
        """The entry that holds a sheet of Excel; "" where it is not told, as in a binary workbook.

        Raises:
            UnreadableTable: it is damaged.
        """
        if "xl/workbook.xml" not in self._zip.NameToInfo:
            return ""
        for one in self._tree("xl/workbook.xml").iter():
            if _local(one) == "sheet" and one.get("name") == sheet:
                return self.linked("workbook.xml", one.get(f"{_OFFICE}id", ""))
        return ""

    def linked(self, book: str, link: str) -> str:
        """The entry that a link of the workbook names by its id; ""."""
        links = join("xl/_rels", f"{book}.rels")
        if links in self._zip.NameToInfo:
            for one in self._tree(links):
                if one.get("Id") == link:
                    return normpath(join("/xl", one.get("Target", "")))[1:]
        return ""

    def _scanned(self, scan: _Scan, part: str) -> _Scan:
        tail = b""
        for block in self.blocks(part):
            tail = scan.see(tail + block)
        if scan.cells <= MOST_CELLS:
            return scan
        if (closer := scan.closer()) is not None:
            return self._scanned(closer, part)
        raise UnreadableTable(
            say(
                "{name} reaches over too many cells, because one stands far below or "
                "beside the others.",
                name=self._name,
            ),
            say("Delete the rows and columns around the table, or save the sheet as CSV."),
        )

    def _check_declared(self) -> None:
        if len(self._entries) > _MOST_ENTRIES:
            raise self._bomb()
        declared = sum(entry.file_size for entry in self._entries)
        packed = sum(entry.compress_size for entry in self._entries)
        if declared > MOST_UNPACKED or declared > max(_FREE_OF_RATIO, packed * _MOST_RATIO):
            raise self._bomb()
        if any(entry.flag_bits & 1 for entry in self._entries):
            raise locked(self._name)

    def _blocks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """What the entry really holds, a block at a time; what it says of its size may be a lie."""
        declared, entry = entry.file_size, copy(entry)
        entry.file_size = MOST_UNPACKED + 1
        try:
            with self._zip.open(entry) as opened:
                while block := opened.read(_BLOCK):
                    declared -= len(block)
                    if declared < 0:
                        raise self._bomb()
                    yield block
        except _BROKEN as error:
            raise self._damaged() from error

    def _small(self, name: str) -> bytes:
        """An entry that is small in every workbook."""
        entry = next((entry for entry in self._entries if entry.filename == name), None)
        if entry is None:
            return b""
        if entry.file_size > _SMALL:
            raise self._bomb()
        return b"".join(self._blocks(entry))

    def _tree(self, name: str) -> ElementTree.Element:
        try:
            return ElementTree.parse(io.BytesIO(self._small(name))).getroot()
        except ElementTree.ParseError as error:
            raise self._damaged() from error

    def _is_from_1904(self) -> bool:
        if "xl/workbook.xml" not in self._zip.NameToInfo:
            return False
        properties = _first(self._tree("xl/workbook.xml"), "workbookPr")
        said = "" if properties is None else properties.get("date1904", "")
        return said.casefold() in ("1", "true", "on")

    def _damaged(self) -> UnreadableTable:
        cure = say("Open it in its program and save it anew.")
        return UnreadableTable(say("{name} is damaged.", name=self._name), cure)

    def _bomb(self) -> UnreadableTable:
        return UnreadableTable(
            say(
                "{name} unpacks to far more than a workbook holds, or than it says.",
                name=self._name,
            ),
            say(
                "Do not open it unless you trust who sent it. Save the sheet as CSV where "
                "it is right."
            ),
        )


def locked(name: str) -> UnreadableTable:
    """Why a workbook with a password is not read."""
    cure = say("Open it in its program, and save it without a password.")
    return UnreadableTable(say("{name} is locked with a password.", name=name), cure)


class _Scan(Protocol):
    """Looks at the text of a sheet, a block at a time."""

    found: Facts
    cells: int

    def see(self, xml: bytes) -> bytes:
        """Take a block into account; returns its end, which has to be seen again with the next."""

    def closer(self) -> _Scan | None:
        """What counts the cells exactly, and takes longer; None where this did."""


class _SheetScan:
    """Of a sheet of Excel."""

    def __init__(self, found: Facts, *, is_exact: bool = False) -> None:
        self.found, self.cells = found, 0
        self._rows = self._columns = 1
        self._is_exact = is_exact

    def closer(self) -> _SheetScan | None:
        return None if self._is_exact else _SheetScan(self.found, is_exact=True)

    def see(self, xml: bytes) -> bytes:
        if self._is_exact:
            filled = _FILLED.findall(xml)
            far, rows = {letters for letters, _ in filled}, [row for _, row in filled]
        else:
            # Rows and columns may be there for their color alone.
            far, rows = {b"Z", *_FAR_COLUMN.findall(xml)}, _ROW.findall(xml)
        self._rows = max((self._rows, *map(int, rows)))
        self._columns = max((self._columns, *(_column(letters) + 1 for letters in far)))
        self.cells = self._rows * self._columns
        whole = _END_OF_CELL.match(xml)
        if whole is None:
            return xml if len(xml) <= _BLOCK else b""
        cells = whole[0]
        if any(sign in cells for sign in (b'"e"', b"'e'", b"<f", b":f")):
            for attributes, inside in _CELL.findall(cells):
                if told := _error(attributes, inside):
                    place = _PLACE.search(attributes)
                    if place is not None:
                        self.found.errors[int(place[2]) - 1, _column(place[1])] = told
        return xml[whole.end() :]


class _OdsScan:
    """Of all sheets of an OpenDocument workbook, which are one text."""

    def __init__(self, found: Facts) -> None:
        self.found, self.cells = found, 0
        self._rows = 1

    def closer(self) -> None:
        return None

    def see(self, xml: bytes) -> bytes:
        whole = xml.rfind(b">") + 1
        if not whole and len(xml) > _BLOCK:
            return b""
        self.found.has_unplaced_errors |= b'value-type="error"' in xml[:whole]
        for tag, attributes in _TAG_OF_ODS.findall(xml, 0, whole):
            repeated = _REPEATED.search(attributes)
            times = int(repeated[1]) if repeated else 1
            if tag == b"table-row":
                self._rows = times
            elif b"value-type" in attributes:
                # Empty cells are repeated to the end of every sheet, and kept nowhere.
                self.cells += self._rows * times
        return xml[whole:]


def _error(attributes: bytes, inside: bytes) -> str:
    kind = _KIND.search(attributes)
    value = _VALUE.search(inside)
    if kind is not None and kind[1] == b"e":
        return value[1].decode("utf-8", "replace") if value else "#VALUE!"
    has_none = value is None and (kind is None or kind[1] not in (b"str", b"inlineStr"))
    return UNCOMPUTED if has_none and _FORMULA.search(inside) else ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _first(tree: ElementTree.Element, name: str) -> ElementTree.Element | None:
    return next((one for one in tree.iter() if _local(one) == name), None)


def _local(one: ElementTree.Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _no_workbook(names: Collection[str]) -> tuple[str, str]:
    """What a zip is that is no workbook, and the cure."""
    cure = say("Choose the workbook itself, or a CSV file.")
    if "word/document.xml" in names:
        return say("a Word document"), cure
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        return say("a Numbers document"), say("Open it in Numbers and export it as Excel or CSV.")
    return say("a zip file"), cure
