# SPDX-License-Identifier: MIT
"""Who has to wait sees for how long; the clock of the machine neither helps nor hurts."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.access import Password, unlock
from models.access.attempts import FREE, delay
from models.access.errors import LockedOut, WrongPassword
from tests.encrypted import ADMIN, READER, SECRETS
from tests.ui.access.desk import PATIENCE_MS, a_clinic, asked, press
from ui.access.sign_in_dialog import SignInDialog
from ui.application import Application
from ui.theme import Theme

DAY = 24 * 3_600.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_clinic(tmp_path / "Clinic.kypholog", READER)


def go(dialog: SignInDialog) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == "Sign in")


def test_after_too_many_wrong_passwords_the_button_waits_and_counts(
    kypholog: Application, qtbot: QtBot, folder: Path
) -> None:
    kypholog.session.open(folder)
    dialog = asked(kypholog, qtbot, SignInDialog)
    dialog.name_box.setCurrentText(ADMIN)
    for _ in range(FREE):
        assert go(dialog).isEnabled()
        dialog.secret_box.setText("not this one")
        dialog.trouble.hide()
        press(dialog, "Sign in")
        qtbot.waitUntil(dialog.trouble.isVisible, timeout=PATIENCE_MS)
    assert "Next try in 0:0" in dialog.trouble.text()
    assert not go(dialog).isEnabled()
    dialog.name_box.setCurrentText(READER)
    assert go(dialog).isEnabled()
    assert not dialog.trouble.isVisible()
    dialog.name_box.setCurrentText(ADMIN)
    dialog.secret_box.setText(SECRETS[ADMIN])
    press(dialog, "Sign in")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=PATIENCE_MS)
    assert "Too many wrong passwords" in dialog.trouble.text()
    dialog.recovery_tick.setChecked(True)
    assert go(dialog).isEnabled()
    dialog.reject()


def test_when_the_time_is_over_it_can_be_tried_again(qtbot: QtBot, theme: Theme) -> None:
    dialog = SignInDialog(theme, "Clinic", [ADMIN], ADMIN)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.refuse(WrongPassword("This is not the password of Anna.", seconds=1))
    assert not go(dialog).isEnabled()
    assert dialog.trouble.text() == "This is not the password of Anna. Next try in 0:01."
    qtbot.waitUntil(go(dialog).isEnabled, timeout=PATIENCE_MS)
    assert not dialog.trouble.isVisible()


def test_the_wait_is_told_with_the_password_that_causes_it(folder: Path) -> None:
    for number in range(FREE + 2):
        moment = DAY * (number + 1)
        with pytest.raises(WrongPassword) as told:
            unlock(folder / "logbook.db", Password(ADMIN, "wrong"), partial(float, moment))
        assert told.value.seconds == delay(number + 1)


@pytest.mark.parametrize("shift", [-3_650 * DAY, -DAY, -60.0, -1.0])
def test_a_clock_set_back_begins_the_wait_anew_and_no_longer_one(
    folder: Path, shift: float
) -> None:
    file, now = folder / "logbook.db", 10_000 * DAY
    wrong = Password(ADMIN, "wrong")
    for _ in range(FREE):
        with pytest.raises(WrongPassword):
            unlock(file, wrong, lambda: now)
    most = delay(FREE)
    set_back = now + shift
    with pytest.raises(LockedOut) as told:
        unlock(file, wrong, lambda: set_back)
    assert 0 < told.value.seconds <= most
    # Trying does not make it longer, and when it is over by the clock as it is now, it is over.
    with pytest.raises(LockedOut) as told:
        unlock(file, wrong, lambda: set_back + 1)
    assert told.value.seconds <= most - 1
    unlock(file, Password(ADMIN, SECRETS[ADMIN]), lambda: set_back + most)
