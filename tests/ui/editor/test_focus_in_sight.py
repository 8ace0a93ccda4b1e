# SPDX-License-Identifier: MIT
"""Whoever types sees where, also when what was typed brings up more of the form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.case import Case
from models.vocabulary import Level
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.editor.form import CaseForm
from ui.editor.page import EditorPage

SMALL = (1112, 672)
"""What a screen of 1280 by 720 leaves to the page."""


def is_seen(page: EditorPage) -> bool:
    """Whether all of the control with the focus lies in the sight of the user."""
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)
    return focus.visibleRegion().boundingRect() == focus.rect()


def test_the_field_after_a_new_level_is_seen_wherever_the_level_was_typed(
    qtbot: QtBot, new: EditorPage, keys: Keyboard
) -> None:
    form = new.findChild(CaseForm)
    assert form is not None
    for number, height in enumerate(range(672, 512, -20)):
        new.resize(SMALL[0], height)
        form.verticalScrollBar().setValue(0)
        keys.go_to("Add level").type(f"t{number + 1}").press(Key.Key_Return)
        assert keys.place == "Diagnosis"
        qtbot.waitUntil(lambda: is_seen(new))


def test_the_field_after_an_answer_that_brings_up_more_is_seen(
    qtbot: QtBot, new: EditorPage, keys: Keyboard
) -> None:
    new.resize(*SMALL)
    keys.go_to("Add level").type("t12").press(Key.Key_Return)
    keys.go_to("Technique").enter("bkp").go_to("Leakage").enter("present")
    assert keys.place == "Looked for by"
    qtbot.waitUntil(lambda: is_seen(new))


def test_whoever_scrolled_away_is_not_pulled_back(
    qtbot: QtBot, edit: Callable[[Case], EditorPage], keys: Keyboard
) -> None:
    page = edit(a_case("P-1", Level.T12, Level.L1))
    page.resize(*SMALL)
    form = page.findChild(CaseForm)
    assert form is not None
    keys.go_to("Sex")
    bar = form.verticalScrollBar()
    for _ in range(4):
        QApplication.sendEvent(form.viewport(), a_turn_of_the_wheel())
    there, height = bar.value(), bar.maximum()
    assert there > 0
    form.levels.add([Level.L2])
    qtbot.waitUntil(lambda: bar.maximum() != height)
    settle()
    assert bar.value() == there


def a_turn_of_the_wheel() -> QWheelEvent:
    none, here = Qt.KeyboardModifier.NoModifier, QPointF(20, 20)
    return QWheelEvent(
        here,
        here,
        QPointF(0, -120).toPoint(),
        QPointF(0, -120).toPoint(),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
