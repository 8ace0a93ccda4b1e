# SPDX-License-Identifier: MIT
"""Pain and function: a line for each time point, before and after the procedure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.case import Case
from models.casescores import in_order
from models.partial_date import PartialDate
from models.schema import Assessment, Record
from models.settings import plan_of
from models.speech import shown_day
from models.timepoints import STANDARD
from models.vocabulary import TimePoint
from ui.editor.aside import SCALE, TOP, Aside
from ui.editor.assessment_words import due_on, lead_of, scale_mark, scale_name, tip_of
from ui.editor.case_rows import (
    Subject,
    attach,
    copy_row,
    detach,
    fresh,
    has_content,
    is_attached,
)
from ui.editor.layout import ASSESSMENTS
from ui.editor.scale_bar import Scale, ScaleBar, scale_of
from ui.key_words import native
from ui.keys import NO_SCORE
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.field_box import FieldBox
from ui.widgets.field_boxes import box_for
from ui.widgets.field_form import FieldForm, focused_box
from ui.widgets.field_table import FieldTable
from ui.widgets.field_table_row import FieldTableRow
from ui.widgets.line_box import LineBox
from ui.widgets.proposal import Proposal
from ui.widgets.term_box import TermBox

FIRST_LINES = (TimePoint.BASELINE, TimePoint.H24, TimePoint.W1, TimePoint.M1)
"""The time points that stand ready; a stored case without a date needs only the first."""

"""From anywhere in a line to why it has no score."""

_LEAD_WIDTH = 88
_ANY_DAY = date(2026, 12, 30)


class AssessmentsView(QWidget):
    """A table of assessments.

    The scale is chosen once above the table; each score that is typed keeps it with itself, and one
    of another scale says so. Lines stand in the order of their time points, which follow from
    their dates. Lines that hold nothing are no part of the case.

    Signals:
        removed: (name of the list, row) the user took an assessment away.
        aside_changed: the scale of the scores to come is another one.
    """

    removed = Signal(str, object)
    aside_changed = Signal()

    def __init__(self, form: FieldForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._case: Case | None = None
        self._rows: list[Assessment] = []
        self._ready: list[TimePoint] = []
        self._proposed: Assessment | None = None
        self._plan = STANDARD
        self._scale = ScaleBar(theme, self)
        form.take_from(self._scale.kind, self._scale.top)
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
            hints={Assessment.assessed_on.name: self._due(_ANY_DAY)},
            parent=self,
        )
        self._about = QLabel(self)
        self._arrange(theme)
        self._scale.changed.connect(self._set_scale)
        self._scale.aside_changed.connect(self.aside_changed)
        self._more.changed.connect(self._add_line)
        self._table.remove_wanted.connect(self._remove)
        form.edited.connect(self._on_edited)
        why = QShortcut(QKeySequence(NO_SCORE.sequence), self)
        why.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        why.activated.connect(self._ask_why)

    def make_ready(self, subject: Subject) -> Iterator[None]:
        """Make the lines that are going to be seen."""
        entered = [row.time_point for row in subject.case.assessments]
        ready = [point for point in _first_lines(subject.case) if point not in entered]
        yield from self._table.make_ready(len(entered) + len(ready))

    def show_subject(self, subject: Subject) -> None:
        """Show the assessments of a case."""
        self._case, self._proposed = subject.case, None
        self._plan = plan_of(subject.settings)
        waiting = self._waiting()
        present = {row.time_point for row in (*subject.case.assessments, *waiting)}
        self._ready = _first_lines(subject.case)
        ready = [self._blank(point) for point in self._ready if point not in present]
        self._rows = in_order([*subject.case.assessments, *waiting, *ready])
        self._scale.show_scales_of(subject.case.assessments)
        self._show_rows()

    def follow(self, subject: Subject) -> None:
        """Show the rows as they are now. Lines that are empty stay."""
        self._case, self._plan = subject.case, plan_of(subject.settings)
        present = {row.time_point for row in subject.case.assessments} - {TimePoint.UNDATED}
        waiting = self._waiting()
        empty = [
            row
            for row in self._rows
            if not has_content(row)
            and row.time_point not in present
            and not any(row is other for other in waiting)
        ]
        self._rows = in_order([*subject.case.assessments, *waiting, *empty])
        if subject.case.assessments:
            self._scale.show_scales_of(subject.case.assessments)
        self._show_rows()

    def begin_follow_up(self, today: date) -> FieldBox:
        """Make ready for the score that is asked ``today``; the box to type into first.

        The day stands in the line to be seen, and is a part of the case only with the score.
        Without a scale that is asked for first.
        """
        assert self._case is not None
        performed = self._case.procedure.performed_on
        day = performed.exact if performed is not None else None
        point = TimePoint.UNDATED
        if day is not None:
            point = self._plan.time_point_on(day, today, None)
        row = next((r for r in self._rows if r.time_point is point and not _has_score(r)), None)
        if row is None:
            row = self._blank(point)
            self._rows = in_order([*self._rows, row])
        if not is_attached(self._case, ASSESSMENTS.rows, row):
            row.assessed_on = PartialDate(today.isoformat())
            self._proposed = row
        self._show_rows()
        self._form.refresh(row)
        score = self._score_box(row)
        return self._scale.kind if score is None or self._scale.scale.kind is None else score

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field of an assessment; of no row at all, that of the scale above them."""
        if not row_id:
            return {SCALE: self._scale.kind, TOP: self._scale.top}.get(field)
        view = next((v for v in self._table.views() if v.row and str(v.row.id) == row_id), None)
        return view.find_box(field) if view is not None else None

    def score_box(self, time_point: TimePoint) -> FieldBox | None:
        """The box of the pain score at a time point, if it has a line."""
        row = next((row for row in self._rows if row.time_point is time_point), None)
        return self._score_box(row) if row is not None else None

    def show_open(self, *, is_open: bool) -> None:
        """Say that the score before the procedure is still open, or is not."""
        self._scale.kind.set_open(is_open and self._scale.scale.kind is None)
        if (box := self.score_box(TimePoint.BASELINE)) is not None:
            box.set_open(is_open)

    def propose_scale(self, proposal: Proposal | None) -> None:
        """Let a scale stand pale over the table; it is chosen when the user takes it."""
        self._scale.kind.propose(proposal)

    def aside(self, *, taken: bool) -> dict[str, str]:
        """The scale of the scores to come, where it is not that of the scores."""
        rows = self._case.assessments if self._case is not None else ()
        return self._scale.aside(rows, taken=taken)

    def show_aside(self, texts: Aside, *, taken: bool) -> None:
        """Show the scale that was chosen, or was being typed."""
        rows = self._case.assessments if self._case is not None else ()
        self._scale.show_aside(texts, rows, taken=taken)
        self._tell()

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        scale, table = self._scale.focus_boxes(), self._table.focus_boxes()
        return [*scale, *table, self._more.input]

    def show_time_points(self) -> None:
        """Say when each line is and when it is due, and put it where it belongs."""
        if self._settle():
            self._table.show_rows(self._rows)
        self._tell()

    def _arrange(self, theme: Theme) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._about.setWordWrap(True)
        set_kind(self._about, "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(self._scale)
        layout.addWidget(self._table)
        layout.addWidget(self._more)
        layout.addWidget(self._about)
        keep(theme, self._more.setMaximumWidth, 206)

    def _waiting(self) -> list[Assessment]:
        """Rows that hold nothing but typing that could not be taken."""
        assert self._case is not None
        return [
            row
            for row in self._form.waiting()
            if isinstance(row, Assessment) and not is_attached(self._case, ASSESSMENTS.rows, row)
        ]

    def _blank(self, time_point: TimePoint) -> Assessment:
        assert self._case is not None
        return fresh(Assessment, procedure=self._case.id, time_point=time_point)

    def _score_box(self, row: Assessment) -> FieldBox | None:
        return self.find_box(str(row.id), Assessment.pain_low.name)

    def _show_rows(self) -> None:
        self._table.show_rows(self._rows)
        self._tell()

    def _settle(self) -> bool:
        """Order the lines by time point; whether that changed anything.

        A line that stood ready gives way to one whose date falls into its time point, and comes
        back where such a one has left.
        """
        if self._case is None:
            return False
        here, case = focused_box(), self._case
        refused = {told.row.id for told in self._form.refused()}
        entered = {row.time_point for row in case.assessments}
        kept = [
            row
            for row in self._rows
            if is_attached(case, ASSESSMENTS.rows, row)
            or row.time_point not in entered.intersection(self._ready)
            or (here is not None and self._form.row_of(here) is row)
            or row.id in refused
            or row is self._proposed
        ]
        present = {row.time_point for row in kept}
        ready = [self._blank(point) for point in self._ready if point not in present]
        rows = in_order([*kept, *ready])
        is_other = [id(row) for row in rows] != [id(row) for row in self._rows]
        self._rows = rows
        return is_other

    def _tell(self) -> None:
        performed = self._case.procedure.performed_on if self._case is not None else None
        is_dated = performed is not None and performed.exact is not None
        self._about.setText(self._keys() if is_dated else self._undated())
        for row in self._rows:
            if (view := self._table.view_of(row)) is not None:
                self._tell_of(row, view, performed)

    def _keys(self) -> str:
        said = self.tr("0-1 is a range. {more} shows more of a line, {why} why it has no score.")
        return said.format(more=native("Alt+Enter"), why=native(NO_SCORE.sequence))

    def _due(self, day: date) -> str:
        return self.tr("due {date}").format(date=shown_day(day))

    def _undated(self) -> str:
        return self.tr("Without the day of the procedure no date tells the time point of a line.")

    def _tell_of(self, row: Assessment, view: FieldTableRow, performed: PartialDate | None) -> None:
        mark = scale_mark(row, *self._scale.scale)
        scale = (scale_name(row) or self.tr("no scale")) if mark else ""
        view.set_lead(lead_of(row, self.tr), tip_of(row, performed, self._plan, self.tr), scale)
        due = due_on(row, performed, self._plan)
        hint = self._due(due) if due is not None else ""
        view.set_hint(Assessment.assessed_on.name, hint)
        why = row.missing_reason.label if row.missing_reason and not _has_score(row) else ""
        view.set_hint(Assessment.pain_low.name, why)
        is_undated = row.assessed_on is None and Assessment.assessed_on.name not in row.missing
        view.boxes[Assessment.assessed_on.name].set_awaited(_has_score(row) and is_undated)
        score = view.boxes[Assessment.pain_low.name]
        if isinstance(score, LineBox):
            score.input.set_suffix(mark)
        if scale:
            score.set_name(f"{score.input.accessibleName()}, {scale}")

    def _on_edited(self, row: Record, field: str) -> None:
        is_here = any(row is mine for mine in self._rows)
        if not is_here or not isinstance(row, Assessment) or self._case is None:
            return
        if field == Assessment.pain_low.name:
            self._give_scale(row)
        if self._holds_anything(row):
            attach(self._case, ASSESSMENTS.rows, row)
        elif is_attached(self._case, ASSESSMENTS.rows, row):
            detach(self._case, ASSESSMENTS.rows, row)

    def _holds_anything(self, row: Assessment) -> bool:
        """Whether anything was entered; the day that was only proposed is nothing entered."""
        is_proposed = row is self._proposed and row.assessed_on is not None
        return has_content(copy_row(row, assessed_on=None) if is_proposed else row)

    def _give_scale(self, row: Assessment) -> None:
        """A score takes the scale over the table; without a number there is none to keep."""
        scale, kept = self._scale.scale, scale_of(row)
        if row.pain_low is not None and row.pain_scale is None:
            row.pain_scale, row.pain_scale_max = scale
        elif row.pain_low is None and kept == scale:
            row.pain_scale = row.pain_scale_max = None
        if scale_of(row) != kept:
            self._form.refresh(row)

    def _set_scale(self, before: Scale, now: Scale) -> None:
        """The scale over the table holds for every score without one or with the one before."""
        assert self._case is not None
        for row in self._case.assessments:
            if row.pain_low is not None and scale_of(row) in (Scale(), before):
                row.pain_scale, row.pain_scale_max = now
                self._form.refresh(row)
                self._form.edited.emit(row, Assessment.pain_scale.name)
        self._tell()
        waiting = self._proposed if self._proposed and not _has_score(self._proposed) else None
        score = self._score_box(waiting) if waiting is not None else None
        asks_for_top = self.focus_boxes()[1] is self._scale.top.input and now.top is None
        if score is not None and now.kind is not None and not asks_for_top:
            # Later, because the key that took the scale is about to move the focus too.
            QTimer.singleShot(0, score.input, score.input.setFocus)

    def _ask_why(self) -> None:
        """Go to why there is no score at the line with the focus, and drop the reasons down."""
        here = focused_box()
        row = self._form.row_of(here) if here is not None else None
        if isinstance(row, Assessment):
            box = self.find_box(str(row.id), Assessment.missing_reason.name)
            if isinstance(box, TermBox):
                box.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
                box.show_all()

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
        if (box := self._score_box(row)) is not None:
            box.input.setFocus()

    def _remove(self, row: Assessment) -> None:
        """An assessment that was entered is taken out; its line stays if it is one of the first."""
        assert self._case is not None
        was_there = is_attached(self._case, ASSESSMENTS.rows, row)
        detach(self._case, ASSESSMENTS.rows, row)
        self._form.forget(row)
        self._rows = [mine for mine in self._rows if mine is not row]
        if not was_there and row.time_point in self._ready:
            self._ready.remove(row.time_point)
        self._settle()
        self._show_rows()
        if was_there:
            self.removed.emit(ASSESSMENTS.rows, row)
        self._form.edited.emit(row, "")


def _first_lines(case: Case) -> list[TimePoint]:
    """The time points that are offered where nothing was entered yet."""
    is_dated = case.procedure.performed_on is not None
    return list(FIRST_LINES if is_dated or not case.version else FIRST_LINES[:1])


def _has_score(row: Assessment) -> bool:
    return row.pain_low is not None or bool(row.pain_words)
