# SPDX-License-Identifier: MIT
"""Puts a data package together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from models.exchange.archive import Archive
from models.exchange.codebook import Format, as_text
from models.exchange.content import Content
from models.exchange.dialects import write_sheet
from models.exchange.manifest import MANIFEST, manifest
from models.exchange.package.codes import codes_sheet
from models.exchange.package.describing import csvw, datapackage, readme
from models.exchange.package.scripts import SCRIPTS, SPSS, spss_script
from models.exchange.package.scripts.spss import FOLDER, in_one_line


def write_package(file: BinaryIO, content: Content) -> int:
    """Write the zip; how many rows all its tables have, without that of the codes."""
    content = replace(content, sheets=(*content.sheets, codes_sheet(content.sheets)))
    rows: list[int] = []
    with Archive(file, content.made_at) as archive:
        for sheet in content.sheets:
            with archive.text(f"{sheet.name}.csv") as text:
                rows.append(write_sheet(text, sheet))
        tables = tuple(archive.written)
        if content.pictures is not None:
            for name, picture in content.pictures.files():
                archive.add_packed(name, picture)
        archive.add("datapackage.json", datapackage(content, tables))
        archive.add("csv-metadata.json", csvw(content))
        archive.add("codebook.html", as_text(content.sheets, Format.HTML, content.told))
        archive.add(SPSS, spss_script(content.sheets, _copied(archive, content, rows)))
        for name, script in SCRIPTS.items():
            archive.add(name, script(content.sheets))
        archive.add("README.txt", readme(content, rows))
        archive.add(MANIFEST, manifest("package", content, archive.written))
        sums = "".join(f"{each.sha256}  {each.name}\n" for each in archive.written)
        archive.add("SHA256SUMS", sums)
    return sum(rows[:-1])


def _copied(archive: Archive, content: Content, rows: Sequence[int]) -> list[str]:
    """Write a copy for SPSS of each table with line ends in its texts; their names."""
    lines = {file.name: file.lines for file in archive.written}
    broken = [
        sheet
        for sheet, count in zip(content.sheets, rows, strict=True)
        if lines[f"{sheet.name}.csv"] > count + 1
    ]
    for sheet in broken:
        with archive.text(f"{FOLDER}{sheet.name}.csv") as text:
            write_sheet(text, in_one_line(sheet))
    return [sheet.name for sheet in broken]
