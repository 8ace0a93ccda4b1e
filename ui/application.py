# SPDX-License-Identifier: MIT
"""The one place that knows everything: makes the parts, joins them, and opens the window."""

from __future__ import annotations

import argparse
import linecache
import logging
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from platformdirs import user_data_path, user_state_path
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from models import VERSION
from models.address import Place
from models.bug_report import place_of
from models.errors import LogbookError
from ui.ahead import load
from ui.bug_desk import BugDesk
from ui.collector import Collector, keep_all
from ui.crash_file import CrashFile
from ui.events import LogbookEvents
from ui.jobs import Jobs, Turn
from ui.language import speak
from ui.session import Session
from ui.settings import Settings
from ui.theme import RESOURCES, Theme
from ui.today import Today
from ui.window import MainWindow

_log = logging.getLogger(__name__)

_TURN_S = 0.001
"""How long a worker computes before the window gets its turn; Python's own is five times that, and
the window needs several turns to paint."""

_PAGES = (
    *("ui.editor.page", "ui.followup.page", "ui.outcomes.page", "ui.safety.page"),
    "ui.literature.page",
)
"""What is loaded beside the list, when it is there, in the order in which it is likely wanted."""


class Application(QObject):
    """The parts of the running program; ``now`` tells the local time.

    Attributes:
        bugs: tells of errors that nobody foresaw.
        wants_restart: whether the program is to be started again when it has ended.

    Signals:
        loaded: everything is there that is loaded beside the list.
    """

    loaded = Signal()

    def __init__(
        self,
        app: QApplication,
        settings: Settings | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.theme = Theme(self.settings.theme, self.settings.scale, self)
        self.theme.apply(app)
        self.jobs = Jobs(self)
        if (collector := app.findChild(Collector)) is not None:
            self.jobs.busy_changed.connect(collector.expect_jobs)
        self.events = LogbookEvents(self)
        self.session = Session(self.jobs, self.events, self)
        self.today = Today(now)
        example = user_data_path("Kypholog", appauthor=False) / "Example.kypholog"
        self.window = MainWindow(
            self.settings,
            self.theme,
            self.jobs,
            self.events,
            self.session,
            example,
            self.today,
        )
        # Its timer ends with the window.
        self.today.setParent(self.window)
        self.wants_restart = False
        self.bugs = BugDesk(self.window, self.theme, self.jobs, self._keep_entry, self.restart)
        self.jobs.crashed.connect(self.bugs.tell)

    def start(self, place: str | None, options: argparse.Namespace | None = None) -> None:
        """Show the window, then open the named logbook or the last one used.

        ``options`` say who signs in, as on the command line.
        """
        recent = self.settings.recent_logbooks
        if place or recent:
            self.window.await_logbook()
        self.window.show()
        # A window manager does so by itself; a bare screen has none.
        self.window.activateWindow()
        self.window.cases.filled.connect(self._await_desks, Qt.ConnectionType.SingleShotConnection)
        who = options or argparse.Namespace()
        if place:
            QTimer.singleShot(0, self, lambda: self._open_named(place, who))
        elif recent:
            QTimer.singleShot(0, self, lambda: self._open_recent(recent[0], who))

    def _await_desks(self) -> None:
        """What they count comes first."""
        if self.window.is_furnished:
            self._await_rest()
        else:
            once = Qt.ConnectionType.SingleShotConnection
            self.window.furnished.connect(self._await_rest, once)

    def _await_rest(self) -> None:
        self.jobs.busy_changed.connect(self._load_pages)

    def _load_pages(self, is_busy: bool) -> None:
        """Have the other pages come without delay when they are first shown.

        Not beside what is counted first, so that the memory of both does not add up.
        """
        if not is_busy:
            self.jobs.busy_changed.disconnect(self._load_pages)
            told = self.loaded.emit
            self.jobs.run(None, partial(load, *_PAGES), lambda _none: told(), turn=Turn.AFTER)

    def restart(self) -> None:
        """Close the window as ever, and have the program started again afterwards."""
        self.wants_restart = True
        self.window.close()

    def _keep_entry(self) -> bool:
        editor = self.window.editor
        return editor is None or editor.put_aside()

    def _open_named(self, place: str, who: argparse.Namespace) -> None:
        from models.opening import place_named

        try:
            named = place_named(place)
            # In full, because it is remembered for a start from another folder.
            full = named.absolute() if isinstance(named, Path) else named
            self.session.open_named(full, who)
        except LogbookError as error:
            self.session.troubled.emit()
            self.session.failed.emit(error)

    def _open_recent(self, place: Place, who: argparse.Namespace) -> None:
        try:
            is_there = not isinstance(place, Path) or place.exists()
        except OSError:
            # It may not be looked at; opening says so in words.
            is_there = True
        if is_there:
            self.session.open_named(place, who)
        else:
            self.settings.forget_logbook(place)
            self.session.troubled.emit()


def keep_window_quick() -> None:
    """Have the window wait less for workers, and for the search after garbage.

    What is there when the window is first shown stays to the end, and is not gone through again
    each time: measured, that makes 3 ms of what was 17 ms to 29 ms, in whichever thread it falls.
    The source of modules, which PySide has read and Python keeps, is given back.
    """
    sys.setswitchinterval(_TURN_S)
    linecache.clearcache()
    keep_all()


def begin_qt(arguments: list[str]) -> QApplication:
    """What every process of ours with a window begins with, before it makes one.

    Args:
        arguments: of the process, its name first, as Qt wants them.
    """
    # What setStyle hands back would have PySide get acquainted with all that a style can draw.
    app = QApplication([*arguments, "-style", "Fusion"])
    speak(app)
    Collector(app)
    return app


def run_window(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; the exit code of the program."""
    app = begin_qt(sys.argv[:1])
    app.setApplicationName("Kypholog")
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("kypholog")
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "kypholog.svg")))
    kypholog = Application(app)

    def on_bug(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.error("unexpected %s", place_of(error))
        kypholog.bugs.tell(error)

    def on_bug_in_thread(hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            _log.error("unexpected %s", place_of(hook.exc_value))
            kypholog.bugs.raised.emit(hook.exc_value)

    sys.excepthook = on_bug
    threading.excepthook = on_bug_in_thread
    crashes = CrashFile(user_state_path("Kypholog", appauthor=False) / "crashes")
    crashes.begin()
    QTimer.singleShot(0, kypholog, lambda: kypholog.bugs.tell_of_crashes(crashes))
    kypholog.window.furnished.connect(lambda: kypholog.window.backups.begin())
    kypholog.start(options.logbook, options)
    keep_window_quick()
    # As what was there at the start, the other pages are not gone through for garbage.
    kypholog.loaded.connect(keep_all)
    code = app.exec()
    kypholog.session.finish()
    crashes.end()
    if kypholog.wants_restart:
        from PySide6.QtCore import QProcess

        QProcess.startDetached(sys.executable, sys.orig_argv[1:])
    return code
