# SPDX-License-Identifier: MIT
"""Which logbook is open: opens, makes and closes it, off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.errors import LogbookError
from models.logbook import Logbook
from models.settings import LogbookSettings, read_settings
from ui.events import LogbookEvents
from ui.jobs import Jobs


class Session(QObject):
    """The open logbook, if there is one.

    Signals:
        failed: a logbook could not be opened; carries the LogbookError.
    """

    failed = Signal(object)

    def __init__(self, jobs: Jobs, events: LogbookEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._events = events
        self._logbook: Logbook | None = None
        self._settings = LogbookSettings()
        events.settings_changed.connect(self._keep_settings)

    @property
    def logbook(self) -> Logbook | None:
        """The open logbook."""
        return self._logbook

    @property
    def settings(self) -> LogbookSettings:
        """The settings of the open logbook."""
        return self._settings

    def open(self, folder: Path) -> None:
        """Open the logbook in ``folder`` instead of the present one."""
        self._start(lambda: Logbook.open(folder))

    def create(self, folder: Path) -> None:
        """Make a new logbook in ``folder`` and open it."""
        self._start(lambda: Logbook.create(folder))

    def open_example(self, folder: Path) -> None:
        """Open the example logbook; it is made in ``folder`` the first time."""

        def make() -> Logbook:
            from models.example import add_example

            logbook = Logbook.open_or_create(folder)
            add_example(logbook)
            return logbook

        self._start(make)

    def close(self) -> None:
        """Close the logbook, if one is open."""
        if self._logbook is None:
            return
        logbook, self._logbook = self._logbook, None
        self._events.opened.emit()
        self._jobs.wait()
        logbook.close()

    def _start(self, make: Callable[[], Logbook]) -> None:
        def work() -> tuple[Logbook, LogbookSettings]:
            from models.images.store import sweep

            logbook = make()
            settings = read_settings(logbook)
            # What cannot be tidied up now (the disk is full, the folder read-only) will be later.
            with suppress(LogbookError):
                sweep(logbook)
            logbook.close()
            return logbook, settings

        self._jobs.run(None, work, self._take, self._fail)

    def _take(self, opened: tuple[Logbook, LogbookSettings]) -> None:
        logbook, settings = opened
        previous, self._logbook = self._logbook, logbook
        if previous is not None:
            self._jobs.wait()
            previous.close()
        # A connection that stays open keeps the write-ahead log from being folded in after
        # every single save.
        try:
            logbook.keep_open()
        except LogbookError as error:
            # Moved or taken away since it was opened.
            self._logbook, settings = None, LogbookSettings()
            self.failed.emit(error)
        self._events.settings_changed.emit(settings)
        self._events.opened.emit()

    def _keep_settings(self, settings: LogbookSettings) -> None:
        self._settings = settings

    def _fail(self, error: LogbookError) -> None:
        self.failed.emit(error)
