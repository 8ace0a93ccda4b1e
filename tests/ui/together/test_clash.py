# SPDX-License-Identifier: MIT
"""Two windows save the same case: both versions side by side, and nothing is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.case import load_case
from models.followup.recording import Answer, VisitTaken, record_score
from models.vocabulary import PainScale, TimePoint
from tests.programs import run_program
from tests.ui.editor.keyboard import Keyboard
from tests.ui.together.conftest import Opens
from ui.application import Application
from ui.editor.clash_dialog import ClashDialog
from ui.editor.page import EditorPage

Key = Qt.Key

_PATIENCE_MS = 20_000
_DAYS = {TimePoint.M3: date(2026, 6, 4), TimePoint.M6: date(2026, 9, 4)}
_CHANGES = """
case = load_case(logbook, {case_id!r})
case.levels[0].cement_ml = 4
case.procedure.operator = "Dr N. Newer"
add_score(case, 1, "2026-09-04")
save_case(logbook, case)
"""


def editing(one: Application, qtbot: QtBot) -> tuple[EditorPage, str]:
    window = one.window
    window.cases.select_row(0)
    (case_id,) = window.cases.selected_cases()
    window.edit_case(case_id)
    qtbot.waitUntil(lambda: window.editor is not None and window.editor.case_id == case_id)
    assert window.editor is not None
    return window.editor, case_id


def clash_of(editor: EditorPage, keys: Keyboard, qtbot: QtBot) -> ClashDialog:
    """Save, and wait for both versions."""
    editor.window().activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    keys.press(Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: editor.clashing.dialog is not None, timeout=_PATIENCE_MS)
    dialog = editor.clashing.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def told(dialog: ClashDialog) -> list[tuple[str, ...]]:
    model = dialog.table.model()
    columns = range(model.columnCount())
    return [
        tuple(str(model.data(model.index(row, column))) for column in columns)
        for row in range(model.rowCount())
    ]


@pytest.fixture
def first(opens: Opens, clinic: Path) -> Application:
    return opens(clinic)


def test_both_versions_stand_side_by_side_and_one_chooses_by_keyboard(
    first: Application, clinic: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    editor, case_id = editing(first, qtbot)
    keys.go_to("Operator").type("Dr B. Operator")
    keys.go_to("Cement").type("7")
    run_program(clinic, _CHANGES.format(case_id=case_id))
    dialog = clash_of(editor, keys, qtbot)
    rows = told(dialog)
    assert rows[0][1:] == ("Dr A. Operator", "Dr B. Operator", "Dr N. Newer", "To be decided")
    assert rows[1][1:] == ("6 mL", "7 mL", "4 mL", "To be decided")
    assert rows[2][-1] == "Theirs", "what only they added is kept"
    assert not dialog.save.isEnabled()
    keys.press(Key.Key_T).press(Key.Key_Left)
    assert [row[-1] for row in told(dialog)][:2] == ["Theirs", "Mine"]
    with qtbot.waitSignal(editor.saved):
        keys.press(Key.Key_Return)
    assert first.session.logbook is not None
    case = load_case(first.session.logbook, case_id)
    assert (case.version, case.procedure.operator) == (3, "Dr N. Newer")
    assert case.levels[0].cement_ml == 7
    assert 1 in [row.pain_low for row in case.assessments]
    qtbot.waitUntil(lambda: editor.clashing.dialog is None)
    assert editor._top.state.endswith("version 3")


def test_escape_leaves_both_as_they_are(
    first: Application, clinic: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    editor, case_id = editing(first, qtbot)
    keys.go_to("Operator").type("Dr B. Operator")
    run_program(clinic, _CHANGES.format(case_id=case_id))
    clash_of(editor, keys, qtbot)
    keys.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: editor._notice.text.startswith("Not saved."))
    assert editor._editing.case is not None
    assert editor._editing.case.procedure.operator == "Dr B. Operator"
    assert first.session.logbook is not None
    assert load_case(first.session.logbook, case_id).procedure.operator == "Dr N. Newer"
    # It is kept as a draft too, and can be saved once more.
    clash_of(editor, keys, qtbot)
    keys.press(Key.Key_Escape)


def test_who_saves_again_while_somebody_chooses_is_shown_too(
    first: Application, clinic: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    editor, case_id = editing(first, qtbot)
    keys.go_to("Operator").type("Dr B. Operator")
    run_program(clinic, _CHANGES.format(case_id=case_id))
    dialog = clash_of(editor, keys, qtbot)
    keys.press(Key.Key_M)
    run_program(clinic, _CHANGES.format(case_id=case_id).replace("ml = 4", "ml = 5"), user="Rita")
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: editor.clashing.dialog not in (None, dialog), timeout=_PATIENCE_MS)
    again = editor.clashing.dialog
    assert again is not None
    qtbot.waitUntil(again.isActiveWindow)
    assert told(again)[0][-1] == "Mine", "what was chosen stays chosen"
    with qtbot.waitSignal(editor.saved):
        keys.press(Key.Key_Return)
    assert first.session.logbook is not None
    case = load_case(first.session.logbook, case_id)
    assert (case.version, case.procedure.operator) == (4, "Dr B. Operator")


def test_an_open_case_says_who_changed_it_and_shows_it_when_asked(
    first: Application, clinic: Path, qtbot: QtBot
) -> None:
    editor, case_id = editing(first, qtbot)
    run_program(clinic, _CHANGES.format(case_id=case_id))
    qtbot.waitUntil(
        lambda: editor._notice.text.startswith("Eva saved this case at"), timeout=_PATIENCE_MS
    )
    case = editor._editing.case
    assert case is not None
    assert case.procedure.operator == "Dr A. Operator"
    editor._notice.act()
    qtbot.waitUntil(lambda: editor._top.state == "version 2")


def test_an_open_entry_says_who_put_its_case_into_the_bin(
    first: Application, clinic: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    editor, case_id = editing(first, qtbot)
    keys.go_to("Operator").type("Dr B. Operator")
    run_program(clinic, f"bin_case(logbook, {case_id!r}, 'twice')")
    qtbot.waitUntil(
        lambda: editor._notice.text.startswith("Eva put this case into the bin"),
        timeout=_PATIENCE_MS,
    )
    dialog = clash_of(editor, keys, qtbot)
    assert any(row[0].endswith("In the bin") for row in told(dialog))
    keys.press(Key.Key_Escape)


def test_two_windows_that_enter_scores_of_one_case_keep_both(
    opens: Opens, first: Application, clinic: Path, qtbot: QtBot
) -> None:
    second = opens(clinic)
    one, other = (window.session.logbook for window in (first, second))
    assert one is not None
    assert other is not None
    first.window.cases.select_row(0)
    (case_id,) = first.window.cases.selected_cases()
    for logbook, point, score in ((one, TimePoint.M3, "3"), (other, TimePoint.M6, "2")):
        record_score(logbook, case_id, point, Answer(score, PainScale.NRS), _DAYS[point])
    with pytest.raises(VisitTaken, match="already"):
        record_score(other, case_id, TimePoint.M3, Answer("5", PainScale.NRS), _DAYS[TimePoint.M3])
    scores = [row.pain_low for row in load_case(one, case_id).assessments]
    assert 3 in scores
    assert 2 in scores
    assert 5 not in scores
