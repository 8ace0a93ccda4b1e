# SPDX-License-Identifier: MIT
"""A workbook is read as a text file is, and its sheet is chosen."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from pytestqt.qtbot import QtBot

from models.caselist import counts
from models.logbook import Logbook
from tests.ui.importing.conftest import Make, go_on, rest
from ui.importing.wizard import ImportWizard
from ui.jobs import Jobs
from ui.settings import Settings
from ui.theme import Theme


def test_another_sheet_of_a_workbook_is_chosen(
    qtbot: QtBot, jobs: Jobs, theme: Theme, settings: Settings, logbook: Logbook, tmp_path: Path
) -> None:
    book = tmp_path / "clinic.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        days = made.add_format({"num_format": "dd/mm/yyyy"})
        for name, codes in (("Cases 2025", ("A", "B")), ("Cases 2026", ("C",))):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ("patient code", "date", "level", "cement ml"))
            for row, code in enumerate(codes, start=1):
                sheet.write_row(row, 0, (code, None, "T12", 4.5))
                sheet.write_number(row, 1, 46_000 + row, days)
    wizard = ImportWizard(theme, jobs, settings, logbook)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.open_file(book)
    rest(qtbot, wizard)
    step = wizard.file
    assert step.sheet.isVisible()
    assert not step.encoding.isVisible()
    first = step.sheet.currentText()
    other = next(name for name in ("Cases 2025", "Cases 2026") if name != first)
    step.sheet.setCurrentIndex(step.sheet.findData(other))
    step.sheet.activated.emit(step.sheet.currentIndex())
    rest(qtbot, wizard)
    assert step.sheet.currentText() == other
    assert step.table.model().rowCount() == {"Cases 2025": 2, "Cases 2026": 1}[other]
    go_on(qtbot, wizard, 3)
    assert wizard.step is wizard.ending
    assert counts(logbook).cases == step.table.model().rowCount()


def test_hidden_rows_are_told_and_left_out(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    book = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        sheet = made.add_worksheet("Cases")
        for row, cells in enumerate([("patient code", "level"), ("A", "T12"), ("B", "L1")]):
            sheet.write_row(row, 0, cells)
        sheet.set_row(2, None, None, {"hidden": True})
        made.add_worksheet("Old").hide()
    wizard = make(book.read_bytes(), "clinic.xlsx")
    step = wizard.file
    assert step.notice.text == "1 row is hidden in the workbook and read as all others: 3."
    assert step.sheet.itemText(1) == "Old (hidden)"
    step.hidden.setCurrentIndex(1)
    step.hidden.activated.emit(1)
    rest(qtbot, wizard)
    assert step.notice.text == "1 hidden row is left out: 3."
    assert step.hidden.isVisible()
    go_on(qtbot, wizard, 2)
    assert wizard.preview.writes == 1
    assert wizard.preview.notice.text == "1 hidden row is left out: 3."
