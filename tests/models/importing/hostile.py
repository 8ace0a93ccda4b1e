# SPDX-License-Identifier: MIT
"""Workbooks as no program writes them: bombs, lies, and files that are something else."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

DATA = Path(__file__).parents[2] / "data" / "workbooks"
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1 << 20

Packed = tuple[bytes, int, int]
"""An entry of a zip: deflated, the size it claims, the check sum it claims."""


def small_workbook() -> bytes:
    """One case in one sheet."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Cases")
        sheet.write_row(0, 0, ["Patient code", "Level"])
        sheet.write_row(1, 0, ["A", "T12"])
    return made.getvalue()


def _packed(content: bytes) -> Packed:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush(), len(content), zlib.crc32(content)


def _blanks(megabytes: int, claimed: int) -> Packed:
    """Far fewer bytes than they unpack to."""
    packer = zlib.compressobj(9, wbits=-15)
    one = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return one * megabytes + packer.flush(), claimed, 0


def _zip(entries: dict[str, Packed]) -> bytes:
    """A zip that claims what it is told to."""
    out, directory = b"", b""
    for name, (packed, size, check) in entries.items():
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, check, len(packed), size, len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + head
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name.encode()
        out += b"PK\3\4" + head + name.encode() + packed
    counts = (len(entries), len(entries), len(directory), len(out))
    return out + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, *counts, 0)


def with_sheet(sheet: Packed | Callable[[bytes], bytes]) -> bytes:
    """The small workbook with another first sheet, or with that sheet changed."""
    with zipfile.ZipFile(io.BytesIO(small_workbook())) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    entries = {name: _packed(content) for name, content in parts.items()}
    entries[SHEET] = _packed(sheet(parts[SHEET])) if callable(sheet) else sheet
    return _zip(entries)


def _stray_cell(xml: bytes) -> bytes:
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return xml.replace(b"</sheetData>", row)


def _zip_of(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name in names:
            opened.writestr(name, "<a/>")
    return made.getvalue()


def ods(rows: str, manifest: str = "<manifest/>") -> bytes:
    """An OpenDocument sheet of these rows, in XML."""
    made = io.BytesIO()
    names = "office table text calcext"
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{name}="{space}{name}:1.0"' for name in names.split())
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table "
        f'table:name="Cases">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        opened.writestr("META-INF/manifest.xml", manifest)
        opened.writestr("content.xml", content)
    return made.getvalue()


def ods_row(*texts: str, repeated: int = 1) -> str:
    """A row of text cells."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def _locked(old: bytes) -> bytes:
    """An old workbook whose first record is followed by the one that says it is encrypted."""
    start = next(at for at in range(512, len(old), 512) if old.startswith(b"\x09\x08", at))
    behind = start + 4 + int.from_bytes(old[start + 2 : start + 4], "little")
    return old[:behind] + b"\x2f\0" + old[behind + 2 :]


def large() -> dict[str, tuple[bytes, str]]:
    """Workbooks that are refused for what they unpack to, with what is said of them."""
    return {
        "declares 2 GB": (with_sheet(_blanks(2048, 2 << 30)), "unpacks to far more"),
        "lies of its size": (with_sheet(_blanks(2048, 1000)), "unpacks to far more"),
        "wrong check sum": (with_sheet(_blanks(10, 10 * MEGABYTE)), "is damaged"),
        "20,000 entries": (_zip_of(*map(str, range(20_000))), "unpacks to far more"),
    }


def small() -> dict[str, tuple[bytes, str]]:
    """Other workbooks that are refused, with what is said of them."""
    good, old = small_workbook(), (DATA / "plain.xls").read_bytes()
    many = ods_row(*["x"] * 500, repeated=1_000_000)
    encrypted = "<manifest><encryption-data/></manifest>"
    return {
        "a cell at the far end": (with_sheet(_stray_cell), "reaches over too many cells"),
        "rows without end": (ods(many), "reaches over too many cells|is damaged, or no workbook"),
        "locked": ((DATA / "locked.xlsx").read_bytes(), "is locked with a password"),
        "locked old": (_locked(old), "is locked with a password"),
        "locked ods": (ods("", encrypted), "is locked with a password"),
        "cut": (good[: len(good) // 2], "is damaged"),
        "cut old": (old[: len(old) // 2], "is damaged, or no workbook"),
        "cut sheet": (with_sheet(lambda xml: xml[: len(xml) // 2]), "the sheet Cases is damaged"),
        "only the first bytes": (b"PK\3\4", "is damaged"),
        "a zip": (_zip_of("notes.txt"), "is a zip file, and no workbook"),
        "a document": (_zip_of("word/document.xml"), "is a Word document, and no workbook"),
        "a Numbers document": (_zip_of("Index/Document.iwa"), "is a Numbers document"),
        "an old document": (
            old.replace("Workbook\0\0\0\0".encode("utf-16-le"), "WordDocument".encode("utf-16-le")),
            "is a document of another program",
        ),
    }
