# SPDX-License-Identifier: MIT
"""The editor knows what other cases of the patient left: on the spine and among the findings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.case import Case, save_case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.patients import Person
from models.vocabulary import EventKind, Level
from tests.builders import a_case
from tests.ui.editor.keyboard import Keyboard
from ui.editor.page import EditorPage
from ui.widgets.spine import SpineView


@pytest.fixture
def earlier(logbook: Logbook) -> Case:
    """L1 cemented in 2024, T12 broken after it."""
    case = a_case("P-1", Level.L1, on="2024-05-01", after=None)
    case.add_adverse_event(
        kind=EventKind.FRACTURE_ADJACENT, level=Level.T12, onset_on=PartialDate("2024-08")
    )
    save_case(logbook, case)
    return case


def another(earlier: Case, *levels: Level, on: str) -> Case:
    case = a_case("P-1", *levels, on=on, after=None)
    case.patient = earlier.patient
    case.procedure.patient = earlier.patient
    return case


def spine(page: EditorPage) -> SpineView:
    return page._stage.side.spine


def findings(page: EditorPage) -> list[str]:
    return [
        button.accessibleName()
        for button in page._stage.side.findings.focus_boxes()
        if isinstance(button, QPushButton)
    ]


def test_a_stored_case_shows_what_was_before(
    qtbot: QtBot, edit: Callable[[Case], EditorPage], earlier: Case
) -> None:
    page = edit(another(earlier, Level.L3, on="2026-03-04"))
    qtbot.waitUntil(lambda: Level.L1 in spine(page).marks())
    marks = spine(page).marks()
    assert marks[Level.L1].earlier
    assert marks[Level.T12].old_fracture
    assert marks[Level.L2].between
    assert "L2 lies untreated between cemented L1 and L3." in findings(page)


def test_the_warning_goes_when_the_level_between_is_treated_too(
    qtbot: QtBot, edit: Callable[[Case], EditorPage], earlier: Case
) -> None:
    page = edit(another(earlier, Level.L3, on="2026-03-04"))
    qtbot.waitUntil(lambda: Level.L2 in spine(page).marks())
    spine(page).setFocus()
    qtbot.keyClicks(spine(page), "l2 ")
    qtbot.waitUntil(lambda: spine(page).marks()[Level.L2].treated)
    assert not any("untreated" in said for said in findings(page))


def test_the_warning_is_no_reason_not_to_save(
    qtbot: QtBot, edit: Callable[[Case], EditorPage], earlier: Case
) -> None:
    page = edit(another(earlier, Level.L3, on="2026-03-04"))
    qtbot.waitUntil(lambda: Level.L2 in spine(page).marks())
    qtbot.keyClicks(spine(page), "t7 ")
    with qtbot.waitSignal(page.saved):
        page.save()


def test_a_case_before_the_other_shows_nothing_of_it(
    qtbot: QtBot, edit: Callable[[Case], EditorPage], earlier: Case
) -> None:
    page = edit(another(earlier, Level.L3, on="2020-01-01"))
    qtbot.waitUntil(lambda: bool(page._earlier.course.treatments))
    page._editing.look()
    assert list(spine(page).marks()) == [Level.L3]


def test_adding_the_case_to_a_known_patient_brings_the_earlier_levels(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, earlier: Case
) -> None:
    keys.go_to("Patient code").enter("P-1")
    qtbot.waitUntil(lambda: new._notice.isVisible())
    assert spine(new).marks() == {}
    new._known_patient.adopt(Person(earlier.patient))
    qtbot.waitUntil(lambda: Level.L1 in spine(new).marks())
    keys.go_to("Patient code").type("\b\b\bP-9").press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: spine(new).marks() == {})


def test_the_next_case_knows_nothing_of_the_last_patient(
    qtbot: QtBot, edit: Callable[[Case], EditorPage], logbook: Logbook, earlier: Case
) -> None:
    page = edit(another(earlier, Level.L3, on="2026-03-04"))
    qtbot.waitUntil(lambda: Level.L1 in spine(page).marks())
    page.start_new(logbook)
    assert spine(page).marks() == {}


def test_a_variant_the_patient_is_said_to_have_counts_until_the_next_case(
    qtbot: QtBot, edit: Callable[[Case], EditorPage], logbook: Logbook
) -> None:
    page = edit(a_case("P-2", Level.T12, Level.L1))
    assert not any("untreated" in said for said in findings(page))
    spine(page)._choose_variant(Level.T13, is_there=True)
    told = "T13 lies untreated between cemented T12 and L1."
    qtbot.waitUntil(lambda: told in findings(page))
    page.start_new(logbook)
    assert Level.T13 not in spine(page).levels()


def test_delete_on_the_spine_takes_the_level_out_and_it_can_be_put_back(
    qtbot: QtBot, edit: Callable[[Case], EditorPage]
) -> None:
    page = edit(a_case("P-2", Level.L1, Level.L2))
    spine(page).setFocus()
    spine(page).set_current_level(Level.L2)
    qtbot.keyClick(spine(page), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: list(spine(page).marks()) == [Level.L1])
    assert page._notice.isVisible()
