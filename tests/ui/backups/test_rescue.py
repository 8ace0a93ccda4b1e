# SPDX-License-Identifier: MIT
"""A damaged logbook offers its backups on the spot, and is what it was when one is restored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from models.backup import BACKUPS, Reason, back_up
from models.case import save_case
from models.logbook import Logbook
from models.settings import BACKUP_PLACE, change_setting
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, SECRETS
from tests.encrypted import make as make_encrypted
from tests.fresh import new_logbook
from tests.no_files import lay, needs_kinds
from tests.ui.access.conftest import kypholog as kypholog
from tests.ui.access.desk import PATIENCE_MS, asked, press
from ui.access.sign_in_dialog import SignInDialog
from ui.application import Application
from ui.backups.dialog import BackupsDialog

Harm = Callable[[Path], None]


def break_head(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[:4096] = b"\x17" * 4096
    file.write_bytes(content)


def scramble(file: Path) -> None:
    """What is left looks like an encrypted database without its keys."""
    content = file.read_bytes()
    file.write_bytes(bytes(range(40, 168)) * 32 + content[4096:])


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


def lose(file: Path) -> None:
    file.unlink()


def block(file: Path) -> None:
    """A pipe, which would be waited for for ever."""
    lay(file, "pipe")


def filled(logbook: Logbook, harm: Harm) -> Path:
    """A logbook with a backup of one case, closed and damaged."""
    save_case(logbook, a_case("P-1"))
    back_up(logbook, Reason.BY_HAND)
    save_case(logbook, a_case("P-2"))
    logbook.close()
    harm(logbook.file)
    return logbook.folder


def enter(kypholog: Application, qtbot: QtBot, name: str) -> None:
    dialog = asked(kypholog, qtbot, SignInDialog)
    dialog.name_box.setCurrentText(name)
    dialog.secret_box.setText(SECRETS[name])
    press(dialog, "Sign in")


def boxes(kypholog: Application) -> list[QMessageBox]:
    return [box for box in kypholog.window.findChildren(QMessageBox) if box.isVisible()]


def offered(kypholog: Application, qtbot: QtBot) -> QMessageBox:
    """The message that offers the backups."""
    qtbot.waitUntil(lambda: bool(boxes(kypholog)), timeout=PATIENCE_MS)
    (box,) = boxes(kypholog)
    assert "Restore a backup…" in [button.text() for button in box.buttons()]
    return box


def restore(kypholog: Application, qtbot: QtBot) -> None:
    """Take the way out that is offered."""
    press(offered(kypholog, qtbot), "Restore a backup…")
    dialog = asked(kypholog, qtbot, BackupsDialog)
    assert not dialog.back_up.isVisible()
    assert dialog.table.model().rowCount() == 1
    dialog.check.click()
    qtbot.waitUntil(lambda: dialog.notice.isVisible(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        dialog.restore.click()
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert kypholog.window.cases.model.rowCount() == 1
    assert verify(logbook) == []
    assert len(list(logbook.folder.glob("replaced *"))) in (0, 1)


@pytest.mark.parametrize(
    "harm", [break_head, scramble, cut, lose, pytest.param(block, marks=needs_kinds)]
)
def test_a_damaged_logbook_is_restored_from_the_message_that_says_so(
    kypholog: Application, qtbot: QtBot, tmp_path: Path, harm: Harm
) -> None:
    folder = filled(new_logbook(tmp_path / "Clinic.kypholog"), harm)
    kypholog.session.open(folder)
    restore(kypholog, qtbot)


@pytest.mark.parametrize("harm", [break_head, cut])
def test_a_damaged_encrypted_logbook_is_restored_by_whoever_may(
    kypholog: Application, qtbot: QtBot, tmp_path: Path, harm: Harm
) -> None:
    folder = filled(make_encrypted(tmp_path / "Clinic.kypholog", ENTRY)[0], harm)
    kypholog.session.open(folder)
    enter(kypholog, qtbot, ADMIN)
    restore(kypholog, qtbot)


def test_who_may_not_restore_is_told_so_and_nothing_is_changed(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = filled(make_encrypted(tmp_path / "Clinic.kypholog", ENTRY)[0], break_head)
    before = (folder / "logbook.db").read_bytes()
    kypholog.session.open(folder)
    enter(kypholog, qtbot, ENTRY)
    press(offered(kypholog, qtbot), "Restore a backup…")
    qtbot.waitUntil(lambda: any("Entry" in box.text() for box in boxes(kypholog)))
    assert (folder / "logbook.db").read_bytes() == before
    assert not kypholog.window.findChildren(BackupsDialog)


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_where_the_folder_has_none_it_is_looked_for_elsewhere(
    kypholog: Application,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_encrypted: bool,
) -> None:
    place = tmp_path / "Clinic.kypholog"
    logbook = make_encrypted(place)[0] if is_encrypted else Logbook.create(place)
    stick = tmp_path / "stick"
    stick.mkdir()
    change_setting(logbook, BACKUP_PLACE, str(stick))
    folder = filled(logbook, break_head)
    shutil.rmtree(folder / BACKUPS)
    other = make_encrypted(tmp_path / "other" / "Clinic.kypholog")[0]
    back_up(other, Reason.BY_HAND)
    other.close()

    kypholog.session.open(folder)
    if is_encrypted:
        enter(kypholog, qtbot, ADMIN)
    qtbot.waitUntil(lambda: bool(boxes(kypholog)), timeout=PATIENCE_MS)
    press(boxes(kypholog)[0], "Look for a backup…")
    dialog = asked(kypholog, qtbot, BackupsDialog)
    assert (dialog.table.model().rowCount(), dialog.restore.isEnabled()) == (0, False)
    for where, said, rows in (
        (other.folder, "The keys of this logbook do not open 1 more.", 0),
        (stick, f"Backups found in {stick}: 1.", 1),
        (stick / "Clinic.kypholog" / BACKUPS, "Backups found", 1),
    ):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, at=where: str(at))
        dialog.look.click()
        qtbot.waitUntil(lambda said=said: said in dialog.notice.text, timeout=PATIENCE_MS)  # type: ignore[misc]
        assert dialog.table.model().rowCount() == rows
    with qtbot.waitSignal(kypholog.window.cases.filled, timeout=PATIENCE_MS):
        dialog.restore.click()
    restored = kypholog.session.logbook
    assert restored is not None
    assert (kypholog.window.cases.model.rowCount(), verify(restored)) == (1, [])


def test_a_folder_that_was_no_logbook_has_no_backups_to_look_for(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    logbook = new_logbook(tmp_path / "Clinic")
    logbook.close()
    break_head(logbook.file)
    kypholog.session.open(logbook.folder)
    box = asked(kypholog, qtbot, QMessageBox)
    assert [button.text().replace("&", "") for button in box.buttons()] == ["OK"]
