# SPDX-License-Identifier: MIT
"""How soon the window is there with its list, and how much memory it takes.

Beside it stand a bare PySide6 window, and DB Browser for SQLite with the same list on a screen of
its own. Nothing tells DB Browser to end when it is there: it is stopped as soon as its window shows
on the screen, before its rows do, so it is measured as quicker and smaller than it is. A second
line leaves both alone for some seconds, for what they hold once all is read.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.processes import Begin, Command, Compared, measured

_OPEN_S = 5

BARE_WINDOW = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: os._exit(0))
app.exec()
"""
"""Until it is there: what ending takes is no part of starting, neither here nor below."""

OUR_WINDOW = """
import gc, os, sys
gc.disable()
from models.window_command import window_options
options = window_options(["--logbook", sys.argv[1]])
from models.at_start import load_models
load_models()
from ui.application import Application, begin_qt, keep_window_quick
from PySide6.QtCore import QTimer
app = begin_qt(sys.argv[:1])
kypholog = Application(app)
stay = int(sys.argv[2]) * 1000
filled = kypholog.window.cases.filled
filled.connect(lambda: QTimer.singleShot(stay, lambda: os._exit(0)))
kypholog.start(options.logbook, options)
keep_window_quick()
app.exec()
"""
"""What main.py does without a command, until the list is filled and painted."""

SHOWN = """
window=$(mktemp -d)
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$window/display" 2>/dev/null &
screen=$!
while [ ! -s "$window/display" ]; do sleep 0.01; done
export DISPLAY=":$(cat "$window/display")" QT_QPA_PLATFORM=xcb
sqlitebrowser -R -t case_row "$0" >/dev/null 2>&1 &
browser=$!
xdotool search --sync --onlyvisible --pid $browser >/dev/null 2>&1
sleep "$1"
kill $browser; wait $browser 2>/dev/null
kill $screen; wait $screen 2>/dev/null
rm -r "$window"
exit 0
"""
"""DB Browser with the list of cases, on a screen that is made for it."""

_NEEDED = ("sqlitebrowser", "Xvfb", "xdotool")


def starting(folder: Path, runs: int) -> Iterator[Compared]:
    """The window with the list filled, as a whole process, beside both."""
    browser = all(map(shutil.which, _NEEDED))

    def ours(stay: int) -> Begin:
        return lambda: [sys.executable, "-c", OUR_WINDOW, folder, str(stay)]

    def bare() -> Command:
        return [sys.executable, "-c", BARE_WINDOW]

    def theirs(stay: int) -> Begin | None:
        return (lambda: ["sh", "-c", SHOWN, folder / "logbook.db", str(stay)]) if browser else None

    spent, of_bare, of_browser = measured([ours(0), bare, theirs(0)], runs)
    assert spent is not None
    work = "window with the list filled"
    yield Compared(work, spent, "bare PySide6 window", of_bare, "1.8 times")
    yield Compared(work, spent, "DB Browser, Xvfb", of_browser, "less than 1")
    spent, of_browser = measured([ours(_OPEN_S), theirs(_OPEN_S)], runs)
    assert spent is not None
    work = f"memory, open for {_OPEN_S} s"
    yield Compared(work, spent, "DB Browser, Xvfb", of_browser, "MiB below DB Browser, and 160")
