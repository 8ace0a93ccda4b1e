# SPDX-License-Identifier: MIT
"""Merges another logbook into the open one: choose, look and decide, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.logbook import Logbook
from models.other_logbook import Choices, Done, Other, Preview, Stopped, open_other, preview, start
from ui.importing.errand import Cancelled, Errand, Progress, Work
from ui.importing.merge_step import MergeStep
from ui.importing.step import Step
from ui.importing.step_bar import StepBar
from ui.jobs import Jobs
from ui.measures import fit_screen, keep
from ui.settings import Settings
from ui.theme import Theme, set_kind

T = TypeVar("T")

_SIZE = (980, 640)
_STATE = "merge_logbook"


class PlaceStep(Step):
    """Which logbook.

    Attributes:
        place: the folder, to type or to paste.
        browse: asks for it.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Logbook"), parent)
        self.said.setText(
            self.tr(
                "Choose the folder of the other logbook, such as that of a second workstation. It "
                "is read and never changed; nothing is written here before you have seen what "
                "would be done."
            )
        )
        self.place = QLineEdit(self)
        self.place.setAccessibleName(self.tr("Folder of the other logbook"))
        self.place.setPlaceholderText("Office.kypholog")
        self.browse = QPushButton(self.tr("&Browse…"), self)
        self.browse.setAutoDefault(False)
        line = QHBoxLayout()
        keep(theme, line.setSpacing, 8)
        line.addWidget(self.place, 1)
        line.addWidget(self.browse)
        self.content.addLayout(line)
        self.content.addStretch(1)
        self.place.textChanged.connect(lambda: self.changed.emit())
        self.browse.clicked.connect(lambda: self._ask())

    @property
    def may_go_on(self) -> bool:
        return bool(self.place.text().strip())

    def begin(self) -> None:
        self.place.setFocus()

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the other logbook"), self.place.text()
        )
        if folder:
            self.place.setText(folder)


class EndStep(Step):
    """Tells how it ended.

    Attributes:
        undo: takes the merge back.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Result"), parent)
        self.undo = QPushButton(self.tr("&Undo this merge"), self)
        self.undo.setAutoDefault(False)
        self._backup = QLabel(self)
        self._backup.setWordWrap(True)
        set_kind(self._backup, "muted")
        buttons = QHBoxLayout()
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        self.content.addWidget(self._backup)
        self.content.addLayout(buttons)
        self.content.addStretch(1)

    def begin(self) -> None:
        self.undo.setFocus()

    def show_done(self, done: Done) -> None:
        """Tell what was written."""
        merged = done.merged
        told = self.tr(
            "{name} is merged: {new} new cases, {changed} changed cases, {people} changed "
            "patients. {told} entries of its audit are kept in ours."
        )
        self.said.setText(
            told.format(
                name=done.name,
                new=f"{merged.new:,}",
                changed=f"{merged.changed:,}",
                people=f"{merged.people:,}",
                told=f"{merged.told:,}",
            )
        )
        self.undo.setEnabled(bool(merged.new or merged.changed or merged.people))
        if done.backup is not None:
            told = self.tr("The logbook as it was before lies in {folder}, as {file}.")
            lies = done.backup.file
            self._backup.setText(told.format(folder=lies.parent.name, file=lies.name))

    def show_undone(self) -> None:
        """Tell that it was taken back."""
        self.notice.tell(self.tr("The merge is undone. Edit > Redo does it again."))
        self.undo.setEnabled(False)


class MergeLogbookDialog(QDialog):
    """Goes from the other logbook to what was written.

    Signals:
        written: (Done) the logbook was merged.
        undo_wanted: the merge is to be taken back.

    Attributes:
        where, preview, ending: the steps.
        next, back, stop, close_button: what the foot offers.
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
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge another logbook"))
        self._settings, self._logbook = settings, logbook
        self._errand = Errand(jobs, logbook, self)
        self._other: Other | None = None
        self._shown: Preview | None = None
        self._is_writing = False
        self.where = PlaceStep(theme, self)
        self.preview = MergeStep(theme, self)
        self.ending = EndStep(theme, self)
        self._steps: Sequence[Step] = (self.where, self.preview, self.ending)
        self._bar = StepBar(theme, [step.title for step in self._steps], self)
        self._stack = QStackedWidget(self)
        self._task = QLabel(self)
        self._progress = QProgressBar(self)
        self.stop = QPushButton(self.tr("S&top"), self)
        self.back = QPushButton(self.tr("Bac&k"), self)
        self.next = QPushButton(self)
        self.close_button = QPushButton(self)
        set_kind(self.next, "primary")
        self._arrange(theme)
        self._connect()
        self.go_to(self.where)
        fit_screen(theme, self, *_SIZE)
        self.restoreGeometry(settings.state(_STATE))

    @property
    def step(self) -> Step:
        """The step that is on."""
        return self._steps[self._stack.currentIndex()]

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._errand.is_busy

    def go_to(self, step: Step) -> None:
        """Turn to a step."""
        place = self._steps.index(step)
        self._stack.setCurrentIndex(place)
        self._bar.go_to(place)
        is_last = step is self.ending
        self.back.setVisible(step is self.preview)
        self.next.setVisible(not is_last)
        self.next.setText(self.tr("&Merge") if step is self.preview else self.tr("&Next"))
        self.close_button.setText(self.tr("Close") if is_last else self.tr("Cancel"))
        self._allow()
        step.begin()

    def go_on(self) -> None:
        """Do what leads to the next step."""
        if self.step is self.where:
            self._read()
        elif self.step is self.preview:
            self._write()

    def reject(self) -> None:
        # Whoever waits for a merge is told how it ended.
        if self._is_writing:
            self._errand.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self._settings.keep_state(_STATE, self.saveGeometry())
        self._errand.drop()
        self._let_go()
        super().done(result)

    # the work

    def _read(self) -> None:
        mine, folder = self._logbook, Path(self.where.place.text().strip()).absolute()
        self._let_go()
        self.preview.start_anew()

        def work(progress: Progress, cancelled: Cancelled) -> tuple[Other, Preview]:
            other = open_other(mine, folder, progress, cancelled)
            try:
                found = other, preview(mine, other, Choices(), progress, cancelled)
                if cancelled():
                    raise Stopped
            except BaseException:
                other.close()
                raise
            return found

        def show(found: tuple[Other, Preview]) -> None:
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
        self._is_writing = True

        def work(progress: Progress, cancelled: Cancelled) -> Done:
            return start(mine, other, shown, choices, progress, cancelled)

        self._run(self.tr("Merging"), work, self._end)

    def _run(self, what: str, work: Work[T], done: Callable[[T], None]) -> None:
        self.step.notice.hide()
        self._errand.run(what, work, done, self._warn)

    def _warn(self, error: LogbookError) -> None:
        self._is_writing = False
        self.step.warn(error)

    def _show_preview(self, shown: Preview) -> None:
        self._shown = shown
        self.preview.show_preview(shown)

    def _end(self, done: Done) -> None:
        self._is_writing = False
        self._let_go()
        self.ending.show_done(done)
        self.go_to(self.ending)
        self.written.emit(done)

    def _let_go(self) -> None:
        """Remove the copy of the other logbook."""
        if self._other is not None:
            self._other.close()
        self._other = None

    # the parts

    def _arrange(self, theme: Theme) -> None:
        for step in self._steps:
            self._stack.addWidget(_scrolled(step, self))
        self._progress.setTextVisible(False)
        keep(theme, self._progress.setFixedWidth, 120)
        foot = QHBoxLayout()
        keep(theme, foot.setSpacing, 8)
        foot.addWidget(self._progress)
        foot.addWidget(self._task, 1)
        for button in (self.stop, self.close_button, self.back, self.next):
            button.setAutoDefault(False)
            foot.addWidget(button)
        self.next.setDefault(True)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 20, 16, 20, 16)
        keep(theme, layout.setSpacing, 10)
        layout.addWidget(self._bar)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self._show_busy("")

    def _connect(self) -> None:
        for step in self._steps:
            step.changed.connect(self._allow)
        self.preview.looked_for.connect(self._look_again)
        self.next.clicked.connect(lambda: self.go_on())
        self.back.clicked.connect(lambda: self.go_to(self.where))
        self.stop.clicked.connect(lambda: self._errand.stop())
        self.close_button.clicked.connect(lambda: self.reject())
        self.ending.undo.clicked.connect(lambda: self.undo_wanted.emit())
        self._errand.busy_changed.connect(self._show_busy)
        self._errand.progressed.connect(self._advance)

    def _show_busy(self, what: str) -> None:
        for widget in (self._progress, self.stop):
            widget.setVisible(bool(what))
        self._task.setText(what)
        self._progress.setAccessibleName(what)
        self._progress.setRange(0, 0)
        self.close_button.setVisible(not what)
        self._stack.setEnabled(not what)
        self._allow()

    def _advance(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _allow(self) -> None:
        is_free = not self.is_busy
        self.next.setEnabled(is_free and self.step.may_go_on)
        self.back.setEnabled(is_free)


def _scrolled(step: Step, parent: QWidget) -> QScrollArea:
    """What there is no room for scrolls."""
    area = QScrollArea(parent)
    set_kind(step, "page")
    area.setWidget(step)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
