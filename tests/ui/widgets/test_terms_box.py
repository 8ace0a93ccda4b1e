# SPDX-License-Identifier: MIT
"""The box for several terms: chips that come by typing and go by Backspace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.fields import TermsField
from models.schema import RECORD_TABLES, Procedure, TreatedLevel
from models.vocabulary import Diagnosis, Guidance, MissingReason
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
    QTest.keyClicks(box.input, "ovcf")
    press(box, Key.Key_Return)
    QTest.keyClicks(box.input, "hemang")
    press(box, Key.Key_Tab)
    assert box.value() == BOTH, "in the order of the vocabulary"
    assert box.text() == ""


def test_a_comma_adds_a_term(box: TermsBox) -> None:
    QTest.keyClicks(box.input, "myel,")
    assert box.value() == (Diagnosis.MYELOMA,)


def made_for(qtbot: QtBot, field: TermsField) -> TermsBox:
    """A box of its own, with the focus."""
    box = TermsBox(field)
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
    box.input.setFocus()
    return box


_FIELDS = [
    field
    for table in RECORD_TABLES
    for field in table.clinical_fields()
    if isinstance(field, TermsField)
]


@pytest.mark.parametrize("field", _FIELDS, ids=lambda field: field.name)
def test_a_label_typed_in_full_means_its_term_alone_also_with_a_comma_in_it(
    qtbot: QtBot, field: TermsField
) -> None:
    box = made_for(qtbot, field)
    for term in field.vocabulary:
        QTest.keyClicks(box.input, term.label)
        press(box, Key.Key_Return)
        assert box.value() == (term,)
        box.set_value(())


@pytest.mark.parametrize("typed", ["fluoroscopy,ct", "fluoroscopy, ct,", "fluoro; ct;", "ct,c-arm"])
def test_terms_in_a_row_are_parted_by_commas(qtbot: QtBot, typed: str) -> None:
    box = made_for(qtbot, Procedure.guidance)
    QTest.keyClicks(box.input, typed)
    press(box, Key.Key_Return)
    assert box.value() == (Guidance.FLUOROSCOPY, Guidance.CT)
    assert box.text() == ""


@pytest.mark.parametrize("end", ["", ",", ", "])
def test_a_term_that_begins_another_can_be_told_alone(qtbot: QtBot, end: str) -> None:
    box = made_for(qtbot, Procedure.guidance)
    QTest.keyClicks(box.input, f"fluoroscopy{end}")
    press(box, Key.Key_Return)
    assert box.value() == (Guidance.FLUOROSCOPY,)


def test_after_the_comma_the_longer_label_is_one_key_down(qtbot: QtBot) -> None:
    box = made_for(qtbot, Procedure.guidance)
    QTest.keyClicks(box.input, "fluoroscopy,")
    press(box, Key.Key_Down)
    press(box, Key.Key_Return)
    assert box.value() == (Guidance.FLUOROSCOPY_BIPLANE,)


def test_a_list_that_is_pasted_is_taken_whole(qtbot: QtBot) -> None:
    box = made_for(qtbot, Procedure.guidance)
    box.input.setText("CT, Fluoroscopy, biplane")
    box.commit()
    assert box.value() == (Guidance.FLUOROSCOPY_BIPLANE, Guidance.CT)


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
    assert box.problem() == "Diagnosis does not know xyz. Press Down for the list."
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
