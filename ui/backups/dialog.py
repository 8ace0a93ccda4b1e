# SPDX-License-Identifier: MIT
"""The list of backups: what is in each, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.backup import Found, Standing
from ui.backups import words
from ui.jobs import Job
from ui.measures import fit_screen, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.topics import BACKUPS, explain
from ui.widgets.empty_state import EmptyState
from ui.widgets.flowing import FlowingLine
from ui.widgets.notice import Notice
from ui.widgets.steady_scroll import SteadyScrollArea
from ui.widgets.text_table import Column, TextTable

_SIZE = (1000, 560)
_LEAST = 77


class BackupsDialog(QDialog):
    """Shows the backups and says what is wanted; it does nothing itself.

    Signals:
        back_up_wanted: a backup now.
        check_wanted: (Found) is it what was written.
        prove_wanted: (Found) can it be restored.
        restore_wanted: (Found) put it in the place of the logbook.
        look_wanted: (Path) are there backups in this folder.

    Attributes:
        table: one row a backup.
        notice: how something ended, or what is wrong.
        folder: of the logbook.
    """

    back_up_wanted = Signal()
    check_wanted = Signal(object)
    prove_wanted = Signal(object)
    restore_wanted = Signal(object)
    look_wanted = Signal(object)

    def __init__(self, theme: Theme, logbook_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, BACKUPS)
        self._theme = theme
        self.folder = logbook_folder
        self._found: list[Found] = []
        self._job: Job | None = None
        self._what = ""
        self.setWindowTitle(self.tr("Backups"))
        name = logbook_folder.name.removesuffix(".kypholog")
        self._title = QLabel(self.tr("Backups of {logbook}").format(logbook=name), self)
        set_kind(self._title, "title")
        self._state, self._second = QLabel(self), QLabel(self)
        for label in (self._title, self._state, self._second):
            label.setWordWrap(True)
        set_kind(self._second, "muted")
        self.notice = Notice(theme, self)
        self.table = TextTable(theme, self.tr("Backups"), self._columns(), self)
        self._empty = EmptyState(theme, self)
        self._empty.say(
            self.tr("There is no backup yet"),
            self.tr("One is made on closing and while you work, or now."),
        )
        self._stack = QStackedWidget(self)
        self._make_buttons()
        self._make_progress()
        self._arrange()
        self._allow()

    def show_found(
        self, found: Sequence[Found], how: Standing, second: str, trouble: str = ""
    ) -> None:
        """Show these backups.

        Args:
            found: the latest first.
            how: how the logbook stands with them.
            second: the second place as the settings name it; "" for none.
            trouble: what keeps one from looking there.
        """
        self._list(found)
        self._state.setText(f"{words.state_of(how)} {words.proof_of(how)}".strip())
        named = self.tr("Second place: {place}").format(place=second)
        none = self.tr("There is no second place, such as a USB stick; the settings name one.")
        self._second.setText(named if second else none)
        if how.trouble is not None:
            self.notice.say(how.trouble.said, "warning")
        elif trouble:
            self.notice.say(trouble, "warning")
        else:
            self.notice.close_it()
        self._allow()

    def show_damaged(self, found: Sequence[Found]) -> None:
        """The logbook cannot be opened: all there is to do is to restore one of these."""
        for widget in (self.back_up, self.prove, self._second):
            widget.hide()
        self.look.show()
        self._list(found, is_named=True)
        self._empty.say(
            self.tr("There is no backup in the folder of the logbook"),
            self.tr("Look for one on a USB stick, in a network folder or in another copy."),
        )
        self._state.setText(
            self.tr(
                "The logbook cannot be opened. Restore makes it what it was when the chosen backup "
                "was made; the files that are there now are kept aside, in a folder inside."
            )
        )
        set_kind(self.restore, "primary")

    def take_more(self, found: Sequence[Found], place: Path, n_locked: int) -> None:
        """Show what was found in another place too, and choose the latest of it.

        Args:
            found: the backups there that can be opened.
            place: where it was looked.
            n_locked: how many more there cannot be opened with the keys of this logbook.
        """
        known = {one.backup.sha256 for one in self._found}
        new = [one for one in found if one.backup.sha256 not in known]
        every = sorted([*self._found, *new], key=lambda one: one.backup.at, reverse=True)
        self._list(every, is_named=True)
        if new:
            self.table.selectRow(every.index(new[0]))
        said = self.tr("Backups found in {place}: {n}.").format(place=place, n=len(found))
        if n_locked:
            more = self.tr("The keys of this logbook do not open {n} more.").format(n=n_locked)
            said = f"{said} {more}"
        self.notice.say(said, "" if found else "warning")
        self._allow()

    def _list(self, found: Sequence[Found], *, is_named: bool = False) -> None:
        chosen = self.chosen
        self._found = list(found)
        rows = [words.line_of(one, self.folder, is_named=is_named) for one in found]
        self.table.fit_into(self._stack.height())
        self.table.set_rows(rows, [one.backup.sha256 for one in found])
        self._stack.setCurrentWidget(self._listed if found else self._empty)
        row = next((n for n, one in enumerate(found) if chosen and _same(one, chosen)), 0)
        self.table.selectRow(row)
        self._allow()

    @property
    def chosen(self) -> Found | None:
        """The backup with the cursor."""
        row = self.table.currentIndex().row()
        return self._found[row] if 0 <= row < len(self._found) else None

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def follow(self, job: Job, what: str) -> None:
        """Show the progress of a job, with a way to cancel it, until it ends."""
        self._job, self._what = job, what
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(what)
        self._said.setText(what)
        self._progress.show()
        self.notice.close_it()
        job.progressed.connect(self._advance)
        job.finished.connect(self._finish)
        self._allow()
        self._cancel.setEnabled(True)
        self._cancel.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._stack and event.type() is QEvent.Type.Resize:
            self.table.fit_into(self._stack.height())
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape stops what is under way first."""
        if self._job is not None:
            self._stop()
        else:
            super().reject()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Made")),
            Column(self.tr("Why")),
            Column(self.tr("By")),
            Column(self.tr("Cases"), is_number=True),
            Column(self.tr("Size"), is_number=True),
            Column(self.tr("Where"), stretches=True),
            Column(self.tr("Checked")),
            Column(self.tr("Proven")),
        )

    def _make_buttons(self) -> None:
        self.back_up = QPushButton(self.tr("&Back up now"), self)
        self.check = QPushButton(self.tr("&Check"), self)
        self.prove = QPushButton(self.tr("Restore for &proof"), self)
        self.restore = QPushButton(self.tr("&Restore…"), self)
        self.look = QPushButton(self.tr("&Look in another folder…"), self)
        self.look.hide()
        self.closing = QPushButton(self.tr("Close"), self)
        set_kind(self.back_up, "primary")
        for button in (*self._tasks, self.closing):
            button.setAutoDefault(False)
        tips = (
            (self.check, self.tr("Is it byte for byte what was written, and whole?")),
            (self.prove, self.tr("Restore it into a scratch place and check every case there.")),
            (self.restore, self.tr("Make the logbook what it was then. Nothing is overwritten.")),
        )
        for button, tip in tips:
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        guard(self.restore, "restore_backup")
        self.back_up.clicked.connect(lambda _checked=False: self.back_up_wanted.emit())
        self.check.clicked.connect(lambda _checked=False: self._want(self.check_wanted))
        self.prove.clicked.connect(lambda _checked=False: self._want(self.prove_wanted))
        self.look.clicked.connect(lambda _checked=False: self._ask_where())
        self.restore.clicked.connect(lambda _checked=False: self._want(self.restore_wanted))
        self.closing.clicked.connect(lambda _checked=False: self.close())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._allow())

    def _make_progress(self) -> None:
        self._progress = QWidget(self)
        self._said = QLabel(self._progress)
        self._bar = QProgressBar(self._progress)
        self._cancel = QPushButton(self.tr("Cancel"), self._progress)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(lambda _checked=False: self._stop())
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        keep(self._theme, row.setSpacing, 10)
        row.addWidget(self._said)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._progress.hide()

    def _arrange(self) -> None:
        theme = self._theme
        self._listed = QWidget(self)
        listed = QVBoxLayout(self._listed)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.addWidget(self.table)
        listed.addStretch(1)
        # The list takes the room that there is, and does not make any.
        keep(theme, self._stack.setMinimumHeight, _LEAST)
        self._stack.installEventFilter(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._listed)
        foot = QHBoxLayout()
        keep(theme, foot.setSpacing, 8)
        foot.addWidget(FlowingLine(theme, *self._tasks), 1)
        foot.addWidget(self.closing, 0, Qt.AlignmentFlag.AlignBottom)
        body = QWidget(self)
        told = QVBoxLayout(body)
        told.setContentsMargins(0, 0, 0, 0)
        keep(theme, told.setSpacing, 8)
        for widget in (self._title, self._state, self._second, self.notice):
            told.addWidget(widget)
        told.addWidget(self._stack, 1)
        # Where large sentences and the list have no room below each other, one scrolls.
        scroll = SteadyScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 20, 20, 20, 16)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._progress)
        layout.addLayout(foot)
        fit_screen(theme, self, *_SIZE)

    @property
    def _tasks(self) -> tuple[QPushButton, ...]:
        return self.back_up, self.check, self.prove, self.restore, self.look

    def _ask_where(self) -> None:
        title = self.tr("Where the backups are")
        if name := QFileDialog.getExistingDirectory(self, title, str(self.folder.parent)):
            self.look_wanted.emit(Path(name))

    def _want(self, signal: object) -> None:
        if (chosen := self.chosen) is not None:
            signal.emit(chosen)  # type: ignore[attr-defined]

    def _allow(self) -> None:
        chosen = self.chosen
        is_free = self._job is None
        for button in (self.back_up, self.look):
            button.setEnabled(is_free)
        for button in (self.check, self.restore):
            button.setEnabled(is_free and chosen is not None)
        self.prove.setEnabled(is_free and chosen is not None and self._can_be_proven(chosen))

    def _can_be_proven(self, found: Found) -> bool:
        return self.folder in found.places and found.backup.breaks is None

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def _finish(self) -> None:
        self._job = None
        self._progress.hide()
        self._allow()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()


def _same(one: Found, other: Found) -> bool:
    return one.backup.sha256 == other.backup.sha256
