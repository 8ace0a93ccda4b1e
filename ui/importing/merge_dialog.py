# SPDX-License-Identifier: MIT
"""Merges another logbook into the open one: choose, look and decide, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models import access, address
from models.address import Address, Place
from models.errors import LogbookError, PasswordWanted, ServerAway
from models.logbook import DATABASE_NAME, Logbook, current_user
from models.other_logbook import Choices, Done, Other, Preview, Stopped, open_other, preview, start
from ui.importing.errand import Cancelled, Progress, Work
from ui.importing.frame import StepsDialog
from ui.importing.merge_ends import EndStep, PlaceStep
from ui.importing.merge_step import MergeStep
from ui.importing.unwritten import tell_unwritten
from ui.jobs import Jobs
from ui.settings import Settings
from ui.theme import Theme
from ui.topics import IMPORT, below, set_topic

T = TypeVar("T")

_SIZE = (980, 640)
_STATE = "merge_logbook"


class MergeLogbookDialog(StepsDialog):
    """Goes from the other logbook to what was written.

    Signals:
        written: (Done) the logbook was merged.
        undo_wanted: the merge is to be taken back.

    Attributes:
        where, preview, ending: the steps.
    """

    written = Signal(object)
    undo_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        settings: Settings,
        logbook: Logbook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, jobs, settings, logbook, _STATE, parent)
        self.setWindowTitle(self.tr("Merge another logbook"))
        self._logbook = logbook
        self._other: Other | None = None
        self._shown: Preview | None = None
        self.where = PlaceStep(theme, self)
        self.preview = MergeStep(theme, self)
        self.ending = EndStep(theme, self)
        self.back.setText(self.tr("Bac&k"))
        self.preview.looked_for.connect(self._look_again)
        self.ending.undo.clicked.connect(lambda: self.undo_wanted.emit())
        steps = (self.where, self.preview, self.ending)
        for step in steps:
            set_topic(step, below(IMPORT, "Merging logbooks"))
        self.lead_through(steps, _SIZE, self.tr("&Merge"), self.go_on)

    def go_on(self) -> None:
        """Do what leads to the next step."""
        if self.step is self.where:
            self._read()
        elif self.step is self.preview:
            self._write()

    def done(self, result: int) -> None:
        super().done(result)
        self._let_go()

    # the work

    def _read(self) -> None:
        mine, credential = self._logbook, self.where.credential
        try:
            place = _named(self.where.place.text().strip())
        except LogbookError as error:
            self.where.warn(error)
            return
        self._let_go()
        self.preview.start_anew()

        def work(progress: Progress, cancelled: Cancelled) -> tuple[Other, Preview] | _Asks:
            if credential is None and (asks := _asked_by(place)) is not None:
                return asks
            try:
                other = open_other(mine, place, progress, cancelled, credential=credential)
            except PasswordWanted:
                if credential is None and isinstance(place, Address):
                    return _Asks([place.user or current_user()], at_server=True)
                raise
            with ExitStack() as unless_shown:
                unless_shown.callback(other.close)
                found = other, preview(mine, other, Choices(), progress, cancelled)
                if cancelled():
                    raise Stopped
                unless_shown.pop_all()
            return found

        def show(found: tuple[Other, Preview] | _Asks) -> None:
            if isinstance(found, _Asks):
                self.where.ask_to_sign_in(found.names, at_server=found.at_server)
                return
            self.where.forget_secret()
            self._other = found[0]
            self._show_preview(found[1])
            self.go_to(self.preview)

        self._run(self.tr("Reading the other logbook"), work, show)

    def _look_again(self, choices: Choices) -> None:
        mine, other = self._logbook, self._other
        if other is None or self.is_busy:
            return

        def work(progress: Progress, cancelled: Cancelled) -> Preview:
            return preview(mine, other, choices, progress, cancelled)

        self._run(self.tr("Comparing"), work, self._show_preview)

    def _write(self) -> None:
        mine, other, shown = self._logbook, self._other, self._shown
        choices = self.preview.choices
        if other is None or shown is None:
            return
        self.is_writing = True

        def work(progress: Progress, cancelled: Cancelled) -> Done:
            return start(mine, other, shown, choices, progress, cancelled)

        self._run(self.tr("Merging"), work, self._end)

    def _run(self, what: str, work: Work[T], done: Callable[[T], None]) -> None:
        self.step.notice.hide()
        self._errand.run(what, work, done, self._warn)

    def _warn(self, error: LogbookError) -> None:
        was_writing, self.is_writing = self.is_writing, False
        if was_writing and isinstance(error, ServerAway):
            look = partial(self._look_again, self.preview.choices)
            tell_unwritten(self.step, error, self._write, look)
        else:
            self.step.warn(error)

    def _show_preview(self, shown: Preview) -> None:
        self._shown = shown
        self.preview.show_preview(shown)

    def _end(self, done: Done) -> None:
        self.is_writing = False
        self._let_go()
        self.ending.show_done(done)
        self.go_to(self.ending)
        self.written.emit(done)

    def _let_go(self) -> None:
        """Remove the copy of the other logbook."""
        if self._other is not None:
            self._other.close()
        self._other = None


@dataclass(frozen=True, slots=True)
class _Asks:
    """Somebody has to sign in to the other logbook, or to its server: one of these."""

    names: Sequence[str]
    at_server: bool = False


def _named(text: str) -> Place:
    """The place that was typed.

    Raises:
        LogbookError: it looks like an address and is none that can be used.
    """
    place = address.read(text)
    return place if isinstance(place, Address) else place.absolute()


def _asked_by(place: Place) -> _Asks | None:
    """Who is asked to sign in to a logbook in a folder; None for nobody."""
    if isinstance(place, Address) or not access.is_encrypted(place / DATABASE_NAME):
        return None
    return _Asks(access.users_of(place))
