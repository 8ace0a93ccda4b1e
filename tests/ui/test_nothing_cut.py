# SPDX-License-Identifier: MIT
"""No word is cut off on any page or in any dialog, on a small screen and at twice the size.

And whoever cannot see them is told the name and role of every control there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget
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
    ("sizes", "scale"),
    [((SMALL, WIDE), 1.0), ((SMALL,), 2.0)],
    ids=["small and wide", "large text"],
)
def test_everything_has_room_and_a_name(
    stage: Stage, sizes: tuple[tuple[int, int], ...], scale: float
) -> None:
    """A dialog that has room on a small screen has it on a wide one; a page is laid out anew."""
    stage.kypholog.theme.set_scale(scale)
    # What is measured is where everything lies, and nobody looks at the picture of the page.
    stage.window.setUpdatesEnabled(False)
    cut: list[str] = []
    for name, scene in SCENES.items():
        stage.window.resize(*sizes[0])
        shown = scene(stage)
        for size in sizes:
            if shown is not stage.window and size != sizes[0]:
                continue
            stage.window.resize(*size)
            cut += (f"{name}: {said}" for said in _lacking(stage, shown, QSize(*size)))
        stage.leave()
    assert not cut, "\n".join(["without room, or without a name:", *cut])


def _lacking(stage: Stage, shown: QWidget, screen: QSize) -> Iterator[str]:
    """What has no room or no name, once everything has found its place."""
    if isinstance(shown, QDialog) and shown.size().boundedTo(screen) != shown.size():
        # The screen of the tests has another size than the one that is meant here.
        shown.resize(shown.size().boundedTo(screen * OF_THE_SCREEN))
    stage.settle()
    if not QRect(QPoint(), stage.window.size()).contains(shown.rect()):
        yield f"is larger than the screen: {shown.width()} by {shown.height()}"
    for top in (shown, *stage.popups()):
        yield from dict.fromkeys((*offenders(top), *unnamed(top)))
