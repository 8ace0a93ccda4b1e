# SPDX-License-Identifier: MIT
"""Everything that happened to a patient: on one time axis, on the spine, and as a list."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.cases.detail_parts import heading, label
from ui.cases.patient_detail import PatientDetail
from ui.cases.patient_list import ProcedureList
from ui.cases.patient_spine import PatientSpine
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.course_chart import CourseChart
from ui.widgets.steady_scroll import SteadyScrollArea

_WIDE = 560  # from here on the spine stands beside the drawing
_LIST = 134  # what the list needs to have the spine beside it


class _Where(Enum):
    """Where the spine stands."""

    BESIDE_ALL = "beside the drawing"
    BESIDE_LIST = "beside the list"
    ABOVE_LIST = "above the list"


class PatientView(SteadyScrollArea):
    """The drawing, what is not in it, the spine, and the procedures as a list.

    Signals:
        case_wanted: (id) a procedure was clicked, or Enter was pressed on it.
    """

    case_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "read")
        self.setAccessibleName(self.tr("Patient"))
        self._theme = theme
        self._detail: PatientDetail | None = None
        page = QWidget(self)
        set_kind(page, "page")
        self.heading, self.subtitle = label("title"), label("small")
        self.summary, self.caption = label("small"), label("small")
        self.chart = CourseChart(theme, page)
        self.chart.session_clicked.connect(self.case_wanted)
        self.spine = PatientSpine(theme, page)
        self.list = ProcedureList(theme, page)
        self.list.opened.connect(self.case_wanted)
        self.list.selectionModel().currentChanged.connect(self._keep_in_sight)
        self._apart_title = heading(self.tr("Without a date, not drawn"))
        self._apart = label("")
        self._list_title = heading(self.tr("Procedures"))
        self._grid = QGridLayout()
        self._layout = QVBoxLayout(page)
        for widget in (self.heading, self.subtitle, self.summary):
            self._layout.addWidget(widget)
        self._layout.addLayout(self._grid)
        self._layout.addStretch(1)
        self.setWidget(page)
        keep(theme, self._layout.setContentsMargins, 13, 12, 10, 16)
        keep(theme, self._layout.setSpacing, 6)
        keep(theme, self._grid.setHorizontalSpacing, 8)
        keep(theme, self._grid.setVerticalSpacing, 6)
        self._where: _Where | None = None
        self._arrange()
        theme.follow(self._arrange)

    @property
    def detail(self) -> PatientDetail | None:
        """What is shown."""
        return self._detail

    @property
    def apart(self) -> str:
        """What is told beside the drawing, because it has no date."""
        return self._apart.text()

    def show_patient(self, detail: PatientDetail) -> None:
        """Show this patient, from the top if it is another one than before."""
        another = self._detail is None or self._detail.patient_id != detail.patient_id
        self._detail = detail
        self.heading.setText(detail.heading)
        self.subtitle.setText(detail.subtitle)
        self.summary.setText(detail.summary)
        self.chart.show_course(detail.course)
        self.chart.setVisible(bool(detail.course.spans()))
        self._say_caption()
        self._apart.setText("\n".join(f"• {line}" for line in detail.apart))
        for widget in (self._apart_title, self._apart):
            widget.setVisible(bool(detail.apart))
        self.spine.show_course(detail.marks, detail.numbers)
        self.spine.setVisible(bool(detail.numbers))
        self.list.show_lines(detail.procedures)
        self._arrange()
        if another:
            self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._say_caption()

    def _keep_in_sight(self, current: QModelIndex) -> None:
        """Scroll along with the keyboard, because the list itself never scrolls."""
        page = self.widget()
        if page is not None and self.list.hasFocus():
            place = self.list.visualRect(current)
            top = self.list.mapTo(page, place.topLeft())
            self.ensureVisible(top.x(), top.y() + place.height(), 0, place.height())

    def _say_caption(self) -> None:
        said = self.chart.caption() if self._detail is not None else ""
        self.caption.setText(said)
        self.caption.setVisible(bool(said))

    def _arrange(self) -> None:
        """Put the spine where there is room for it."""
        where = self._room_for_spine()
        if where is self._where:
            return
        self._where = where
        told: list[QWidget] = [self.chart, self.caption, self._apart_title, self._apart]
        for widget in (*told, self.spine, self._list_title, self.list):
            self._grid.removeWidget(widget)
        top = Qt.AlignmentFlag.AlignTop
        beside_all, beside_list = where is _Where.BESIDE_ALL, where is _Where.BESIDE_LIST
        column, span = (1, 1) if beside_all else (0, 2)
        for row, widget in enumerate(told):
            self._grid.addWidget(widget, row, column, 1, span)
        self._grid.addWidget(self._list_title, 5, 0, 1, 2)
        if beside_all:
            self._grid.addWidget(self.spine, 0, 0, 5, 1, top)
        else:
            self._grid.addWidget(self.spine, 6, 0, top)
        column, span = (1, 1) if beside_list else (0, 2)
        self._grid.addWidget(self.list, 6 if beside_list else 7, column, 1, span, top)
        self._grid.setColumnStretch(1, 1)

    def _room_for_spine(self) -> _Where:
        width, px = self.viewport().width(), self._theme.px
        if width >= px(_WIDE):
            return _Where.BESIDE_ALL
        left = width - px(34) - self.spine.sizeHint().width()
        return _Where.BESIDE_LIST if left >= px(_LIST) else _Where.ABOVE_LIST
