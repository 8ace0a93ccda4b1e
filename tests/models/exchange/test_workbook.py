# SPDX-License-Identifier: MIT
"""The workbook opens, holds what the tables hold, and has no formula in it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from models.case import save_case
from models.errors import LogbookError
from models.exchange.files import Watched
from models.exchange.orders import Order, content_of, export
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.exchange.steps import Steps
from models.exchange.workbook import write_workbook
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


def test_a_workbook_can_be_stopped_while_it_is_packed(logbook: Logbook) -> None:
    save_case(logbook, a_case())
    told: list[tuple[int, int]] = []
    target = beside(logbook) / "out.xlsx"
    with pytest.raises(LogbookError, match="stopped"):
        export(
            logbook,
            target,
            Order(Profile.XLSX),
            lambda *step: told.append(step),
            lambda: told == [(1, 1)],
        )
    assert told == [(1, 1)]
    assert not list(beside(logbook).glob("*.xlsx"))
    assert not list(beside(logbook).glob(".*"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_is_told_as_the_system_tells_it(logbook: Logbook) -> None:
    save_case(logbook, a_case())
    order, target = Order(Profile.XLSX), beside(logbook) / "out.xlsx"
    with (
        logbook.session(),
        content_of(logbook, order, Steps()) as (content, _),
        Path("/dev/full").open("wb", buffering=0) as full,
    ):
        file = cast("BinaryIO", Watched(full, lambda: None))
        with pytest.raises(OSError, match="space"):
            write_workbook(file, content, target)
