# SPDX-License-Identifier: MIT
"""The visit plan as a table of boxes, with what is wrong below the line that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSpinBox, QWidget

from models.speech import numeral
from models.timepoints import FOLLOW_UPS, LAST_DAY, PlanProblem, VisitPlan
from models.vocabulary import TimePoint
from ui.followup.words import tr
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.steady_number import SteadyCount

_BOX_WIDTH = 84


@dataclass(frozen=True, slots=True)
class _Line:
    """The boxes of one time point."""

    asked: QCheckBox
    target: QSpinBox
    tolerance: QSpinBox
    last: QSpinBox
    counts: QLabel
    problem: QLabel


class PlanTable(QWidget):
    """One line a time point.

    Signals:
        changed: something was typed or ticked.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: dict[TimePoint, _Line] = {}
        self._grid = QGridLayout(self)
        keep(theme, self._grid.setContentsMargins, 0, 0, 8, 0)
        keep(theme, self._grid.setHorizontalSpacing, 16)
        keep(theme, self._grid.setVerticalSpacing, 4)
        for column, text in enumerate(
            (tr("Asked for"), tr("Target day"), tr("± days"), tr("Last day"), tr("Counts"))
        ):
            label = QLabel(text, self)
            set_kind(label, "field")
            self._grid.addWidget(label, 0, column)
        for place, point in enumerate(FOLLOW_UPS):
            self._add(point, 1 + 2 * place)
        self._grid.setColumnStretch(5, 1)
        self._grid.setRowStretch(1 + 2 * len(FOLLOW_UPS), 1)

    @property
    def plan(self) -> VisitPlan:
        """The plan as it stands in the boxes; it may be one that cannot be used."""
        return VisitPlan.of(
            *(
                (
                    point,
                    line.target.value(),
                    line.tolerance.value(),
                    line.last.value(),
                    line.asked.isChecked(),
                )
                for point, line in self._lines.items()
            )
        )

    def show_plan(self, plan: VisitPlan) -> None:
        """Put a plan into the boxes, without telling so."""
        for window in plan.windows:
            line = self._lines[window.time_point]
            for box, value in (
                (line.target, window.target_day),
                (line.tolerance, window.tolerance),
                (line.last, window.last_day),
            ):
                box.blockSignals(True)
                box.setValue(value)
                box.blockSignals(False)
            line.asked.blockSignals(True)
            line.asked.setChecked(window.asked)
            line.asked.blockSignals(False)
        self._show_counts()

    def show_problems(self, problems: Sequence[PlanProblem]) -> None:
        """Say below each line what is wrong with it."""
        said = {one.time_point: one.sentence for one in problems}
        for point, line in self._lines.items():
            sentence = said.get(point, "")
            line.problem.setText(sentence)
            line.problem.setVisible(bool(sentence))
            for box in (line.target, line.tolerance, line.last):
                set_state(box, "error" if sentence else "")
                box.setAccessibleDescription(sentence)

    def problem(self, point: TimePoint) -> str:
        """What is said of a time point."""
        return self._lines[point].problem.text()

    def boxes(self, point: TimePoint) -> tuple[QCheckBox, QSpinBox, QSpinBox, QSpinBox]:
        """The boxes of a time point: asked for, target, tolerance, last day."""
        line = self._lines[point]
        return line.asked, line.target, line.tolerance, line.last

    def _add(self, point: TimePoint, row: int) -> None:
        line = _Line(
            QCheckBox(point.label, self),
            self._number(tr("{visit}, target day"), point),
            self._number(tr("{visit}, days before and after"), point),
            self._number(tr("{visit}, last day"), point),
            QLabel(self),
            QLabel(self),
        )
        line.asked.setAccessibleName(tr("Ask for {visit}").format(visit=point.label))
        line.asked.toggled.connect(self._tell)
        set_kind(line.counts, "muted")
        set_kind(line.problem, "small")
        set_state(line.problem, "error")
        line.problem.setWordWrap(True)
        line.problem.hide()
        shown = (line.asked, line.target, line.tolerance, line.last, line.counts)
        for column, widget in enumerate(shown):
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(line.problem, row + 1, 1, 1, 5)
        self._lines[point] = line

    def _number(self, name: str, point: TimePoint) -> QSpinBox:
        box = SteadyCount(self)
        box.setRange(0, LAST_DAY * 2)
        box.setAccessibleName(name.format(visit=point.label))
        box.valueChanged.connect(self._tell)
        keep(self._theme, box.setFixedWidth, _BOX_WIDTH)
        return box

    def _tell(self, _value: object = None) -> None:
        self._show_counts()
        self.changed.emit()

    def _show_counts(self) -> None:
        """The days of each window, which follow from the one before."""
        for window in self.plan.windows:
            told = tr("day {first} to {last}").format(
                first=numeral(window.first_day, ","), last=numeral(window.last_day, ",")
            )
            self._lines[window.time_point].counts.setText(told)
