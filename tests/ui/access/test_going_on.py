# SPDX-License-Identifier: MIT
"""Who goes on after something that closed the logbook, and by which keys people are let in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from models.backup import Reason, back_up
from tests.encrypted import ADMIN, ENTRY, SECRETS, enter
from tests.ui.access.desk import a_clinic, action, asked, press, settle
from tests.ui.access.desk import enter as enter_window
from ui.access.parts import _AREA as AREA
from ui.access.server_dialog import ServerDialog
from ui.access.sign_in_dialog import SignInDialog
from ui.access.users_dialog import UsersDialog
from ui.application import Application
from ui.backups.dialog import BackupsDialog
from ui.theme import Mode
from ui.widgets.steady_scroll import SteadyScrollArea


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_clinic(tmp_path / "Clinic.kypholog", ENTRY)


def test_whoever_restores_a_backup_goes_on_without_signing_in(
    kypholog: Application, qtbot: QtBot, folder: Path
) -> None:
    logbook = enter(folder)
    back_up(logbook, Reason.BY_HAND)
    logbook.close()
    enter_window(kypholog, qtbot, folder, ADMIN)
    action(kypholog, "backups").trigger()
    dialog = asked(kypholog, qtbot, BackupsDialog)
    qtbot.waitUntil(dialog.restore.isEnabled)
    dialog.restore.click()
    (box,) = dialog.findChildren(QMessageBox)
    assert "with one case?" in box.text()
    with qtbot.waitSignal(kypholog.window.cases.filled):
        press_box(box, "Restore")
    settle(kypholog, qtbot)
    assert not [one for one in kypholog.window.findChildren(SignInDialog) if one.isVisible()]
    logbook_now = kypholog.session.logbook
    assert logbook_now is not None
    assert logbook_now.user == ADMIN


def press_box(box: QMessageBox, text: str) -> None:
    (button,) = (one for one in box.buttons() if one.text() == text)
    button.click()


def test_whoever_worked_last_is_offered_first(
    kypholog: Application, qtbot: QtBot, folder: Path
) -> None:
    enter_window(kypholog, qtbot, folder, ENTRY)
    kypholog.session.close()
    enter_window(kypholog, qtbot, folder, ADMIN)
    kypholog.session.close()
    kypholog.session.open(folder)
    settle(kypholog, qtbot)
    assert asked(kypholog, qtbot, SignInDialog).name_box.currentText() == ADMIN


def test_a_wrong_password_makes_the_dialog_grow_and_nothing_scroll(
    kypholog: Application, qtbot: QtBot, folder: Path
) -> None:
    kypholog.session.open(folder)
    dialog = asked(kypholog, qtbot, SignInDialog)
    qtbot.waitExposed(dialog)
    before = dialog.height()
    dialog.secret_box.setText("not this one")
    press(dialog, "Sign in")
    qtbot.waitUntil(lambda: dialog.trouble.isVisible() and dialog.height() > before)
    area = dialog.findChild(SteadyScrollArea, AREA)
    assert isinstance(area, SteadyScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    assert dialog.name_box.width() == dialog.secret_box.width()


def test_nothing_scrolls_in_a_dialog_of_another_look(kypholog: Application, qtbot: QtBot) -> None:
    kypholog.window.resize(1360, 850)
    kypholog.theme.set_mode(Mode.DARK)
    kypholog.theme.set_scale(1.5)
    action(kypholog, "open_server").trigger()
    dialog = asked(kypholog, qtbot, ServerDialog)
    qtbot.waitExposed(dialog)
    area = dialog.findChild(SteadyScrollArea, AREA)
    assert isinstance(area, SteadyScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    page = area.widget()
    assert page is not None
    assert page.height() >= page.sizeHint().height()
    dialog.close()


def test_enter_lets_somebody_in(kypholog: Application, qtbot: QtBot, folder: Path) -> None:
    enter_window(kypholog, qtbot, folder, ADMIN)
    logbook = kypholog.session.logbook
    assert logbook is not None
    dialog = UsersDialog(kypholog.theme, kypholog.jobs, logbook, kypholog.window)
    dialog.show()
    settle(kypholog, qtbot)
    dialog.name_box.setText("Carla")
    for box in (dialog.password_box, dialog.again_box):
        box.setText(SECRETS[ENTRY])
    dialog.again_box.setFocus()
    qtbot.keyPress(dialog.again_box, Qt.Key.Key_Return)
    settle(kypholog, qtbot)
    names = [dialog.people.item(row).text() for row in range(dialog.people.count())]
    assert "Carla – Entry" in names
    area = dialog.findChild(SteadyScrollArea, AREA)
    assert isinstance(area, SteadyScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    dialog.close()
