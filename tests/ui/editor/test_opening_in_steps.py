# SPDX-License-Identifier: MIT
"""The boxes of the first case are made in steps, and whoever leaves meanwhile finds it there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.case import Case, save_case
from models.logbook import Logbook
from models.sample import make_cases
from models.settings import LogbookSettings
from ui.editor.page import EditorPage
from ui.making import Making


@pytest.fixture
def case(logbook: Logbook) -> Case:
    """A case with levels, scores and much else."""
    made = next(make_cases(1, seed=3))
    save_case(logbook, made)
    return made


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def begin(qtbot: QtBot, page: EditorPage, logbook: Logbook, case: Case) -> None:
    """Ask for the case, and see it on its way: it was read, and not all of its boxes are there."""
    page.edit(logbook, case.id)
    with qtbot.waitSignal(page._keeper.loaded):
        pass
    assert page.case_id == ""


def test_a_case_on_its_way_is_there_before_the_page_is_left(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, case: Case
) -> None:
    begin(qtbot, page, logbook, case)
    assert page.can_leave()
    assert page.case_id == case.id


def test_a_case_on_its_way_is_put_aside_as_one_that_is_there(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, case: Case
) -> None:
    begin(qtbot, page, logbook, case)
    assert page.put_aside()
    qtbot.wait(20)
    assert page.case_id == ""


def test_another_case_takes_the_place_of_one_on_its_way(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, case: Case
) -> None:
    other = next(make_cases(1, seed=4))
    save_case(logbook, other)
    shown: list[str] = []
    page._opening.opened.connect(lambda _logbook, case, _resumed: shown.append(case.id))
    begin(qtbot, page, logbook, case)
    page.edit(logbook, other.id)
    qtbot.waitUntil(lambda: page.case_id == other.id)
    assert shown == [other.id]


def test_what_is_typed_while_an_empty_case_is_made_comes_into_it(
    qtbot: QtBot, page: EditorPage, logbook: Logbook
) -> None:
    page.start_new(logbook, in_steps=True)
    assert page.case_id == ""
    for key in (Qt.Key.Key_K, Qt.Key.Key_7, Qt.Key.Key_Tab, Qt.Key.Key_F):
        QTest.keyClick(focused(), key)
    assert page.case_id == ""
    qtbot.waitUntil(lambda: page.case_id != "", timeout=30_000)
    case = page._editing.case
    assert case is not None
    assert case.patient.patient_code == "k7"
    box = page._form.find_box(str(case.patient.id), "sex")
    assert box is not None
    assert focused() is box.input
    assert box.text() == "f"


def test_what_is_typed_while_a_stored_case_comes_is_not_for_it(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, case: Case
) -> None:
    code = case.patient.patient_code
    begin(qtbot, page, logbook, case)
    QTest.keyClick(focused(), Qt.Key.Key_K)
    qtbot.waitUntil(lambda: page.case_id == case.id, timeout=30_000)
    box = page._form.find_box(str(case.patient.id), "patient_code")
    assert box is not None
    assert box.text() == code


def test_other_settings_wait_until_a_case_on_its_way_is_there(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, case: Case
) -> None:
    begin(qtbot, page, logbook, case)
    page.use_settings(LogbookSettings())
    assert page.case_id == case.id


def test_what_is_there_is_not_waited_for(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, case: Case
) -> None:
    page.edit(logbook, case.id)
    qtbot.waitUntil(lambda: page.case_id == case.id)
    assert list(page._form.make_ready(page._known_patient.subject(case))) == []


def test_pieces_are_made_one_a_turn_and_then_what_waits_for_them(
    qtbot: QtBot, page: EditorPage
) -> None:
    told: list[str] = []

    def pieces() -> Iterator[None]:
        for name in "abc":
            told.append(name)
            yield

    making = Making(page)
    making.begin(pieces(), lambda: told.append("all"))
    assert told == ["a"]
    qtbot.waitUntil(lambda: told[-1] == "all")
    assert told == ["a", "b", "c", "all"]
    making.begin(iter(()), lambda: told.append("nothing to make"))
    assert told[-1] == "nothing to make"
    making.begin(pieces(), lambda: told.append("never"))
    making.forget()
    qtbot.wait(20)
    assert told[-1] == "a"
