# SPDX-License-Identifier: MIT
"""The workbook opens, holds what the tables hold, and has no formula in it."""

from __future__ import annotations

import re
import zipfile

import pytest

from models.case import save_case
from models.errors import LogbookError
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.logbook import Logbook
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import beside
from tests.models.exchange.kit import ordered

pytest.importorskip("xlsxwriter")


def parts(logbook: Logbook, shape: Shape) -> dict[str, str]:
    with zipfile.ZipFile(ordered(logbook, Profile.XLSX, shape)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_text_is_never_a_formula_and_a_number_is_one(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", operator="=HYPERLINK(1)", cement_ml=6.5))
    told = parts(logbook, Shape.FLAT)
    sheet = told["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in sheet
    assert re.search(r'<c r="\w+"><v>6\.5</v>', sheet)
    assert 'name="codebook"' in told["xl/workbook.xml"]


def test_every_table_has_its_sheet(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", Level.T12, Level.L1))
    told = parts(logbook, Shape.TABLES)
    assert 'name="procedures"' in told["xl/workbook.xml"]
    assert not list(beside(logbook).glob(".*"))


def test_a_text_that_no_cell_holds_is_named(logbook: Logbook) -> None:
    case = a_case()
    case.procedure.history = "x" * 40_000
    save_case(logbook, case)
    with pytest.raises(LogbookError, match="row 2, column history"):
        ordered(logbook, Profile.XLSX)
    assert not list(beside(logbook).glob("*.xlsx"))
    assert not list(beside(logbook).glob(".*"))
