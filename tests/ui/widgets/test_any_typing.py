# SPDX-License-Identifier: MIT
"""Any text in any box: it becomes a value that reads back, or is refused in words and stays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from models.fields import ClinicalField
from models.numbers import Reported
from models.schema import AdverseEvent, Assessment, Balloon, Patient, Procedure, TreatedLevel
from ui.widgets.field_box import FieldBox
from ui.widgets.field_boxes import box_for

FIELDS: tuple[ClinicalField, ...] = (
    TreatedLevel.cement_ml,
    TreatedLevel.level,
    TreatedLevel.diagnosis,
    TreatedLevel.height_gain_low_mm,
    TreatedLevel.neuro_grade,
    Procedure.kap_gycm2,
    Procedure.fluoro_time_s,
    Procedure.performed_on,
    Procedure.started_at,
    Procedure.cement_expiry,
    Procedure.guidance,
    Patient.birth_date,
    Balloon.pressure,
    Assessment.pain_low,
    Assessment.eq5d_index,
    AdverseEvent.sir_2017,
)

_SIGNS = [*"0123456789.,-+/:~<>|; ", "\u00a0", "\u2009", "\u2013", "\u2212", "\u00bd", "\u00b2"]
_UNITS = ["mL", "ml", "cc", "mg", "psi", "Gy.cm2", "mGy.cm2", "s", "min", "e5", "am", "to"]
_WORDS = ["t", "today", "tomorrow", "Feb", "2026", "31.", "02.", "T12", "L", "resolved", "\uff15"]
_PIECES = st.sampled_from([*_SIGNS, *_UNITS, *_WORDS, "\u0665"])
TYPED = st.one_of(
    st.lists(_PIECES, max_size=7).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12),
)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=TYPED)
@example("31.02.")
@example("1,200")
@example("8/10")
@example("0\u20131")
@example("6 mL")
@example("9" * 400)
def test_any_text_is_taken_or_refused_and_never_lost(
    qtbot: QtBot, field: ClinicalField, typed: str
) -> None:
    box = box_for(field)
    qtbot.addWidget(box)
    box.input.show_text(typed)
    box.commit()
    if box.problem():
        assert box.text() == typed
        assert box.problem().endswith(".")
        assert box.field.label in box.problem()
        return
    if box.is_empty():
        assert is_nothing(typed, field)
        return
    told = box.text()
    assert told == box.show_value(box.value())
    assert same(box, box.read(told))


def is_nothing(typed: str, field: ClinicalField) -> bool:
    """Blanks, the bare unit, or signs that only part terms."""
    rest = typed.strip().strip("|;, \u00a0\u2009")
    return not rest or rest.casefold() == field.unit.casefold()


def same(box: FieldBox, again: object) -> bool:
    """Whether it reads back as it was; the words of "8/10" are kept beside the number."""
    value = box.value()
    if isinstance(value, Reported) and isinstance(again, Reported) and value.low is not None:
        return (value.low, value.high) == (again.low, again.high)
    return value == again
