# SPDX-License-Identifier: MIT
"""Files that are no table make no case."""

from __future__ import annotations

import pytest

from models.importing.reading import CsvTable
from models.importing.recognizing import UnreadableTable
from tests.models.importing.conftest import Look, WriteFile
from tests.models.importing.told import told


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{\n  "resourceType": "Bundle"\n}', "JSON"),
        ('[{"Patient": "A"}]', "JSON"),
        ("<!DOCTYPE html>\n<table><tr><td>Patient</td></tr></table>", "web page"),
        ('<?xml version="1.0"?>\n<Workbook/>', "web page or XML"),
        (r"{\rtf1\ansi hello}", "RTF"),
        ("$FL2@(#) SPSS DATA FILE\n", "SPSS"),
        (b"<stata_dta><header>" + bytes(99), "Stata"),
        (bytes(12) + b"\xc2\xea\x81\x60\xb3\x14" + bytes(99), "SAS"),
        (b"PAR1" + bytes(99), "Parquet"),
        (b"PK\x05\x06" + bytes(18), "an empty zip"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(
    file: WriteFile, content: str | bytes, kind: str
) -> None:
    with pytest.raises(UnreadableTable, match=kind):
        CsvTable(file(content))


def test_rows_of_which_nothing_is_read_are_no_cases(look: Look) -> None:
    for content in ("hello\nworld\nthere\n", "id,x,y\n,a note,b\n"):
        shown = look(content)
        assert {line.verdict for line in shown.lines} == {"refused"}
        assert all("Nothing of the row is read, so it is no case." in one for one in told(shown))


def test_headings_in_braces_are_headings(look: Look) -> None:
    shown = look("[Patient ID],[Date],[Level]\nA,2026-01-05,L1\n")
    assert [line.verdict for line in shown.lines] == ["new"]
