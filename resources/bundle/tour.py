# SPDX-License-Identifier: MIT
"""Opens the window on a logbook and closes it again, to time the start or to try every page.

``-m resources.bundle.tour FOLDER`` ends as soon as the list of cases is there; with ``all`` behind
it, it turns every page, opens help and About, and says how many parts About knows. It is in the
bundle, so that a bundle can be tried where it is to run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog

_PAGES = ("show_followup", "show_outcomes", "show_safety", "show_literature", "show_cases")
_DIALOGS = ("help", "shortcuts", "settings", "audit_trail", "about")
_PATIENCE_MS = 120_000


def main(arguments: list[str]) -> int:
    """Go round; 1 where something failed or does not come, 0 otherwise."""
    from models.bug_report import place_of
    from ui.application import Application

    app = QApplication(sys.argv[:1])
    kypholog = Application(app)
    failed: list[BaseException] = []
    kypholog.jobs.crashed.connect(failed.append)
    sys.excepthook = lambda _kind, error, _trace: failed.append(error)
    filled: list[bool] = []
    kypholog.window.cases.filled.connect(lambda: filled.append(True))
    kypholog.start(arguments[0])
    came = _until(lambda: bool(filled))
    if came and arguments[1:] == ["all"]:
        came = all(_until(lambda: not kypholog.jobs.is_busy) for _ in _steps(kypholog.window))
    for error in failed:
        print(place_of(error), file=sys.stderr)
    kypholog.window.close()
    kypholog.jobs.wait()
    return int(bool(failed) or not came)


def _steps(window: object) -> Iterator[None]:
    from ui.help.about import AboutDialog
    from ui.window import MainWindow

    assert isinstance(window, MainWindow)
    for name in (*_PAGES, *_DIALOGS):
        action = window.findChild(QAction, name)
        assert action is not None
        action.trigger()
        yield
        for dialog in window.findChildren(QDialog):
            if isinstance(dialog, AboutDialog):
                print(f"{dialog.table.rows.rowCount()} parts")
            dialog.close()
        QApplication.processEvents()


def _until(is_there: Callable[[], bool]) -> bool:
    deadline = QDeadlineTimer(_PATIENCE_MS)
    while not is_there() and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    return is_there()


if __name__ == "__main__":
    if not Path(sys.argv[1]).is_dir():
        sys.exit("No logbook is there.")
    sys.exit(main(sys.argv[1:]))
