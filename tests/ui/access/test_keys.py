# SPDX-License-Identifier: MIT
"""Encrypting later, another key, another recovery key and another password, in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models import accounts
from models.access import Password, Recovery
from models.access.errors import WrongPassword
from models.access.unlocking import PLAIN, head_of
from models.backup import Reason, listing, make
from models.case import save_case
from models.drafts import draft_of, keep
from models.logbook import Logbook
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, SECRETS
from tests.encrypted import enter as enter_models
from tests.fresh import new_logbook
from tests.ui.access.desk import PATIENCE_MS, a_clinic, action, asked, enter, press, settle
from ui.access.confirm_dialog import ConfirmDialog
from ui.access.copies_dialog import CopiesDialog
from ui.access.encrypt_dialog import EncryptDialog
from ui.access.password_dialog import PasswordDialog
from ui.access.recovery_dialog import RecoveryDialog
from ui.access.recovery_page import RecoverySheet
from ui.access.users_dialog import UsersDialog
from ui.access.work_dialog import WorkDialog
from ui.application import Application
from ui.editor.drafts_dialog import DraftsDialog

NEW = "three new words"


@pytest.fixture
def plain(kypholog: Application, qtbot: QtBot, tmp_path: Path) -> Path:
    """A plain logbook with a backup, open."""
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    save_case(logbook, a_case("P-1"))
    make(logbook, Reason.BY_HAND)
    logbook.close()
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        kypholog.session.open(logbook.folder)
    settle(kypholog, qtbot)
    return logbook.folder


def confirm_key(dialog: RecoveryDialog) -> str:
    """Say that it is on paper, and type what is asked for."""
    key = dialog.key_box.text()
    press(dialog, "It is &on paper")
    assert not dialog.key_box.isVisible()
    dialog.group_box.setText(key.split("-")[dialog.asked - 1])
    press(dialog, "Go on")
    return key


def is_open(kypholog: Application) -> bool:
    return kypholog.session.logbook is not None and not kypholog.jobs.is_busy


def ask_to_encrypt(kypholog: Application, qtbot: QtBot) -> EncryptDialog:
    """From the status bar, where it stands that it is not encrypted."""
    buttons = kypholog.window.statusBar().findChildren(QPushButton)
    next(one for one in buttons if one.text() == "Not encrypted").click()
    return asked(kypholog, qtbot, EncryptDialog)


@pytest.mark.parametrize("encrypts", [True, False], ids=["copies encrypted", "copies removed"])
def test_a_plain_logbook_is_encrypted_with_everything_that_belongs_to_it(
    kypholog: Application, qtbot: QtBot, plain: Path, encrypts: bool
) -> None:
    assert kypholog.session.logbook is not None
    keep(kypholog.session.logbook, draft_of(a_case("P-2")))
    dialog = ask_to_encrypt(kypholog, qtbot)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    (backup,) = listing(plain)
    assert backup.file.name in said
    dialog.people.name_box.setText("Anna")
    dialog.people.password_box.setText("short")
    press(dialog, "Encrypt")
    assert "at least 8 characters" in dialog.trouble.text()
    dialog.people.password_box.setText(NEW)
    dialog.people.again_box.setText(NEW)
    press(dialog, "Encrypt")
    working = asked(kypholog, qtbot, WorkDialog)
    working.reject()
    assert working.isVisible()
    shown = asked(kypholog, qtbot, RecoveryDialog)
    settle(kypholog, qtbot)
    assert not kypholog.window.findChildren(DraftsDialog), "over a key that is shown this once"
    key = confirm_key(shown)
    asks = asked(kypholog, qtbot, CopiesDialog)
    assert [asks.listed.item(row).text() for row in range(asks.listed.count())] == [
        f"backups/{backup.file.name}"
    ]
    newest = listing(plain)[0]
    assert (newest.reason, head_of(newest.file) != PLAIN) == (Reason.KEY_CHANGE, True)
    (asks.encrypt if encrypts else asks.remove).setChecked(True)
    press(asks, "Go on")
    box = asked(kypholog, qtbot, QMessageBox)
    assert ("encrypted now: 1." if encrypts else "removed: 1.") in box.text()
    box.accept()
    asked(kypholog, qtbot, DraftsDialog).reject()
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert (logbook.user, logbook.is_encrypted) == ("Anna", True)
    assert len(listing(plain)) == (2 if encrypts else 1)
    assert accounts.plain_files(plain) == []
    assert verify(logbook) == []
    kypholog.session.close()
    for credential in (Password("Anna", NEW), Recovery(key)):
        accounts.sign_in(plain, credential).close()


def test_somebody_else_has_it_open_so_it_stays_as_it_is(
    kypholog: Application, qtbot: QtBot, plain: Path
) -> None:
    other = Logbook.open(plain)
    dialog = ask_to_encrypt(kypholog, qtbot)
    dialog.people.name_box.setText("Anna")
    dialog.people.password_box.setText(NEW)
    dialog.people.again_box.setText(NEW)
    press(dialog, "Encrypt")
    box = asked(kypholog, qtbot, QMessageBox)
    assert "open in another window" in box.text()
    box.accept()
    qtbot.waitUntil(lambda: is_open(kypholog), timeout=PATIENCE_MS)
    assert kypholog.session.logbook is not None
    assert not kypholog.session.logbook.is_encrypted
    assert head_of(plain / "logbook.db") == PLAIN
    other.close()


def test_another_key_comes_after_a_backup_and_asks_nobody_anew(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", ENTRY)
    enter(kypholog, qtbot, folder, ADMIN)
    before = head_of(folder / "logbook.db")
    action(kypholog, "change_key").trigger()
    press(asked(kypholog, qtbot, ConfirmDialog), "Change the key")
    assert asked(kypholog, qtbot, WorkDialog).isVisible()
    qtbot.waitUntil(lambda: is_open(kypholog), timeout=PATIENCE_MS)
    assert head_of(folder / "logbook.db") != before
    (backup,) = listing(folder)
    assert backup.reason is Reason.KEY_CHANGE
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert logbook.user == ADMIN
    kypholog.session.close()
    enter_models(folder, ENTRY).close()


def test_another_recovery_key_puts_the_first_one_out_of_use(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog")
    enter(kypholog, qtbot, folder, ADMIN)
    keys: list[str] = []
    for _ in range(2):
        action(kypholog, "recovery_key").trigger()
        press(asked(kypholog, qtbot, ConfirmDialog), "Make a new key")
        dialog = asked(kypholog, qtbot, RecoveryDialog)
        keys.append(confirm_key(dialog))
        qtbot.waitUntil(lambda: not kypholog.window.findChildren(RecoveryDialog))
    kypholog.session.close()
    with pytest.raises(WrongPassword, match="not the recovery key"):
        accounts.sign_in(folder, Recovery(keys[0]))
    accounts.sign_in(folder, Recovery(keys[1])).close()


def test_ones_own_password_is_changed_with_the_present_one(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", ENTRY)
    enter(kypholog, qtbot, folder, ENTRY)
    action(kypholog, "change_password").trigger()
    dialog = asked(kypholog, qtbot, PasswordDialog)
    dialog.people.password_box.setText(NEW)
    dialog.people.again_box.setText(NEW)
    dialog.old_box.setText("not this one")
    press(dialog, "Change password")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=PATIENCE_MS)
    assert f"not the password of {ENTRY}" in dialog.trouble.text()
    dialog.old_box.setText(SECRETS[ENTRY])
    press(dialog, "Change password")
    qtbot.waitUntil(lambda: not kypholog.window.findChildren(PasswordDialog), timeout=PATIENCE_MS)
    assert "another one now" in kypholog.window.statusBar().currentMessage()
    kypholog.session.close()
    accounts.sign_in(folder, Password(ENTRY, NEW)).close()


def test_an_administrator_gives_a_password_to_who_has_forgotten_his(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", ENTRY)
    enter(kypholog, qtbot, folder, ADMIN)
    action(kypholog, "users").trigger()
    users = asked(kypholog, qtbot, UsersDialog)
    qtbot.waitUntil(lambda: users.people.count() == 2, timeout=PATIENCE_MS)
    users.people.setCurrentRow(1)
    press(users, "New pass&word…")
    dialog = asked(kypholog, qtbot, PasswordDialog)
    assert not dialog.old_box.isVisible()
    dialog.people.password_box.setText(NEW)
    dialog.people.again_box.setText(NEW)
    press(dialog, "Change password")
    qtbot.waitUntil(lambda: "has another password" in users.trouble.text(), timeout=PATIENCE_MS)
    users.reject()
    kypholog.session.close()
    accounts.sign_in(folder, Password(ENTRY, NEW)).close()


def test_earlier_copies_are_asked_for_again_until_there_are_none(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    plain = new_logbook(tmp_path / "Clinic.kypholog")
    make(plain, Reason.BY_HAND)
    accounts.encrypt(plain, ADMIN, SECRETS[ADMIN])
    plain.close()
    enter(kypholog, qtbot, plain.folder, ADMIN)
    action(kypholog, "plain_copies").trigger()
    asks = asked(kypholog, qtbot, CopiesDialog)
    asks.leave.setChecked(True)
    press(asks, "Go on")
    settle(kypholog, qtbot)
    assert len(accounts.plain_files(plain.folder)) == 1
    accounts.plain_files(plain.folder)[0].unlink()
    action(kypholog, "plain_copies").trigger()
    box = asked(kypholog, qtbot, QMessageBox)
    assert "No earlier copy" in box.text()
    box.accept()


@pytest.mark.parametrize("size", [QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter])
def test_the_sheet_is_one_page_with_the_key_and_nobodys_data(
    tmp_path: Path, qtbot: QtBot, size: QPageSize.PageSizeId
) -> None:
    from datetime import date

    key = "7QF2-M9KD-0XVA-84TC-HZ3R-W6PN-EJ5B"
    sheet = RecoverySheet("Clinic & Sons <North>", key, date(2026, 1, 20), "Anna")
    said = sheet.document().toPlainText()
    for needed in (*key.split("-"), "Clinic & Sons <North>", "2026-01-20", "What it is for"):
        assert needed in said
    file = tmp_path / "key.pdf"
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(size))
    sheet.print_on(writer)
    del writer
    assert file.read_bytes().count(b"/Type /Page\n") == 1
