# SPDX-License-Identifier: MIT
"""Several windows on one encrypted logbook: who is here, who may what, locks, and its keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from models import accounts
from models.case import load_case, save_case
from models.drafts import drafts
from models.vocabulary import Role
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, READER, SECRETS
from tests.ui.access.desk import PATIENCE_MS, a_clinic, action, asked, press, settle, sign_in
from tests.ui.access.test_locking import words_in_sight
from tests.ui.editor.keyboard import Keyboard
from tests.ui.together.conftest import Opens
from tests.ui.together.test_clash import clash_of, editing
from tests.ui.together.test_company import book, says
from ui.access.confirm_dialog import ConfirmDialog
from ui.access.encrypt_dialog import EncryptDialog
from ui.access.sign_in_dialog import SignInDialog
from ui.application import Application
from ui.rail import Rail

Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    return a_clinic(tmp_path / "Clinic.kypholog", ENTRY, READER, codes=("Q-71", "Q-72"))


def boxes(one: Application) -> list[QMessageBox]:
    return [box for box in one.window.findChildren(QMessageBox) if box.isVisible()]


def told(one: Application, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: bool(boxes(one)), timeout=PATIENCE_MS)
    return boxes(one)[-1]


def rail_says(one: Application, words: str) -> bool:
    rail = one.window.findChild(Rail)
    assert rail is not None
    return words in rail.user


def change(one: Application, case_id: str, **values: object) -> None:
    """Somebody saves a case behind the window that shows it."""
    case = load_case(book(one), case_id)
    for name, value in values.items():
        setattr(case.procedure, name, value)
    save_case(book(one), case)


def test_who_is_here_and_what_others_save_is_seen_in_an_encrypted_logbook_too(
    opens: Opens, sealed: Path, qtbot: QtBot
) -> None:
    first, second = opens(sealed, ADMIN), opens(sealed, ENTRY)
    qtbot.waitUntil(lambda: says(first, f"{ENTRY} has this logbook open too"), timeout=PATIENCE_MS)
    save_case(book(second), a_case("Q-73"))
    qtbot.waitUntil(lambda: first.window.cases.model.rowCount() == 3, timeout=PATIENCE_MS)
    second.window.activateWindow()
    action(second, "switch_user").trigger()
    qtbot.waitUntil(lambda: not says(first, "has this logbook open"), timeout=PATIENCE_MS)
    sign_in(second, qtbot, asked(second, qtbot, SignInDialog), READER)
    qtbot.waitUntil(lambda: says(first, f"{READER} has this logbook open too"), timeout=PATIENCE_MS)


def test_a_role_that_is_taken_away_is_noticed_while_nobody_does_anything(
    opens: Opens, sealed: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    first, second = opens(sealed, ADMIN), opens(sealed, ENTRY)
    editor, case_id = editing(second, qtbot)
    second.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    keys.go_to("Operator").type("Dr B. Operator")
    assert action(second, "new_case").isEnabled()
    accounts.change_role(book(first), ENTRY, Role.READER)
    box = told(second, qtbot)
    assert box.text() == "Your role in Clinic is Reader now; it was Entry."
    assert "stays in the window" in box.informativeText()
    box.accept()
    assert rail_says(second, f"{ENTRY} · Reader")
    assert not action(second, "new_case").isEnabled()
    assert not action(second, "save_case").isEnabled()
    for button in (editor._top._save, editor._top._save_and_new):
        assert not button.isEnabled()
        assert "may look, print and export" in button.toolTip()
    assert editor._editing.case is not None
    assert editor._editing.case.procedure.operator == "Dr B. Operator"
    accounts.change_role(book(first), ENTRY, Role.ENTRY)
    box = told(second, qtbot)
    assert box.text() == "Your role in Clinic is Entry now; it was Reader."
    box.accept()
    assert action(second, "save_case").isEnabled()
    with qtbot.waitSignal(editor.saved, timeout=PATIENCE_MS):
        editor._top._save.click()
    assert load_case(book(first), case_id).procedure.operator == "Dr B. Operator"


def test_an_account_that_is_closed_shows_nothing_any_more_and_lets_others_in(
    opens: Opens, sealed: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    first, second = opens(sealed, ADMIN), opens(sealed, ENTRY)
    editing(second, qtbot)
    second.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    keys.go_to("Operator").type("Dr B. Operator")
    first.window.hide()
    assert "Q-7" in words_in_sight()
    accounts.remove_user(book(first), ENTRY)
    asks = asked(second, qtbot, SignInDialog)
    qtbot.waitUntil(asks.trouble.isVisible, timeout=PATIENCE_MS)
    assert asks.trouble.text().startswith(f"The account {ENTRY} was closed.")
    assert "Q-7" not in words_in_sight()
    assert second.session.logbook is None
    names = [asks.name_box.itemText(row) for row in range(asks.name_box.count())]
    assert ENTRY not in names
    sign_in(second, qtbot, asks, READER)
    assert book(second).user == READER


def test_a_lock_takes_both_versions_of_a_case_out_of_sight_and_keeps_the_entry(
    opens: Opens, sealed: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    first, second = opens(sealed, ADMIN), opens(sealed, ENTRY)
    second.window.hide()
    editor, case_id = editing(first, qtbot)
    first.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    keys.go_to("Operator").type("Dr B. Operator")
    change(second, case_id, operator="Dr N. Newer")
    clash_of(editor, keys, qtbot)
    assert "Dr N. Newer" in words_in_sight()
    # By the key, as it comes from a window that a dialog holds back: and the idle time does this.
    first.window.logbooks.locking.idle.idle.emit()
    asks = asked(first, qtbot, SignInDialog)
    seen = words_in_sight()
    assert not [one for one in ("Dr N. Newer", "Dr B. Operator", "Q-7") if one in seen]
    sign_in(first, qtbot, asks, ADMIN)
    settle(first, qtbot)
    (draft,) = drafts(book(first))
    assert draft.case_id == case_id
    assert load_case(book(first), case_id).procedure.operator == "Dr N. Newer"
    first.window.desks.cases.resume(draft)
    qtbot.waitUntil(lambda: editor.case_id == case_id, timeout=PATIENCE_MS)
    dialogs = [one for one in first.window.findChildren(QDialog) if one.isVisible()]
    for dialog in dialogs:
        dialog.close()
    assert editor._editing.case is not None
    assert editor._editing.case.procedure.operator == "Dr B. Operator"


def test_a_lock_while_a_busy_logbook_is_waited_for_hides_at_once_and_loses_nothing(
    opens: Opens, sealed: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    first, second = opens(sealed, ADMIN), opens(sealed, ENTRY)
    second.window.hide()
    editor, case_id = editing(first, qtbot)
    first.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    keys.go_to("Operator").type("Dr B. Operator")
    with book(second).transaction():
        keys.press(Key.Key_Return, with_=_CTRL)
        qtbot.waitUntil(lambda: says(first, "Waiting for"), timeout=PATIENCE_MS)
        action(first, "lock").trigger()
        asks = asked(first, qtbot, SignInDialog)
        assert "Q-7" not in words_in_sight()
    if first.session.logbook is None:
        sign_in(first, qtbot, asks, ADMIN)
        settle(first, qtbot)
        (draft,) = drafts(book(first))
        assert draft.case_id == case_id
        return
    # It could not be kept, so it stayed in the window.
    asks.name_box.setCurrentText(ADMIN)
    asks.secret_box.setText(SECRETS[ADMIN])
    press(asks, "Sign in")
    told(first, qtbot).accept()
    with qtbot.waitSignal(editor.saved, timeout=PATIENCE_MS):
        editor.save()
    assert load_case(book(first), case_id).procedure.operator == "Dr B. Operator"


def test_a_reader_who_looks_at_a_case_is_told_who_changed_it_and_can_change_nothing(
    opens: Opens, sealed: Path, qtbot: QtBot
) -> None:
    first, second = opens(sealed, ADMIN), opens(sealed, READER)
    second.window.cases.select_row(0)
    (case_id,) = second.window.cases.selected_cases()
    change(first, case_id, operator="Dr N. Newer")
    qtbot.waitUntil(
        lambda: "Dr N. Newer" in " ".join(words_in_sight().splitlines()), timeout=PATIENCE_MS
    )
    assert not action(second, "edit_case").isEnabled()


def test_another_key_while_somebody_else_is_here_says_who_and_changes_nothing(
    opens: Opens, sealed: Path, qtbot: QtBot
) -> None:
    first, second = opens(sealed, ADMIN), opens(sealed, ENTRY)
    before = (sealed / "keys.json").read_bytes()
    action(first, "change_key").trigger()
    press(asked(first, qtbot, ConfirmDialog), "Change the key")
    box = told(first, qtbot)
    assert ENTRY in f"{box.text()} {box.informativeText()}"
    box.accept()
    qtbot.waitUntil(lambda: first.session.logbook is not None, timeout=PATIENCE_MS)
    assert (sealed / "keys.json").read_bytes() == before
    save_case(book(second), a_case("Q-74"))
    qtbot.waitUntil(lambda: first.window.cases.model.rowCount() == 3, timeout=PATIENCE_MS)


def test_encrypting_later_while_somebody_else_is_here_says_who_and_changes_nothing(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first, second = opens(clinic), opens(clinic)
    action(first, "encrypt").trigger()
    dialog = asked(first, qtbot, EncryptDialog)
    people = dialog.people
    people.name_box.setText(ADMIN)
    people.password_box.setText(SECRETS[ADMIN])
    people.again_box.setText(SECRETS[ADMIN])
    dialog.accept()
    box = told(first, qtbot)
    assert book(second).user in f"{box.text()} {box.informativeText()}"
    box.accept()
    qtbot.waitUntil(lambda: first.session.logbook is not None, timeout=PATIENCE_MS)
    assert not book(first).is_encrypted
    assert not (clinic / "keys.json").exists()
    save_case(book(second), a_case("P-4"))
    qtbot.waitUntil(lambda: first.window.cases.model.rowCount() == 4, timeout=PATIENCE_MS)
