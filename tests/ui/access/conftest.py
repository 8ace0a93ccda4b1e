# SPDX-License-Identifier: MIT
"""The whole program in a window without a screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.application import Application
from ui.settings import Settings


@pytest.fixture
def kypholog(qtbot: QtBot) -> Iterator[Application]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Application(app, Settings())
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.session.close()
    made.jobs.wait()
