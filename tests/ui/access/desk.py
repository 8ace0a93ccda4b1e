# SPDX-License-Identifier: MIT
"""The program with an encrypted logbook, as somebody at the keyboard meets it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from models.case import save_case
from tests.builders import a_case
from tests.encrypted import SECRETS, make
from ui.access.sign_in_dialog import SignInDialog
from ui.application import Application

D = TypeVar("D", bound=QDialog)
PATIENCE_MS = 30_000
"""Passwords of a new logbook cost what they cost."""


def a_clinic(folder: Path, *people: str, codes: tuple[str, ...] = ("P-1",)) -> Path:
    """An encrypted logbook with cases and people, closed."""
    logbook, _ = make(folder, *people)
    for code in codes:
        save_case(logbook, a_case(code))
    logbook.close()
    return logbook.folder


def action(kypholog: Application, name: str) -> QAction:
    """An item of the menus."""
    found = kypholog.window.desks.actions[name]
    assert isinstance(found, QAction)
    return found


def asked(kypholog: Application, qtbot: QtBot, kind: type[D]) -> D:
    """The dialog of this kind, when it is there."""
    qtbot.waitUntil(lambda: bool(kypholog.window.findChildren(kind)), timeout=PATIENCE_MS)
    return kypholog.window.findChildren(kind)[-1]


def press(dialog: QDialog, text: str) -> None:
    """Press the button with these words."""
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == text)
    button.click()


def sign_in(kypholog: Application, qtbot: QtBot, dialog: SignInDialog, name: str) -> None:
    """Sign in as somebody, and wait for the list."""
    dialog.name_box.setCurrentText(name)
    dialog.secret_box.setText(SECRETS[name])
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        press(dialog, "Sign in")


def enter(kypholog: Application, qtbot: QtBot, folder: Path, name: str) -> None:
    """Open a logbook as somebody."""
    kypholog.session.open(folder)
    sign_in(kypholog, qtbot, asked(kypholog, qtbot, SignInDialog), name)
    settle(kypholog, qtbot)


def settle(kypholog: Application, qtbot: QtBot) -> None:
    """Let the desks of the window come, and the work that is under way end."""
    QApplication.processEvents()
    window, jobs = kypholog.window, kypholog.jobs
    qtbot.waitUntil(lambda: window.is_furnished and not jobs.is_busy, timeout=PATIENCE_MS)


def texts(kypholog: Application) -> str:
    """What labels of the window and its dialogs say."""
    return " ".join(label.text() for label in kypholog.window.findChildren(QLabel))
