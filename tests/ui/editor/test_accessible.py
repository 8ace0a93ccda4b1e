# SPDX-License-Identifier: MIT
"""Every control of the editor says to a screen reader what it is, with the unit of its field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.logbook import Logbook
from models.schema import RECORD_TABLES
from models.settings import STORE_IDENTITY, change_setting
from models.vocabulary import (
    AdjunctKind,
    Diagnosis,
    EventKind,
    Leakage,
    LeakLocation,
    Level,
    PriorTreatmentKind,
    YesNo,
)
from tests.radiographs import case_with_images
from tests.ui.editor.keyboard import settle
from ui.editor.fields_view import FoldButton
from ui.editor.page import EditorPage
from ui.jobs import Jobs
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm
from ui.widgets.field_table_row import FieldTableRow

UNFOLDING = 3
"""What is folded out may hold something that folds out."""


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def full(qtbot: QtBot, page: EditorPage, logbook: Logbook, jobs: Jobs) -> EditorPage:
    """A case with a line in every list and everything folded out."""
    page.use_settings(change_setting(logbook, STORE_IDENTITY, True))
    case = case_with_images(logbook, size=(60, 80))
    level = case.levels[0]
    level.level, level.leakage, level.balloon_count = Level.T13, Leakage.PRESENT, 1
    level.diagnosis = (Diagnosis.HEMANGIOMA, Diagnosis.FRACTURE_UNSPECIFIED)
    case.add_balloon(level, volume_ml=4)
    case.add_leak(level, location=LeakLocation.EPIDURAL, symptomatic=YesNo.YES)
    case.add_adjunct(kind=AdjunctKind.ETHANOL)
    case.add_adjunct(kind=AdjunctKind.RADIOTHERAPY)
    case.add_prior_treatment(kind=PriorTreatmentKind.RADIOTHERAPY)
    case.add_adverse_event(kind=EventKind.FRACTURE_ADJACENT)
    case.procedure.technical_success = YesNo.NO
    save_case(logbook, case)
    page.edit(logbook, case.id)
    qtbot.waitUntil(lambda: page.case_id == case.id and not jobs.is_busy)
    for _ in range(UNFOLDING):
        for fold in page.findChildren(FoldButton):
            fold.setChecked(True)
        for line in page.findChildren(FieldTableRow):
            line.set_details_shown(True)
        settle()
    return page


def stops(page: EditorPage) -> list[QWidget]:
    """Everything in the page that can have the focus."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisibleTo(page) and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]


def name_of(widget: QWidget) -> str:
    """What a screen reader says of it first."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_a_screen_reader_is_told_what_everything_is(full: EditorPage) -> None:
    """Of one page, which takes longer to be filled than to be asked."""
    whatever_can_have_the_focus_has_a_name(full)
    the_name_of_a_box_begins_with_its_field_and_says_its_unit(full)
    no_two_boxes_of_one_row_have_the_same_name(full)


def whatever_can_have_the_focus_has_a_name(full: EditorPage) -> None:
    nameless = [
        f"{type(stop).__name__} in {type(stop.parent()).__name__}"
        for stop in stops(full)
        if not name_of(stop)
    ]
    assert nameless == []


def the_name_of_a_box_begins_with_its_field_and_says_its_unit(full: EditorPage) -> None:
    boxes = [stop.parentWidget() for stop in stops(full)]
    fields = {box: box.field for box in boxes if isinstance(box, FieldBox)}
    for box, field in fields.items():
        name = name_of(box.input)
        if field.name == "time_point":
            assert name == "Add time point"
            continue
        wanted = f"{field.label}, {field.unit}" if field.unit else field.label
        assert f"{name}, ".startswith(f"{wanted}, "), name
    shown = {field.name for field in fields.values()}
    all_fields = {field.name for table in RECORD_TABLES for field in table.clinical_fields()}
    assert len(shown) > 0.9 * len(all_fields)


def no_two_boxes_of_one_row_have_the_same_name(full: EditorPage) -> None:
    form = full.findChild(FieldForm)
    assert isinstance(form, FieldForm)
    named: dict[tuple[str, str], set[str]] = {}
    for stop in stops(full):
        box = stop.parentWidget()
        row = form.row_of(box) if isinstance(box, FieldBox) else None
        if row is not None:
            assert isinstance(box, FieldBox)
            named.setdefault((str(row.id), name_of(stop)), set()).add(box.field.name)
    assert [name for (_, name), fields in named.items() if len(fields) > 1] == []
