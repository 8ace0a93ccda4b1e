# SPDX-License-Identifier: MIT
"""What comes of Undo has turns of its own, is seen as a whole, and waits for nobody who types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.case import Case
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard, settle
from tests.ui.editor.test_undo import document
from ui.editor.page import EditorPage

CTRL = Qt.KeyboardModifier.ControlModifier
Edit = Callable[[Case], EditorPage]


def test_what_comes_of_undo_has_turns_of_its_own_and_is_seen_as_a_whole(
    edit: Edit, keys: Keyboard
) -> None:
    page = edit(a_case())
    before = document(page)
    keys.go_to("Cement").press(Key.Key_A, with_=CTRL).enter("4.5").go_to("Notes")
    reviewed: list[object] = []
    page._editing.reviewed.connect(reviewed.append)
    page.steps.undo()
    assert document(page) == before
    assert page._binder.boxes(str(page._form.levels.level.id), "cement_ml")[0].text() == "6"  # type: ignore[union-attr]
    assert not reviewed
    assert not page.updatesEnabled()
    settle()
    assert reviewed
    assert page.updatesEnabled()
    assert keys.place == "Cement, mL"
    assert page.steps.redo_text == "cement of T12"


def test_who_types_right_after_undo_types_where_it_leads(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    keys.go_to("Cement").press(Key.Key_A, with_=CTRL).enter("4.5").go_to("Notes")
    page.steps.undo()
    QTest.keyClick(page.window().windowHandle(), Key.Key_7)
    assert keys.place == "Cement, mL"
    assert page.updatesEnabled()
    keys.go_to("Notes")
    assert page.steps.undo_text == "cement of T12"
    assert page.steps.redo_text == ""


class Painted(QObject):
    """Counts how often a control is painted."""

    def __init__(self, control: QWidget) -> None:
        super().__init__(control)
        self.times = 0
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - of Qt
        self.times += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_the_window_is_painted_after_undo_though_it_was_to_be_painted_before(
    qtbot: QtBot, edit: Edit, keys: Keyboard
) -> None:
    page = edit(a_case())
    keys.go_to("Cement").press(Key.Key_A, with_=CTRL).enter("4.5").go_to("Notes")
    box = page._binder.boxes(str(page._form.levels.level.id), "cement_ml")[0]  # type: ignore[union-attr]
    page._form.reveal(box)
    painted = Painted(box.input)
    page.update()
    page.steps.undo()
    qtbot.waitUntil(lambda: painted.times > 0)
    settle()
    before = painted.times
    box.input.update()
    qtbot.waitUntil(lambda: painted.times > before)


def test_another_case_is_seen_though_undo_was_under_way(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    keys.go_to("Cement").press(Key.Key_A, with_=CTRL).enter("4.5").go_to("Notes")
    page.steps.undo()
    page.steps.begin()
    assert page.updatesEnabled()
    settle()
    assert keys.place == "Notes"


def test_a_score_that_comes_back_folds_nothing_out(edit: Edit) -> None:
    page = edit(a_case())
    view = page._form.assessments
    row = page._editing.case.assessments[0]  # type: ignore[union-attr]
    view._remove(row)
    settle()
    page.steps.undo()
    settle()
    assert not any(line.details_shown for line in view._table.views())
