# SPDX-License-Identifier: MIT
"""What every part of the window stands on, and the window as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from tests.ui.editor.keyboard import Keyboard
from tests.waiting import PATIENCE_MS, PromptBot
from ui.application import Application
from ui.collector import Collector
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.settings import Settings
from ui.theme import Theme


@pytest.fixture(autouse=True)
def answered(qapp: QApplication) -> Iterator[None]:
    """Fail a test in which the program asks something that nobody answers, instead of waiting."""
    left_open: list[str] = []
    waiting: list[QDialog] = []
    plain = qapp.font()
    watch = QTimer(interval=PATIENCE_MS)

    def look() -> None:
        dialog = qapp.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog in waiting:
            left_open.append(dialog.windowTitle())
            dialog.reject()
        # One that has just come may still be answered.
        waiting[:] = [dialog] if isinstance(dialog, QDialog) else []

    watch.timeout.connect(look)
    watch.start()
    collector = Collector()
    yield
    watch.stop()
    collector.stop()
    # Windows of one test that linger would have to be styled anew in every later one.
    for window in qapp.topLevelWidgets():
        if isinstance(window, QMainWindow):
            window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if qapp.styleSheet():
        qapp.setStyleSheet("")
    qapp.setFont(plain)
    assert not left_open, f"nobody answered: {left_open}"


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PromptBot(request)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    running = Jobs()
    yield running
    assert running.wait()
    qtbot.waitUntil(lambda: not running.is_busy)


@pytest.fixture
def events() -> LogbookEvents:
    return LogbookEvents()


@pytest.fixture
def theme() -> Theme:
    return Theme("light")


@pytest.fixture
def keys() -> Keyboard:
    return Keyboard()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a program that was never started before."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def not_shown(qtbot: QtBot, settings: Settings) -> Iterator[Application]:
    """The whole program before its window is shown."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Application(app, settings)
    qtbot.addWidget(made.window)
    yield made
    made.session.close()
    made.jobs.wait()


@pytest.fixture
def kypholog(not_shown: Application) -> Application:
    """The whole program in a window without a screen, with settings of its own."""
    not_shown.window.show()
    return not_shown
