# SPDX-License-Identifier: MIT
"""Signing in, people, keys, and what is asked before a logbook is encrypted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from models.access.errors import WrongPassword
from models.accounts import Account
from models.speech import say
from models.vocabulary import Role
from tests.pictures.stage import Stage
from ui.access.confirm_dialog import ConfirmDialog
from ui.access.copies_dialog import CopiesDialog
from ui.access.encrypt_dialog import EncryptDialog
from ui.access.new_dialog import NewLogbookDialog
from ui.access.password_dialog import PasswordDialog
from ui.access.recovery_dialog import RecoveryDialog
from ui.access.recovery_page import RecoverySheet
from ui.access.sign_in_dialog import SignInDialog
from ui.access.users_dialog import UsersDialog
from ui.access.why import Why
from ui.access.work_dialog import WorkDialog
from ui.jobs import Job

_PEOPLE = ("Anna Lind", "Ben Hart", "Rita Okafor")
_SHEET = RecoverySheet(
    "Clinic", "7QF2-M9KD-0XVA-84TC-HZ3R-W6PN-EJ5B", date(2026, 1, 20), _PEOPLE[0]
)
_COPIES = (
    "backups/2026-01-19T17-02-11Z-closing.db",
    "backups/2026-01-20T09-30-00Z-timed.db",
    "before 2026-01-12/logbook.db",
    "/media/stick/Clinic.kypholog/backups/2026-01-19T17-02-11Z-closing.db",
)
_POINTS_WIDE, _POINTS_HIGH, _SHARPNESS = 470, 640, 1.3


def sign_in(stage: Stage) -> QWidget:
    """Somebody opens the logbook."""
    return _opened(stage, _sign_in(stage, Why.OPENS))


def sign_in_wait(stage: Stage) -> QWidget:
    """After too many wrong passwords."""
    dialog = _sign_in(stage, Why.OPENS)
    dialog.refuse(
        WrongPassword(say("This is not the password of {slot}.", slot="Anna Lind"), seconds=37)
    )
    return _opened(stage, dialog)


def sign_in_switch(stage: Stage) -> QWidget:
    """Somebody else goes on."""
    return _opened(stage, _sign_in(stage, Why.SWITCHES))


def new_logbook(stage: Stage) -> QWidget:
    """Encrypted is offered first."""
    return _opened(
        stage, NewLogbookDialog(stage.kypholog.theme, "Clinic", _PEOPLE[0], stage.window)
    )


def encrypt(stage: Stage) -> QWidget:
    """A logbook is encrypted later."""
    dialog = EncryptDialog(stage.kypholog.theme, "Clinic", _PEOPLE[0], _COPIES[:3], stage.window)
    return _opened(stage, dialog)


def encrypting(stage: Stage) -> QWidget:
    """It is being written anew."""
    dialog = WorkDialog(stage.kypholog.theme, say("Encrypting"), stage.window)
    stage.on_leaving(dialog.deleteLater)
    stage.on_leaving(dialog.hide)
    job = Job(dialog)
    dialog.follow(job)
    job.progress(40, 100)
    return _opened(stage, dialog)


def copies(stage: Stage) -> QWidget:
    """What is to become of earlier copies."""
    return _opened(stage, CopiesDialog(stage.kypholog.theme, _COPIES, 3, stage.window))


def recovery(stage: Stage) -> QWidget:
    """The recovery key is shown."""
    return _opened(stage, _recovery(stage))


def recovery_asks(stage: Stage) -> QWidget:
    """A part of it is asked for, and was wrong."""
    dialog = _recovery(stage)
    dialog.written.click()
    dialog.group_box.setText("7QF3")
    dialog.go_on.click()
    return _opened(stage, dialog)


def recovery_sheet(stage: Stage) -> QWidget:
    """What is printed, as far as there is ink on the sheet."""
    document = _SHEET.document()
    document.setTextWidth(_POINTS_WIDE)
    picture = QPixmap(round(_POINTS_WIDE * _SHARPNESS), round(_POINTS_HIGH * _SHARPNESS))
    picture.fill("white")
    painter = QPainter(picture)
    painter.scale(_SHARPNESS, _SHARPNESS)
    document.drawContents(painter)
    painter.end()
    label = QLabel(stage.window)
    label.setPixmap(picture)
    label.resize(picture.size().boundedTo(stage.window.size()))
    stage.on_leaving(label.deleteLater)
    label.show()
    return label


def password(stage: Stage) -> QWidget:
    """One's own password."""
    dialog = PasswordDialog(stage.kypholog.theme, _PEOPLE[0], stage.window, is_own=True)
    return _opened(stage, dialog)


def key_change(stage: Stage) -> QWidget:
    """What another key means."""
    stage.window.logbooks.access.ask_key()
    return stage.dialog(ConfirmDialog)


def users(stage: Stage) -> QWidget:
    """Who may open the logbook."""
    kypholog = stage.kypholog
    logbook = kypholog.session.logbook
    assert logbook is not None
    dialog = UsersDialog(kypholog.theme, kypholog.jobs, logbook, stage.window)
    stage.settle()
    roles = (Role.ADMIN, Role.ENTRY, Role.READER)
    people = zip(_PEOPLE, roles, strict=True)
    dialog.show_people([Account(name, role) for name, role in people])
    dialog.people.setCurrentRow(1)
    return _opened(stage, dialog)


def _sign_in(stage: Stage, why: Why) -> SignInDialog:
    theme = stage.kypholog.theme
    return SignInDialog(theme, "Clinic", _PEOPLE, _PEOPLE[0], why=why, parent=stage.window)


def _recovery(stage: Stage) -> RecoveryDialog:
    dialog = RecoveryDialog(stage.kypholog.theme, _SHEET, stage.window)
    # Escape closes nothing that is shown only once.
    stage.on_leaving(dialog.deleteLater)
    stage.on_leaving(dialog.hide)
    return dialog


def _opened(stage: Stage, dialog: QDialog) -> QWidget:
    dialog.open()
    return stage.dialog(type(dialog))


ACCESS_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "sign-in": sign_in,
    "sign-in-wait": sign_in_wait,
    "sign-in-switch": sign_in_switch,
    "new-logbook": new_logbook,
    "encrypt": encrypt,
    "encrypting": encrypting,
    "copies": copies,
    "recovery": recovery,
    "recovery-asks": recovery_asks,
    "recovery-sheet": recovery_sheet,
    "password": password,
    "key-change": key_change,
    "users": users,
}
