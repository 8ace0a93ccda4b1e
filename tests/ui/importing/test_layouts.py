# SPDX-License-Identifier: MIT
"""The wizard tells that rows are visits or levels side by side, and takes that they are not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.case import load_case
from models.logbook import Logbook
from models.schema import CaseRow
from tests.ui.importing.conftest import Make, column, go_on, rest
from ui.importing.wizard import ImportWizard

VISITS = (
    "Pat.-Nr.;OP-Datum;Wirbel;Zeitpunkt;VAS\r\n"
    "A-1;10.01.2026;BWK 12;prä;8\r\nA-1;10.01.2026;BWK 12;3 Monate;2\r\n"
    "A-2;11.01.2026;LWK 1;prä;9\r\nA-2;11.01.2026;LWK 1;irgendwann;4\r\n"
)
BESIDE = (
    "Pat.-Nr.;OP-Datum;Wirbel 1;Zement 1;Dings 1;Wirbel 2;Zement 2;Dings 2\r\n"
    "A-1;10.01.2026;BWK 12;4;nein;LWK 1;5;ja\r\nA-2;11.01.2026;LWK 2;4;nein;;;\r\n"
)


def choose_layout(qtbot: QtBot, wizard: ImportWizard, data: str) -> None:
    box = wizard.file.layout_box
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())
    rest(qtbot, wizard)


def test_rows_of_visits_are_told_asked_about_and_written(
    qtbot: QtBot, make: Make, logbook: Logbook
) -> None:
    wizard = make(VISITS)
    assert wizard.file.layout_box.currentText() == "A row a visit (recognized)"
    assert wizard.file.told.text().startswith("A row is a visit: ")
    go_on(qtbot, wizard)
    assert wizard.columns.said.text().startswith("A row is a visit: ")
    assert column(wizard, 1)[3:] == ["Visit: When", "Visit: Pain, VAS 0–10"]
    go_on(qtbot, wizard)
    assert column(wizard, 1) == ["irgendwann"]
    QTest.keyClicks(wizard.values.term, "6 months")
    QTest.keyClick(wizard.values.term, Qt.Key.Key_Return)
    go_on(qtbot, wizard, 2)
    with logbook.session():
        ids = [
            case_id
            for (case_id,) in CaseRow.select(CaseRow.case_id).tuples().execute(logbook.database)
        ]
        cases = [load_case(logbook, case_id) for case_id in ids]
    assert sorted(
        [(str(row.time_point), row.pain_low) for row in case.assessments] for case in cases
    ) == [[("baseline", 8), ("3m", 2)], [("baseline", 9), ("6m", 4)]]


def test_rows_that_are_no_visits_are_left_as_they_stand(qtbot: QtBot, make: Make) -> None:
    wizard = make(VISITS)
    choose_layout(qtbot, wizard, "as_it_stands")
    assert wizard.file.layout_box.currentText() == "As they stand"
    assert wizard.columns.mapping.unused == ["Zeitpunkt", "VAS"]
    assert wizard.columns.mapping.layout == "as_it_stands"
    choose_layout(qtbot, wizard, "")
    assert wizard.file.layout_box.currentText() == "A row a visit (recognized)"


def test_levels_side_by_side_are_told_and_their_columns_chosen(qtbot: QtBot, make: Make) -> None:
    wizard = make(BESIDE)
    assert wizard.file.layout_box.currentText() == "Levels side by side (recognized)"
    assert "Wirbel 1, Wirbel 2; Zement 1, Zement 2" in wizard.file.told.text()
    assert wizard.file.encoding.isVisible()
    assert wizard.file.heading.isVisible()
    assert wizard.file.table.model().rowCount() == 3
    go_on(qtbot, wizard)
    assert column(wizard, 0) == ["Pat.-Nr.", "OP-Datum", "Wirbel #", "Zement #", "Dings #"]
    wizard.columns.table.go_to(4)
    wizard.columns.target.selectAll()
    QTest.keyClicks(wizard.columns.target, "Level: Leakage")
    QTest.keyClick(wizard.columns.target, Qt.Key.Key_Return)
    go_on(qtbot, wizard)
    assert wizard.step is wizard.preview
    assert column(wizard, 2) == ["New", "New"]


def test_a_table_as_it_stands_has_no_choice_of_layout(make: Make) -> None:
    assert not make().file.layout_box.isVisible()
