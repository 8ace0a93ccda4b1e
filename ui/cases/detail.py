# SPDX-License-Identifier: MIT
"""The pane beside the list: everything about the case that is chosen, to read and to copy."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.case import load_case
from models.errors import LogbookError
from models.history import history_of
from models.logbook import Logbook
from models.patient_course import patient_course
from models.speech import numeral
from ui.cases.detail_history import Recent, recent_of
from ui.cases.detail_lock import lock_parts
from ui.cases.detail_parts import empty_out, heading, label
from ui.cases.detail_rows import Detail, describe, open_fields_title
from ui.cases.level_box import STATES, LevelBox
from ui.cases.patient_tab import PatientTab
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.measures import gap, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.image_entry import ImageEntry
from ui.widgets.pain_curve import PainCurve
from ui.widgets.steady_scroll import SteadyScrollArea
from ui.widgets.thumbnails import ThumbnailStrip

WIDTH = 324
"""How wide the pane likes to be, at scale 1."""
WIDEST = 460
"""What it takes of a page that is wide enough for more."""
_SMALLEST = 224
_PAUSE_MS = 60
_CASE, _PATIENT = b"case", b"patient"


class DetailPane(QFrame):
    """Shows one case, or says how many are chosen.

    Signals:
        edit_wanted: the Edit button.
        export_wanted: the Export button that stands there for several cases.
        history_wanted: (id of the case) all of its history.
        images_wanted: (id of the case, files) images are to be added to it; without files they
            are still to be chosen.
        case_wanted: (id) another case of the same patient.

    Attributes:
        tabs: the case, and the whole course of its patient.
        case: the first of them.
        patient: the second of them.
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
        self.setAccessibleName(self.tr("Chosen case"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._load)
        self._empty = EmptyState(theme, self)
        self._empty.pressed.connect(self.export_wanted)
        self.case = CaseView(theme, self)
        self.case.image_opened.connect(self._open_image)
        self.case.images_wanted.connect(lambda files: self.images_wanted.emit(self._case_id, files))
        self.case.edit.clicked.connect(lambda _checked=False: self.edit_wanted.emit())
        self.case.history_wanted.connect(lambda: self.history_wanted.emit(self._case_id))
        self.patient = PatientTab(jobs, theme, self)
        self.patient.case_wanted.connect(self.case_wanted)
        self.tabs = QTabWidget(self)
        set_kind(self.tabs, "pane")
        self.tabs.addTab(self.case, self.tr("Case"))
        self.tabs.addTab(self.patient, self.tr("Patient"))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.tabs)
        self.clear()

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show cases of this logbook from now on."""
        self._logbook = logbook
        self.patient.set_logbook(logbook)
        self.clear()

    @property
    def shown_case(self) -> str:
        """Id of the case in the pane; "" for none."""
        return self._case_id

    def show_case(self, case_id: str) -> None:
        """Read the case and show it; what is there stays in sight until then."""
        self._forget_job()
        self._case_id = case_id
        self.patient.show_case(case_id)
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
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def save_state(self) -> QByteArray:
        """Which tab is in sight, for ``restore_state``."""
        return QByteArray(_PATIENT if self.tabs.currentWidget() is self.patient else _CASE)

    def restore_state(self, state: QByteArray) -> None:
        """Show the tab that was saved."""
        if state == _PATIENT:
            self.tabs.setCurrentWidget(self.patient)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_SMALLEST), 0)

    def _rest(self) -> None:
        self._forget_job()
        self._case_id = ""
        self.patient.clear()
        self._stack.setCurrentWidget(self._empty)

    def _load(self) -> None:
        logbook, case_id = self._logbook, self._case_id
        if logbook is None or not case_id:
            return
        self._loading.run(logbook, lambda: _read(logbook, case_id), self._show, self._fail)

    def _show(self, detail: Detail) -> None:
        self.case.show_detail(detail)
        self._stack.setCurrentWidget(self.tabs)

    def _open_image(self, place: int) -> None:
        from ui.widgets.image_viewer import ImageViewer

        if self._logbook is not None:
            entries = self.case.images
            viewer = ImageViewer(self._jobs, self._theme, self._logbook, entries, place, self)
            viewer.open()

    def _fail(self, error: LogbookError) -> None:
        self._empty.say(self.tr("The case cannot be shown"), str(error))
        self._stack.setCurrentWidget(self._empty)

    def _forget_job(self) -> None:
        self._pause.stop()
        self._loading.cancel()


class CaseView(SteadyScrollArea):
    """The content of the pane for one case.

    Signals:
        image_opened: (place) an image is to be looked at.
        history_wanted: the button below the last changes.
        images_wanted: (files) images are to be added.
    """

    image_opened = Signal(int)
    history_wanted = Signal()
    images_wanted = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Case"))
        self._theme = theme
        self._detail: Detail | None = None
        page = QWidget(self)
        set_kind(page, "page")
        self.heading = label("title")
        self.subtitle = label("small")
        self.edit = QPushButton(self.tr("Edit"), page)
        guard(self.edit, "edit_case")
        self._procedure = label("")
        self._small_print = label("small")
        self.levels = LevelBox(theme, page)
        self._below = QVBoxLayout()
        self._layout = QVBoxLayout(page)
        self._layout.addLayout(self._head())
        gap(theme, self._layout, 4)
        self._layout.addWidget(heading(self.tr("Procedure")))
        self._layout.addWidget(self._procedure)
        self._layout.addWidget(self._small_print)
        self._layout.addWidget(self.levels)
        self._layout.addLayout(self._below)
        self._layout.addStretch(1)
        self.setWidget(page)
        keep(theme, self._layout.setContentsMargins, 16, 12, 10, 16)
        keep(theme, self._layout.setSpacing, 6)
        keep(theme, self._below.setSpacing, 6)
        theme.changed.connect(self._show_again)

    def show_detail(self, detail: Detail) -> None:
        """Show this case, from its top if it is another one than before."""
        another = self._detail is None or self._detail.case_id != detail.case_id
        self._detail = detail
        self.setUpdatesEnabled(False)
        self._share_width()
        self.heading.setText(detail.heading)
        self.subtitle.setText(detail.subtitle)
        self._procedure.setText(detail.procedure)
        self._small_print.setText(detail.small_print)
        self._small_print.setVisible(bool(detail.small_print))
        self.levels.show_levels(detail.levels, detail.marks, detail.variants)
        empty_out(self._below)
        self._fill_below(detail)
        self.setUpdatesEnabled(True)
        if another:
            self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_width()
        super().resizeEvent(event)

    def _share_width(self) -> None:
        margins = self._layout.contentsMargins()
        self.levels.share_width(self.viewport().width() - margins.left() - margins.right())

    @property
    def images(self) -> tuple[ImageEntry, ...]:
        """The images of the case."""
        return self._detail.images if self._detail is not None else ()

    def _head(self) -> QHBoxLayout:
        names = QVBoxLayout()
        keep(self._theme, names.setSpacing, 2)
        names.addWidget(self.heading)
        names.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _fill_below(self, detail: Detail) -> None:
        for curve in detail.curves:
            self._begin_part(curve.title)
            drawn = PainCurve(self._theme)
            drawn.set_course(curve.points, curve.maximum)
            drawn.setMinimumHeight(drawn.sizeHint().height())
            self._below.addWidget(drawn)
        self._begin_part(self.tr("Images"))
        strip = ThumbnailStrip(self._theme)
        strip.show_images(detail.images, detail.thumbnails or {})
        strip.opened.connect(self.image_opened)
        strip.add_wanted.connect(self.images_wanted)
        self._below.addWidget(strip)
        for part in detail.texts:
            self._begin_part(part.title, STATES.get(part.state, ""))
            for paragraph in part.paragraphs:
                self._below.addWidget(label("", paragraph))
        if detail.open_fields:
            self._below.addSpacing(self._theme.space(2))
            self._below.addWidget(self._notice(detail))
        if detail.recent:
            self._add_history(detail.recent)

    def _add_history(self, recent: tuple[Recent, ...]) -> None:
        self._begin_part(self.tr("History"))
        for change in recent:
            self._below.addWidget(label("small", change.when))
            self._below.addWidget(label("", change.what))
        button = QPushButton(self.tr("All history…"))
        set_kind(button, "link")
        button.clicked.connect(lambda _checked=False: self.history_wanted.emit())
        self._below.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _begin_part(self, title: str, state: str = "") -> None:
        self._below.addSpacing(self._theme.space(2))
        self._below.addWidget(heading(title, state))

    def _notice(self, detail: Detail) -> QFrame:
        notice = QFrame()
        set_kind(notice, "notice")
        layout = QVBoxLayout(notice)
        keep(self._theme, layout.setContentsMargins, 12, 8, 12, 8)
        keep(self._theme, layout.setSpacing, 2)
        layout.addWidget(heading(open_fields_title(len(detail.open_fields))))
        layout.addWidget(label("small", ", ".join(detail.open_fields)))
        return notice

    def _show_again(self) -> None:
        """What was made for this case was made for the former look."""
        if self._detail is not None:
            self.show_detail(self._detail)


def _read(logbook: Logbook, case_id: str) -> Detail:
    from models.images.store import thumbnails

    case = load_case(logbook, case_id)
    course = patient_course(logbook, str(case.patient.id), without=case_id)
    versions = history_of(logbook, case_id)
    said = describe(case, course)
    locked = lock_parts(versions, is_locked=case.procedure.signed_at is not None)
    detail = replace(said, recent=recent_of(versions), texts=(*locked, *said.texts))
    if not detail.images:
        return detail
    small = thumbnails(logbook, (entry.content for entry in detail.images))
    return replace(detail, thumbnails=small)
