# SPDX-License-Identifier: MIT
"""Keys that are lost or damaged: the window has them back from a backup, and what it restores."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from models import accounts
from models.access.keyfile import KEYS, SECOND_COPY
from models.backup import BACKUPS, Reason, back_up, listing
from models.case import save_case
from models.logbook import DATABASE_NAME, Logbook
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, SECRETS, make
from tests.ui.access.conftest import kypholog as kypholog
from tests.ui.access.desk import PATIENCE_MS, asked, press
from ui.access.sign_in_dialog import SignInDialog
from ui.application import Application
from ui.backups.dialog import BackupsDialog

Harm = Callable[[Path], None]
PUT_BACK = "Put the keys back"


def lose(folder: Path) -> None:
    for name in (KEYS, SECOND_COPY):
        (folder / name).unlink()


def spoil(folder: Path) -> None:
    for name in (KEYS, SECOND_COPY):
        file = folder / name
        file.write_bytes(file.read_bytes()[:-40])


@pytest.fixture
def logbook(tmp_path: Path) -> Logbook:
    """With a backup of one case, and another case after that."""
    logbook = make(tmp_path / "Clinic.kypholog", ENTRY)[0]
    save_case(logbook, a_case("P-1"))
    back_up(logbook, Reason.BY_HAND)
    save_case(logbook, a_case("P-2"))
    return logbook


def boxes(kypholog: Application) -> list[QMessageBox]:
    return [box for box in kypholog.window.findChildren(QMessageBox) if box.isVisible()]


def box_with(kypholog: Application, qtbot: QtBot, button: str) -> QMessageBox:
    """The message that offers this."""

    def found() -> list[QMessageBox]:
        return [box for box in boxes(kypholog) if button in [one.text() for one in box.buttons()]]

    qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE_MS)
    return found()[0]


def sign_in(kypholog: Application, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: any(one.isVisible() for one in kypholog.window.findChildren(SignInDialog)),
        timeout=PATIENCE_MS,
    )
    dialog = asked(kypholog, qtbot, SignInDialog)
    dialog.name_box.setCurrentText(ADMIN)
    dialog.secret_box.setText(SECRETS[ADMIN])
    press(dialog, "Sign in")


def restore(kypholog: Application, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: any(one.isVisible() for one in kypholog.window.findChildren(BackupsDialog)),
        timeout=PATIENCE_MS,
    )
    dialog = asked(kypholog, qtbot, BackupsDialog)
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        dialog.restore.click()


def holds(kypholog: Application, cases: int) -> None:
    opened = kypholog.session.logbook
    assert opened is not None
    assert (kypholog.window.cases.model.rowCount(), verify(opened)) == (cases, [])


@pytest.mark.parametrize("harm", [lose, spoil])
def test_keys_that_fit_are_put_back_and_nothing_need_be_restored(
    kypholog: Application, qtbot: QtBot, logbook: Logbook, harm: Harm
) -> None:
    logbook.close()
    harm(logbook.folder)
    kypholog.session.open(logbook.folder)
    box = box_with(kypholog, qtbot, PUT_BACK)
    assert "Names and passwords are the last that were written there" in box.informativeText()
    press(box, PUT_BACK)
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        sign_in(kypholog, qtbot)
    holds(kypholog, 2)


def test_keys_that_do_not_fit_lead_to_the_backups_that_they_open(
    kypholog: Application, qtbot: QtBot, logbook: Logbook
) -> None:
    (backup,) = listing(logbook.folder)
    early = backup.keys.read_bytes()
    accounts.change_key(logbook)
    # Such as on a stick that was away since.
    backup.keys.write_bytes(early)
    logbook.close()
    lose(logbook.folder)
    kypholog.session.open(logbook.folder)
    press(box_with(kypholog, qtbot, PUT_BACK), PUT_BACK)
    sign_in(kypholog, qtbot)
    restore(kypholog, qtbot)
    holds(kypholog, 1)


def test_where_only_backups_are_left_they_are_restored(
    kypholog: Application, qtbot: QtBot, logbook: Logbook
) -> None:
    logbook.close()
    lose(logbook.folder)
    logbook.file.unlink()
    kypholog.session.open(logbook.folder)
    press(box_with(kypholog, qtbot, PUT_BACK), PUT_BACK)
    sign_in(kypholog, qtbot)
    restore(kypholog, qtbot)
    holds(kypholog, 1)


def test_where_the_database_is_gone_and_the_keys_are_there_one_signs_in_for_the_backups(
    kypholog: Application, qtbot: QtBot, logbook: Logbook
) -> None:
    logbook.close()
    (logbook.folder / DATABASE_NAME).unlink()
    kypholog.session.open(logbook.folder)
    press(box_with(kypholog, qtbot, "Restore a backup…"), "Restore a backup…")
    sign_in(kypholog, qtbot)
    restore(kypholog, qtbot)
    holds(kypholog, 1)


def test_keys_are_found_elsewhere_too(
    kypholog: Application,
    qtbot: QtBot,
    logbook: Logbook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logbook.close()
    lose(logbook.folder)
    stick = tmp_path / "stick" / logbook.folder.name
    stick.mkdir(parents=True)
    shutil.move(logbook.folder / BACKUPS, stick)
    kypholog.session.open(logbook.folder)
    look = "Look for a backup…"
    press(box_with(kypholog, qtbot, look), look)
    dialog = asked(kypholog, qtbot, BackupsDialog)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick.parent))
    dialog.look.click()
    press(box_with(kypholog, qtbot, PUT_BACK), PUT_BACK)
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        sign_in(kypholog, qtbot)
    holds(kypholog, 2)
