# SPDX-License-Identifier: MIT
"""Draws every page and dialog in one language: light and dark, at 100 % and at 200 %.

At 200 % the screen is small. The pages on a wide screen, too, and the list on a small one. Every
figure by itself, light, dark and in print.

Names of pages as arguments draw only these; "logbooks" draws the pages of the other logbooks, and
"figures" the figures.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What declares words is imported after the language was chosen.
from tests.pictures.tongue import WANTED  # isort: skip

from PySide6.QtCore import QSettings
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from models.example import add_example
from models.logbook import Logbook
from models.speech import spoken
from tests.pictures.figures import draw_figures
from tests.pictures.logbooks import Filling, add_synthetic, make_logbook, walk_through_logbooks
from tests.pictures.record import NOW, Shown, fill
from tests.pictures.scenes import SCENES
from tests.pictures.stage import Stage
from ui.application import Application, begin_qt
from ui.settings import Settings

OUT = Path("build/pictures", spoken())
SIZE = (1360, 850)
SMALL = (1280, 720)
WIDE = (3840, 2160)
SHOWN_WIDE = (
    *("cases", "outcomes", "safety", "safety-events"),
    *("editor-findings", "editor-six-levels", "editor-notice"),
)
SHOWN_SMALL = ("cases", "patient", "filters", "backups", "clash", "company", "waiting")
SETTLE_MS = 250
WALK = "logbooks"
FIGURES = "figures"


def take(stage: Stage, name: str, shown: QWidget) -> None:
    """Save a picture of the window with what lies over it, or of a dialog as it is."""
    stage.settle()
    # Cursors stand still by then, and what waits for a pause has begun.
    QTest.qWait(SETTLE_MS)
    stage.settle()
    file = OUT / f"{name}.png"
    picture = shown.grab()
    painter = QPainter(picture)
    for popup in stage.popups():
        painter.drawPixmap(shown.mapFromGlobal(popup.pos()), popup.grab())
    painter.end()
    picture.save(str(file))
    print(file)


def main(wanted: list[str]) -> int:
    """Render the pictures; the folder is made anew unless only some are wanted."""
    if not wanted:
        shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    names = [name for name in SCENES if not wanted or name in wanted]
    app = begin_qt(sys.argv[:1])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        known: list[Shown] = []
        clinic = make_logbook(folder / "Clinic.kypholog", lambda book: known.append(fill(book, 40)))
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        kypholog = Application(app, Settings(store), lambda: NOW)
        stage = Stage(kypholog, known[0])
        kypholog.window.resize(*SIZE)
        kypholog.window.show()
        for mode in ("light", "dark"):
            kypholog.theme.set_mode(mode)
            if not wanted or WALK in wanted:
                _walk(stage, folder, mode)
            _play(stage, clinic, names, mode)
        kypholog.theme.set_mode("light")
        kypholog.window.resize(*SMALL)
        _play(stage, clinic, [name for name in names if name.startswith(SHOWN_SMALL)], "small")
        kypholog.theme.set_scale(2.0)
        for mode, suffix in (("light", "large"), ("dark", "large-dark")):
            kypholog.theme.set_mode(mode)
            if not wanted or WALK in wanted:
                _walk(stage, folder, suffix)
            _play(stage, clinic, names, suffix)
        kypholog.theme.set_mode("light")
        kypholog.theme.set_scale(1.0)
        kypholog.window.resize(*WIDE)
        _play(stage, clinic, [name for name in names if name in SHOWN_WIDE], "wide")
        kypholog.session.close()
        if not wanted or FIGURES in wanted:
            _draw_figures(folder)
    return 0


def _draw_figures(folder: Path) -> None:
    """The figures of many synthetic cases, and of the two published ones."""
    fillings: dict[str, Filling] = {
        "synthetic": add_synthetic,
        "published": add_example,
    }
    for name, filling in fillings.items():
        logbook = Logbook.create(folder / f"Figures {name}.kypholog")
        filling(logbook)
        for file in draw_figures(logbook, OUT, name):
            print(file)
        logbook.close()


def _play(stage: Stage, clinic: Path, names: Iterable[str], suffix: str) -> None:
    stage.open(clinic)
    for name in names:
        take(stage, f"{name}-{suffix}", SCENES[name](stage))
        stage.leave()


def _walk(stage: Stage, folder: Path, mode: str) -> None:
    for logbook, page, shown in walk_through_logbooks(stage, folder):
        take(stage, "-".join(filter(None, (logbook, mode, page))), shown)


if __name__ == "__main__":
    raise SystemExit(main(WANTED))
