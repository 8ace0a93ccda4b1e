# SPDX-License-Identifier: MIT
"""The box for several terms: chips that come by typing and go by Backspace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.schema import TreatedLevel
from models.vocabulary import Diagnosis, MissingReason
from ui.widgets.terms_box import TermsBox

Key = Qt.Key
BOTH = (Diagnosis.HEMANGIOMA, Diagnosis.OSTEOPOROTIC_FRACTURE)


def press(box: TermsBox, key: Qt.Key) -> None:
    """A key goes to the open list first, as it does on a screen."""
    QTest.keyClick(QApplication.activePopupWidget() or box.input, key)


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[TermsBox]:
    form = QWidget()
    made = TermsBox(TreatedLevel.diagnosis)
    layout = QVBoxLayout(form)
    for widget in (made, QLineEdit()):
        layout.addWidget(widget)
    qtbot.addWidget(form)
    form.resize(420, 80)
    with qtbot.waitActive(form):
        form.show()
    made.input.setFocus()
    yield made
    form.close()


def test_enter_adds_a_term_and_waits_for_the_next(box: TermsBox) -> None:
    QTest.keyClicks(box.input, "vcf")
    press(box, Key.Key_Return)
    QTest.keyClicks(box.input, "hemang")
    press(box, Key.Key_Tab)
    assert box.value() == BOTH, "in the order of the vocabulary"
    assert box.text() == ""


def test_a_comma_adds_a_term(box: TermsBox) -> None:
    QTest.keyClicks(box.input, "myel,")
    assert box.value() == (Diagnosis.MYELOMA,)


def test_a_term_typed_again_stays_once(box: TermsBox) -> None:
    box.set_value(BOTH)
    QTest.keyClicks(box.input, "VH")
    press(box, Key.Key_Tab)
    assert box.value() == BOTH


def test_backspace_in_the_empty_box_takes_the_last_term_away(qtbot: QtBot, box: TermsBox) -> None:
    box.set_value(BOTH)
    with qtbot.waitSignal(box.changed):
        press(box, Key.Key_Backspace)
    assert box.value() == BOTH[:1]


def test_choosing_a_ticked_term_from_the_list_takes_it_away(box: TermsBox) -> None:
    box.set_value(BOTH)
    box.show_all()
    press(box, Key.Key_Down)
    press(box, Key.Key_Return)
    assert box.value() == BOTH[1:]


def test_the_cross_of_a_chip_takes_its_term_away(box: TermsBox) -> None:
    box.set_value(BOTH)
    chip = box.input._places()[0]
    cross = QPoint(round(chip.right()) - 6, round(chip.center().y()))
    QTest.mouseClick(box.input, Qt.MouseButton.LeftButton, pos=cross)
    assert box.value() == BOTH[1:]


def test_what_is_no_term_is_refused_and_the_others_stay(box: TermsBox) -> None:
    box.set_value(BOTH)
    QTest.keyClicks(box.input, "xyz")
    press(box, Key.Key_Tab)
    assert box.value() == BOTH
    assert box.problem() == "Diagnosis does not know xyz."
    assert box.text() == "xyz"


def test_chips_never_run_out_of_a_narrow_box(box: TermsBox) -> None:
    box.set_value(tuple(Diagnosis)[:4])
    box.window().resize(180, 80)
    QApplication.processEvents()
    assert box.input._places()[-1].right() <= box.width()


def test_its_terms_are_told_to_screen_readers(box: TermsBox) -> None:
    box.set_value(BOTH)
    assert box.input.accessibleDescription() == (
        "Vertebral hemangioma, Osteoporotic compression fracture"
    )


def test_a_reason_goes_with_the_first_term(box: TermsBox) -> None:
    box.set_missing(MissingReason.NOT_RECORDED)
    box.choose(Diagnosis.MYELOMA)
    assert box.missing() is None
