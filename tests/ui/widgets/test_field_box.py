# SPDX-License-Identifier: MIT
"""What every box does: made from its field alone, keeps what it refuses, says why it is empty."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.fields import ClinicalField, Part, TermField, TermsField
from models.findings import Severity
from models.schema import RECORD_TABLES, AdverseEvent, Patient, Procedure, TreatedLevel
from models.vocabulary import MissingReason
from ui.widgets.field_box import FieldBox, Notice
from ui.widgets.field_boxes import box_for
from ui.widgets.plain_tip import plain_tip
from ui.widgets.told_tip import told_tip

FIELDS = [
    field
    for table in RECORD_TABLES
    for field in table.clinical_fields()
    if field.part not in (Part.HIGH, Part.WORDS)
]


def shown(qtbot: QtBot, field: ClinicalField) -> FieldBox:
    box = box_for(field)
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
    box.input.setFocus()
    return box


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_every_field_of_the_record_has_a_box_that_is_named_and_explained(
    qtbot: QtBot, field: ClinicalField
) -> None:
    box = box_for(field)
    qtbot.addWidget(box)
    name = f"{field.label}, {field.unit}" if field.unit else field.label
    assert box.input.accessibleName() == name
    assert box.input.whatsThis() == field.help
    assert box.is_empty()
    assert not box.problem()


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_an_empty_box_that_is_left_tells_nothing(qtbot: QtBot, field: ClinicalField) -> None:
    box = box_for(field)
    qtbot.addWidget(box)
    with qtbot.assertNotEmitted(box.changed):
        box.commit()
    assert box.is_empty()


@pytest.mark.parametrize(
    "field", [f for f in FIELDS if isinstance(f, TermField | TermsField)], ids=str
)
def test_a_box_takes_every_term_by_its_label(qtbot: QtBot, field: TermField | TermsField) -> None:
    for term in field.vocabulary:
        box = box_for(field)
        qtbot.addWidget(box)
        box.input.show_text(term.label)
        box.commit()
        value = box.value()
        assert (value[0] if isinstance(value, tuple) else value) is term


def test_what_is_refused_stays_as_it_was_typed_and_the_sentence_says_why(qtbot: QtBot) -> None:
    box = shown(qtbot, Procedure.age_at_procedure)
    box.set_value(75)
    box.input.show_text("seventy")
    with qtbot.waitSignal(box.changed):
        box.commit()
    assert (box.text(), box.value()) == ("seventy", None)
    assert box.problem().startswith("Age at procedure: seventy is not a number. ")
    assert box.input.property("state") == "error"
    assert box.problem() in box.input.toolTip().replace("\n", " ")


def test_the_mark_of_a_refused_text_goes_as_soon_as_it_is_mended(qtbot: QtBot) -> None:
    box = shown(qtbot, Procedure.age_at_procedure)
    box.input.show_text("seventy")
    box.commit()
    box.input.selectAll()
    QTest.keyClicks(box.input, "70")
    assert not box.problem()
    assert box.value() is None, "a value is taken when the box is left"


def test_escape_puts_back_what_was_there(qtbot: QtBot) -> None:
    box = shown(qtbot, Procedure.age_at_procedure)
    box.set_value(75)
    QTest.keyClicks(box.input, "1")
    QTest.keyClick(box.input, Qt.Key.Key_Escape)
    assert box.text() == "75"


def test_a_reason_stands_in_the_empty_box_and_goes_with_the_first_value(qtbot: QtBot) -> None:
    box = shown(qtbot, Procedure.operator)
    QTest.keyClick(box.input, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(box.changed):
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert box.missing() is MissingReason.NOT_RECORDED
    assert box.input.placeholderText() == "Not recorded"

    box.input.show_text("Dr A")
    box.commit()
    assert box.missing() is None


def test_a_box_with_a_value_takes_no_reason(qtbot: QtBot) -> None:
    box = shown(qtbot, Procedure.operator)
    box.set_value("Dr A")
    menu = QMenu()
    actions = box.add_reasons(menu)
    assert not any(action.isEnabled() for action in actions)


def test_its_own_problem_weighs_more_than_a_finding(qtbot: QtBot) -> None:
    box = shown(qtbot, TreatedLevel.cement_ml)
    box.set_finding(Notice(Severity.WARNING, "unusual"))
    assert box.input.property("state") == "warning"
    box.input.show_text("45")
    box.commit()
    notice = box.notice()
    assert notice is not None
    assert notice.severity is Severity.ERROR


def test_a_read_only_box_is_passed_by_tab(qtbot: QtBot) -> None:
    box = shown(qtbot, Patient.patient_code)
    box.set_read_only(True)
    assert box.input.isReadOnly()
    assert not box.input.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_typed_markup_is_no_markup_in_a_tool_tip() -> None:
    assert "&lt;b&gt;" in plain_tip("<b>6</b> is not a number.")
    assert plain_tip("6 is a number.") == "6 is a number."


def test_a_tip_of_several_sentences_is_no_line_across_the_screen(qtbot: QtBot) -> None:
    box = shown(qtbot, AdverseEvent.cause)
    lines = box.input.toolTip().splitlines()
    assert " ".join(lines) == AdverseEvent.cause.help
    assert len(lines) == 3
    assert all(len(line) <= 64 for line in lines)
    apart = told_tip(("One.", "", "Half a spoon is 7\u00a0mL."))
    assert apart == "One.\n\nHalf a spoon is 7\u00a0mL."


def test_a_reason_without_room_is_told_by_a_sign_and_when_pointed_at(qtbot: QtBot) -> None:
    box = shown(qtbot, Procedure.age_at_procedure)
    box.set_missing(MissingReason.NOT_RECORDED)
    hints = []
    for width in range(300, 40, -10):
        box.resize(width, box.sizeHint().height())
        hints.append(box.input.placeholderText())
    assert list(dict.fromkeys(hints)) == ["Not recorded", "Not rec.", "—"]
