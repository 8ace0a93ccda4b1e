# SPDX-License-Identifier: MIT
"""No word is cut off on any page or in any dialog, at twice the size on a small screen.

And whoever cannot see them is told the name and role of every control there, and whoever asks by F1
reads about that place.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fresh import new_logbook
from tests.pictures.record import NOW, fill
from tests.pictures.scenes import SCENES
from tests.pictures.stage import Stage
from tests.ui.helped import Helped
from tests.ui.lacking import lacking
from ui.application import Application
from ui.settings import Settings


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """The program with a logbook in which every page has something to show."""
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder)
    shown = fill(logbook, synthetic=6)
    logbook.close()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    kypholog = Application(app, Settings(store), lambda: NOW)
    qtbot.addWidget(kypholog.window)
    kypholog.window.show()
    made = Stage(kypholog, shown)
    made.open(folder)
    yield made
    made.leave()
    kypholog.session.close()
    kypholog.jobs.wait()


SMALL = (1280, 720)


def test_everything_has_room_and_a_name_at_twice_the_size(stage: Stage) -> None:
    """At its usual size in words that are longer still: ``test_other_language.py``."""
    stage.kypholog.theme.set_scale(2.0)
    # What is measured is where everything lies, and nobody looks at the picture of the page.
    stage.window.setUpdatesEnabled(False)
    cut: list[str] = []
    unhelpful: list[str] = []
    helped = Helped()
    for name, scene in SCENES.items():
        stage.window.resize(*SMALL)
        shown = scene(stage)
        cut += (f"{name}: {said}" for said in lacking(stage, shown, QSize(*SMALL)))
        unhelpful += (f"{name}: {said}" for said in helped.lacking(stage, shown))
        stage.leave()
    assert not cut, "\n".join(["without room, or without a name:", *cut])
    assert not unhelpful, "\n".join(["where F1 does not help:", *unhelpful])
