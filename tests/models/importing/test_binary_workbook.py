# SPDX-License-Identifier: MIT
"""Excel's binary workbooks (xlsb): text, numbers, dates, formulas with their results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from models import commands
from models.case import find_patient
from models.importing.opening import Source, open_table
from models.logbook import Logbook
from models.schema import Procedure, TreatedLevel
from tests.fresh import named
from tests.models.importing.binary_workbook import Cell, Sum, write_xlsb

HEAD = ("Pat.-Nr.", "OP-Datum", "Wirbel", "Verfahren", "Zement (ml)", "VAS pre", "VAS 3 mo")


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    row = ("0012", date(2026, 3, 14), "BWK 12", "BKP", Sum(2, 3), 7.5, True)
    table = open_table(Source(write_xlsb(tmp_path / "clinic.xlsb", [HEAD, row])))
    (read,) = table.rows()
    assert table.columns == HEAD
    assert read.cells == ("0012", "2026-03-14", "BWK 12", "BKP", "5", "7.5", "TRUE")


def test_a_clinic_takes_its_binary_workbook_in(logbook: Logbook, tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [
        HEAD,
        ("A-1", date(2026, 1, 10), "BWK 12", "Kyphon", Sum(2, 2), 8.0, "0-1"),
        ("A-2", date(2026, 1, 11), "L1", "BKP", 6.5, 7.0, 2.0),
    ]
    file = write_xlsb(tmp_path / "clinic.xlsb", rows)
    typed = ["--logbook", named(logbook), "import", str(file), "--no-backup"]
    assert commands.run(typed) == commands.DONE
    with logbook.session():
        columns = (Procedure.performed_on, TreatedLevel.level, TreatedLevel.cement_ml)
        query = TreatedLevel.select(*columns).join(Procedure).order_by(Procedure.performed_on)
        found = [tuple(map(str, row)) for row in query.tuples().execute(logbook.database)]
    assert found == [("2026-01-10", "T12", "4.0"), ("2026-01-11", "L1", "6.5")]
    assert find_patient(logbook, "A-1") is not None
