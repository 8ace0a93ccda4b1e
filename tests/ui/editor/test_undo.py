# SPDX-License-Identifier: MIT
"""Undo in the editor: all that is done to a case can be taken back, and done again."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.case import Case
from models.document import Document
from models.logbook import Logbook
from models.snapshot import snapshot
from models.vocabulary import (
    AdjunctKind,
    Leakage,
    LeakLocation,
    Level,
    MissingReason,
    PriorTreatmentKind,
)
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.editor.page import EditorPage
from ui.editor.step import State
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import focused_box
from ui.widgets.line_box import LineBox
from ui.widgets.row_button import RowButton

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Edit = Callable[[Case], EditorPage]


def full_case() -> Case:
    """A case with rows in every list that the form shows."""
    case = a_case("P-1", Level.T12, Level.L1, leakage=Leakage.PRESENT)
    for level in case.levels:
        case.add_leak(level, location=LeakLocation.EPIDURAL)
        case.add_balloon(level, volume_ml=3.5)
    case.add_prior_treatment(kind=PriorTreatmentKind.BRACE)
    case.add_adjunct(kind=AdjunctKind.BIOPSY)
    return case


def document(page: EditorPage) -> Document:
    case = page._editing.case
    assert case is not None
    return snapshot(case)


def state(page: EditorPage) -> tuple[Document, dict[tuple[str, str], str]]:
    """Everything entered, and the typing that was refused."""
    case = page._editing.case
    assert case is not None
    told = State.of(case, page._binder.refused()).refused
    return snapshot(case), {key: refused.text for key, refused in told.items()}


def test_a_value_is_taken_back_and_the_focus_is_where_it_was(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    before = document(page)
    keys.go_to("Cement").press(Key.Key_A, with_=CTRL).enter("4.5").go_to("Notes")
    after = document(page)
    assert after != before
    assert page.steps.undo_text == "cement of T12"
    page.steps.undo()
    assert document(page) == before
    settle()
    assert keys.place == "Cement, mL"
    assert focused_box().text() == "6"  # type: ignore[union-attr]
    assert page.steps.undo_text == ""
    assert page.steps.redo_text == "cement of T12"
    page.steps.redo()
    assert document(page) == after
    settle()
    assert focused_box().text() == "4.5"  # type: ignore[union-attr]


def test_what_is_being_typed_counts_as_done(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    before = document(page)
    keys.go_to("Operator").press(Key.Key_A, with_=CTRL).type("Dr B")
    page.steps.undo()
    assert document(page) == before
    assert keys.place == "Operator"
    page.steps.redo()
    assert page._editing.case.procedure.operator == "Dr B"  # type: ignore[union-attr]


def test_edits_of_one_visit_are_one_step_and_of_two_visits_two(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    keys.go_to("Operator")
    for text in ("Dr B", "Dr C"):
        keys.press(Key.Key_A, with_=CTRL).type(text)
        page._binder.commit()
        settle()
    keys.press(Key.Key_Tab).press(Key.Key_Backtab).press(Key.Key_A, with_=CTRL).enter("Dr D")
    page.steps.undo()
    assert page._editing.case.procedure.operator == "Dr C"  # type: ignore[union-attr]
    page.steps.undo()
    assert page._editing.case.procedure.operator == "Dr A. Operator"  # type: ignore[union-attr]
    assert page.steps.undo_text == ""


def test_a_reason_for_a_missing_value_is_a_step(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    keys.go_to("Fluoroscopy time").give_reason()
    assert page._editing.case.procedure.missing  # type: ignore[union-attr]
    page.steps.undo()
    assert not page._editing.case.procedure.missing  # type: ignore[union-attr]
    page.steps.redo()
    assert page._editing.case.procedure.missing == {  # type: ignore[union-attr]
        "fluoro_time_s": MissingReason.NOT_RECORDED
    }


def test_refused_typing_comes_and_goes_with_its_step(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    keys.go_to("Cement").press(Key.Key_A, with_=CTRL).enter("much")
    assert state(page)[1]
    page.steps.undo()
    assert not state(page)[1]
    settle()
    assert focused_box().text() == "6"  # type: ignore[union-attr]
    page.steps.redo()
    assert list(state(page)[1].values()) == ["much"]
    settle()
    assert focused_box().text() == "much"  # type: ignore[union-attr]
    assert focused_box().problem()  # type: ignore[union-attr]


def test_refused_typing_in_an_empty_line_is_in_sight_after_another_level_was_looked_at(
    edit: Edit, keys: Keyboard
) -> None:
    page = edit(a_case("P-1", Level.T12, Level.L1))
    keys.go_to("Volume")
    row_id = page._binder.row_of(focused_box()).id  # type: ignore[union-attr, arg-type]
    keys.enter("much")
    page._form.levels.choose_level(Level.L1)
    page._form.levels.choose_level(Level.T12)
    box = page._form.find_box(str(row_id), "volume_ml")
    assert box is not None
    assert box.text() == "much"


def test_a_level_that_was_added_goes_and_comes_with_what_was_entered_there(
    edit: Edit, keys: Keyboard
) -> None:
    page = edit(a_case())
    before = document(page)
    keys.go_to("Add level").type("l1 ")
    keys.go_to("Cement").enter("3")
    after = document(page)
    page.steps.undo()
    assert page.steps.undo_text == "adding L1"
    page.steps.undo()
    assert document(page) == before
    assert page._form.levels.level.level is Level.T12  # type: ignore[union-attr]
    assert page.steps.redo_text == "adding L1"
    page.steps.redo()
    settle()
    assert page._form.levels.level.level.label == "L1"  # type: ignore[union-attr]
    page.steps.redo()
    assert document(page) == after
    settle()
    assert keys.place == "Cement, mL"


def test_a_removed_level_comes_back_with_its_balloons_and_leaks(edit: Edit) -> None:
    page = edit(full_case())
    before = document(page)
    page._form.levels.remove_level(Level.T12)
    settle()
    assert page.steps.undo_text == "removing T12"
    assert document(page) != before
    page.steps.undo()
    assert document(page) == before
    settle()
    assert page._form.levels.level.level is Level.T12  # type: ignore[union-attr]


def test_what_was_removed_comes_back_by_the_notice_after_more_was_typed(
    edit: Edit, keys: Keyboard
) -> None:
    page = edit(full_case())
    before = document(page)
    page._form.levels.remove_level(Level.T12)
    keys.go_to("Operator").press(Key.Key_A, with_=CTRL).enter("Dr B")
    page._notice.act()
    case = page._editing.case
    assert case is not None
    assert case.procedure.operator == "Dr B"
    case.procedure.operator = "Dr A. Operator"
    assert document(page) == before
    assert page.steps.undo_text == "adding T12"


def test_undo_goes_on_after_a_save(qtbot: QtBot, edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    before = document(page)
    keys.go_to("Operator").press(Key.Key_A, with_=CTRL).enter("Dr B")
    with qtbot.waitSignal(page.saved):
        page.save()
    assert not page._editing.is_unsaved()
    page.steps.undo()
    assert document(page) == before
    assert page._editing.is_unsaved()
    page.steps.redo()
    assert not page._editing.is_unsaved()


def test_adopting_a_known_patient_can_be_undone(
    qtbot: QtBot, edit: Edit, keys: Keyboard, logbook: Logbook
) -> None:
    page = edit(a_case("P-1"))
    page.start_new(logbook)
    keys.enter("P-1")
    qtbot.waitUntil(lambda: "already in this logbook" in page._notice.text)
    own = page._editing.case.patient.id  # type: ignore[union-attr]
    page._notice.act()
    settle()
    assert page._editing.case.patient.version == 1  # type: ignore[union-attr]
    assert page.steps.undo_text == "choice of the patient"
    page.steps.undo()
    assert page._editing.case.patient.id == own  # type: ignore[union-attr]
    assert page._editing.case.patient.sex is None  # type: ignore[union-attr]
    page.steps.redo()
    assert page._editing.case.patient.version == 1  # type: ignore[union-attr]
    with qtbot.waitSignal(page.saved):
        page.save()


def test_a_new_case_begins_without_a_past(edit: Edit, keys: Keyboard, logbook: Logbook) -> None:
    page = edit(a_case())
    keys.go_to("Operator").press(Key.Key_A, with_=CTRL).enter("Dr B")
    page.start_new(logbook)
    assert page.steps.undo_text == page.steps.redo_text == ""
    page.steps.undo()
    page.steps.redo()


class Monkey:
    """Does to a case, by keys and buttons, whatever a user might do."""

    def __init__(self, page: EditorPage, seed: int) -> None:
        self.page = page
        self.chance = random.Random(seed)

    def act(self) -> None:
        self.chance.choice(
            [self.type, self.type, self.type, self.reason, self.add, self.copy, self.remove]
        )()
        settle()

    def boxes(self) -> list[FieldBox]:
        stops = [stop.parentWidget() for stop in self.page._form.focus_boxes()]
        return [stop for stop in stops if isinstance(stop, LineBox) and stop.isVisible()]

    def type(self) -> None:
        box = self.chance.choice(self.boxes())
        box.input.setFocus()
        text = self.chance.choice(["", "1", "2", "7.5", "0-1", "much", "t12", "yes", "2026-03-05"])
        box.input.show_text(text)
        box.commit()

    def reason(self) -> None:
        empty = [box for box in self.boxes() if box.takes_reason()]
        if empty:
            self.chance.choice(empty)._give_reason(self.chance.choice(list(MissingReason)))

    def add(self) -> None:
        self.page._form.levels.add(self.chance.sample([Level.T11, Level.L2, Level.S1], 2))

    def copy(self) -> None:
        self.page._form.levels.copy()

    def remove(self) -> None:
        levels = self.page._form.levels
        buttons = [
            button
            for button in self.page._form.findChildren(RowButton)
            if button.isVisible() and button.accessibleName().startswith("Remove")
        ]
        if levels.level is not None and self.chance.random() < 0.3:
            levels.remove(levels.level)
        elif buttons:
            self.chance.choice(buttons).click()


@pytest.mark.parametrize("seed", range(4))
def test_all_that_was_done_can_be_undone_and_done_again(edit: Edit, seed: int) -> None:
    page = edit(full_case())
    monkey = Monkey(page, seed)
    seen = [state(page)]
    for _ in range(25):
        monkey.act()
        seen.append(state(page))
    last = state(page)
    passed = []
    while page.steps.undo_text:
        passed.append(state(page))
        page.steps.undo()
        settle()
        assert page.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]
    assert state(page) == seen[0]
    for expected in reversed(passed):
        page.steps.redo()
        settle()
        assert state(page) == expected
    assert page.steps.redo_text == ""
    assert state(page) == last


@pytest.mark.parametrize("name", ["Fluoroscopy time", "Guidance", "Anesthesia", "Birth date"])
@pytest.mark.parametrize("way", [Key.Key_Backspace, Key.Key_Escape])
def test_refused_typing_that_is_taken_out_is_gone(
    edit: Edit, keys: Keyboard, name: str, way: Key
) -> None:
    page = edit(a_case())
    keys.go_to(name).type("xyzzy").press(Key.Key_Tab)
    assert list(state(page)[1].values()) == ["xyzzy"]
    keys.press(Key.Key_Backtab).press(Key.Key_A, with_=CTRL).press(way, Key.Key_Tab)
    assert not state(page)[1]
    keys.press(Key.Key_Backtab)
    assert focused_box().text() == ""  # type: ignore[union-attr]
