# SPDX-License-Identifier: MIT
"""A proposal stands pale in an empty box, and nothing but the user makes a value of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from models.fields import ClinicalField
from models.partial_date import PartialDate
from models.schema import Procedure, TreatedLevel
from models.vocabulary import Anesthesia, Guidance, MissingReason
from ui.widgets.field_box import FieldBox
from ui.widgets.field_boxes import box_for
from ui.widgets.proposal import Proposal

PROPOSED: list[tuple[ClinicalField, object, str]] = [
    (Procedure.operator, "Dr B. Operator", "Dr B. Operator"),
    (Procedure.anesthesia, Anesthesia.GENERAL, "General"),
    (Procedure.guidance, (Guidance.CT,), "CT"),
    (Procedure.performed_on, PartialDate("2026-03-04"), "2026-03-04"),
    (TreatedLevel.needle_gauge, 13, "13"),
]


@pytest.fixture(params=PROPOSED, ids=lambda told: told[0].name)
def told(request: pytest.FixtureRequest) -> tuple[ClinicalField, object, str]:
    found: tuple[ClinicalField, object, str] = request.param
    return found


@pytest.fixture
def box(qtbot: QtBot, told: tuple[ClinicalField, object, str]) -> FieldBox:
    field, value, _ = told
    shown = box_for(field)
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    shown.input.setFocus()
    shown.propose(Proposal(value, "as in the last case"))
    return shown


def test_it_stands_pale_and_is_no_value(
    box: FieldBox, told: tuple[ClinicalField, object, str]
) -> None:
    assert box.input.placeholderText() == told[2]
    assert box.is_empty()
    assert "as in the last case" in box.input.accessibleDescription()


def test_leaving_the_box_does_not_take_it(qtbot: QtBot, box: FieldBox) -> None:
    with qtbot.assertNotEmitted(box.changed):
        QTest.keyClick(box.input, Qt.Key.Key_Return)
        box.commit()
    assert box.is_empty()


def test_the_right_arrow_takes_it(
    qtbot: QtBot, box: FieldBox, told: tuple[ClinicalField, object, str]
) -> None:
    with qtbot.waitSignal(box.changed):
        QTest.keyClick(box.input, Qt.Key.Key_Right)
    assert box.value() == told[1]
    assert box.proposal() is None


def test_the_menu_takes_it(box: FieldBox, told: tuple[ClinicalField, object, str]) -> None:
    box.open_menu()
    menu = box.input.findChild(QMenu) or box.findChild(QMenu)
    assert menu is not None
    take = next(action for action in menu.actions() if action.text().startswith("Take "))
    assert take.text() == f"Take {told[2]}"
    take.trigger()
    assert box.value() == told[1]
    menu.close()


def test_a_reason_for_the_empty_box_takes_its_place(box: FieldBox) -> None:
    box.set_missing(MissingReason.NOT_DONE)
    assert box.input.placeholderText() == MissingReason.NOT_DONE.label
    assert not box.take_proposal()


def test_a_box_to_be_read_only_proposes_nothing(box: FieldBox) -> None:
    box.set_read_only(True)
    assert not box.take_proposal()
    assert box.is_empty()


def test_a_value_hides_it(box: FieldBox, told: tuple[ClinicalField, object, str]) -> None:
    box.set_value(told[1])
    assert box.proposal() is None
    box.set_value(() if isinstance(told[1], tuple) else None)
    assert box.input.placeholderText() == told[2]
