# SPDX-License-Identifier: MIT
"""Promise: one person is one patient; names are kept only where somebody said so, and leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from models.case import load_case, save_case
from models.drafts import drafts
from models.exchange.deidentify import Kind, Rules
from models.exchange.orders import Order, export
from models.identity import count_identities
from models.logbook import Logbook
from models.schema import PatientIdentity
from models.settings import STORE_IDENTITY, change_setting, read_settings
from models.verify import verify
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.listed import listed
from tests.ui.editor.keyboard import Key, Keyboard
from tests.ui.editor.test_drafting import press_next
from ui.application import Application
from ui.editor.drafts_dialog import DraftsDialog
from ui.editor.page import EditorPage
from ui.editor.similar_panel import SimilarPanel
from ui.patients.merge_dialog import MergeDialog
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.names_dialog import NamesDialog
from ui.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder)
    for code, on in (("KYP-0042", "2025-02-01"), ("KYP-0142", "2025-06-01")):
        save_case(logbook, a_case(code, on=on))
    logbook.close()
    return folder


@pytest.fixture
def kypholog(qtbot: QtBot, tmp_path: Path, clinic: Path) -> Iterator[Application]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Application(app, Settings(store))
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
    with qtbot.waitSignal(made.window.cases.filled):
        made.session.open(clinic)
    qtbot.waitUntil(lambda: not made.jobs.is_busy)
    yield made
    made.session.close()
    made.jobs.wait()


def name_somebody(logbook: Logbook) -> None:
    case = load_case(logbook, listed(logbook)[0].case_id)
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ann Example")
    save_case(logbook, case)


def trigger(kypholog: Application, name: str) -> None:
    found = kypholog.window.desks.actions[name]
    assert isinstance(found, QAction)
    found.trigger()


def switch_names(qtbot: QtBot, kypholog: Application) -> None:
    trigger(kypholog, "settings")
    dialog = kypholog.window.findChild(PreferencesDialog)
    assert dialog is not None
    box = dialog.findChild(QCheckBox)
    assert box is not None
    box.click()
    dialog.accept()


def test_a_second_case_of_one_person_becomes_a_case_of_the_known_patient(
    qtbot: QtBot, kypholog: Application, keys: Keyboard, clinic: Path
) -> None:
    with qtbot.waitSignal(kypholog.events.settings_changed):
        switch_names(qtbot, kypholog)
    assert kypholog.session.settings.get(STORE_IDENTITY)
    window = kypholog.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.new_case()
    keys.type("kyp-42")
    panel = window.findChild(SimilarPanel)
    assert panel is not None
    qtbot.waitUntil(lambda: panel.lists)
    keys.press(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.tells)
    keys.press(Key.Key_Return)
    keys.go_to("Name").enter("Ann Example").enter("4711")
    with qtbot.waitSignal(kypholog.events.case_saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    logbook = kypholog.session.logbook
    assert logbook is not None
    case = load_case(logbook, saved.args[0])
    assert case.patient.patient_code == "KYP-0042"
    assert case.identity is not None
    assert case.identity.full_name == "Ann Example"


def test_a_stored_name_is_found_and_goes_nowhere_else(
    qtbot: QtBot, kypholog: Application, clinic: Path
) -> None:
    logbook, window = kypholog.session.logbook, kypholog.window
    assert logbook is not None
    with qtbot.waitSignal(kypholog.events.settings_changed):
        switch_names(qtbot, kypholog)
    name_somebody(logbook)
    target = clinic.parent / "out.csv"
    export(logbook, target, Order(rules=Rules.of(Kind.LIMITED)))
    kypholog.settings.keep_state("window", window.saveGeometry())
    kypholog.settings._store.sync()
    for file in (target, clinic.parent / "settings.ini"):
        assert "Example" not in file.read_text(encoding="utf-8")
    window.edit_case(listed(logbook)[0].case_id)
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    assert "Ann" not in window.windowTitle()
    window.show_page("cases")
    window.cases.bar.filters.line.setText("ann exam")
    with qtbot.waitSignal(window.cases.filled):
        window.cases.bar.filters.search_now()
    assert window.cases.model.rowCount() == 1


def test_names_that_are_switched_off_can_leave_the_record(
    qtbot: QtBot, kypholog: Application
) -> None:
    logbook, window = kypholog.session.logbook, kypholog.window
    assert logbook is not None
    with qtbot.waitSignal(kypholog.events.settings_changed):
        switch_names(qtbot, kypholog)
    name_somebody(logbook)
    switch_names(qtbot, kypholog)
    qtbot.waitUntil(lambda: window.findChild(NamesDialog) is not None)
    asked = window.findChild(NamesDialog)
    assert asked is not None
    assert any("audit still holds" in label.text() for label in asked.findChildren(QLabel))
    asked.remove_choice.click()
    with qtbot.waitSignal(kypholog.events.settings_changed):
        asked.accept()
    assert not read_settings(logbook).get(STORE_IDENTITY)
    assert count_identities(logbook) == 0
    assert verify(logbook) == []


def test_two_records_of_one_person_are_merged_and_separated_in_the_window(
    qtbot: QtBot, kypholog: Application, keys: Keyboard
) -> None:
    window = kypholog.window
    window.cases.table.choose([0, 1])
    trigger(kypholog, "merge_patients")
    dialog = window.findChild(MergeDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.merge_button.isHidden())
    with qtbot.waitSignal(window.cases.filled):
        dialog.merge_button.click()
    assert {window.cases.model.line(row).patient_code for row in (0, 1)} == {"KYP-0142"}  # type: ignore[union-attr]
    with qtbot.waitSignal(window.cases.filled):
        dialog.undo_button.click()
    assert {window.cases.model.line(row).patient_code for row in (0, 1)} == {  # type: ignore[union-attr]
        "KYP-0042",
        "KYP-0142",
    }
    dialog.reject()
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert verify(logbook) == []


def resume_first_draft(qtbot: QtBot, kypholog: Application) -> EditorPage:
    trigger(kypholog, "drafts")
    qtbot.waitUntil(lambda: kypholog.window.findChild(DraftsDialog) is not None)
    dialog = kypholog.window.findChild(DraftsDialog)
    assert dialog is not None
    dialog.resume.click()
    editor = kypholog.window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.case_id != "")
    return editor


def test_a_draft_goes_on_with_the_patient_who_was_kept_in_a_merge(
    qtbot: QtBot, kypholog: Application, keys: Keyboard
) -> None:
    window, logbook = kypholog.window, kypholog.session.logbook
    assert logbook is not None
    window.cases.table.choose([1])
    qtbot.waitUntil(lambda: len(window.cases.selected_cases()) == 1)
    keys.press(Key.Key_N, with_=CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.editor is not None and window.editor.case_id != "")
    keys.go_to("Operator").enter("Dr B")
    QTimer.singleShot(0, lambda: press_next("Keep as draft"))
    window.show_page("cases")
    (draft,) = drafts(logbook)
    assert draft.patient_code == "KYP-0042"
    window.cases.table.choose([0, 1])
    trigger(kypholog, "merge_patients")
    dialog = window.findChild(MergeDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.merge_button.isHidden())
    with qtbot.waitSignal(dialog.changed):
        dialog.merge_button.click()
    dialog.reject()
    editor = resume_first_draft(qtbot, kypholog)
    assert "merged into KYP-0142 meanwhile" in editor._notice.text
    with qtbot.waitActive(window):
        window.activateWindow()
    with qtbot.waitSignal(kypholog.events.case_saved) as saved:
        keys.press(Key.Key_S, with_=CTRL)
    case = load_case(logbook, saved.args[0])
    assert (case.patient.patient_code, case.procedure.operator) == ("KYP-0142", "Dr B")
    assert drafts(logbook) == []
    assert verify(logbook) == []


def test_names_that_are_switched_off_elsewhere_are_not_written_by_an_open_case(
    qtbot: QtBot, kypholog: Application, keys: Keyboard
) -> None:
    window, logbook = kypholog.window, kypholog.session.logbook
    assert logbook is not None
    with qtbot.waitSignal(kypholog.events.settings_changed):
        switch_names(qtbot, kypholog)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.new_case()
    keys.type("KYP-0300").go_to("Name").enter("Ann Example").enter("4711")
    elsewhere = Logbook.open(logbook.folder, user="ben")
    change_setting(elsewhere, STORE_IDENTITY, False)
    elsewhere.close()
    with qtbot.waitSignal(kypholog.events.case_saved) as saved:
        keys.press(Key.Key_S, with_=CTRL)
    qtbot.waitUntil(lambda: not kypholog.session.settings.get(STORE_IDENTITY))
    assert load_case(logbook, saved.args[0]).identity is None
    assert count_identities(logbook) == 0
    assert window.editor is not None
    assert "so none was saved. Everything else was." in window.editor._notice.text
    assert window.may_leave_editor()
    assert drafts(logbook) == []
    with logbook.session():
        audited = list(logbook.database.execute_sql("SELECT changes FROM audit_entry"))
    assert "Ann Example" not in repr(audited)
    assert verify(logbook) == []
