# SPDX-License-Identifier: MIT
"""Merging in the window, by keyboard: find, compare, merge, undo."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.case import Case, load_case, save_case
from models.logbook import Logbook
from models.schema import PatientIdentity
from models.verify import verify
from models.vocabulary import Sex
from tests.builders import a_case, store_names
from tests.ui.editor.keyboard import Key, Keyboard
from ui.jobs import Jobs
from ui.patients.merge_dialog import MergeDialog
from ui.theme import Theme


@pytest.fixture
def stored(logbook: Logbook) -> tuple[Case, Case]:
    first, second = a_case("KYP-1", sex=Sex.MALE), a_case("KYP-2", on="2026-05-01", after=None)
    second.identity = PatientIdentity(patient=second.patient.id, full_name="Ann Example")
    store_names(logbook)
    for case in (first, second):
        save_case(logbook, case)
    # The names stay in the record, hidden.
    store_names(logbook, on=False)
    return first, second


def opened(qtbot: QtBot, jobs: Jobs, logbook: Logbook, *cases: Case) -> MergeDialog:
    ids = [case.id for case in cases]
    # As in the program, a window owns the dialog: nobody else may take it apart in a worker.
    window = QWidget()

    def stay(_closing: QWidget, _owner: QWidget = window) -> None:
        """Holds the window until the test is over."""

    qtbot.addWidget(window, before_close_func=stay)
    dialog = MergeDialog(Theme("light"), jobs, logbook, ids, window, stores_names=False)
    with qtbot.waitActive(dialog):
        dialog.show()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    return dialog


def is_first(dialog: MergeDialog, code: str) -> bool:
    return [one.code for one in dialog.finder.list.patients][:1] == [code]


def codes(logbook: Logbook, *cases: Case) -> list[str]:
    return [str(load_case(logbook, case.id).patient.patient_code) for case in cases]


def test_two_selected_cases_are_merged_and_separated_by_keyboard(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, stored: tuple[Case, Case], keys: Keyboard
) -> None:
    dialog = opened(qtbot, jobs, logbook, *stored)
    keys.go_to("Reason").type("same birth date")
    keys.go_to("Merge")
    with qtbot.waitSignal(dialog.changed):
        keys.press(Key.Key_Space)
    assert dialog.said == "Merged KYP-2 into KYP-1. Cases moved: 1."
    assert codes(logbook, *stored) == ["KYP-1", "KYP-1"]
    assert keys.place == "Undo"
    with qtbot.waitSignal(dialog.changed):
        keys.press(Key.Key_Space)
    assert codes(logbook, *stored) == ["KYP-1", "KYP-2"]
    assert verify(logbook) == []


def test_the_other_patient_is_found_by_typing(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, stored: tuple[Case, Case], keys: Keyboard
) -> None:
    dialog = opened(qtbot, jobs, logbook, stored[0])
    qtbot.waitUntil(lambda: [one.code for one in dialog.finder.list.patients] == ["KYP-2"])
    keys.type("nobody")
    qtbot.waitUntil(lambda: dialog.finder.list.patients == [])
    dialog.finder.line.clear()
    keys.type("kyp 2")
    qtbot.waitUntil(lambda: len(dialog.finder.list.patients) == 1)
    keys.press(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.merge_button.isHidden())
    assert dialog.compare.choices.keys() == {"patient.patient_code", "patient.sex"}


def test_without_a_case_both_patients_are_asked_for(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, stored: tuple[Case, Case], keys: Keyboard
) -> None:
    dialog = opened(qtbot, jobs, logbook)
    for code in ("KYP-1", "KYP-2"):
        keys.type(code)
        qtbot.waitUntil(partial(is_first, dialog, code))
        keys.press(Key.Key_Down, Key.Key_Return)
        qtbot.waitUntil(lambda: not jobs.is_busy)
    assert not dialog.merge_button.isHidden()


def test_the_kept_patient_can_be_swapped_and_a_value_chosen(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, stored: tuple[Case, Case], keys: Keyboard
) -> None:
    dialog = opened(qtbot, jobs, logbook, *stored)
    dialog.swap_button.click()
    qtbot.waitUntil(lambda: dialog.swap_button.text() == "Keep KYP-1 instead")
    keys.press(Key.Key_Tab).press(Key.Key_Right)
    with qtbot.waitSignal(dialog.changed):
        dialog.merge_button.click()
    assert codes(logbook, *stored) == ["KYP-2", "KYP-2"]
    assert load_case(logbook, stored[0].id).patient.sex is Sex.MALE


def test_names_are_not_shown_where_they_are_hidden(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, stored: tuple[Case, Case]
) -> None:
    dialog = opened(qtbot, jobs, logbook, *stored)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    said += [button.text() for button in dialog.findChildren(QAbstractButton)]
    assert "stored, not shown" in said
    assert not any("Ann Example" in text for text in said)


def test_a_past_merge_is_undone_from_the_list(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, stored: tuple[Case, Case]
) -> None:
    dialog = opened(qtbot, jobs, logbook, *stored)
    with qtbot.waitSignal(dialog.changed):
        dialog.merge_button.click()
    dialog.close()
    again = opened(qtbot, jobs, logbook)
    qtbot.waitUntil(lambda: again.past.list.count() == 1)
    with qtbot.waitSignal(again.changed):
        again.past.undo_button.click()
    qtbot.waitUntil(lambda: "(undone)" in again.past.list.item(0).text())
    assert not again.past.undo_button.isEnabled()
    assert codes(logbook, *stored) == ["KYP-1", "KYP-2"]


def test_what_stands_in_the_way_is_said(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, stored: tuple[Case, Case]
) -> None:
    dialog = opened(qtbot, jobs, logbook, *stored)
    changed = load_case(logbook, stored[1].id)
    changed.patient.sex = Sex.OTHER
    save_case(logbook, changed)
    dialog.merge_button.click()
    qtbot.waitUntil(lambda: "changed meanwhile" in dialog.said)
    assert codes(logbook, *stored) == ["KYP-1", "KYP-2"]
    assert QApplication.activeWindow() is dialog
