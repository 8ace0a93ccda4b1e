# SPDX-License-Identifier: MIT
"""A field in a form: what its label says, and where its error stands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from models.findings import Severity
from models.schema import Procedure, TreatedLevel
from ui.theme import Theme
from ui.widgets.field_box import Notice
from ui.widgets.field_boxes import box_for
from ui.widgets.field_cell import FieldCell, label_of
from ui.widgets.field_grid import FieldGrid
from ui.widgets.field_places import place


def test_a_pair_is_labeled_by_what_both_share() -> None:
    pair = (TreatedLevel.anterior_before_mm, TreatedLevel.anterior_after_mm)
    assert label_of(pair) == ("Anterior height, before → after", "Anterior height")


def test_a_number_with_its_unit_is_labeled_by_the_number() -> None:
    pair = (Procedure.pain_duration, Procedure.pain_duration_unit)
    assert label_of(pair) == ("Pain for", "Pain for")


def test_only_errors_are_written_under_the_box(qtbot: QtBot) -> None:
    cell = FieldCell([box_for(TreatedLevel.cement_ml)], Theme("light"))
    qtbot.addWidget(cell)
    cell.boxes[0].set_finding(Notice(Severity.WARNING, "Unusual."))
    assert cell.note.text() == ""
    cell.boxes[0].set_finding(Notice(Severity.ERROR, "Impossible."))
    assert cell.note.text() == "Impossible."
    cell.boxes[0].set_finding(None)
    assert cell.note.isHidden()


def a_grid(qtbot: QtBot, width: int) -> FieldGrid:
    grid = FieldGrid(Theme("light"))
    qtbot.addWidget(grid)
    grid.add_lines(
        [
            (place(6, TreatedLevel.technique), place(6, TreatedLevel.approach)),
            (place(2, TreatedLevel.cement_ml), place(10, TreatedLevel.leakage_words)),
        ]
    )
    grid.resize(width, 400)
    grid.show()
    return grid


def test_boxes_of_a_row_stand_on_one_height_and_edges_meet(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, 800)
    first, second, third, fourth = (cell.geometry() for cell in grid.cells())
    assert first.top() == second.top() < third.top() == fourth.top()
    assert first.left() == third.left() == 0
    assert second.right() == fourth.right()


def test_rows_wrap_where_there_is_no_room(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, 300)
    tops = [cell.geometry().top() for cell in grid.cells()]
    assert len(set(tops)) == 4
    assert all(cell.geometry().right() <= 300 for cell in grid.cells())
    assert grid.heightForWidth(300) > grid.heightForWidth(800)


def test_an_error_makes_room_for_itself_right_under_its_box(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, 800)
    cement, below = grid.cells()[0], grid.cells()[2]
    before = below.geometry().top()
    cement.boxes[0].set_finding(Notice(Severity.ERROR, "Impossible."))
    QCoreApplication.sendPostedEvents()
    assert cement.note.geometry().top() > cement.geometry().bottom()
    assert cement.note.geometry().bottom() < below.geometry().top()
    assert below.geometry().top() > before


def test_a_hidden_cell_leaves_no_gap(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, 800)
    first, second = grid.cells()[:2]
    left = first.geometry().left()
    grid.set_shown(first, False)
    QCoreApplication.sendPostedEvents()
    assert second.geometry().left() == left
