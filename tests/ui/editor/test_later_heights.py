# SPDX-License-Identifier: MIT
"""Heights at follow-up are typed under the level, and what was lost is told below each line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.case import Case, load_case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import LaterMeasure
from models.vocabulary import KyphosisMethod, Level, MeasureModality
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.listing_view import ListingView
from ui.editor.page import EditorPage

ALT = Qt.KeyboardModifier.AltModifier
FOLD = "Heights at follow-up"
Edit = Callable[[Case], EditorPage]


def with_heights() -> Case:
    case = a_case("P-7", Level.T12)
    level = case.levels[0]
    level.anterior_after_mm, level.middle_after_mm = 20.0, 18.0
    level.kyphosis_after_deg, level.kyphosis_method = 8.0, KyphosisMethod.MONOSEGMENTAL
    level.measure_modality = MeasureModality.STANDING_FILM
    return case


def measured() -> Case:
    case = with_heights()
    case.add_later_measure(
        case.levels[0],
        measured_on=PartialDate("2026-06-01"),
        anterior_mm=18.8,
        kyphosis_deg=10.5,
        kyphosis_method=KyphosisMethod.MONOSEGMENTAL,
        measure_modality=MeasureModality.CT,
    )
    return case


def case_of(page: EditorPage) -> Case:
    case = page._editing.case
    assert case is not None
    return case


def told(page: EditorPage) -> list[str]:
    """What stands below the lines."""
    # A level that was taken away may still be on its way out.
    listings = [
        view for view in page.findChildren(ListingView) if view._block.table is LaterMeasure
    ]
    labels = [
        label for listing in listings for label in listing.findChildren(QLabel) if label.isVisible()
    ]
    return [label.text() for label in labels if label.text().startswith("Lost since")]


def test_they_are_folded_away_until_they_are_wanted(
    qtbot: QtBot, edit: Edit, keys: Keyboard, logbook: Logbook
) -> None:
    page = edit(with_heights())
    keys.go_to(FOLD).press(Key.Key_Tab)
    assert keys.place == "Any complication"
    keys.press(Key.Key_Backtab, Key.Key_Space, Key.Key_Tab)
    assert keys.place == "Date"
    keys.enter("2026-06-01").enter("18,8").enter("17")
    (row,) = case_of(page).later_measures
    assert (row.measured_on, row.anterior_mm, row.middle_mm) == ("2026-06-01", 18.8, 17)
    with qtbot.waitSignal(page.saved):
        page.save()
    assert load_case(logbook, page.case_id).later_measures[0].anterior_mm == 18.8


def test_the_loss_is_told_wall_by_wall_with_a_dash_where_it_is_undefined(
    qtbot: QtBot, edit: Edit
) -> None:
    page = edit(measured())
    qtbot.waitUntil(lambda: bool(told(page)))
    assert told(page) == [
        "Lost since the procedure (after − later): anterior 1.2 mm, middle –, posterior –\n"
        "kyphotic angle +2.5°  ·  measured on standing film at the procedure"
    ]


def test_the_loss_follows_both_heights(edit: Edit, keys: Keyboard) -> None:
    page = edit(measured())
    keys.go_to("Anterior height after").type("\b\b\b\b21").press(Key.Key_Tab)
    assert "anterior 2.2 mm" in told(page)[0]
    keys.go_to("Anterior height, mm").type("\b\b\b\b19").press(Key.Key_Tab)
    assert "anterior 2 mm" in told(page)[0]


def test_what_lies_before_the_procedure_is_refused_beside_the_line(
    edit: Edit, keys: Keyboard
) -> None:
    page = edit(with_heights())
    keys.go_to(FOLD).press(Key.Key_Space, Key.Key_Tab).enter("2026-03-03").enter("19")
    page.save()
    assert "before the procedure" in page._notice.text
    assert keys.place.startswith("Date")


def test_a_line_is_taken_away_and_comes_back(edit: Edit, keys: Keyboard) -> None:
    page = edit(measured())
    keys.go_to(FOLD).press(Key.Key_Tab).press(Key.Key_Delete, with_=ALT)
    assert case_of(page).later_measures == []
    page.steps.undo()
    assert [row.anterior_mm for row in case_of(page).later_measures] == [18.8]
    assert not page._editing.is_unsaved()


def test_they_go_and_come_with_their_level(edit: Edit) -> None:
    page = edit(measured())
    page._form.levels.remove_level(Level.T12)
    assert case_of(page).later_measures == []
    page._editing.look()
    page.steps.undo()
    assert len(case_of(page).later_measures) == 1
    assert "anterior 1.2 mm" in told(page)[0]


def test_a_copy_of_a_level_was_not_measured_later(edit: Edit) -> None:
    page = edit(measured())
    page._form.levels.copy()
    case = case_of(page)
    assert len(case.levels) == 2
    assert len(case.later_measures) == 1
    assert told(page) == []
