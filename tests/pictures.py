# SPDX-License-Identifier: MIT
"""``make pictures``: every page, light and dark, from the example and from 300 synthetic cases."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from models.bulk import save_many
from models.example import add_example
from models.logbook import Logbook
from models.sample import make_cases
from ui.application import Application
from ui.editor.form import CaseForm
from ui.settings import Settings

OUT = Path("build/pictures")
SIZE = (1360, 850)
SYNTHETIC_CASES = 300
SETTLE_MS = 250


def settle(kypholog: Application, milliseconds: int = SETTLE_MS) -> None:
    """Let jobs end and the window draw itself."""
    for _ in range(4):
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        while kypholog.jobs.is_busy:
            QApplication.processEvents()


def take(kypholog: Application, name: str) -> None:
    """Save a picture of the window as it is."""
    settle(kypholog)
    file = OUT / f"{name}.png"
    kypholog.window.grab().save(str(file))
    print(file)


def main() -> int:
    """Render all pictures; the folder is made anew."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as place:
        example = _logbook(Path(place) / "Example.kypholog", add_example)
        sample = _logbook(
            Path(place) / "Synthetic.kypholog",
            lambda logbook: save_many(logbook, make_cases(SYNTHETIC_CASES, seed=1)),
        )
        empty = _logbook(Path(place) / "Clinic.kypholog", lambda logbook: None)
        store = QSettings(str(Path(place) / "settings.ini"), QSettings.Format.IniFormat)
        kypholog = Application(app, Settings(store))
        kypholog.window.resize(*SIZE)
        kypholog.window.show()
        for mode in ("light", "dark"):
            kypholog.theme.set_mode(mode)
            kypholog.session.close()
            take(kypholog, f"welcome-{mode}")
            for name, folder in (("empty", empty), ("example", example), ("synthetic", sample)):
                kypholog.session.open(folder)
                _walk(kypholog, f"{name}-{mode}")
        kypholog.session.close()
    return 0


def _logbook(folder: Path, fill: Callable[[Logbook], object]) -> Path:
    logbook = Logbook.create(folder)
    fill(logbook)
    logbook.close()
    return folder


def _walk(kypholog: Application, name: str) -> None:
    window = kypholog.window
    settle(kypholog)
    window.cases.select_row(0)
    take(kypholog, f"{name}-cases")
    selected = window.cases.selected_cases()
    window.new_case()
    take(kypholog, f"{name}-editor-new")
    window.show_page("cases")
    if selected:
        window.edit_case(selected[0])
        take(kypholog, f"{name}-editor")
        form = window.findChild(CaseForm)
        assert form is not None
        for section in ("levels", "followup"):
            form.go_to(section)
            take(kypholog, f"{name}-editor-{section}")
        window.show_page("cases")
    window.show_page("outcomes")
    take(kypholog, f"{name}-outcomes")
    window.show_page("cases")


if __name__ == "__main__":
    raise SystemExit(main())
