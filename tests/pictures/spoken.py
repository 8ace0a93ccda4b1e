# SPDX-License-Identifier: MIT
"""Goes through all scenes in the pseudo-language, and prints what is unsaid and what is cut off.

It is a process of its own, because a language is chosen once, and prints a line of JSON a scene.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from models import speech

OURS = "pseudo"


def main() -> int:
    """Print the scenes, one a line, each with its untranslated and its cut words."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    speech.begin(speech.PSEUDO)
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as place:
        for name, found in _findings(Path(place), wanted):
            print(json.dumps({"scene": name, **found}, ensure_ascii=False), flush=True)
    return 0


def _findings(place: Path, wanted: list[str]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    # What declares words is imported after the language was chosen.
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from tests.fresh import new_logbook
    from tests.pictures.record import NOW, fill
    from tests.pictures.scenes import SCENES
    from tests.pictures.stage import Stage
    from tests.ui.room import offenders
    from tests.ui.unsaid import unsaid
    from ui.application import Application
    from ui.language import speak
    from ui.settings import Settings

    app = QApplication([OURS])
    speak(app)
    folder = place / "Clinic.kypholog"
    logbook = new_logbook(folder)
    shown = fill(logbook, synthetic=6)
    logbook.close()
    store = QSettings(str(place / "settings.ini"), QSettings.Format.IniFormat)
    kypholog = Application(app, Settings(store), lambda: NOW)
    kypholog.window.show()
    stage = Stage(kypholog, shown)
    stage.open(folder)
    kypholog.window.resize(2560, 1440)
    # What is measured is where everything lies, and nobody looks at the picture of the page.
    kypholog.window.setUpdatesEnabled(False)
    for name, scene in SCENES.items():
        if wanted and name not in wanted:
            continue
        try:
            top = scene(stage)
        except Exception as error:  # noqa: BLE001 - a scene that does not come is a finding
            yield name, {"fails": [repr(error)], "unsaid": [], "cut": []}
            stage.leave()
            continue
        stage.settle()
        found: dict[str, list[str]] = {"unsaid": [], "cut": []}
        for each in (top, *stage.popups()):
            found["unsaid"] += unsaid(each)
            found["cut"] += offenders(each)
        yield name, {kind: list(dict.fromkeys(said)) for kind, said in found.items()}
        stage.leave()
    kypholog.session.close()
    kypholog.jobs.wait()


if __name__ == "__main__":
    raise SystemExit(main())
