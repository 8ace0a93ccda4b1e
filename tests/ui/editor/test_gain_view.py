# SPDX-License-Identifier: MIT
"""Under the heights: figures that follow the typing, and a grade that is only suggested."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle
from pytestqt.qtbot import QtBot

from models.case import Case
from models.logbook import Logbook
from models.schema import TreatedLevel
from models.vocabulary import Diagnosis, Genant, Level
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.gain_table import GainTable
from ui.editor.gain_view import GainView
from ui.editor.page import EditorPage
from ui.theme import Theme, load_fonts

CTRL = Qt.KeyboardModifier.ControlModifier
Edit = Callable[[Case], EditorPage]
Roles = Qt.ItemDataRole


def a_fracture(**heights: float) -> Case:
    case = a_case("P-7", Level.T12)
    case.levels[0].diagnosis = (Diagnosis.OSTEOPOROTIC_FRACTURE,)
    for name, value in heights.items():
        setattr(case.levels[0], name, value)
    return case


def shown(page: EditorPage) -> GainView:
    return page.findChildren(GainView)[0]


def figures(page: EditorPage) -> dict[str, list[str]]:
    table = shown(page).table
    rows = table.model()
    return {
        rows.index(row, 0).data(): [rows.index(row, column).data() for column in (2, 3, 4)]
        for row in range(rows.rowCount())
    }


def level_of(page: EditorPage) -> TreatedLevel:
    level = page._form.levels.level
    assert level is not None
    return level


def test_without_heights_there_is_no_table(edit: Edit) -> None:
    assert shown(edit(a_case())).table.isHidden()


def test_figures_follow_while_a_height_is_typed(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_fracture())
    keys.go_to("Anterior height before").enter("18").type("22")
    assert level_of(page).anterior_after_mm is None, "not taken yet"
    assert figures(page)["Gain, mm"] == ["+4", "–", "–"]
    keys.type("x")
    assert figures(page)["Gain, mm"] == ["+4", "–", "–"], "what cannot be read changes nothing"


def test_before_and_after_follow_each_other_on_the_way_of_tab(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_fracture())
    keys.go_to("Anterior height before")
    for height in ("18", "22", "16", "21,5", "24", "24"):
        keys.enter(height)
    assert figures(page)["Gain of initial, %"] == ["22", "34", "0"]


def test_figures_are_read_and_copied_by_keyboard(
    qtbot: QtBot, edit: Edit, keys: Keyboard, logbook: Logbook
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    page = edit(a_fracture(anterior_before_mm=15, anterior_after_mm=20))
    keys.go_to("Heights worked out")
    keys.press(Key.Key_C, with_=CTRL)
    qtbot.waitUntil(lambda: bool(clipboard.text()))
    with logbook.session():
        sql = "SELECT reason FROM audit_entry ORDER BY number DESC LIMIT 1"
        (told,) = logbook.database.execute_sql(sql).fetchone()
    rows = shown(page).table.model().rowCount()
    assert told == f"Heights worked out of a case, clipboard. Rows: {rows}."
    copied = clipboard.text().split("\n")
    assert copied[0] == "Worked out\tFormula\tAnterior\tMiddle\tPosterior"
    assert "Gain, mm\tafter − before\t+5\t–\t–" in copied
    keys.press(Key.Key_Right, Key.Key_Right)
    index = shown(page).table.currentIndex()
    assert index.data(Roles.AccessibleTextRole) == "Reference, mm, Anterior, –"
    assert index.data(Roles.ToolTipRole) == "No neighbor's height is known at this wall."
    keys.press(Key.Key_C, with_=CTRL)
    qtbot.waitUntil(lambda: clipboard.text() == "–")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_figure_is_cut_off(qtbot: QtBot, edit: Edit, theme: Theme, scale: float) -> None:
    page = edit(
        a_fracture(anterior_before_mm=15.5, anterior_after_mm=20.5, cranial_anterior_mm=25.5)
    )
    theme.set_scale(scale)
    page.resize(945, 640)
    page._form.settle()
    table = shown(page).table
    margin = table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
    needed = table.fontMetrics().horizontalAdvance("↑25.5") + 2 * (theme.px(3) + margin)
    qtbot.waitUntil(lambda: table.columnWidth(2) >= needed)
    assert page._form._page.width() <= page._form.viewport().width()


def test_a_wall_has_room_for_its_name_as_it_is_written(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    load_fonts()
    theme.apply(qapp)
    theme.set_scale(0.8)
    table = GainTable(theme)
    qtbot.addWidget(table)
    table.resize(60, 80)
    table.show()
    written = QFontMetrics(theme.font("label", QFont.Weight.DemiBold))
    for column in (2, 3, 4):
        head = table.model().headerData(column, Qt.Orientation.Horizontal)
        assert written.horizontalAdvance(head) + 2 * theme.px(5) <= table.columnWidth(column)


def test_a_grade_is_suggested_beside_its_box_and_never_taken_silently(
    edit: Edit, keys: Keyboard
) -> None:
    page = edit(a_fracture(anterior_before_mm=15, posterior_before_mm=20))
    view = shown(page)
    assert view.take.text() == "Genant 2 moderate"
    assert level_of(page).genant is None
    box = page._form.find_box(str(level_of(page).id), "genant")
    assert box is not None
    keys.go_to("Genant grade")
    assert box.input.placeholderText() == Genant.MODERATE.label
    keys.press(Key.Key_Tab)
    assert level_of(page).genant is None
    keys.press(Key.Key_G, with_=CTRL)
    assert level_of(page).genant is Genant.MODERATE
    assert box.text() == Genant.MODERATE.label
    assert view.take.isHidden()


def test_a_grade_that_was_entered_is_kept_and_the_other_offered(edit: Edit, keys: Keyboard) -> None:
    case = a_fracture(anterior_before_mm=11, posterior_before_mm=20)
    case.levels[0].genant = Genant.MILD
    page = edit(case)
    assert shown(page).take.text() == "Genant 3 severe"
    keys.go_to("Take Genant 3 severe, over 40 %").press(Key.Key_Space)
    assert level_of(page).genant is Genant.SEVERE


def test_no_grade_is_suggested_for_what_is_no_fracture(edit: Edit) -> None:
    case = a_fracture(anterior_before_mm=15, posterior_before_mm=20)
    case.levels[0].diagnosis = (Diagnosis.HEMANGIOMA,)
    assert shown(edit(case)).take.isHidden()


def test_a_reported_gain_stands_where_nothing_was_measured(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_fracture())
    keys.go_to("Reported gain, angles, neighbors").press(Key.Key_Space)
    keys.go_to("Reported height gain").enter("3 to 5 mm").enter("approximately")
    assert shown(page).accessibleName() == "Height gain: 3–5 mm, as reported, not measured"
    row = level_of(page)
    assert (row.height_gain_low_mm, row.height_gain_high_mm) == (3, 5)
    assert row.height_gain_words == "approximately"


def test_words_alone_are_no_gain(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_fracture())
    keys.go_to("Reported gain, angles, neighbors").press(Key.Key_Space)
    keys.go_to("Reported height gain").enter("about 4")
    row = level_of(page)
    assert (row.height_gain_low_mm, row.height_gain_words) == (None, "about 4")
