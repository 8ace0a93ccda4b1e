# SPDX-License-Identifier: MIT
"""Goes through all scenes in the pseudo-language, and prints what is unsaid, cut off or unnamed.

It is a process of its own, because a language is chosen once, and prints a line of JSON a scene.
``--language es --scale 2`` looks for what has no room in another language, or larger, and
``--all`` looks at every written word of every scene, and not of the representative ones only.
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
    from PySide6.QtWidgets import QWidget

    from tests.pictures.stage import Stage
    from tests.ui.cut import CutWatch

OURS = "pseudo"

SMALL, WIDE = (1280, 720), (3840, 2160)


def main() -> int:
    """Print the scenes, one a line, each with what is untranslated there and what has no room."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="*", help="all, where none is named")
    parser.add_argument("--language", default=speech.PSEUDO, metavar="CODE")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--all", action="store_true", help="every word of every scene")
    options = parser.parse_args()
    speech.begin(options.language)
    with tempfile.TemporaryDirectory() as place:
        for name, found in _findings(Path(place), options):
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
    place: Path, options: argparse.Namespace
) -> Iterator[tuple[str, dict[str, list[str]]]]:
    from tests.pictures.scenes import SCENES
    from tests.ui.cut import CutWatch
    from tests.ui.lacking import REPRESENTATIVE

    stage = _opened(place, options.scale)
    kypholog, watch = stage.kypholog, CutWatch()
    with watch.watching():
        for name, scene in SCENES.items():
            if options.scenes and name not in options.scenes:
                continue
            kypholog.window.resize(*SMALL)
            try:
                top = scene(stage)
            except Exception as error:  # noqa: BLE001 - a scene that does not come is a finding
                yield name, {"fails": [repr(error)], "unsaid": [], "lacks": []}
            else:
                is_watched = options.all or name in REPRESENTATIVE
                yield name, _found(stage, top, watch if is_watched else None)
            stage.leave()
        if options.all and (not options.scenes or "logbooks" in options.scenes):
            yield from _in_logbooks(stage, place, watch)
    kypholog.session.close()
    kypholog.jobs.wait()


def _in_logbooks(
    stage: Stage, place: Path, watch: CutWatch
) -> Iterator[tuple[str, dict[str, list[str]]]]:
    from tests.pictures.logbooks import walk_through_logbooks

    for logbook, page, top in walk_through_logbooks(stage, place):
        yield f"{logbook} {page}".strip(), _found(stage, top, watch)


def _found(stage: Stage, top: QWidget, watch: CutWatch | None) -> dict[str, list[str]]:
    from PySide6.QtCore import QSize

    from tests.ui.lacking import lacking
    from tests.ui.unsaid import unsaid

    found: dict[str, list[str]] = {"unsaid": [], "lacks": []}
    # A dialog that has room on a small screen has it on a wide one; a page is laid out anew.
    for size in (SMALL, WIDE) if top is stage.window else (SMALL,):
        stage.window.resize(*size)
        found["lacks"] += lacking(stage, top, QSize(*size), watch)
    # In a language that people speak, some words are as they are in English.
    for each in (top, *stage.popups()) if speech.spoken() == speech.PSEUDO else ():
        found["unsaid"] += unsaid(each)
    return {kind: list(dict.fromkeys(said)) for kind, said in found.items()}


if __name__ == "__main__":
    raise SystemExit(main())
