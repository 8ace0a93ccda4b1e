# SPDX-License-Identifier: MIT
"""Pain and function: a line for each time point, before and after the procedure."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.case import Case
from models.caserow import in_order
from models.schema import Assessment, Record
from models.timepoints import TARGET_DAY
from models.vocabulary import PainScale, TimePoint
from ui.editor.case_rows import Subject, attach, detach, fresh, has_content, is_attached
from ui.editor.layout import ASSESSMENTS
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.field_boxes import box_for
from ui.widgets.field_cell import FieldCell
from ui.widgets.field_form import FieldForm
from ui.widgets.field_table import FieldTable

FIRST_LINES = (TimePoint.BASELINE, TimePoint.H24, TimePoint.W1, TimePoint.M1)
"""The time points that stand ready; a stored case without a date needs only the first."""

_LEAD_WIDTH = 100


class AssessmentsView(QWidget):
    """A table of assessments.

    The scale is chosen once above the table; each score that is typed keeps it with itself. Lines
    that hold nothing are no part of the case.

    Signals:
        removed: (name of the list, row) the user took an assessment away.
    """

    removed = Signal(str, object)

    def __init__(self, form: FieldForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._case: Case | None = None
        self._rows: list[Assessment] = []
        self._scale = box_for(Assessment.pain_scale)
        self._scale_before: object = None
        self._more = box_for(Assessment.time_point)
        self._more.set_name(self.tr("Add time point"))
        self._more.set_hint(self.tr("Add time point"))
        self._table = FieldTable(
            form,
            ASSESSMENTS.columns,
            ASSESSMENTS.details,
            theme,
            lead=Assessment.time_point.label,
            lead_width=_LEAD_WIDTH,
            parent=self,
        )
        self._arrange(theme)
        self._scale.changed.connect(self._set_scale)
        self._more.changed.connect(self._add_line)
        self._table.remove_wanted.connect(self._remove)
        form.edited.connect(self._on_edited)

    def show_subject(self, subject: Subject) -> None:
        """Show the assessments of a case."""
        self._case = subject.case
        present = {row.time_point for row in subject.case.assessments}
        is_dated = subject.case.procedure.performed_on is not None
        points = FIRST_LINES if is_dated or not subject.case.version else FIRST_LINES[:1]
        ready = [self._blank(point) for point in points if point not in present]
        self._rows = in_order([*subject.case.assessments, *ready])
        scales = {row.pain_scale for row in subject.case.assessments if row.pain_scale}
        self._scale.set_value(next(iter(scales)) if len(scales) == 1 else None)
        self._scale_before = self._scale.value()
        self._scale.set_hint(self.tr("several scales") if len(scales) > 1 else "")
        self._show_rows()

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field of an assessment."""
        view = next((v for v in self._table.views() if v.row and str(v.row.id) == row_id), None)
        return view.find_box(field) if view is not None else None

    def score_box(self, time_point: TimePoint) -> FieldBox | None:
        """The box of the pain score at a time point, if it has a line."""
        row = next((row for row in self._rows if row.time_point is time_point), None)
        return self.find_box(str(row.id), Assessment.pain_low.name) if row is not None else None

    def show_open(self, *, is_open: bool) -> None:
        """Say that the score before the procedure is still open, or is not."""
        if (box := self.score_box(TimePoint.BASELINE)) is not None:
            box.set_open(is_open)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [self._scale.input, *self._table.focus_boxes(), self._more.input]

    def show_time_points(self) -> None:
        """Say when each line is, and when it is due; both follow from the date of the procedure."""
        for row in self._rows:
            view = self._table.view_of(row)
            if view is None:
                continue
            label = row.time_point.label if row.time_point else ""
            view.set_lead(label, Assessment.time_point.help)
            view.set_hint(Assessment.assessed_on.name, self._due(row))

    def _arrange(self, theme: Theme) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        scale = FieldCell([self._scale], theme, self)
        scale.setFixedWidth(theme.px(180))
        self._more.setFixedWidth(theme.px(206))
        under = QHBoxLayout()
        under.addWidget(self._more)
        under.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(scale)
        layout.addWidget(self._table)
        layout.addLayout(under)

    def _blank(self, time_point: TimePoint) -> Assessment:
        assert self._case is not None
        return fresh(Assessment, procedure=self._case.id, time_point=time_point)

    def _show_rows(self) -> None:
        self._table.show_rows(self._rows)
        self.show_time_points()

    def _due(self, row: Assessment) -> str:
        performed = self._case.procedure.performed_on if self._case is not None else None
        days = TARGET_DAY.get(row.time_point) if row.time_point else None
        if performed is None or performed.exact is None or days is None:
            return ""
        due = performed.exact + timedelta(days)
        return self.tr("due {date}").format(date=due.isoformat())

    def _on_edited(self, row: Record, field: str) -> None:
        is_here = any(row is mine for mine in self._rows)
        if not is_here or not isinstance(row, Assessment) or self._case is None:
            return
        if field == Assessment.pain_low.name:
            self._give_scale(row)
        if has_content(row):
            attach(self._case, ASSESSMENTS.rows, row)
        elif is_attached(self._case, ASSESSMENTS.rows, row):
            detach(self._case, ASSESSMENTS.rows, row)

    def _give_scale(self, row: Assessment) -> None:
        """A score takes the scale over the table; without a number there is none to take."""
        scale = self._scale.value()
        if row.pain_low is not None and row.pain_scale is None and isinstance(scale, PainScale):
            row.pain_scale = scale
            self._form.refresh(row)

    def _set_scale(self) -> None:
        """The scale over the table holds for every score without one or with the one before."""
        assert self._case is not None
        scale = self._scale.value()
        before, self._scale_before = self._scale_before, scale
        for row in self._case.assessments:
            if row.pain_low is not None and row.pain_scale in (None, before):
                row.pain_scale = scale
                self._form.refresh(row)
                self._form.edited.emit(row, Assessment.pain_scale.name)

    def _add_line(self) -> None:
        point = self._more.value()
        self._more.set_value(None)
        if not isinstance(point, TimePoint):
            return
        row = next(
            (r for r in self._rows if r.time_point is point and point is not TimePoint.UNDATED),
            None,
        )
        if row is None:
            row = self._blank(point)
            self._rows = in_order([*self._rows, row])
            self._show_rows()
        box = self.find_box(str(row.id), Assessment.pain_low.name)
        if box is not None:
            box.input.setFocus()

    def _remove(self, row: Assessment) -> None:
        """An assessment that was entered is taken out; its line stays if it is one of the first."""
        assert self._case is not None
        was_there = is_attached(self._case, ASSESSMENTS.rows, row)
        detach(self._case, ASSESSMENTS.rows, row)
        self._form.forget(row)
        self._rows = [mine for mine in self._rows if mine is not row]
        if row.time_point in FIRST_LINES and was_there:
            self._rows = in_order([*self._rows, self._blank(row.time_point)])
        self._show_rows()
        if was_there:
            self.removed.emit(ASSESSMENTS.rows, row)
            self._form.edited.emit(row, "")
