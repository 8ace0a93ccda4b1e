# SPDX-License-Identifier: MIT
"""Scores before and after: of pain, and of what is asked of function and health."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QWidget

from models.analysis.instruments import FUNCTION, Instrument
from models.analysis.question import Question
from models.logbook import Logbook
from ui.charts import sentences
from ui.charts.kinds import FigureKind
from ui.jobs import Jobs
from ui.measures import keep
from ui.outcomes.figure_row import OutcomeFigures
from ui.outcomes.groups_card import GroupsCard
from ui.outcomes.missing_card import ApartCard, MissingCard
from ui.outcomes.responders_card import RespondersCard
from ui.outcomes.section import Section
from ui.theme import Theme, set_kind
from ui.topics import OUTCOMES, below, set_topic
from ui.widgets.beside_card import BesideCard
from ui.widgets.own_cases import OwnCases, own_cases

if TYPE_CHECKING:
    from models.analysis.beside import Counted
    from models.analysis.outcome import PairedOutcome

_PAIRED_HEIGHT, _COURSE_HEIGHT, _CHANGE_HEIGHT = 360, 200, 230
_GROUP_HEIGHT = 24


class Kinds(NamedTuple):
    """The figures of one score."""

    paired: FigureKind
    course: FigureKind
    change: FigureKind


OF_PAIN = Kinds(FigureKind.PAIRED, FigureKind.COURSE, FigureKind.CHANGE)
OF_FUNCTION = Kinds(
    FigureKind.FUNCTION_PAIRED, FigureKind.FUNCTION_COURSE, FigureKind.FUNCTION_CHANGE
)


class OutcomeContent(Section):
    """Cards of one score in their places: figures, responders, groups, and what is missing."""

    instrument = Instrument.PAIN

    def __init__(
        self, jobs: Jobs, theme: Theme, kinds: Kinds = OF_PAIN, parent: QWidget | None = None
    ) -> None:
        heights = {
            kinds.paired: _PAIRED_HEIGHT,
            kinds.course: _COURSE_HEIGHT,
            kinds.change: _CHANGE_HEIGHT,
        }
        super().__init__(theme, heights, parent)
        self._kinds = kinds
        self.figures = OutcomeFigures(theme, self)
        self.paired, self.course, self.change = (self.charts[kind] for kind in kinds)
        self.responders = RespondersCard(theme, self)
        self.groups = GroupsCard(jobs, theme, self)
        set_topic(self.groups, below(OUTCOMES, "What is compared"))
        set_topic(self.responders, below(OUTCOMES, "How it is worked out"))
        self.missing = MissingCard(theme, self)
        self.apart = ApartCard(theme, self)
        self.apart.case_opened.connect(self.case_opened)
        self.beside: BesideCard = BesideCard(theme, self)
        self._charts, self._below = QGridLayout(), QGridLayout()
        for grid in (self._charts, self._below):
            keep(theme, grid.setSpacing, 12)
        self._place()
        self.column.addWidget(self.figures)
        self.column.addLayout(self._charts, 1)
        self.column.addWidget(self.groups)
        self.column.addWidget(self.change)
        self.column.addWidget(self.beside)
        self.column.addLayout(self._below)
        self.beside.hide()

    def work(self, logbook: Logbook, question: Question) -> Callable[[], object]:
        instrument = self.instrument

        def work() -> PairedOutcome:
            from models.analysis.paired import paired_outcome

            return paired_outcome(logbook, instrument, question)

        return work

    def counts_of(self, found: PairedOutcome) -> tuple[int, int]:
        return found.numbers.n_cases, found.n_synthetic

    def show_numbers(self, found: PairedOutcome) -> None:
        self.figures.show_outcome(found)
        drawn = min(len(found.groups), sentences.MOST_COURSES)
        self.course.view.set_least_height(_COURSE_HEIGHT + drawn * _GROUP_HEIGHT)
        self.responders.show_outcome(found)
        self.groups.show_outcome(found)
        self.missing.show_outcome(found)
        self.apart.show_outcome(found)
        self.lay_beside(found)

    def own_beside(self, found: PairedOutcome) -> tuple[list[Counted], OwnCases]:
        from models.analysis.beside import rates_beside

        own = rates_beside(found) if self.instrument is Instrument.PAIN else []
        about = sentences.about(found.question, found.n_synthetic, found.numbers.n_cases)
        return own, own_cases(found.question.filter, about, found.n_synthetic)

    def set_narrow(self, *, narrow: bool) -> None:
        if narrow is not self._is_narrow:
            super().set_narrow(narrow=narrow)
            self.figures.set_narrow(narrow=narrow)
            self.change.view.set_least_height((2 if narrow else 1) * _CHANGE_HEIGHT)
            self._place()

    def _place(self) -> None:
        charts, below = self._charts, self._below
        if self._is_narrow:
            for row, card in enumerate((self.paired, self.course, self.responders)):
                charts.addWidget(card, row, 0)
            for row, card in enumerate((self.missing, self.apart)):
                below.addWidget(card, row, 0)
        else:
            charts.addWidget(self.paired, 0, 0, 2, 1)
            charts.addWidget(self.course, 0, 1)
            charts.addWidget(self.responders, 1, 1)
            below.addWidget(self.missing, 0, 0)
            below.addWidget(self.apart, 0, 1)
        charts.setRowStretch(0, 1)
        for grid, left, right in ((charts, 5, 7), (below, 4, 8)):
            grid.setColumnStretch(0, left)
            grid.setColumnStretch(1, 0 if self._is_narrow else right)


class FunctionContent(OutcomeContent):
    """The same for function and health, one score at a time: they are never mixed."""

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(jobs, theme, OF_FUNCTION, parent)
        self.instrument = FUNCTION[0]
        self._choices = QButtonGroup(self)
        row = QHBoxLayout()
        keep(theme, row.setSpacing, 8)
        for place, instrument in enumerate(FUNCTION):
            button = QPushButton(instrument.label, self)
            button.setCheckable(True)
            button.setAccessibleName(self.tr("Show {score}").format(score=instrument.label))
            set_kind(button, "chip")
            self._choices.addButton(button, place)
            row.addWidget(button)
        row.addStretch(1)
        self._choices.button(0).setChecked(True)
        self._choices.idToggled.connect(self._choose)
        self.column.insertLayout(0, row)

    def choose(self, instrument: Instrument) -> None:
        """Show another score, as a user would."""
        self._choices.button(FUNCTION.index(instrument)).setChecked(True)

    def _choose(self, place: int, checked: bool) -> None:
        if checked and FUNCTION[place] is not self.instrument:
            self.instrument = FUNCTION[place]
            self.asked.emit()
