# SPDX-License-Identifier: MIT
"""Leaks in the level panel: the first line, the proposed Yeom type, the pictogram beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import Case
from models.schema import Leak
from models.vocabulary import Leakage, LeakLocation, Level, MissingReason, Yeom
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage
from ui.widgets.field_box import FieldBox
from ui.widgets.leak_pictogram import LeakPictogram


def case_of(page: EditorPage) -> Case:
    case = page._editing.case
    assert case is not None
    return case


def leak_box(page: EditorPage, leak: Leak, field: str) -> FieldBox:
    found = page._form.find_box(str(leak.id), field)
    assert found is not None
    return found


def pictogram(page: EditorPage) -> LeakPictogram:
    (found,) = page._form.levels.findChildren(LeakPictogram)
    return found


@pytest.fixture
def leaking(edit: Callable[[Case], EditorPage]) -> Callable[[LeakLocation | None], EditorPage]:
    def show(location: LeakLocation | None) -> EditorPage:
        case = a_case("P-1", Level.L3, leakage=Leakage.PRESENT)
        if location is not None:
            case.add_leak(case.levels[0], location=location)
        return edit(case)

    return show


def test_present_brings_the_first_line_and_the_pictogram_follows(
    edit: Callable[[Case], EditorPage], keys: Keyboard
) -> None:
    page = edit(a_case("P-1", Level.L3, leakage=None))
    assert pictogram(page).accessibleDescription().endswith("Leakage not answered.")
    keys.go_to("Leakage").enter("present")
    assert pictogram(page).accessibleDescription().endswith("Leak, place not said.")
    keys.go_to("Location").enter("disc above")
    (leak,) = case_of(page).leaks
    assert leak.location is LeakLocation.DISC_SUPERIOR
    assert leak.yeom_type is None
    assert pictogram(page).accessibleDescription().endswith("1 leak: disc above.")


@pytest.mark.parametrize(
    ("location", "proposed"),
    [
        (LeakLocation.DISC_SUPERIOR, Yeom.D.label),
        (LeakLocation.BASIVERTEBRAL_VEIN, Yeom.B.label),
        (LeakLocation.PARAVERTEBRAL_VEIN, Yeom.S.label),
        (LeakLocation.PARAVERTEBRAL_TISSUE, Yeom.C.label),
        (LeakLocation.EPIDURAL, ""),
    ],
)
def test_the_place_proposes_a_type_and_takes_none(
    leaking: Callable[[LeakLocation | None], EditorPage], location: LeakLocation, proposed: str
) -> None:
    page = leaking(location)
    (leak,) = case_of(page).leaks
    hint = leak_box(page, leak, "yeom_type").input.placeholderText().strip("–")
    assert hint in (proposed, proposed[:1]), "in a narrow column the letter alone"
    assert leak.yeom_type is None
    assert not page._editing.is_unsaved()


def test_tab_and_enter_pass_a_proposal_by_and_right_takes_it(
    leaking: Callable[[LeakLocation | None], EditorPage], keys: Keyboard
) -> None:
    page = leaking(LeakLocation.DISC_SUPERIOR)
    (leak,) = case_of(page).leaks
    box = leak_box(page, leak, "yeom_type")
    for key in (Key.Key_Tab, Key.Key_Return):
        box.input.setFocus()
        keys.press(key)
        assert leak.yeom_type is None
    box.input.setFocus()
    keys.press(Key.Key_Right)
    assert leak.yeom_type is Yeom.D
    assert "disc above (D)" in pictogram(page).accessibleDescription()


def test_a_double_click_takes_a_proposal(
    qtbot: QtBot, leaking: Callable[[LeakLocation | None], EditorPage]
) -> None:
    page = leaking(LeakLocation.PARAVERTEBRAL_VEIN)
    (leak,) = case_of(page).leaks
    box = leak_box(page, leak, "yeom_type")
    qtbot.mouseDClick(box.input, Qt.MouseButton.LeftButton)
    assert leak.yeom_type is Yeom.S


def test_another_type_is_typed_over_a_proposal(
    leaking: Callable[[LeakLocation | None], EditorPage], keys: Keyboard
) -> None:
    page = leaking(LeakLocation.DISC_SUPERIOR)
    (leak,) = case_of(page).leaks
    leak_box(page, leak, "yeom_type").input.setFocus()
    keys.enter("c")
    assert leak.yeom_type is Yeom.C


def test_the_proposal_is_found_in_the_details_too(
    qtbot: QtBot, leaking: Callable[[LeakLocation | None], EditorPage]
) -> None:
    page = leaking(LeakLocation.BASIVERTEBRAL_VEIN)
    page.resize(760, 798)
    (leak,) = case_of(page).leaks
    qtbot.waitUntil(lambda: page._form.width() < 600)
    page._form.settle()
    box = leak_box(page, leak, "yeom_type")
    assert box.input.placeholderText() in (Yeom.B.label, Yeom.B.abbreviated)
    box.input.setFocus()
    qtbot.keyClick(box.input, Qt.Key.Key_Right)
    assert leak.yeom_type is Yeom.B


def test_a_reason_for_no_type_ends_the_proposal(edit: Callable[[Case], EditorPage]) -> None:
    case = a_case("P-1", Level.L3, leakage=Leakage.PRESENT)
    leak = case.add_leak(case.levels[0], location=LeakLocation.DISC_SUPERIOR)
    leak.missing = {"yeom_type": MissingReason.UNKNOWN}
    page = edit(case)
    (leak,) = case_of(page).leaks
    assert leak_box(page, leak, "yeom_type").input.placeholderText() == "Unknown"


def test_the_pictogram_stands_beside_the_fields_and_below_them_where_it_is_narrow(
    leaking: Callable[[LeakLocation | None], EditorPage], qtbot: QtBot
) -> None:
    page = leaking(LeakLocation.DISC_SUPERIOR)
    (leak,) = case_of(page).leaks
    box = leak_box(page, leak, "location")
    shown = pictogram(page)

    def left_of(widget: LeakPictogram | FieldBox) -> int:
        return widget.mapTo(page, widget.rect().topLeft()).x()

    qtbot.waitUntil(lambda: left_of(shown) > left_of(box) + box.width())
    page.resize(900, 798)
    qtbot.waitUntil(lambda: left_of(shown) < left_of(box) + box.width())
