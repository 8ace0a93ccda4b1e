# SPDX-License-Identifier: MIT
"""The wizard that takes cases in from a file, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.logbook import Logbook
from ui.importing.columns_step import ColumnsStep
from ui.importing.errand import Errand
from ui.importing.file_step import FileStep
from ui.importing.flow import Flow
from ui.importing.preview_step import PreviewStep
from ui.importing.result_step import ResultStep
from ui.importing.step import Step
from ui.importing.step_bar import StepBar
from ui.importing.values_step import ValuesStep
from ui.jobs import Jobs
from ui.measures import fit_screen, keep
from ui.settings import Settings
from ui.theme import Theme, set_kind
from ui.widgets.dropped_files import dropped_files

_SIZE = (940, 680)
_STATE = "import"


class ImportWizard(QDialog):
    """Goes from the file to what was written.

    Signals:
        written: (Done) cases were written into the logbook.
        undo_wanted: the import is to be taken back.
        cases_wanted: (int) the cases of the import with this number are to be shown.

    Attributes:
        file, columns, values, preview, ending: the steps.
        next, back, stop, close_button: what the foot offers.
        flow: what the steps work on.
    """

    written = Signal(object)
    undo_wanted = Signal()
    cases_wanted = Signal(int)

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        settings: Settings,
        logbook: Logbook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self.setAcceptDrops(True)
        self._settings = settings
        self._focused: QWidget | None = None
        self.file = FileStep(theme, settings.recent_imports, self)
        self.columns = ColumnsStep(theme, self)
        self.values = ValuesStep(theme, self)
        self.preview = PreviewStep(theme, self)
        self.ending = ResultStep(theme, self)
        self._steps: Sequence[Step] = (
            self.file,
            self.columns,
            self.values,
            self.preview,
            self.ending,
        )
        self._bar = StepBar(theme, [step.title for step in self._steps], self)
        self._stack = QStackedWidget(self)
        self._task = QLabel(self)
        self._progress = QProgressBar(self)
        self.stop = QPushButton(self.tr("S&top"), self)
        self.back = QPushButton(self.tr("&Back"), self)
        self.next = QPushButton(self.tr("&Next"), self)
        self.close_button = QPushButton(self.tr("Cancel"), self)
        set_kind(self.next, "primary")
        errand = Errand(jobs, logbook, self)
        self.flow = Flow(self, errand, logbook)
        self._arrange(theme)
        self._connect(errand)
        self.go_to(self.file)
        fit_screen(theme, self, *_SIZE)
        self.restoreGeometry(settings.state(_STATE))

    @property
    def step(self) -> Step:
        """The step that is on."""
        return self._steps[self._stack.currentIndex()]

    def open_file(self, file: Path) -> None:
        """Begin with this file."""
        self.file.choose(file)

    def remember(self, file: Path) -> None:
        """The file could be read: offer it the next time."""
        self._settings.remember_import(file)

    def go_to(self, step: Step) -> None:
        """Turn to a step."""
        place = self._steps.index(step)
        self._stack.setCurrentIndex(place)
        self._bar.go_to(place)
        self._focused = None
        is_last, writes = step is self.ending, step is self.preview
        self.back.setVisible(not is_last)
        self.next.setVisible(not is_last)
        self.next.setText(self.tr("&Import") if writes else self.tr("&Next"))
        self.close_button.setText(self.tr("Close") if is_last else self.tr("Cancel"))
        self._allow()
        step.begin()

    def go_back(self) -> None:
        """Turn to the step before; one at which there is nothing to do is passed over."""
        before = {self.columns: self.file, self.values: self.columns, self.preview: self.values}
        step = before.get(self.step, self.file)
        if step is self.values and not self.flow.has_terms:
            step = self.columns
        if step is self.columns and not self.flow.has_columns:
            step = self.file
        self.go_to(step)

    def go_on(self) -> None:
        """Do what leads to the next step."""
        if self.step is self.file:
            if self.flow.has_columns:
                self.go_to(self.columns)
            else:
                self.flow.judge()
        elif self.step is self.columns:
            self.flow.leave_columns()
        elif self.step is self.values:
            self.flow.judge()
        elif self.step is self.preview:
            self.flow.write()

    # dropping a file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step is self.file and len(dropped_files(event.mimeData())) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_file(dropped_files(event.mimeData())[0])

    # closing

    def reject(self) -> None:
        # Whoever waits for an import is told how it ended.
        if self.flow.is_writing:
            self.flow.stop()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.flow.is_writing:
            self.flow.stop()
            event.ignore()
            return
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._settings.keep_state(_STATE, self.saveGeometry())
        self.flow.drop()
        super().done(result)

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

    def _connect(self, errand: Errand) -> None:
        for step in self._steps:
            step.changed.connect(self._allow)
        self.next.clicked.connect(lambda: self.go_on())
        self.back.clicked.connect(lambda: self.go_back())
        self.stop.clicked.connect(lambda: self.flow.stop())
        self.close_button.clicked.connect(lambda: self.reject())
        self.ending.undo_wanted.connect(self.undo_wanted)
        self.ending.cases_wanted.connect(self.cases_wanted)
        errand.busy_changed.connect(self._show_busy)
        errand.progressed.connect(self._advance)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._reveal)

    def _reveal(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to where the cursor is, where a step is higher than its room."""
        area = self._stack.currentWidget()
        if now is not None and isinstance(area, QScrollArea) and area.isAncestorOf(now):
            area.ensureWidgetVisible(now)

    def _show_busy(self, what: str) -> None:
        for widget in (self._progress, self.stop):
            widget.setVisible(bool(what))
        self._task.setText(what)
        self._progress.setAccessibleName(what)
        self._progress.setRange(0, 0)
        self.close_button.setVisible(not what)
        if what:
            self._focused = self.focusWidget()
        self._stack.setEnabled(not what)
        self._allow()
        if not what and self.isVisible():
            self._focus_again()

    def _focus_again(self) -> None:
        """Where the cursor was before something was under way, or else where one begins."""
        before = self._focused
        if before is not None and before.isVisible() and before.isEnabled():
            before.setFocus()
        else:
            self.step.begin()

    def _advance(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _allow(self) -> None:
        is_free = not self.flow.is_busy
        self.next.setEnabled(is_free and self.step.may_go_on)
        self.back.setEnabled(is_free and self.step is not self.file)


def _scrolled(step: Step, parent: QWidget) -> QScrollArea:
    """What there is no room for scrolls."""
    area = QScrollArea(parent)
    set_kind(step, "page")
    area.setWidget(step)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
