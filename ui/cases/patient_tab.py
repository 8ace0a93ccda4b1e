# SPDX-License-Identifier: MIT
"""The second tab of the pane: the patient's whole course, read and drawn only when looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from models.errors import LogbookError
from models.logbook import Logbook
from ui.ahead import load
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from ui.cases.patient_detail import PatientDetail
    from ui.cases.patient_view import PatientView

_PAUSE_MS = 60


class PatientTab(QWidget):
    """Reads the course of a patient when it is in sight, and only then.

    Signals:
        case_wanted: (id) another case of the patient.
    """

    case_wanted = Signal(str)

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._logbook: Logbook | None = None
        self._view: PatientView | None = None
        self._wanted = ""
        self._loading = LatestJob(jobs, self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._load)
        self._empty = EmptyState(theme, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)

    @property
    def view(self) -> PatientView | None:
        """What shows the patient, once one was looked at."""
        return self._view

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show patients of this logbook from now on."""
        self._logbook = logbook
        self.clear()

    def show_case(self, case_id: str) -> None:
        """Show the patient of this case; what is there stays in sight until it is read."""
        self._forget_job()
        self._wanted = case_id
        if self.isVisible():
            self._pause.start()

    def clear(self) -> None:
        """No case is chosen; nothing of a patient stays."""
        self._forget_job()
        self._wanted = ""
        self._empty.say("")
        self._stack.setCurrentWidget(self._empty)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wanted and not self._loading.is_running:
            # What is still there may be another patient.
            self._stack.setCurrentWidget(self._empty)
            self._load()

    def _load(self) -> None:
        logbook, case_id = self._logbook, self._wanted
        if logbook is None or not case_id:
            return

        def work() -> PatientDetail:
            from ui.cases.patient_detail import read_patient

            # What draws it is there then when it is shown.
            load("ui.cases.patient_view")
            return read_patient(logbook, case_id)

        self._loading.run(logbook, work, self._show, self._fail)

    def _show(self, detail: PatientDetail) -> None:
        self._wanted = ""
        view = self._made()
        view.show_patient(detail)
        self._stack.setCurrentWidget(view)

    def _made(self) -> PatientView:
        """Made when it is first needed, so that a window opens without it."""
        if self._view is None:
            from ui.cases.patient_view import PatientView

            self._view = PatientView(self._theme, self)
            self._view.case_wanted.connect(self.case_wanted)
            self._stack.addWidget(self._view)
        return self._view

    def _fail(self, error: LogbookError) -> None:
        self._empty.say(self.tr("The patient cannot be shown"), str(error))
        self._stack.setCurrentWidget(self._empty)

    def _forget_job(self) -> None:
        self._pause.stop()
        self._loading.cancel()
