# SPDX-License-Identifier: MIT
"""How long the window cannot answer: the longest turn of the event loop in each task.

Processor time of the thread of the window, so that a busy machine is blamed less on the program.
Each run is a process of its own with a new profile; nothing is entered, so the cases stay as they
are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measure import Row, timing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.application import Application

_CALM_S = 0.8
"""A task is through when no job was under way for so long."""

_PAGES = ("followup", "outcomes", "safety", "literature", "cases")
_WINDOWS = ("settings", "audit_trail", "backups", "find_command", "help", "report")
_LOOKS = ("theme_dark", "theme_light", "larger", "smaller")

Task = tuple[str, Callable[[], object]]


def stalling(folder: Path, runs: int) -> Iterator[Row]:
    """The longest turn of each task, over so many processes."""
    told: dict[str, list[float]] = {}
    for _ in range(runs):
        command = [sys.executable, "-m", "tests.benchmarks.stalls", str(folder)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        for task, ms in json.loads(done.stdout.splitlines()[-1]).items():
            told.setdefault(task, []).append(ms)
    for task, times in told.items():
        yield Row(f"longest turn: {task}", timing(times), "", None, "at most 50 ms")


def _tasks(kypholog: Application) -> Iterator[Task]:
    """What somebody does who only looks."""
    window = kypholog.window
    for time_of_it in ("first", "again"):
        for page in _PAGES:
            yield f"page {page}, {time_of_it}", partial(window.show_page, page)
    for name in _WINDOWS:
        yield name, partial(_act, window, name)
        yield "closing a window", partial(_close_others, window)
    for column in (1, 2, 3):
        heading = window.cases.table.horizontalHeader()
        yield "sorting the list", partial(heading.sectionClicked.emit, column)
    yield "end of the list", window.cases.table.scrollToBottom
    for name in _LOOKS:
        yield f"{name} on the list", partial(_act, window, name)
    yield "choosing a case", partial(window.cases.select_row, 0)
    yield "opening a case", partial(_act, window, "edit_case")
    for name in _LOOKS:
        yield f"{name} in the editor", partial(_act, window, name)
    yield "leaving the editor", partial(_act, window, "close_editor")


def _act(window: QWidget, name: str) -> None:
    from PySide6.QtGui import QAction

    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    found.trigger()


def _close_others(window: QWidget) -> None:
    from PySide6.QtWidgets import QApplication

    for top in QApplication.topLevelWidgets():
        if top is not window and top.isVisible():
            top.close()


def _walk(folder: Path) -> None:
    from models.at_start import load_models
    from models.window_command import window_options

    options = window_options(["--logbook", str(folder)])
    assert options is not None
    load_models()
    from PySide6.QtCore import QAbstractEventDispatcher, QTimer

    from ui.application import Application, begin_qt, keep_window_quick

    app = begin_qt(sys.argv[:1])
    kypholog = Application(app)
    tasks, label, longest = _tasks(kypholog), "opening the logbook", dict[str, float]()
    began, calm_since = time.thread_time(), time.monotonic()

    def awake() -> None:
        nonlocal began
        spent = round((time.thread_time() - began) * 1000, 1)
        longest[label] = max(spent, longest.get(label, 0.0))
        began = time.thread_time()

    def look() -> None:
        nonlocal label, calm_since
        if kypholog.jobs.is_busy or not kypholog.window.is_furnished:
            calm_since = time.monotonic()
        if time.monotonic() - calm_since < _CALM_S:
            return
        calm_since = time.monotonic()
        if (task := next(tasks, None)) is None:
            print(json.dumps(longest), flush=True)
            os._exit(0)
        label = task[0]
        QTimer.singleShot(0, kypholog.window, task[1])

    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    dispatcher.awake.connect(awake)
    timer = QTimer(kypholog.window, interval=20)
    timer.timeout.connect(look)
    timer.start()
    kypholog.start(options.logbook, options)
    keep_window_quick()
    app.exec()


if __name__ == "__main__":
    _walk(Path(sys.argv[1]))
