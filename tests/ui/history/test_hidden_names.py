# SPDX-License-Identifier: MIT
"""The history in a logbook that has names switched off: none is shown, copied or brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from models.case import load_case, save_case
from models.history.wording import HIDDEN
from models.schema import PatientIdentity
from models.settings import STORE_IDENTITY, change_setting
from models.vocabulary import Sex
from tests.builders import store_names
from tests.ui.editor.keyboard import Key
from tests.ui.history.conftest import Program
from ui.history.dialog import HistoryDialog
from ui.widgets.why_dialog import WhyDialog

CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ("Ann", "Example", "Other")


def rename(program: Program) -> None:
    """Give the patient a name, then another one; after that names are switched off."""
    store_names(program.logbook)
    for name in ("Ann Example", "Ann Other"):
        now = program.stored()
        now.identity = now.identity or PatientIdentity(patient=now.patient.id)
        now.identity.full_name = name
        now.patient.sex = Sex.FEMALE if name == "Ann Example" else Sex.MALE
        save_case(program.logbook, now)
    store_names(program.logbook, on=False)


def shown(dialog: HistoryDialog) -> str:
    """Every word of both tables, for each version."""
    said = []
    for _ in range(dialog.versions.model().rowCount()):
        for table in (dialog.changes, dialog.as_it_was):
            said += [" ".join(row.texts) for row in table.rows]
        dialog.versions.setFocus()
        dialog.versions.setCurrentIndex(
            dialog.versions.model().index(dialog.versions.currentIndex().row() + 1, 0)
        )
    return "\n".join(said)


def test_no_name_is_shown_found_or_copied(program: Program) -> None:
    rename(program)
    dialog = program.open_history()
    place = [row.texts[1] for row in dialog.changes.rows].index("Name")
    assert dialog.changes.rows[place].texts == ("Patient", "Name", HIDDEN, HIDDEN)
    dialog.changes.setFocus()
    dialog.changes.choose(place)
    program.keys.press(Key.Key_C, with_=CTRL)
    program.rest()
    assert QApplication.clipboard().text() == f"Patient\tName\t{HIDDEN}\t{HIDDEN}"
    dialog.search.setText("ann")
    assert not any("Name" in row.texts for row in dialog.changes.rows)
    dialog.search.clear()
    assert not any(name in shown(dialog) for name in NAMES)


def test_no_name_is_brought_back(program: Program) -> None:
    rename(program)
    dialog = program.open_history()
    dialog.changes.choose([row.texts[1] for row in dialog.changes.rows].index("Name"))
    assert not dialog.bring_value.isEnabled()
    dialog.versions.setFocus()
    program.keys.press(Key.Key_Down)
    program.keys.press(Key.Key_B, with_=CTRL | Qt.KeyboardModifier.ShiftModifier)
    asked = dialog.findChild(WhyDialog)
    assert isinstance(asked, WhyDialog)
    program.qtbot.waitUntil(asked.isActiveWindow)
    assert "stay as they are: they are switched off" in asked.extra_box.text()
    said = [label.text() for label in asked.findChildren(QLabel)]
    assert not any(name in " ".join(said) for name in NAMES)
    with program.qtbot.waitSignal(program.kypholog.events.case_saved):
        program.keys.press(Key.Key_Return)
    program.rest()
    case = load_case(program.logbook, program.case.id)
    assert case.patient.sex is Sex.FEMALE
    assert case.identity is not None
    assert case.identity.full_name == "Ann Other"


def test_an_open_history_follows_the_switch(program: Program) -> None:
    rename(program)
    dialog = program.open_history()
    settings = change_setting(program.logbook, STORE_IDENTITY, True)
    program.kypholog.events.settings_changed.emit(settings)
    program.rest()
    names = next(row.texts for row in dialog.changes.rows if row.texts[1] == "Name")
    assert names == ("Patient", "Name", "Ann Example", "Ann Other")
