# SPDX-License-Identifier: MIT
"""The CUSUM chart with everything it rests on: failure, unit, operator, form, rates, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QWidget

from models.errors import LogbookError
from models.safety.cusum import Form, Plan
from models.safety.watch import Failure, Unit, Watch
from ui.charts.kinds import SafetyFigure
from ui.charts.view import FigureView
from ui.safety.cell_grid import CellGrid
from ui.theme import Theme, set_state
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.paragraph import paragraph
from ui.widgets.steady_number import SteadyNumber

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers

_HEIGHT = 260
_PAUSE_MS = 350


class CusumCard(Card):
    """The chart, and below it in sentences what it tests and what it says.

    Signals:
        asked: the user wants another chart, which ``watch`` tells.
    """

    asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(SafetyFigure.CUSUM.heading)
        self.failure, self.form = ChoiceBox(self), ChoiceBox(self)
        self.operator, self.unit = ChoiceBox(self), ChoiceBox(self)
        self.p0, self.p1, self.alpha, self.beta = (_percent_box(self) for _ in range(4))
        self._problem = QLabel(self)
        set_state(self._problem, "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.view = FigureView(theme, SafetyFigure.CUSUM.heading, _HEIGHT, self)
        self._said = paragraph(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._watch = Watch()
        self._operators: tuple[str, ...] = ()
        self._fill()
        self._arrange(theme)
        self._show_watch()
        self._connect()

    @property
    def watch(self) -> Watch:
        """What the user wants to see; the last that can be, while something is refused."""
        return self._watch

    @property
    def problem(self) -> str:
        """Why what is chosen cannot be; "" if it can."""
        return "" if self._problem.isHidden() else self._problem.text()

    def start_anew(self) -> None:
        """Watch what is usual, of everybody: another logbook has other operators."""
        self._watch = Watch()
        self._operators = ()
        self._show_watch()

    def choose(self, watch: Watch) -> None:
        """Watch something else, as a user would."""
        self._watch = watch
        self._show_watch()
        self.asked.emit()

    def show_numbers(self, numbers: SafetyNumbers) -> None:
        """Show the numbers; the picture follows."""
        operators = numbers.record.cases.operators
        if operators != self._operators:
            self._operators = operators
            self._show_watch()
        self._said.setText("\n".join(numbers.watched.sentences()))

    def _fill(self) -> None:
        for box, vocabulary in ((self.failure, Failure), (self.unit, Unit), (self.form, Form)):
            for term in vocabulary:
                box.addItem(term.label)

    def _arrange(self, theme: Theme) -> None:
        grid = CellGrid(theme, self)
        for label, control in (
            (self.tr("What counts as failure"), self.failure),
            (self.tr("Form"), self.form),
            (self.tr("Operator"), self.operator),
            (self.tr("One observation is a"), self.unit),
            (self.tr("Acceptable rate, p0"), self.p0),
            (self.tr("Unacceptable rate, p1"), self.p1),
            (self.tr("False alarm, alpha"), self.alpha),
            (self.tr("False all-clear, beta"), self.beta),
        ):
            grid.add(label, control)
        for widget in (grid, self._problem, self.view, self._said):
            self.body.addWidget(widget)

    def _connect(self) -> None:
        self.failure.activated.connect(self._take_failure)
        for box in (self.unit, self.form, self.operator):
            box.activated.connect(lambda _place: self._take())
        for number in self._numbers:
            number.valueChanged.connect(lambda _value: self._pause.start())
        self._pause.timeout.connect(self._take)

    @property
    def _numbers(self) -> tuple[QDoubleSpinBox, ...]:
        return self.p0, self.p1, self.alpha, self.beta

    def _take_failure(self, place: int) -> None:
        """Another failure has other rates that are usual, and may be no matter of levels."""
        failure = tuple(Failure)[place]
        self._set_numbers(*failure.usual_rates, self._watch.plan.alpha, self._watch.plan.beta)
        if not failure.is_of_levels:
            self.unit.setCurrentIndex(Unit.PROCEDURE.rank)
        self._take()

    def _take(self) -> None:
        """Take what is chosen, or say why it cannot be."""
        self._pause.stop()
        p0, p1, alpha, beta = (box.value() / 100 for box in self._numbers)
        place = self.operator.currentIndex()
        try:
            watch = Watch(
                failure=tuple(Failure)[self.failure.currentIndex()],
                unit=tuple(Unit)[self.unit.currentIndex()],
                operator=self._operators[place - 1] if place > 0 else "",
                plan=Plan(tuple(Form)[self.form.currentIndex()], p0, p1, alpha, beta),
            )
        except LogbookError as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        self._problem.hide()
        self._allow(watch)
        if watch != self._watch:
            self._watch = watch
            self.asked.emit()

    def _show_watch(self) -> None:
        watch = self._watch
        self._problem.hide()
        self.failure.setCurrentIndex(watch.failure.rank)
        self.unit.setCurrentIndex(watch.unit.rank)
        self.form.setCurrentIndex(watch.plan.form.rank)
        self.operator.clear()
        self.operator.addItem(self.tr("All together"))
        self.operator.addItems(list(self._operators))
        known = watch.operator in self._operators
        self.operator.setCurrentIndex(self._operators.index(watch.operator) + 1 if known else 0)
        self._set_numbers(watch.plan.p0, watch.plan.p1, watch.plan.alpha, watch.plan.beta)
        self._allow(watch)

    def _allow(self, watch: Watch) -> None:
        """What has no part in the chart cannot be changed."""
        form = watch.plan.form
        self.unit.setEnabled(watch.failure.is_of_levels)
        self.p1.setEnabled(form is not Form.OBSERVED_EXPECTED)
        self.alpha.setEnabled(form is not Form.OBSERVED_EXPECTED)
        self.beta.setEnabled(form is Form.SPRT)

    def _set_numbers(self, *shares: float) -> None:
        for box, share in zip(self._numbers, shares, strict=True):
            box.blockSignals(True)
            box.setValue(100 * share)
            box.blockSignals(False)


def _percent_box(parent: QWidget) -> SteadyNumber:
    box = SteadyNumber(parent)
    box.setRange(0.1, 99.0)
    box.setDecimals(1)
    box.setSingleStep(1.0)
    box.setSuffix(" %")
    box.setKeyboardTracking(False)
    return box
