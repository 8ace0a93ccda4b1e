# SPDX-License-Identifier: MIT
"""The table to type into: columns line up, give way where there is no room, details fold out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.schema import Adjunct, Leak, PriorTreatment
from models.vocabulary import AdjunctKind, LeakLocation, PriorTreatmentKind, YesNo
from tests.ui.painted import words_of
from ui.theme import Theme
from ui.widgets.field_form import FieldForm
from ui.widgets.field_places import Column, place
from ui.widgets.field_table import FieldTable

ALT = Qt.KeyboardModifier.AltModifier
COLUMNS = (
    Column(Leak.location, 150),
    Column(Leak.symptomatic, 90, goes=2),
    Column(Leak.yeom_type, 110, goes=1),
)
DETAILS = ((place(3, Leak.symptoms_on), place(9, Leak.detail)),)


@pytest.fixture
def form(qtbot: QtBot) -> FieldForm:
    return FieldForm()


@pytest.fixture
def table(qtbot: QtBot, form: FieldForm) -> FieldTable:
    made = FieldTable(form, COLUMNS, DETAILS, Theme("light"))
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_each_row_is_typed_into_its_own_record(table: FieldTable) -> None:
    first, second = Leak(), Leak()
    table.show_rows([first, second])
    box = table.views()[1].boxes["location"]
    box.input.show_text("foramen")
    box.commit()
    assert (first.location, second.location) == (None, LeakLocation.FORAMINAL)


def test_rows_that_stay_keep_their_boxes(table: FieldTable) -> None:
    first, second = Leak(), Leak()
    table.show_rows([first, second])
    kept = table.view_of(second)
    table.show_rows([second, Leak()])
    assert table.view_of(second) is kept
    assert table.view_of(first) is None


def test_columns_give_way_and_are_found_in_the_details(qtbot: QtBot, table: FieldTable) -> None:
    table.show_rows([Leak()])
    view = table.views()[0]
    assert all(box.isVisible() for box in view.boxes.values())
    table.resize(300, 300)
    qtbot.waitUntil(lambda: not view.boxes["yeom_type"].isVisible())
    assert view.boxes["location"].isVisible()
    box = view.find_box("yeom_type")
    assert box is not None
    assert box is not view.boxes["yeom_type"]
    assert box.isVisible()


def test_alt_enter_folds_the_details_out_and_in(table: FieldTable) -> None:
    table.show_rows([Leak()])
    view = table.views()[0]
    view.boxes["location"].input.setFocus()
    QTest.keyClick(view.boxes["location"].input, Qt.Key.Key_Return, ALT)
    assert view.details_shown
    QTest.keyClick(view.boxes["location"].input, Qt.Key.Key_Return, ALT)
    assert not view.details_shown


def test_alt_delete_asks_for_the_row_to_go(qtbot: QtBot, table: FieldTable) -> None:
    row = Leak(location=LeakLocation.EPIDURAL)
    table.show_rows([row])
    with qtbot.waitSignal(table.remove_wanted) as wanted:
        QTest.keyClick(table.views()[0].boxes["location"].input, Qt.Key.Key_Delete, ALT)
    assert wanted.args == [row]


def test_a_detail_that_does_not_apply_is_not_shown_unless_it_holds_something(
    table: FieldTable,
) -> None:
    row = Leak(symptomatic=YesNo.NO)
    table.show_rows([row])
    view = table.views()[0]
    view.set_details_shown(True)
    assert view.find_box("symptoms_on") is None
    box = view.boxes["symptomatic"]
    box.input.show_text("yes")
    box.commit()
    assert view.find_box("symptoms_on") is not None


def test_a_column_that_does_not_apply_is_not_shown(qtbot: QtBot, form: FieldForm) -> None:
    columns = (Column(Adjunct.kind, 150), Column(Adjunct.volume_ml, 80))
    table = FieldTable(form, columns, (), Theme("light"))
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show_rows([Adjunct(kind=AdjunctKind.BIOPSY), Adjunct(kind=AdjunctKind.ETHANOL)])
    table.show()
    biopsy, ethanol = table.views()
    assert not biopsy.boxes["volume_ml"].isVisible()
    assert ethanol.boxes["volume_ml"].isVisible()


def test_dashes_stand_where_nothing_was_entered_in_a_row_that_holds_something(
    table: FieldTable,
) -> None:
    table.show_rows([Leak(location=LeakLocation.EPIDURAL), Leak()])
    filled, empty = table.views()
    assert filled.boxes["symptomatic"].input.placeholderText() == "–"
    assert empty.boxes["symptomatic"].input.placeholderText() == ""


def test_a_date_goes_last_and_only_where_terms_would_be_cut_off(
    qtbot: QtBot, form: FieldForm
) -> None:
    columns = (
        Column(PriorTreatment.kind, 230),
        Column(PriorTreatment.treated_on, 96, goes=2, last=True),
        Column(PriorTreatment.detail, 100, goes=1),
    )
    table = FieldTable(form, columns, (), Theme("light"))
    qtbot.addWidget(table)
    table.show()
    table.show_rows([PriorTreatment(kind=PriorTreatmentKind.FACET_OR_MBB)])
    boxes = table.views()[0].boxes
    for width, shown in ((600, 3), (360, 2), (260, 1)):
        table.resize(width, 200)
        qtbot.waitUntil(lambda: sum(box.isVisible() for box in boxes.values()) == shown)  # noqa: B023 - at once
        words = [word.text.strip() for word in words_of(boxes["kind"].input)]
        assert not any("…" in word for word in words)
    assert table.views()[0].find_box("treated_on") is not None
