# SPDX-License-Identifier: MIT
"""What is typed goes into the row the box shows, and refused typing stays with its row."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from models.findings import Finding, Severity
from models.schema import Assessment, Procedure, TreatedLevel
from models.vocabulary import DurationUnit, MissingReason
from ui.widgets.field_box import FieldBox
from ui.widgets.field_boxes import box_for
from ui.widgets.field_form import FieldForm


@pytest.fixture
def form(qtbot: QtBot) -> FieldForm:
    return FieldForm()


def cement(qtbot: QtBot) -> FieldBox:
    box = box_for(TreatedLevel.cement_ml)
    qtbot.addWidget(box)
    return box


def enter(box: FieldBox, text: str) -> None:
    box.input.show_text(text)
    box.commit()


def finding(row: TreatedLevel, severity: Severity) -> Finding:
    return Finding(severity, "treated_level", str(row.id), "cement_ml", "Cement", "Look at it.")


def test_a_value_goes_into_the_row_and_is_told(qtbot: QtBot, form: FieldForm) -> None:
    row, box = TreatedLevel(), cement(qtbot)
    form.bind(box, row)
    with qtbot.waitSignal(form.edited) as told:
        enter(box, "6")
    assert row.cement_ml == 6
    assert told.args == [row, "cement_ml"]


def test_a_reason_goes_into_the_row(qtbot: QtBot, form: FieldForm) -> None:
    row, box = TreatedLevel(), cement(qtbot)
    form.bind(box, row)
    box._give_reason(MissingReason.NOT_RECORDED)
    assert row.missing == {"cement_ml": MissingReason.NOT_RECORDED}
    enter(box, "6")
    assert row.missing == {}


def test_a_box_shows_another_row_and_the_first_keeps_what_it_has(
    qtbot: QtBot, form: FieldForm
) -> None:
    first, second, box = TreatedLevel(cement_ml=6), TreatedLevel(cement_ml=4), cement(qtbot)
    form.bind(box, first)
    form.bind(box, second)
    assert box.text() == "4"
    enter(box, "5")
    assert (first.cement_ml, second.cement_ml) == (6, 5)


def test_refused_typing_waits_for_its_row_to_come_back(qtbot: QtBot, form: FieldForm) -> None:
    first, second, box = TreatedLevel(cement_ml=6), TreatedLevel(cement_ml=4), cement(qtbot)
    form.bind(box, first)
    enter(box, "45")
    assert first.cement_ml is None
    form.bind(box, second)
    assert (box.text(), box.problem()) == ("4", "")
    assert [told.text for told in form.refused()] == ["45"]
    form.bind(box, first)
    assert box.text() == "45"
    assert box.problem()
    enter(box, "4.5")
    assert form.refused() == []
    assert first.cement_ml == 4.5


def test_refused_typing_goes_with_a_row_that_is_taken_away(qtbot: QtBot, form: FieldForm) -> None:
    row, box = TreatedLevel(), cement(qtbot)
    form.bind(box, row)
    enter(box, "45")
    form.forget(row)
    assert form.refused() == []


def test_two_boxes_of_one_field_show_the_same(qtbot: QtBot, form: FieldForm) -> None:
    row, one, other = TreatedLevel(), cement(qtbot), cement(qtbot)
    form.bind(one, row)
    form.bind(other, row)
    enter(one, "6")
    assert other.text() == "6"


def test_a_reported_number_and_its_words_share_their_row(qtbot: QtBot, form: FieldForm) -> None:
    row = TreatedLevel()
    number = box_for(TreatedLevel.height_gain_low_mm, keeps_words=True)
    words = box_for(TreatedLevel.height_gain_words)
    for box in (number, words):
        qtbot.addWidget(box)
        form.bind(box, row)
    enter(number, "3-5")
    enter(words, "approximate reduction")
    assert (row.height_gain_low_mm, row.height_gain_high_mm) == (3, 5)
    assert row.height_gain_words == "approximate reduction"
    enter(number, "4")
    assert row.height_gain_words == "approximate reduction"


def test_words_alone_are_no_number(qtbot: QtBot, form: FieldForm) -> None:
    row, box = Assessment(), box_for(Assessment.pain_low)
    qtbot.addWidget(box)
    form.bind(box, row)
    enter(box, "totally resolved")
    assert (row.pain_low, row.pain_high, row.pain_words) == (None, None, "totally resolved")


def test_findings_mark_the_boxes_they_are_about(qtbot: QtBot, form: FieldForm) -> None:
    row, other, box = TreatedLevel(cement_ml=9), TreatedLevel(), cement(qtbot)
    form.bind(box, row)
    form.show_findings([finding(row, Severity.WARNING), finding(other, Severity.ERROR)])
    notice = box.notice()
    assert notice is not None
    assert notice.severity is Severity.WARNING
    form.show_findings([finding(row, Severity.OPEN)])
    assert box.notice() is None
    assert box.is_open


def test_the_box_that_is_typed_into_is_not_refreshed(qtbot: QtBot, form: FieldForm) -> None:
    row, box = TreatedLevel(cement_ml=6), cement(qtbot)
    form.bind(box, row)
    with qtbot.waitActive(box):
        box.show()
    box.input.setFocus()
    box.input.show_text("7")
    form.refresh(row)
    assert box.text() == "7"


def duration(qtbot: QtBot, form: FieldForm, row: Procedure) -> tuple[FieldBox, FieldBox]:
    boxes = box_for(Procedure.pain_duration), box_for(Procedure.pain_duration_unit)
    for box in boxes:
        qtbot.addWidget(box)
        form.bind(box, row)
    return boxes


def test_a_unit_typed_behind_a_number_fills_the_box_of_the_unit(
    qtbot: QtBot, form: FieldForm
) -> None:
    row = Procedure(missing={"pain_duration_unit": MissingReason.UNKNOWN})
    number, unit = duration(qtbot, form, row)
    enter(number, "3 years")
    assert (row.pain_duration, row.pain_duration_unit) == (3, DurationUnit.YEARS)
    assert (number.text(), unit.text(), row.missing) == ("3", "years", {})
    enter(number, "4")
    assert (row.pain_duration, row.pain_duration_unit) == (4, DurationUnit.YEARS)


def test_the_same_number_with_another_unit_is_a_change(qtbot: QtBot, form: FieldForm) -> None:
    row = Procedure(pain_duration=3, pain_duration_unit=DurationUnit.YEARS)
    number, unit = duration(qtbot, form, row)
    enter(unit, "xyz")
    with qtbot.waitSignal(form.edited):
        enter(number, "3 w")
    assert (row.pain_duration_unit, unit.text()) == (DurationUnit.WEEKS, "weeks")
    assert form.refused() == []


def test_a_number_that_is_refused_leaves_its_unit_alone(qtbot: QtBot, form: FieldForm) -> None:
    row = Procedure(pain_duration_unit=DurationUnit.DAYS)
    number, unit = duration(qtbot, form, row)
    enter(number, "5000 years")
    assert number.problem()
    assert (row.pain_duration, row.pain_duration_unit) == (None, DurationUnit.DAYS)
    assert unit.text() == "days"
