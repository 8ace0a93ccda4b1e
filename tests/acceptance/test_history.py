# SPDX-License-Identifier: MIT
"""Promise: every version of a case can be seen and brought back, whole or one value at a time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import load_case
from models.history import history_of
from models.logbook import Logbook
from models.verify import verify
from tests.acceptance.test_case_two_in_the_window import running
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.application import Application
from ui.history.dialog import HistoryDialog
from ui.recall import Recall
from ui.widgets.why_dialog import WhyDialog

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

REASONS = [
    "",
    "",
    "Operator of version 1 brought back. It was Dr A.",
    "Version 1 brought back.",
    "Undo.",
]
"""What the audit says in the end, save by save."""


def enter(qtbot: QtBot, kypholog: Application, keys: Keyboard) -> str:
    keys.press(Key.Key_N, with_=CTRL)
    qtbot.waitUntil(lambda: keys.place.startswith("Patient code"))
    keys.type("P-12").go_to("Operator").type("Dr A").go_to("Notes").type("First words.")
    with qtbot.waitSignal(kypholog.events.case_saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    rest(qtbot, kypholog)
    return str(saved.args[0])


def rest(qtbot: QtBot, kypholog: Application) -> None:
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    settle()


def open_history(qtbot: QtBot, kypholog: Application, keys: Keyboard) -> HistoryDialog:
    keys.press(Key.Key_H, with_=CTRL)
    recall = kypholog.window.findChild(Recall)
    assert isinstance(recall, Recall)
    qtbot.waitUntil(lambda: recall.desk.dialog is not None)
    dialog = recall.desk.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    rest(qtbot, kypholog)
    return dialog


def answer(qtbot: QtBot, kypholog: Application, keys: Keyboard, reason: str) -> None:
    dialog = kypholog.window.findChild(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    qtbot.waitUntil(lambda: any(q.isVisible() for q in dialog.findChildren(WhyDialog)))
    settle()
    keys.type(reason)
    with qtbot.waitSignal(kypholog.events.case_saved):
        keys.press(Key.Key_Return)
    rest(qtbot, kypholog)


def change(qtbot: QtBot, kypholog: Application, keys: Keyboard) -> None:
    keys.go_to("Operator").press(Key.Key_A, with_=CTRL).type("Dr B")
    keys.go_to("Notes").press(Key.Key_A, with_=CTRL).type("Other words.")
    with qtbot.waitSignal(kypholog.events.case_saved):
        keys.press(Key.Key_Return, with_=CTRL)
    rest(qtbot, kypholog)


def look_at_version_1(dialog: HistoryDialog, keys: Keyboard) -> None:
    assert [row.texts[1:] for row in dialog.changes.rows] == [
        ("Operator", "Dr A", "Dr B"),
        ("Notes", "First words.", "Other words."),
    ]
    keys.press(Key.Key_Down)
    dialog.tabs.setCurrentIndex(1)
    was = {row.texts[0]: row.texts[1:] for row in dialog.as_it_was.rows}
    assert was["Operator"] == ("Dr A", "Dr B")
    dialog.tabs.setCurrentIndex(0)
    dialog.versions.setFocus()
    keys.press(Key.Key_Up)


def operator_and_notes(logbook: Logbook, case_id: str) -> tuple[str, str]:
    stored = load_case(logbook, case_id).procedure
    return str(stored.operator), str(stored.notes)


def test_a_case_is_changed_looked_back_at_and_brought_back(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    new_logbook(folder).close()
    keys = Keyboard()
    with running(qtbot, folder) as kypholog:
        case_id = enter(qtbot, kypholog, keys)
        logbook = kypholog.session.logbook
        assert logbook is not None
        change(qtbot, kypholog, keys)

        dialog = open_history(qtbot, kypholog, keys)
        look_at_version_1(dialog, keys)
        keys.press(Key.Key_B, with_=CTRL)
        answer(qtbot, kypholog, keys, "It was Dr A.")
        assert operator_and_notes(logbook, case_id) == ("Dr A", "Other words.")

        dialog.versions.setFocus()
        keys.press(Key.Key_End).press(Key.Key_B, with_=CTRL | SHIFT)
        answer(qtbot, kypholog, keys, "")
        assert operator_and_notes(logbook, case_id) == ("Dr A", "First words.")

        keys.press(Key.Key_Escape)
        qtbot.waitUntil(kypholog.window.isActiveWindow)
        keys.press(Key.Key_1, with_=CTRL)
        rest(qtbot, kypholog)
        assert kypholog.window.shown_page == "cases"
        with qtbot.waitSignal(kypholog.events.case_saved):
            keys.press(Key.Key_Z, with_=CTRL)
        rest(qtbot, kypholog)
        assert operator_and_notes(logbook, case_id) == ("Dr A", "Other words.")
        assert [version.reason for version in history_of(logbook, case_id)] == REASONS
        assert verify(logbook) == []
