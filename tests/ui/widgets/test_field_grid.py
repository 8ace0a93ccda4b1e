# SPDX-License-Identifier: MIT
"""The grid of a form gives each cell what it needs, and puts the sentence of an error under it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.findings import Severity
from models.schema import Procedure, TreatedLevel
from ui.editor.blocks import Fields
from ui.editor.layout import SECTIONS
from ui.editor.layout_level import LEVEL_BLOCKS
from ui.theme import Theme
from ui.widgets.date_box import DayBox
from ui.widgets.field_box import Notice
from ui.widgets.field_cell import FieldCell
from ui.widgets.field_grid import FieldGrid
from ui.widgets.field_places import fields_in, place

BLOCKS = [
    block
    for block in (*(b for section in SECTIONS for b in section.blocks), *LEVEL_BLOCKS)
    if isinstance(block, Fields)
]


def grid_of(qtbot: QtBot, block: Fields, width: int) -> FieldGrid:
    grid = FieldGrid(Theme("light"))
    qtbot.addWidget(grid)
    grid.add_lines(block.lines)
    grid.resize(width, grid.heightForWidth(width))
    grid.show()
    return grid


def rows(grid: FieldGrid) -> list[list[FieldCell]]:
    """The cells by the lines in which they stand."""
    lines: dict[int, list[FieldCell]] = {}
    for cell in grid.cells():
        lines.setdefault(cell.y(), []).append(cell)
    return list(lines.values())


@pytest.mark.parametrize("width", [300, 420, 544, 640, 708, 738, 900, 1160])
@pytest.mark.parametrize("block", BLOCKS)
def test_labels_and_dates_are_whole_and_cells_stand_apart(
    qtbot: QtBot, block: Fields, width: int
) -> None:
    grid = grid_of(qtbot, block, width)
    for cell in grid.cells():
        assert cell.width() >= min(cell.least_width(), width - 20), cell.boxes[0].field.name
        assert 0 <= cell.x() <= cell.x() + cell.width() <= width
        for box in cell.boxes:
            if isinstance(box, DayBox):
                assert box.width() >= box.input.width_for("2026-12-30")
    for row in rows(grid):
        for left, right in pairwise(row):
            assert left.geometry().right() < right.x()


def test_a_grid_out_of_sight_is_measured_when_larger_text_comes_to_it(qtbot: QtBot) -> None:
    theme, window = Theme("light"), QWidget()
    qtbot.addWidget(window)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    window.show()
    grid = FieldGrid(theme, window)
    grid.add_lines([(place(2, Procedure.performed_on), place(4, Procedure.operator))])
    grid.resize(500, grid.heightForWidth(500))
    theme.set_scale(2.0)
    # The next event is worked off before the new look has come to what is out of sight.
    grid.heightForWidth(500)
    (day, _operator) = grid.cells()
    qtbot.waitUntil(lambda: day.boxes[0].input.font().pixelSize() == 26)
    grid.show()
    qtbot.waitUntil(lambda: day.width() >= day.least_width())
    app.setStyleSheet("")


def note_of(grid: FieldGrid, cell: FieldCell, sentence: str) -> QWidget:
    cell.boxes[0].set_finding(Notice(Severity.ERROR, sentence))
    grid.resize(grid.width(), grid.heightForWidth(grid.width()))
    return cell.note


SENTENCE = "The discharge (2025-11-19) lies before the procedure."


def test_a_row_that_wraps_leaves_no_cell_alone_without_need(qtbot: QtBot) -> None:
    needle = (
        place(2, TreatedLevel.needle_gauge),
        place(2, TreatedLevel.needle_count),
        place(4, TreatedLevel.balloon_words),
        place(2, TreatedLevel.cement_left_ml),
        place(2, TreatedLevel.cement_right_ml),
    )
    grid = grid_of(qtbot, Fields((needle,)), 480)
    assert [len(row) for row in rows(grid)] == [3, 2]


def test_the_sentence_of_an_error_begins_under_its_cell(qtbot: QtBot) -> None:
    grid = grid_of(qtbot, BLOCKS[0], 738)
    cell = grid.cells()[1]
    note = note_of(grid, cell, SENTENCE)
    assert note.x() == cell.x()
    assert note.y() > cell.geometry().bottom()


def test_at_the_right_edge_it_ends_under_its_cell_in_one_line(qtbot: QtBot) -> None:
    grid = grid_of(qtbot, BLOCKS[0], 738)
    cell = grid.cells()[-1]
    note = note_of(grid, cell, SENTENCE)
    words = note.fontMetrics().horizontalAdvance(SENTENCE)
    assert note.x() + words <= cell.geometry().right() + 1
    assert note.height() < 2 * note.fontMetrics().lineSpacing()


def test_two_sentences_do_not_run_into_each_other(qtbot: QtBot) -> None:
    grid = grid_of(qtbot, BLOCKS[0], 738)
    first, *_, last = grid.cells()[:5]
    one, other = note_of(grid, first, SENTENCE * 2), note_of(grid, last, SENTENCE)
    assert not one.geometry().intersects(other.geometry())


@pytest.mark.parametrize(("width", "is_brief"), [(708, True), (1160, False)])
def test_labels_with_a_short_form_are_all_short_or_all_whole(
    qtbot: QtBot, width: int, is_brief: bool
) -> None:
    heights = next(
        b for b in BLOCKS if "anterior_before_mm" in {f.name for f in fields_in(b.lines)}
    )
    grid = grid_of(qtbot, heights, width)
    labels = [cell.label for cell in grid.cells()]
    shown = [label.whole_width() <= label.width() for label in labels]
    assert all(shown) is not is_brief
    pictures = [label.grab().toImage() for label in labels]
    for label in labels:
        label.set_brief(True)
    brief = [label.grab().toImage() for label in labels]
    assert [a == b for a, b in zip(pictures, brief, strict=True)] == [is_brief] * len(labels)
