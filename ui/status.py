# SPDX-License-Identifier: MIT
"""The status bar: which logbook, how it is kept, how much is in it, what is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from models.address import Address
from models.logbook import Logbook
from models.speech import numeral
from ui.jobs import Job
from ui.measures import keep
from ui.permits import guard
from ui.theme import Theme, set_kind, set_state
from ui.topics import BACKUPS, ENCRYPTION, TOGETHER, below, set_topic

if TYPE_CHECKING:
    # The window is there before anything is asked of a logbook.
    from models.caselist import Counts

_PROGRESS_WIDTH = 140
_BETWEEN = 12
_MOMENT_MS = 8_000
_IN_FULL = "said"
"""The property of a label with its text, of which there may be room for a part only."""

_IN_BRIEF = "brief"


class StatusBar(QStatusBar):
    """Small print at the foot of the window; it never holds anything of a patient.

    Signals:
        backups_wanted: what is said of the backups was clicked.
        drive_wanted: what is said of the place of the logbook was clicked.
        encrypt_wanted: that the logbook is not encrypted was clicked.
        no_wait_wanted: whoever is waited for is to be waited for no longer.
    """

    backups_wanted = Signal()
    drive_wanted = Signal()
    encrypt_wanted = Signal()
    no_wait_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizeGripEnabled(False)
        self._place = QLabel(self)
        self._protection = QLabel(self)
        self._plain = QPushButton(self.tr("Not encrypted"), self)
        set_kind(self._plain, "link")
        said = self.tr("Anybody who can open its folder can read it. Click to encrypt it.")
        self._plain.setToolTip(said)
        self._plain.setAccessibleDescription(said)
        self._plain.clicked.connect(lambda _checked=False: self.encrypt_wanted.emit())
        guard(self._plain, "encrypt")
        self._counts = QLabel(self)
        self._overdue = QLabel(self)
        self._company = QLabel(self)
        self._drive, self._backup = QPushButton(self), QPushButton(self)
        for warning in (self._drive, self._backup):
            set_kind(warning, "link")
            set_state(warning, "warning")
        self._drive.clicked.connect(lambda _checked=False: self.drive_wanted.emit())
        self._backup.clicked.connect(lambda _checked=False: self.backups_wanted.emit())
        self._no_wait = self._made_no_wait()
        self._task = QLabel(self)
        self._bar = QProgressBar(self)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        set_kind(self._cancel, "link")
        self._job: Job | None = None
        self._is_thrown_away = False
        self._stop: Callable[[], None] | None = None
        self._what = ""
        self._wanted = self._put_left()
        self.show_drive("", "")
        self.show_backup("", "")
        self.show_company("", "")
        for widget in (self._task, self._bar, self._cancel, self._overdue, self._counts):
            self.addPermanentWidget(widget)
        self.show_overdue(0)
        self._cancel.clicked.connect(self._cancel_job)
        self._show_task(visible=False)
        keep(theme, self._bar.setFixedWidth, _PROGRESS_WIDTH)
        keep(theme, self.setContentsMargins, 8, 0, 12, 0)

    def _put_left(self) -> dict[QWidget, bool]:
        """What stands on the left, each with whether it is to be seen."""
        quiet = (self._place, self._protection, self._plain)
        lefts = (*quiet, self._drive, self._backup, self._company, self._no_wait)
        for left in lefts:
            self.addWidget(left)
        set_topic(self._plain, below(ENCRYPTION, "Encrypting a logbook later"))
        set_topic(self._drive, below(TOGETHER, "Network drives and synced folders"))
        set_topic(self._backup, BACKUPS)
        self.messageChanged.connect(self._make_way)
        return dict.fromkeys(lefts, True)

    def _made_no_wait(self) -> QPushButton:
        button = QPushButton(self.tr("Do not wait"), self)
        set_kind(button, "link")
        set_topic(button, below(TOGETHER, "Waiting"))
        said = self.tr("Saves nothing now, and keeps what you entered.")
        button.setToolTip(said)
        button.setAccessibleDescription(said)
        button.clicked.connect(lambda _checked=False: self._stop_waiting())
        return button

    def show_logbook(self, logbook: Logbook | None) -> None:
        """Say which logbook is open and whether it is encrypted."""
        if logbook is None:
            self._place.setText(self.tr("No logbook open"))
            self._protection.clear()
            self._let(self._plain, visible=False)
            self._counts.clear()
            self.show_overdue(0)
            return
        at = logbook.place
        self._place.setText(at.shown if isinstance(at, Address) else at.name)
        self._place.setToolTip(str(at))
        kept = self.tr("Encrypted") if logbook.is_encrypted else ""
        if not logbook.has_files:
            kept = self.tr("On a server")
        self._protection.setText(kept)
        self._let(self._protection, visible=bool(kept))
        self._let(self._plain, visible=not kept)
        self._make_room()

    def say(self, sentence: str) -> None:
        """Say something for a moment, in the place of what else stands there."""
        self.showMessage(sentence, _MOMENT_MS)

    def show_counts(self, counts: Counts) -> None:
        """Show how much the logbook holds."""
        cases = self.tr("1 case") if counts.cases == 1 else self.tr("{n} cases")
        patients = self.tr("1 patient") if counts.patients == 1 else self.tr("{n} patients")
        levels = self.tr("1 level") if counts.levels == 1 else self.tr("{n} levels")
        told = ((cases, counts.cases), (patients, counts.patients), (levels, counts.levels))
        self._counts.setText(" · ".join(words.format(n=numeral(n, ",")) for words, n in told))
        self._make_room()

    def show_overdue(self, number: int) -> None:
        """Show how many patients are overdue for a follow-up; nothing for 0."""
        told = self.tr("1 follow-up overdue")
        if number != 1:
            told = self.tr("{n} follow-ups overdue").format(n=numeral(number, ","))
        self._overdue.setText(told if number else "")
        set_state(self._overdue, "warning" if number else "")
        self._make_room()

    def show_backup(self, said: str, in_full: str) -> None:
        """Say what is wrong with the backups; nothing for ""."""
        self._say(self._backup, said, in_full)

    def show_drive(self, said: str, in_full: str) -> None:
        """Say that the logbook lies where it is in danger; nothing for ""."""
        self._say(self._drive, said, in_full)

    def show_company(
        self, said: str, in_full: str, *, brief: str = "", is_urgent: bool = False
    ) -> None:
        """Say who else has the logbook open, or who is waited for; nothing for "".

        ``brief`` says the same where there is little room.
        """
        self._company.setProperty(_IN_BRIEF, brief)
        set_state(self._company, "warning" if is_urgent else "")
        self._let(self._no_wait, visible=is_urgent)
        self._say(self._company, said, in_full)

    def _stop_waiting(self) -> None:
        self.show_company("", "")
        self.no_wait_wanted.emit()

    def _say(self, shown: QLabel | QPushButton, said: str, in_full: str) -> None:
        is_said = (said, in_full) == (shown.property(_IN_FULL), shown.toolTip())
        if is_said and self._is_wanted(shown) is bool(said):
            return
        shown.setProperty(_IN_FULL, said)
        shown.setText(said)
        shown.setToolTip(in_full)
        shown.setAccessibleDescription(in_full)
        self._let(shown, visible=bool(said))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """What is told elsewhere too gives way to what is wrong."""
        between = self._theme.px(_BETWEEN)
        company = str(self._company.property(_IN_FULL) or "")
        self._company.setText(company)
        shown = [self._protection, self._plain, self._drive, self._backup, self._company]
        shown += [self._no_wait, self._task, self._bar, self._cancel]
        # The bar itself grows with what is in it, and the window does not.
        width = min(self.width(), self.window().width()) - 2 * between
        # The width of the bar is fixed, whatever it would take.
        wanted = filter(self._is_wanted, shown)
        room = width - sum(
            max(one.sizeHint().width(), one.minimumWidth()) + between for one in wanted
        )
        brief = str(self._company.property(_IN_BRIEF) or "")
        if room < 0 and company and brief:
            room += self._company.sizeHint().width()
            self._company.setText(brief)
            room -= self._company.sizeHint().width()
        quiet = () if self._is_wanted(self._no_wait) else (self._company,)
        for told in (self._plain, self._protection, *quiet):
            if self._is_wanted(told):
                has_room = room >= 0
                room += 0 if has_room else told.sizeHint().width() + between
                told.setVisible(has_room and not self.currentMessage())
        for label in (self._overdue, self._place, self._counts):
            room -= label.sizeHint().width() + between
            self._let(label, visible=bool(label.text()) and room >= 0)

    def _let(self, widget: QWidget, *, visible: bool) -> None:
        """Show or hide it; but on the left nothing while something is said for a moment."""
        if widget in self._wanted:
            self._wanted[widget] = visible
            visible = visible and not self.currentMessage()
        widget.setVisible(visible)

    def _is_wanted(self, widget: QWidget) -> bool:
        return self._wanted.get(widget, not widget.isHidden())

    def _make_way(self, message: str) -> None:
        """What is said for a moment stands where all this stands otherwise."""
        for widget, is_wanted in self._wanted.items():
            widget.setVisible(is_wanted and not message)
        self._make_room()

    def follow(self, job: Job, what: str, stop: Callable[[], None] | None = None) -> None:
        """Show the progress of a job, with a way to stop it, until it ends.

        Without ``stop`` the job is cancelled, and its result thrown away.
        """
        self._job, self._what, self._stop = job, what, stop
        self._is_thrown_away = False
        self._task.setText(what)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(what)
        self._show_task(visible=True)
        job.progressed.connect(self._advance)
        job.finished.connect(self._finish)

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if total:
            told = self.tr("{task} … {percent} %")
            self._task.setText(told.format(task=self._what, percent=100 * done // total))
            self._make_room()

    def _finish(self) -> None:
        is_stopped, self._is_thrown_away = self._is_thrown_away, False
        self._job = self._stop = None
        self._show_task(visible=False)
        if is_stopped:
            # Of work that is thrown away nothing else tells that it has come to its end.
            self.say(self.tr("{task}: stopped").format(task=self._what))

    def _cancel_job(self) -> None:
        if self._stop is not None:
            self._stop()
        elif self._job is not None:
            self._is_thrown_away = True
            self._job.cancel()

    def _show_task(self, *, visible: bool) -> None:
        for widget in (self._task, self._bar, self._cancel):
            widget.setVisible(visible)
        self._make_room()
