# SPDX-License-Identifier: MIT
"""The list of sections tells the truth, however the form comes to show another section."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from models.case import Case
from models.vocabulary import Level
from tests.builders import a_case
from ui.editor.form import CaseForm
from ui.editor.page import EditorPage
from ui.editor.section_list import SectionEntry

Edit = Callable[[Case], EditorPage]


def in_sight(page: EditorPage) -> list[str]:
    return [entry.text() for entry in page.findChildren(SectionEntry) if entry.isChecked()]


def test_a_shorter_panel_of_a_level_moves_the_mark_with_the_sections(
    edit: Edit, qtbot: QtBot
) -> None:
    case = a_case("P-1", Level.L1, Level.T12)
    case.levels[0].anterior_before_mm, case.levels[0].anterior_after_mm = 15, 20
    case.levels[0].cranial_anterior_mm = 25
    page = edit(case)
    form = page.findChild(CaseForm)
    assert form is not None
    form.levels.choose_level(Level.L1)
    form.settle()
    page.setFocus()
    bar = form.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.maximum()
    form.levels.choose_level(Level.T12)
    qtbot.waitUntil(lambda: bar.maximum() != before)
    line = bar.value() + form.viewport().height() // 3

    def expected() -> str:
        shown = [h.text() for h in form._headings.values() if h.y() <= line]
        return shown[-1]

    qtbot.waitUntil(lambda: in_sight(page) == [expected()])
