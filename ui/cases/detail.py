# SPDX-License-Identifier: MIT
"""The pane beside the list: everything about the case that is chosen, to read and to copy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QTabWidget, QWidget

from models.errors import LogbookError
from models.logbook import Logbook
from models.speech import numeral
from ui.ahead import Room
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.theme import Theme, set_kind
from ui.topics import CASES, below, set_topic
from ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from ui.cases.case_view import CaseView
    from ui.cases.detail_rows import Detail
    from ui.cases.patient_tab import PatientTab
    from ui.widgets.image_entry import ImageEntry

WIDTH = 324
"""How wide the pane likes to be, at scale 1."""
WIDEST = 460
"""What it takes of a page that is wide enough for more."""
_SMALLEST = 224
_PAUSE_MS = 60
_CASE, _PATIENT = b"case", b"patient"


class _Views(NamedTuple):
    """What shows a case."""

    tabs: QTabWidget
    case: CaseView
    patient: PatientTab


class DetailPane(QFrame):
    """Shows one case, or says how many are chosen.

    What shows a case is made when the first is shown, so that a window opens without it.

    Signals:
        edit_wanted: the Edit button.
        export_wanted: the Export button that stands there for several cases.
        history_wanted: (id of the case) all of its history.
        images_wanted: (id of the case, files) images are to be added to it; without files they
            are still to be chosen.
        case_wanted: (id) another case of the same patient.
    """

    edit_wanted = Signal()
    export_wanted = Signal()
    history_wanted = Signal(str)
    images_wanted = Signal(str, list)
    case_wanted = Signal(str)

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._logbook: Logbook | None = None
        self._case_id = ""
        self._jobs = jobs
        self._loading = LatestJob(jobs, self)
        self._viewer = Room(jobs, self, "ui.widgets.image_viewer")
        self.setAccessibleName(self.tr("Chosen case"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._load)
        self._empty = EmptyState(theme, self)
        self._empty.pressed.connect(self.export_wanted)
        self._views: _Views | None = None
        self._tab = QByteArray()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self.clear()

    @property
    def tabs(self) -> QTabWidget:
        """The case, and the whole course of its patient."""
        return self._made().tabs

    @property
    def case(self) -> CaseView:
        """The first of the tabs."""
        return self._made().case

    @property
    def patient(self) -> PatientTab:
        """The second of the tabs."""
        return self._made().patient

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show cases of this logbook from now on."""
        self._logbook = logbook
        if self._views is not None:
            self._views.patient.set_logbook(logbook)
        self.clear()

    @property
    def shown_case(self) -> str:
        """Id of the case in the pane; "" for none."""
        return self._case_id

    def show_case(self, case_id: str) -> None:
        """Read the case and show it; what is there stays in sight until then."""
        self._forget_job()
        self._case_id = case_id
        if self._views is not None:
            self._views.patient.show_case(case_id)
        self._pause.start()

    def show_several(self, count: int) -> None:
        """Say that several cases are chosen."""
        self._rest()
        self._empty.say(
            self.tr("{count} cases selected").format(count=numeral(count, ",")),
            button=self.tr("Export…"),
            kind="",
        )

    def clear(self) -> None:
        """No case is chosen."""
        self._rest()
        self._empty.say("", self.tr("Choose a case to see it here."))

    def turn(self) -> None:
        """Show the other tab: the case, or the whole course of its patient."""
        tabs = self.tabs
        tabs.setCurrentIndex((tabs.currentIndex() + 1) % tabs.count())

    def save_state(self) -> QByteArray:
        """Which tab is in sight, for ``restore_state``."""
        if self._views is None:
            return QByteArray(_CASE) if self._tab.isEmpty() else self._tab
        tabs, _case, patient = self._views
        return QByteArray(_PATIENT if tabs.currentWidget() is patient else _CASE)

    def restore_state(self, state: QByteArray) -> None:
        """Show the tab that was saved."""
        self._tab = state
        if self._views is not None and state == _PATIENT:
            self._views.tabs.setCurrentWidget(self._views.patient)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_SMALLEST), 0)

    def _rest(self) -> None:
        self._forget_job()
        self._case_id = ""
        if self._views is not None:
            self._views.patient.clear()
        self._stack.setCurrentWidget(self._empty)

    def _load(self) -> None:
        logbook, case_id = self._logbook, self._case_id
        if logbook is None or not case_id:
            return

        def work() -> Detail:
            from ui.cases.detail_reading import read_detail

            return read_detail(logbook, case_id)

        self._loading.run(logbook, work, self._show, self._fail)

    def _show(self, detail: Detail) -> None:
        # In sight it has its width, and nothing is laid out for another one first.
        self._stack.setCurrentWidget(self.tabs)
        self.case.show_detail(detail)

    def _made(self) -> _Views:
        if self._views is None:
            from ui.cases.case_view import CaseView
            from ui.cases.patient_tab import PatientTab

            tabs = QTabWidget(self)
            set_kind(tabs, "pane")
            views = self._views = _Views(
                tabs, CaseView(self._theme, self), PatientTab(self._jobs, self._theme, self)
            )
            set_topic(views.patient, below(CASES, "Patients"))
            tabs.addTab(views.case, self.tr("Case"))
            tabs.addTab(views.patient, self.tr("Patient"))
            self._connect(views)
            views.patient.set_logbook(self._logbook)
            if self._case_id:
                views.patient.show_case(self._case_id)
            self._stack.addWidget(tabs)
            self.restore_state(self._tab)
        return self._views

    def _connect(self, views: _Views) -> None:
        case = views.case
        case.image_opened.connect(self._open_image)
        case.images_wanted.connect(lambda files: self.images_wanted.emit(self._case_id, files))
        case.edit.clicked.connect(lambda _checked=False: self.edit_wanted.emit())
        case.history_wanted.connect(lambda: self.history_wanted.emit(self._case_id))
        views.patient.case_wanted.connect(self.case_wanted)

    def _open_image(self, place: int) -> None:
        self._viewer.enter(partial(self._show_images, self.case.images, place))

    def _show_images(self, entries: tuple[ImageEntry, ...], place: int) -> None:
        from ui.widgets.image_viewer import ImageViewer

        if self._logbook is not None:
            viewer = ImageViewer(self._jobs, self._theme, self._logbook, entries, place, self)
            viewer.open()

    def _fail(self, error: LogbookError) -> None:
        self._empty.say(self.tr("The case cannot be shown"), str(error))
        self._stack.setCurrentWidget(self._empty)

    def _forget_job(self) -> None:
        self._pause.stop()
        self._loading.cancel()
