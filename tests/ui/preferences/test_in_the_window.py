# SPDX-License-Identifier: MIT
"""What is set in the dialog holds, and is told again at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from models.logbook import Logbook
from models.settings import BACKUP_PLACE, DECLARED, read_settings
from models.speech.choosing import kept
from tests.fresh import new_logbook
from ui.application import Application
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.holding import held, put
from ui.preferences.row import SettingRow
from ui.settings import Settings


@pytest.fixture
def folder(kypholog: Application, qtbot: QtBot, tmp_path: Path) -> Path:
    """Of an open logbook."""
    folder = tmp_path / "Clinic.kypholog"
    new_logbook(folder).close()
    kypholog.session.open(folder)
    qtbot.waitUntil(lambda: kypholog.session.logbook is not None and not kypholog.jobs.is_busy)
    return folder


def asked(kypholog: Application) -> PreferencesDialog:
    action = kypholog.window.desks.actions["settings"]
    assert isinstance(action, QAction)
    action.trigger()
    return kypholog.window.findChildren(PreferencesDialog)[-1]


def test_each_setting_holds_and_is_kept_for_the_next_start(
    kypholog: Application, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    others = ["dark", 130, "es", True, True, 5, 45, 3, 2, 1, str(stick)]
    dialog = asked(kypholog)
    for row, other in zip(dialog.findChildren(SettingRow), others, strict=True):
        assert held(row.control) != other
        put(row.control, other)
    dialog.accept()
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)
    assert (kypholog.theme.mode, kypholog.theme.scale) == ("dark", 1.3)
    again = asked(kypholog)
    assert [held(row.control) for row in again.findChildren(SettingRow)] == others
    again.reject()
    kypholog.session.close()
    ini = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    later = Settings(ini)
    assert [later.theme, round(later.scale * 100), kept()] == others[:3]
    logbook = Logbook.open(folder)
    values = read_settings(logbook)
    assert [values.value_of(one) for one in DECLARED] == others[3:]
    logbook.close()


def test_a_second_place_that_is_not_there_is_told_at_once_and_kept(
    kypholog: Application, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    dialog = asked(kypholog)
    (row,) = [row for row in dialog.findChildren(SettingRow) if row.has(["usb"])]
    put(row.control, str(stick))
    dialog.accept()
    qtbot.waitUntil(lambda: bool(kypholog.window.findChildren(QMessageBox)))
    (box,) = kypholog.window.findChildren(QMessageBox)
    assert f"{stick}, is not there" in box.text()
    box.accept()
    logbook = kypholog.session.logbook
    assert logbook is not None
    assert read_settings(logbook).get(BACKUP_PLACE) == str(stick)
