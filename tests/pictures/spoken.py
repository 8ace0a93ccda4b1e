# SPDX-License-Identifier: MIT
"""Goes through all scenes in the pseudo-language, and prints what is unsaid, cut off or unnamed.

It is a process of its own, because a language is chosen once, and prints a line of JSON a scene.
``--language es --scale 2`` looks for what has no room in another language, or larger.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from models import speech

if TYPE_CHECKING:
    from tests.pictures.stage import Stage

OURS = "pseudo"

SMALL, WIDE = (1280, 720), (2560, 1440)


def main() -> int:
    """Print the scenes, one a line, each with what is untranslated there and what has no room."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="*", help="all, where none is named")
    parser.add_argument("--language", default=speech.PSEUDO, metavar="CODE")
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    speech.begin(options.language)
    with tempfile.TemporaryDirectory() as place:
        for name, found in _findings(Path(place), options.scenes, options.scale):
            print(json.dumps({"scene": name, **found}, ensure_ascii=False), flush=True)
    return 0


def _opened(place: Path, scale: float) -> Stage:
    """The program with a logbook in which every page has something to show."""
    # What declares words is imported after the language was chosen.
    from PySide6.QtCore import QSettings

    from tests.fresh import new_logbook
    from tests.pictures.record import NOW, fill
    from tests.pictures.stage import Stage
    from ui.application import Application, begin_qt
    from ui.settings import Settings

    app = begin_qt([OURS])
    folder = place / "Clinic.kypholog"
    logbook = new_logbook(folder)
    shown = fill(logbook, synthetic=6)
    logbook.close()
    store = QSettings(str(place / "settings.ini"), QSettings.Format.IniFormat)
    kypholog = Application(app, Settings(store), lambda: NOW)
    kypholog.window.show()
    stage = Stage(kypholog, shown)
    stage.open(folder)
    # What is measured is where everything lies, and nobody looks at the picture of the page.
    kypholog.window.setUpdatesEnabled(False)
    kypholog.theme.set_scale(scale)
    return stage


def _findings(
    place: Path, wanted: list[str], scale: float
) -> Iterator[tuple[str, dict[str, list[str]]]]:
    from PySide6.QtCore import QSize

    from tests.pictures.scenes import SCENES
    from tests.ui.lacking import lacking
    from tests.ui.unsaid import unsaid

    stage = _opened(place, scale)
    kypholog = stage.kypholog
    for name, scene in SCENES.items():
        if wanted and name not in wanted:
            continue
        kypholog.window.resize(*SMALL)
        try:
            top = scene(stage)
        except Exception as error:  # noqa: BLE001 - a scene that does not come is a finding
            yield name, {"fails": [repr(error)], "unsaid": [], "lacks": []}
            stage.leave()
            continue
        found: dict[str, list[str]] = {"unsaid": [], "lacks": []}
        # A dialog that has room on a small screen has it on a wide one; a page is laid out anew.
        for size in (SMALL, WIDE) if top is kypholog.window else (SMALL,):
            kypholog.window.resize(*size)
            found["lacks"] += lacking(stage, top, QSize(*size))
        # In a language that people speak, some words are as they are in English.
        for each in (top, *stage.popups()) if speech.spoken() == speech.PSEUDO else ():
            found["unsaid"] += unsaid(each)
        yield name, {kind: list(dict.fromkeys(said)) for kind, said in found.items()}
        stage.leave()
    kypholog.session.close()
    kypholog.jobs.wait()


if __name__ == "__main__":
    raise SystemExit(main())
