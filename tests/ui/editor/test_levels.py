# SPDX-License-Identifier: MIT
"""Treated levels: added by typing or on the spine, chosen, removed and brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.case import Case
from models.schema import TreatedLevel
from models.vocabulary import Diagnosis, Leakage, LeakLocation, Level
from tests.builders import a_case
from tests.ui.cut import CutWatch
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.editor.gain_view import GainView
from ui.editor.level_chips import ChipText, LevelChips, levels_in
from ui.editor.page import EditorPage
from ui.theme import Theme
from ui.widgets.field_box import FieldBox

Edit = Callable[[Case], EditorPage]


def levels(page: EditorPage) -> list[Level | None]:
    return [row.level for row in page._form.levels.levels()]


def chosen(page: EditorPage) -> TreatedLevel:
    level = page._form.levels.level
    assert level is not None
    return level


def box(page: EditorPage, field: str) -> FieldBox:
    found = page._form.find_box(str(chosen(page).id), field)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("t12", [Level.T12]),
        ("l1 l2", [Level.L1, Level.L2]),
        ("Th7, D8", [Level.T7, Level.T8]),
        ("l1 l1", [Level.L1]),
        ("t11-l1", [Level.T11, Level.T12, Level.L1]),
        ("t12 – t13 l6", [Level.T12, Level.T13, Level.L6]),
        ("l1-x", []),
        ("l1-l2-l3", []),
        ("t12 x", []),
        ("t14", []),
    ],
)
def test_levels_are_understood_as_they_are_typed(typed: str, meant: list[Level]) -> None:
    assert levels_in(typed) == meant


def test_typing_a_level_adds_it_and_goes_into_its_panel(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Add level").enter("t12")
    assert levels(new) == [Level.T12]
    assert keys.place == "Diagnosis"


def test_what_is_no_level_is_told_and_stays_typed(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Add level").type("t14").press(Key.Key_Return)
    assert levels(new) == []
    assert new._notice.text == "t14 is no level. Write t12, or l1 l2 for several."
    assert new._form.levels._chips.adder.text() == "t14"


def test_levels_stand_from_head_to_tail(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Add level").enter("l5").go_to("Add level", backward=True).enter("t8")
    assert levels(new) == [Level.T8, Level.L5]
    assert chosen(new).level is Level.T8


def test_a_level_that_is_there_is_chosen_and_not_added_twice(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case("P-1", Level.T12, Level.L1))
    keys.go_to("Add level").enter("l1")
    assert levels(page) == [Level.T12, Level.L1]
    assert chosen(page).level is Level.L1


def test_a_click_on_the_spine_adds_and_a_click_on_a_treated_level_shows_it(
    qtbot: QtBot, edit: Edit
) -> None:
    page = edit(a_case("P-1", Level.T12))
    spine = page._stage.side.spine
    for level in (Level.L3, Level.T12):
        place = spine.place_of(level).toPoint()
        qtbot.mouseClick(spine, Qt.MouseButton.LeftButton, pos=place)
        settle()
    assert levels(page) == [Level.T12, Level.L3]
    assert chosen(page).level is Level.T12


def test_the_spine_shows_what_is_entered(edit: Edit, keys: Keyboard) -> None:
    case = a_case("P-1", Level.T12, Level.L1, leakage=Leakage.PRESENT)
    case.levels[0].diagnosis = (Diagnosis.OSTEOPOROTIC_FRACTURE,)
    case.levels[0].cement_ml = 18
    case.add_leak(case.levels[0], location=LeakLocation.EPIDURAL)
    page = edit(case)
    marks = page._stage.side.spine.marks()
    assert marks[Level.T12].fracture
    assert marks[Level.T12].selected
    assert marks[Level.T12].leaks == (LeakLocation.EPIDURAL,)
    assert "18 is unusual" in marks[Level.T12].warning
    assert marks[Level.L1].treated
    assert not marks[Level.L1].selected


@pytest.mark.parametrize("width", [300, 420, 540, 680, 900])
def test_what_is_done_to_the_chosen_level_wraps_together(
    qtbot: QtBot, theme: Theme, width: int
) -> None:
    actions = [QPushButton("Copy level"), QPushButton("Remove level")]
    chips = LevelChips(theme, actions)
    qtbot.addWidget(chips)
    chips.show_chips([ChipText(level.label, "6 mL") for level in (Level.T7, Level.T8, Level.L1)], 0)
    chips.resize(width, chips.heightForWidth(width))
    chips.show()
    assert actions[0].y() == actions[1].y()
    assert all(it.x() >= 0 and it.geometry().right() < width for it in (*actions, chips.adder))


def test_a_removed_level_can_be_brought_back_with_all_that_belongs_to_it(edit: Edit) -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    case.add_balloon(case.levels[0], volume_ml=4)
    page = edit(case)
    shown = page._editing.case
    assert shown is not None
    page._stage.side.level_unwanted.emit(Level.T12)
    assert levels(page) == [Level.L1]
    assert shown.balloons == []
    assert page._notice.text == "T12 was removed."
    page._notice.act()
    assert levels(page) == [Level.T12, Level.L1]
    assert [row.volume_ml for row in shown.balloons] == [4]
    assert not page._editing.is_unsaved()


def test_fields_appear_with_what_they_depend_on(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Add level").enter("t12")
    stage = box(new, "enneking")
    assert not stage.isVisible()
    keys.enter("VH")
    assert stage.isVisible()


def test_a_field_that_holds_something_is_never_hidden(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    stage = box(page, "enneking")
    stage.input.show_text("2")
    stage.commit()
    keys.go_to("Diagnosis").press(Key.Key_Backspace)
    assert chosen(page).diagnosis == ()
    assert stage.isVisible()


def test_balloons_have_as_many_lines_as_were_counted(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    keys.go_to("Balloons").enter("2")
    assert keys.place == "Side"
    keys.go_to("Volume").enter("4").go_to("Volume").enter("3,5")
    assert page._editing.case is not None
    assert [row.volume_ml for row in page._editing.case.balloons] == [4, 3.5]


def test_leaks_are_asked_for_only_where_there_is_one(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case(leakage=None))
    keys.go_to("Leakage").enter("present").go_to("Location").enter("spinal canal").enter("no")
    case = page._editing.case
    assert case is not None
    assert [leak.location for leak in case.leaks] == [LeakLocation.EPIDURAL]
    assert case.leaks[0].treated_level_id == case.levels[0].id


def test_the_gain_is_told_as_soon_as_both_heights_are_there(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    keys.go_to("Anterior height before").enter("18").enter("22")
    gain = page.findChild(GainView)
    assert isinstance(gain, GainView)
    assert gain.accessibleName() == "Height gain: +4 mm, anterior wall"


def test_a_chip_is_marked_by_what_is_found_at_its_level(edit: Edit) -> None:
    page = edit(a_case("P-1", Level.T12, Level.L1, cement_ml=9))
    states = [chip.property("state") for chip in page._form.levels._chips._chips]
    assert states == ["warning", ""] or states == ["warning", None]


def test_a_volume_is_whole_after_the_size_of_the_text_has_changed(
    theme: Theme, qtbot: QtBot
) -> None:
    chips = LevelChips(theme, [])
    qtbot.addWidget(chips)
    chips.resize(900, 200)
    chips.show_chips([ChipText("T12", "6.5 mL"), ChipText("L3", "18 mL")], 1)
    chips.show()
    theme.set_scale(2.0)
    watch = CutWatch()
    with watch.watching():
        assert list(watch.cut(chips)) == []
