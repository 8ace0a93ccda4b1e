# SPDX-License-Identifier: MIT
"""Two windows of one program on one logbook, each with its own session, events and jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.access import Password
from models.case import save_case
from tests.builders import a_case
from tests.encrypted import SECRETS
from tests.fresh import new_logbook
from ui.application import Application
from ui.settings import Settings
from ui.window import MainWindow

Opens = Callable[..., Application]
"""Opens the logbook in a folder in a window more, as somebody where it is encrypted."""

_PATIENCE_MS = 20_000


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A logbook with three cases."""
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder)
    for code in ("P-1", "P-2", "P-3"):
        save_case(logbook, a_case(code))
    logbook.close()
    return folder


@pytest.fixture
def opens(qtbot: QtBot, tmp_path: Path) -> Iterator[Opens]:
    """Opens one window more."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made: list[Application] = []

    def open_one(folder: Path, user: str = "") -> Application:
        file = str(tmp_path / f"settings-{len(made)}.ini")
        one = Application(app, Settings(QSettings(file, QSettings.Format.IniFormat)))
        qtbot.addWidget(one.window, before_close_func=_put_aside)
        one.window.show()
        made.append(one)
        with qtbot.waitSignal(one.window.cases.filled, timeout=_PATIENCE_MS):
            if user:
                one.session.sign_in(folder, Password(user, SECRETS[user]))
            else:
                one.session.open(folder)
        qtbot.waitUntil(lambda: not one.jobs.is_busy)
        return one

    yield open_one
    for one in made:
        one.session.close()
        one.jobs.wait()


def _put_aside(window: QWidget) -> None:
    """What is typed and not saved keeps no window open."""
    assert isinstance(window, MainWindow)
    if window.editor is not None:
        window.editor.put_aside()
