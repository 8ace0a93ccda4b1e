# SPDX-License-Identifier: MIT
"""The window opens as whom the command line names, and leaves no logbook without a backup."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from models.access.errors import WrongPassword
from models.backup import Reason, listing
from models.case import save_case
from models.commands import build_parser
from tests.builders import a_case
from tests.encrypted import ADMIN, READER, SECRETS
from tests.fresh import new_logbook
from tests.ui.access.desk import PATIENCE_MS, a_clinic, action, asked, enter, settle
from ui.access.new_dialog import NewLogbookDialog
from ui.access.sign_in_dialog import SignInDialog
from ui.application import Application


def options(*arguments: object) -> Namespace:
    return build_parser().parse_args(list(map(str, arguments)))


def secret(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "secret"
    file.write_text(f"{text}\n", encoding="utf-8")
    return file


def test_a_password_file_opens_the_window_without_a_question(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", READER)
    file = secret(tmp_path, SECRETS[READER])
    given = options("--logbook", folder, "--user", READER, "--password-file", file)
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        kypholog.start(given.logbook, given)
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert logbook.user == READER
    assert not kypholog.window.findChildren(SignInDialog)


def test_it_holds_for_the_logbook_that_was_open_last(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog")
    kypholog.settings.remember_logbook(folder)
    given = options("--password-file", secret(tmp_path, SECRETS[ADMIN]))
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        kypholog.start(given.logbook, given)
    assert kypholog.session.logbook is not None


def test_a_wrong_password_in_the_file_is_said_and_asked_for(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", READER)
    file = secret(tmp_path, "not this one")
    given = options("--logbook", folder, "--user", READER, "--password-file", file)
    kypholog.start(given.logbook, given)
    dialog = asked(kypholog, qtbot, SignInDialog)
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=PATIENCE_MS)
    assert str(WrongPassword(f"This is not the password of {READER}.")) in dialog.trouble.text()
    assert dialog.name_box.currentText() == READER
    dialog.reject()


def test_the_name_alone_is_taken_into_the_question(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", READER)
    given = options("--logbook", folder, "--user", READER)
    kypholog.start(given.logbook, given)
    dialog = asked(kypholog, qtbot, SignInDialog)
    assert dialog.name_box.currentText() == READER
    assert "is encrypted" in " ".join(one.text() for one in dialog.findChildren(QLabel))
    dialog.reject()


Opens = Callable[[Application, Path], None]


def by_menu(kypholog: Application, folder: Path) -> None:
    action(kypholog, "open_logbook").trigger()


def by_recent(kypholog: Application, folder: Path) -> None:
    kypholog.window.desks.recent.chosen.emit(folder)


def by_example(kypholog: Application, folder: Path) -> None:
    action(kypholog, "example").trigger()


@pytest.mark.parametrize("opens", [by_menu, by_recent, by_example])
def test_another_logbook_is_opened_after_the_last_backup_of_this_one(
    kypholog: Application,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opens: Opens,
) -> None:
    kypholog.window.backups.begin()
    first = a_clinic(tmp_path / "First.kypholog")
    second = tmp_path / "Second.kypholog"
    plain = new_logbook(second)
    save_case(plain, a_case("P-2"))
    plain.close()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(second))
    enter(kypholog, qtbot, first, ADMIN)
    assert listing(first) == []
    opens(kypholog, second)
    qtbot.waitUntil(lambda: is_another(kypholog, first), timeout=PATIENCE_MS)
    assert [(one.reason, one.cases) for one in listing(first)] == [(Reason.CLOSING, 1)]
    settle(kypholog, qtbot)


def is_another(kypholog: Application, first: Path) -> bool:
    logbook = kypholog.session.logbook
    return logbook is not None and logbook.folder != first and not kypholog.jobs.is_busy


def test_so_is_a_new_one(
    kypholog: Application, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kypholog.window.backups.begin()
    first = a_clinic(tmp_path / "First.kypholog")
    new = str(tmp_path / "New.kypholog")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (new, ""))
    enter(kypholog, qtbot, first, ADMIN)
    action(kypholog, "new_logbook").trigger()
    dialog = asked(kypholog, qtbot, NewLogbookDialog)
    dialog.plain.setChecked(True)
    dialog.accept()
    qtbot.waitUntil(lambda: is_another(kypholog, first), timeout=PATIENCE_MS)
    assert [one.reason for one in listing(first)] == [Reason.CLOSING]
