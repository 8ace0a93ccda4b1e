# SPDX-License-Identifier: MIT
"""Whoever waits for another program to finish writing may stop that, and keeps the entry."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models.case import load_case
from tests.programs import program
from tests.ui.editor.keyboard import Keyboard
from tests.ui.together.conftest import Opens
from tests.ui.together.test_clash import editing
from tests.ui.together.test_company import _HOLDS, says, status

_PATIENCE_MS = 20_000
_CTRL = Qt.KeyboardModifier.ControlModifier


def test_waiting_for_a_busy_logbook_is_stopped_and_what_was_entered_saved_later(
    opens: Opens, clinic: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    first = opens(clinic)
    editor, case_id = editing(first, qtbot)
    first.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    keys.go_to("Operator").type("Dr B. Operator")
    logbook = first.session.logbook
    assert logbook is not None
    with program(clinic, _HOLDS) as child:
        keys.press(Qt.Key.Key_Return, with_=_CTRL)
        qtbot.waitUntil(lambda: says(first, "Do not wait"), timeout=_PATIENCE_MS)
        button = next(
            one for one in status(first).findChildren(QPushButton) if one.text() == "Do not wait"
        )
        button.click()
        qtbot.waitUntil(
            lambda: editor._notice.text.startswith("Waiting was stopped; nothing was saved."),
            timeout=_PATIENCE_MS,
        )
        assert not says(first, "Do not wait")
        assert editor._editing.case is not None
        assert editor._editing.case.procedure.operator == "Dr B. Operator"
        assert load_case(logbook, case_id).version == 1
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    with qtbot.waitSignal(editor.saved):
        editor._notice.act()
    assert load_case(logbook, case_id).procedure.operator == "Dr B. Operator"
