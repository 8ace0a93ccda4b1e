# SPDX-License-Identifier: MIT
"""The box for one term: found by label, code or synonym, with keys alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.schema import TreatedLevel
from models.vocabulary import CementType, Technique
from tests.ui.painted import words_of
from ui.widgets.term_box import TermBox
from ui.widgets.term_search import matching

Key = Qt.Key


def press(box: TermBox, key: Qt.Key) -> None:
    """A key goes to the open list first, as it does on a screen."""
    QTest.keyClick(QApplication.activePopupWidget() or box.input, key)


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[TermBox]:
    form = QWidget()
    made = TermBox(TreatedLevel.technique)
    layout = QVBoxLayout(form)
    for widget in (made, QLineEdit()):
        layout.addWidget(widget)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    made.input.setFocus()
    yield made
    form.close()


@pytest.mark.parametrize(
    "typed", ["balloon", "BKP", "kypho", "balloon_kyph", "Balloon kyphoplasty"]
)
def test_a_term_is_found_by_a_part_of_label_code_or_synonym(box: TermBox, typed: str) -> None:
    QTest.keyClicks(box.input, typed)
    press(box, Key.Key_Tab)
    assert box.value() is Technique.BALLOON_KYPHOPLASTY
    assert box.text() == "Balloon kyphoplasty"


def test_arrow_keys_choose_among_what_was_found(box: TermBox) -> None:
    QTest.keyClicks(box.input, "sacro")
    press(box, Key.Key_Down)
    press(box, Key.Key_Return)
    assert box.value() is Technique.SACROPLASTY_BALLOON


def test_down_opens_all_terms_at_the_present_one(box: TermBox) -> None:
    box.set_value(Technique.VERTEBROPLASTY)
    press(box, Key.Key_Down)
    assert box._list is not None
    assert box._list.is_shown
    assert box._list.current is Technique.VERTEBROPLASTY
    press(box, Key.Key_Down)
    press(box, Key.Key_Return)
    assert box.value() is Technique.MECHANICAL_IMPLANT
    assert not box._list.is_shown


def test_a_click_in_the_list_chooses(qtbot: QtBot, box: TermBox) -> None:
    box.show_all()
    view = QApplication.activePopupWidget()
    assert view is not None
    assert box._list is not None
    place = box._list._view().visualRect(box._list.completionModel().index(1, 0)).center()
    with qtbot.waitSignal(box.changed):
        QTest.mouseClick(box._list._view().viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert box.value() is Technique.VERTEBROPLASTY


def test_escape_closes_the_list_and_then_takes_the_typing_back(box: TermBox) -> None:
    box.set_value(Technique.VERTEBROPLASTY)
    box.input.selectAll()
    QTest.keyClicks(box.input, "ball")
    press(box, Key.Key_Escape)
    assert box.text() == "ball"
    press(box, Key.Key_Escape)
    assert box.text() == "Vertebroplasty"


def test_what_is_no_term_is_refused_and_stays(box: TermBox) -> None:
    QTest.keyClicks(box.input, "xyz")
    press(box, Key.Key_Tab)
    assert box.value() is None
    assert box.problem() == "Technique does not know xyz. Press Down for the list."
    assert box.text() == "xyz"


def test_emptied_it_holds_nothing(box: TermBox) -> None:
    box.set_value(Technique.VERTEBROPLASTY)
    box.input.selectAll()
    press(box, Key.Key_Delete)
    press(box, Key.Key_Tab)
    assert box.value() is None
    assert box.is_empty()


def test_a_full_code_comes_before_the_beginning_of_a_label() -> None:
    assert matching(CementType, "pmma")[0] is CementType.PMMA
    assert matching(CementType, "pmma, l")[0] is CementType.PMMA_LOW


def test_nothing_typed_means_all_terms_in_their_order() -> None:
    assert matching(CementType, " ") == list(CementType)


def test_a_term_without_room_is_shown_in_brief_and_told_in_full(qtbot: QtBot) -> None:
    box = TermBox(TreatedLevel.technique)
    qtbot.addWidget(box)
    box.set_value(Technique.BALLOON_KYPHOPLASTY)
    box.show()
    for word, width in (("Balloon kyphoplasty", 260), ("Kyphoplasty", 130), ("BKP", 70)):
        box.resize(width, box.sizeHint().height())
        assert word in [one.text for one in words_of(box.input)]
        assert box.text() == "Balloon kyphoplasty"


def test_a_hint_without_room_is_a_shorter_one(qtbot: QtBot) -> None:
    box = TermBox(TreatedLevel.technique)
    qtbot.addWidget(box)
    box.set_hint("Add a technique", "+")
    box.show()
    for hint, width in (("Add a technique", 260), ("+", 60)):
        box.resize(width, box.sizeHint().height())
        assert box.input.placeholderText() == hint
