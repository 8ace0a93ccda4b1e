# SPDX-License-Identifier: MIT
"""The wizard that takes cases in from a file, step by step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from models.logbook import Logbook
from ui.importing.columns_step import ColumnsStep
from ui.importing.file_step import FileStep
from ui.importing.flow import Flow
from ui.importing.frame import StepsDialog
from ui.importing.preview_step import PreviewStep
from ui.importing.result_step import ResultStep
from ui.importing.values_step import ValuesStep
from ui.jobs import Jobs
from ui.settings import Settings
from ui.theme import Theme
from ui.topics import IMPORT, below, set_topic
from ui.widgets.dropped_files import dropped_files

_SIZE = (940, 680)
_STATE = "import"

_RECOGNIZED = "What is recognized"
_HEADINGS = (
    *("What can come in", _RECOGNIZED, _RECOGNIZED),
    *("Before it is written", "Refused rows"),
)
"""Under which the help tells of each step."""


class ImportWizard(StepsDialog):
    """Goes from the file to what was written.

    Signals:
        written: (Done) cases were written into the logbook.
        undo_wanted: the import is to be taken back.
        cases_wanted: (int) the cases of the import with this number are to be shown.

    Attributes:
        file, columns, values, preview, ending: the steps.
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
        super().__init__(theme, jobs, settings, logbook, _STATE, parent)
        self.setWindowTitle(self.tr("Import"))
        self.setAcceptDrops(True)
        self.file = FileStep(theme, settings.recent_imports, self)
        self.columns = ColumnsStep(theme, self)
        self.values = ValuesStep(theme, self)
        self.preview = PreviewStep(theme, self)
        self.ending = ResultStep(theme, self)
        self.flow = Flow(self, self._errand, logbook)
        self.ending.undo_wanted.connect(self.undo_wanted)
        self.ending.cases_wanted.connect(self.cases_wanted)
        steps = (self.file, self.columns, self.values, self.preview, self.ending)
        for step, heading in zip(steps, _HEADINGS, strict=True):
            set_topic(step, below(IMPORT, heading))
        self.lead_through(steps, _SIZE, self.tr("&Import"), self.go_on)

    def open_file(self, file: Path) -> None:
        """Begin with this file."""
        self.file.choose(file)

    def remember(self, file: Path) -> None:
        """The file could be read: offer it the next time."""
        self._settings.remember_import(file)

    def go_back(self) -> None:
        # A step at which there is nothing to do is passed over.
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
