# SPDX-License-Identifier: MIT
"""No word is cut off on any page or in any dialog, on a small screen and at twice the size.

And whoever cannot see them is told the name and role of every control there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.fresh import new_logbook
from tests.pictures.record import NOW, fill
from tests.pictures.scenes import SCENES
from tests.pictures.stage import Stage
from tests.ui.named import unnamed
from tests.ui.room import offenders
from ui.application import Application
from ui.measures import OF_THE_SCREEN
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
    app.setStyleSheet("")


SMALL, WIDE = (1280, 720), (2560, 1440)


@pytest.mark.parametrize(
    ("size", "scale"),
    [(SMALL, 1.0), (SMALL, 2.0), (WIDE, 1.0)],
    ids=["small", "small, large text", "wide"],
)
def test_everything_has_room_and_a_name(stage: Stage, size: tuple[int, int], scale: float) -> None:
    stage.kypholog.theme.set_scale(scale)
    stage.window.resize(*size)
    cut: list[str] = []
    for name, scene in SCENES.items():
        shown = scene(stage)
        room = QSize(*size) * OF_THE_SCREEN
        if isinstance(shown, QDialog) and shown.size().boundedTo(QSize(*size)) != shown.size():
            # The screen of the tests has another size than the one that is meant here.
            shown.resize(shown.size().boundedTo(room))
        stage.settle()
        if not QRect(QPoint(), stage.window.size()).contains(shown.rect()):
            cut.append(f"{name}: is larger than the screen: {shown.width()} by {shown.height()}")
        for top in (shown, *stage.popups()):
            cut += dict.fromkeys(f"{name}: {said}" for said in (*offenders(top), *unnamed(top)))
        stage.leave()
    assert not cut, "\n".join(["without room, or without a name:", *cut])
