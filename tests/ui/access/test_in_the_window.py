# SPDX-License-Identifier: MIT
"""Encrypted logbooks in the window: made, opened, locked; nothing is seen without signing in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from models import accounts
from models.access import Recovery
from models.access.errors import UnknownUser
from models.drafts import drafts
from tests.encrypted import ADMIN, READER, make, told
from tests.encrypted import enter as enter_models
from tests.fresh import new_logbook
from tests.ui.access.desk import PATIENCE_MS, a_clinic, action, asked, press, sign_in, texts
from tests.ui.editor.keyboard import Keyboard
from tests.ui.wheel import turn_wheel
from ui.access.idle import Idle
from ui.access.new_dialog import NewLogbookDialog
from ui.access.recovery_dialog import RecoveryDialog
from ui.access.sign_in_dialog import SignInDialog
from ui.access.users_dialog import UsersDialog
from ui.application import Application


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    return a_clinic(tmp_path / "Clinic.kypholog", READER)


def trigger(kypholog: Application, name: str) -> None:
    action(kypholog, name).trigger()


def test_a_new_logbook_is_encrypted_unless_told_otherwise(
    kypholog: Application, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(tmp_path / "New.kypholog")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (chosen, ""))
    trigger(kypholog, "new_logbook")
    dialog = asked(kypholog, qtbot, NewLogbookDialog)
    assert dialog.encrypted.isChecked()
    said_in = [one.text() for one in dialog.findChildren(QLabel)]
    said_in += [one.text() for one in dialog.findChildren(QAbstractButton)]
    keys = [QKeySequence.mnemonic(text).toString() for text in said_in]
    assert len(set(filter(None, keys))) == len(list(filter(None, keys))), "one key, one thing"
    people = dialog.people
    people.name_box.setText("Anna")
    for password, again, said in (
        ("short", "short", "at least 8 characters"),
        ("three new words", "", "once more"),
        ("three new words", "three old words", "not the same"),
    ):
        people.password_box.setText(password)
        people.again_box.setText(again)
        press(dialog, "Make logbook")
        assert said in dialog.trouble.text()
    # What was wrong gives way to what is typed next.
    qtbot.keyClicks(people.again_box, "three new words")
    press(dialog, "Make logbook")
    shown = asked(kypholog, qtbot, RecoveryDialog)
    key = shown.key_box.text()
    for group in key.split("-"):
        assert group in shown.sheet.document().toPlainText()
    shown.reject()
    assert shown.isVisible()
    press(shown, "It is &on paper")
    shown.group_box.setText("0000")
    press(shown, "Go on")
    assert "This is not group" in shown.trouble.text()
    shown.group_box.setText(shown.sheet.groups[shown.asked - 1].lower())
    press(shown, "Go on")
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert (logbook.user, logbook.is_encrypted) == ("Anna", True)
    assert "Encrypted" in texts(kypholog)
    folder = logbook.folder
    kypholog.session.close()
    accounts.sign_in(folder, Recovery(key)).close()


def test_nothing_opens_before_somebody_signs_in(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    kypholog.session.open(clinic)
    dialog = asked(kypholog, qtbot, SignInDialog)
    assert kypholog.session.logbook is None
    dialog.name_box.setCurrentText(READER)
    dialog.secret_box.setText("wrong")
    press(dialog, "Sign in")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=PATIENCE_MS)
    assert "not the password of Rita" in dialog.trouble.text()
    assert dialog.secret_box.text() == ""
    assert kypholog.session.logbook is None
    sign_in(kypholog, qtbot, dialog, READER)
    assert kypholog.session.logbook is not None
    assert kypholog.session.logbook.user == READER
    assert "Encrypted" in texts(kypholog)
    assert not kypholog.window.findChildren(SignInDialog)


def test_a_lock_hides_the_case_and_keeps_what_was_typed(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    kypholog.session.open(clinic)
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), ADMIN)
    kypholog.window.new_case()
    editor = kypholog.window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: bool(editor.case_id))
    kypholog.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=PATIENCE_MS)
    Keyboard().enter("Z-99")
    trigger(kypholog, "lock")
    dialog = asked(kypholog, qtbot, SignInDialog)
    assert kypholog.session.logbook is None
    assert "Z-99" not in texts(kypholog)
    assert editor.case_id == ""
    assert dialog.name_box.currentText() == ADMIN
    assert "is kept as a draft" in texts(kypholog)
    sign_in(kypholog, qtbot, dialog, ADMIN)
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert [draft.patient_code for draft in drafts(logbook)] == ["Z-99"]


@pytest.mark.parametrize("name", ["lock", "switch_user"])
def test_a_lock_speaks_of_no_draft_where_nothing_was_being_entered(
    kypholog: Application, clinic: Path, qtbot: QtBot, name: str
) -> None:
    kypholog.session.open(clinic)
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), ADMIN)
    kypholog.window.new_case()
    trigger(kypholog, name)
    asked(kypholog, qtbot, SignInDialog)
    assert "draft" not in texts(kypholog)


def test_an_administrator_lets_people_in_and_out(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    kypholog.session.open(clinic)
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), ADMIN)
    trigger(kypholog, "users")
    dialog = asked(kypholog, qtbot, UsersDialog)

    def shown(*people: str) -> bool:
        items = [dialog.people.item(row).text() for row in range(dialog.people.count())]
        return dialog.isEnabled() and items == list(people)

    wait = lambda *people: qtbot.waitUntil(lambda: shown(*people), timeout=PATIENCE_MS)  # noqa: E731
    wait("Anna – Administrator", "Rita – Reader")
    dialog.name_box.setText("Carla")
    dialog.password_box.setText("three new words")
    press(dialog, "&Add")
    assert dialog.trouble.text() == "Type the password once more."
    dialog.again_box.setText("three new words")
    press(dialog, "&Add")
    wait("Anna – Administrator", "Carla – Entry", "Rita – Reader")
    dialog.people.setCurrentRow(2)
    press(dialog, "Make Entry")
    wait("Anna – Administrator", "Carla – Entry", "Rita – Entry")
    press(dialog, "&Remove")
    wait("Anna – Administrator", "Carla – Entry")
    dialog.people.setCurrentRow(0)
    press(dialog, "&Remove")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=PATIENCE_MS)
    assert "only administrator" in dialog.trouble.text()
    dialog.reject()


def test_a_user_goes_with_the_mouse_and_the_keys_stay_in_the_list(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    kypholog.session.open(clinic)
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), ADMIN)
    trigger(kypholog, "users")
    dialog = asked(kypholog, qtbot, UsersDialog)
    people = dialog.people

    def wait(count: int) -> None:
        is_so = lambda: dialog.isEnabled() and people.count() == count  # noqa: E731
        qtbot.waitUntil(is_so, timeout=PATIENCE_MS)

    wait(2)
    rita = people.visualItemRect(people.item(1)).center()
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=rita)
    qtbot.keyClick(people, Qt.Key.Key_Return)
    wait(2)
    assert people.item(1).text() == "Rita – Reader", "Enter takes nobody away"
    remove = next(b for b in dialog.findChildren(QPushButton) if b.text() == "&Remove")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    wait(1)
    assert dialog.focusWidget() is people
    qtbot.keyClick(people, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    kypholog.session.close()
    with pytest.raises(UnknownUser):
        enter_models(clinic, READER)


def test_the_recovery_key_lets_somebody_in_by_the_keys_alone(
    kypholog: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    logbook, recovery = make(tmp_path / "Clinic.kypholog")
    logbook.close()
    kypholog.session.open(logbook.folder)
    dialog = asked(kypholog, qtbot, SignInDialog)
    qtbot.keyClick(dialog.recovery_tick, Qt.Key.Key_Space)
    assert not dialog.name_box.isEnabled()
    qtbot.keyClicks(dialog.secret_box, recovery.text[:9])
    qtbot.keyClick(dialog.secret_box, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=PATIENCE_MS)
    assert "Type all seven groups" in dialog.trouble.text()
    assert dialog.secret_box.text() == recovery.text[:9], "it is long to type"
    dialog.secret_box.selectAll()
    qtbot.keyClicks(dialog.secret_box, recovery.text.lower().replace("-", " "))
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.secret_box, Qt.Key.Key_Return)
    opened = kypholog.session.logbook
    assert opened is not None
    assert told(opened)[-1] == ("the recovery key", "sign_in", "Role: Administrator.")


def test_nobody_else_sees_the_users(kypholog: Application, clinic: Path, qtbot: QtBot) -> None:
    kypholog.session.open(clinic)
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), READER)
    trigger(kypholog, "users")
    assert "Only an administrator" in action(kypholog, "users").toolTip()
    assert not kypholog.window.findChildren(UsersDialog)


def test_a_plain_logbook_says_that_there_is_nothing_to_lock(
    kypholog: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    new_logbook(tmp_path / "Plain.kypholog").close()
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        kypholog.session.open(tmp_path / "Plain.kypholog")
    trigger(kypholog, "lock")
    assert "is not encrypted" in action(kypholog, "lock").toolTip()
    assert kypholog.session.logbook is not None


def test_when_nobody_does_anything_it_locks_itself(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    kypholog.session.open(clinic)
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), ADMIN)
    idle = kypholog.window.findChild(Idle)
    assert idle is not None
    idle.idle.emit()
    asked(kypholog, qtbot, SignInDialog).reject()
    assert kypholog.session.logbook is None


def test_idle_is_told_only_while_it_is_watched(qtbot: QtBot, qapp: QApplication) -> None:
    idle = Idle(qapp, 1)
    with qtbot.waitSignal(idle.idle):
        idle.watch(on=True)
    idle.watch(on=False)
    with qtbot.assertNotEmitted(idle.idle, wait=20):
        QApplication.processEvents()
    idle.deleteLater()


def test_what_is_done_by_hand_begins_the_wait_anew_and_nothing_else_does(
    qtbot: QtBot, qapp: QApplication
) -> None:
    somewhere = QLabel()
    qtbot.addWidget(somewhere)
    somewhere.show()
    qtbot.waitExposed(somewhere)
    idle = Idle(qapp, 60_000)
    idle.watch(on=True)

    def begins_anew(act: Callable[[], object]) -> bool:
        idle._timer.stop()
        act()
        return idle.is_watching

    assert begins_anew(lambda: qtbot.keyClick(somewhere, Qt.Key.Key_Shift))
    assert begins_anew(lambda: qtbot.mouseClick(somewhere, Qt.MouseButton.LeftButton))
    assert begins_anew(lambda: qtbot.mouseMove(somewhere))
    assert begins_anew(lambda: turn_wheel(somewhere))
    assert not begins_anew(lambda: qapp.sendEvent(somewhere, QEvent(QEvent.Type.LayoutRequest)))
    idle.watch(on=False)
    idle.deleteLater()
