# SPDX-License-Identifier: MIT
"""What keeps a user from an encrypted logbook is told apart, in the window and by command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from models import commands
from models.access.keyfile import KEYS, SECOND_COPY
from models.backup import Reason, make
from tests.encrypted import ADMIN, SECRETS
from tests.encrypted import enter as enter_models
from tests.ui.access.desk import a_clinic, asked, press
from ui.access.sign_in_dialog import SignInDialog
from ui.application import Application

Harm = Callable[[Path], None]


def spoil(file: Path) -> None:
    """Make a file of keys illegible."""
    file.write_bytes(file.read_bytes()[:-40])


def spoil_one(folder: Path) -> None:
    spoil(folder / KEYS)


def spoil_both(folder: Path) -> None:
    spoil(folder / KEYS)
    spoil(folder / SECOND_COPY)


def lose_keys(folder: Path) -> None:
    (folder / KEYS).unlink()
    (folder / SECOND_COPY).unlink()


def take_keys_of_another(folder: Path) -> None:
    other = a_clinic(folder.parent / "Other.kypholog")
    for name in (KEYS, SECOND_COPY):
        shutil.copy(other / name, folder / name)


def newer_cipher(folder: Path) -> None:
    for name in (KEYS, SECOND_COPY):
        whole = json.loads((folder / name).read_text(encoding="ascii"))
        content = whole["kypholog_keys"]
        content["cipher"]["compatibility"] = 5
        plain = json.dumps(content, sort_keys=True, separators=(",", ":"))
        whole["sha256"] = sha256(plain.encode()).hexdigest()
        (folder / name).write_text(json.dumps(whole), encoding="ascii")


def break_database(folder: Path) -> None:
    file = folder / "logbook.db"
    raw = bytearray(file.read_bytes())
    raw[100:4_000] = bytes(3_900)
    file.write_bytes(raw)


CANNOT: dict[str, tuple[Harm, str, bool]] = {
    "both copies damaged": (spoil_both, "keys.backup.json are damaged", False),
    "keys lost": (lose_keys, "there is no keys.json beside it", False),
    "newer cipher": (newer_cipher, "is encrypted in a way that this version", False),
    "keys of another": (take_keys_of_another, "belong to another logbook", True),
    "database damaged": (break_database, "is damaged; the keys are right", True),
}
"""What was done, what is said, and whether only somebody who signs in hears it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_clinic(tmp_path / "Clinic.kypholog")


@pytest.mark.parametrize("name", CANNOT)
def test_the_window_says_what_is_the_matter(
    kypholog: Application, qtbot: QtBot, folder: Path, name: str
) -> None:
    harm, said, asks = CANNOT[name]
    harm(folder)
    kypholog.session.open(folder)
    if asks:
        dialog = asked(kypholog, qtbot, SignInDialog)
        dialog.secret_box.setText(SECRETS[ADMIN])
        press(dialog, "Sign in")
    # It stands alone, and offers backups or where to look for some.
    box = asked(kypholog, qtbot, QMessageBox)
    assert said in box.text()
    assert box.informativeText()
    box.reject()
    assert kypholog.session.logbook is None


@pytest.mark.parametrize("name", CANNOT)
def test_a_command_says_the_same(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    harm, said, _ = CANNOT[name]
    harm(folder)
    assert said in verified(folder, tmp_path, capsys, SECRETS[ADMIN])[1]


def verified(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], password: str
) -> tuple[int, str]:
    """Exit code of ``verify``, and what it says."""
    secret = tmp_path / "secret"
    secret.write_text(password, encoding="utf-8")
    code = commands.run(["--logbook", str(folder), "--password-file", str(secret), "verify"])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_wrong_password_is_said_by_command(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = verified(folder, tmp_path, capsys, "not this one")
    assert (code, f"not the password of {ADMIN}" in said) == (2, True)


def test_the_second_copy_of_the_keys_is_used_and_that_is_said(
    kypholog: Application, qtbot: QtBot, folder: Path
) -> None:
    spoil_one(folder)
    kypholog.session.open(folder)
    dialog = asked(kypholog, qtbot, SignInDialog)
    dialog.secret_box.setText(SECRETS[ADMIN])
    press(dialog, "Sign in")
    box = asked(kypholog, qtbot, QMessageBox)
    assert f"{KEYS} was damaged or missing" in box.text()
    assert "second copy of the keys was used" in box.informativeText()
    box.accept()
    assert kypholog.session.logbook is not None
    assert (folder / KEYS).read_bytes() == (folder / SECOND_COPY).read_bytes()


def test_a_command_says_so_too_where_there_is_only_one_user(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil_one(folder)
    code, said = verified(folder, tmp_path, capsys, SECRETS[ADMIN])
    assert (code, "was damaged or missing; it was written anew" in said) == (0, True)
    assert (folder / KEYS).read_bytes() == (folder / SECOND_COPY).read_bytes()


def test_lost_keys_are_found_again_beside_a_backup(folder: Path) -> None:
    logbook = enter_models(folder)
    backup = make(logbook, Reason.BY_HAND)
    logbook.close()
    lose_keys(folder)
    code = commands.run(["--logbook", str(folder), "verify"])
    assert code == 2
    from models.access.errors import KeysMissing
    from models.logbook import Logbook

    with pytest.raises(KeysMissing, match=f"Copy backups/{backup.keys.name} to {KEYS}"):
        Logbook.open(folder)
    shutil.copy(backup.keys, folder / KEYS)
    enter_models(folder).close()
