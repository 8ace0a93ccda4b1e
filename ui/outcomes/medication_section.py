# SPDX-License-Identifier: MIT
"""Analgesics and mobility: who moved from which level to which."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from models.analysis.question import Question
from models.logbook import Logbook
from models.speech import numeral
from ui.charts import number_words, sentences, shift_words
from ui.charts.kinds import FigureKind
from ui.measures import keep
from ui.outcomes.section import Section, lines, write
from ui.theme import Theme
from ui.widgets.beside_card import BesideCard
from ui.widgets.card import Card
from ui.widgets.own_cases import OwnCases, own_cases
from ui.widgets.text_table import Column, TextTable

if TYPE_CHECKING:
    from models.analysis.beside import Counted
    from models.analysis.shifts import Medication, Shift, ShiftNumbers

_HEIGHTS = {FigureKind.ANALGESICS: 300, FigureKind.MOBILITY: 300}


class MedicationSection(Section):
    """A grid and a table for each ladder."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _HEIGHTS, parent)
        self.tables = [MovedCard(theme, self) for _ in _HEIGHTS]
        self._grid = QGridLayout()
        keep(theme, self._grid.setSpacing, 12)
        self.beside: BesideCard = BesideCard(theme, self)
        self.column.addLayout(self._grid)
        self.column.addWidget(self.beside)
        self.beside.hide()
        self.column.addStretch(1)
        self._place()

    def work(self, logbook: Logbook, question: Question) -> Callable[[], object]:
        def work() -> Medication:
            from models.analysis.shifts import medication_of

            return medication_of(logbook, question)

        return work

    def counts_of(self, found: Medication) -> tuple[int, int]:
        return found.analgesics.numbers.n_cases, found.analgesics.n_synthetic

    def show_numbers(self, found: Medication) -> None:
        for card, shift in zip(self.tables, (found.analgesics, found.mobility), strict=True):
            card.show_shift(shift)
        self.lay_beside(found)

    def own_beside(self, found: Medication) -> tuple[list[Counted], OwnCases]:
        from models.analysis.beside import medication_beside

        shift = found.analgesics
        about = sentences.about(shift.question, shift.n_synthetic, shift.numbers.n_cases)
        counted = own_cases(shift.question.filter, about, shift.n_synthetic)
        return medication_beside(found), counted

    def set_narrow(self, *, narrow: bool) -> None:
        if narrow is not self._is_narrow:
            super().set_narrow(narrow=narrow)
            self._place()

    def _place(self) -> None:
        for place, (chart, table) in enumerate(zip(self.charts.values(), self.tables, strict=True)):
            if self._is_narrow:
                self._grid.addWidget(chart, 2 * place, 0)
                self._grid.addWidget(table, 2 * place + 1, 0)
            else:
                self._grid.addWidget(chart, 0, place)
                self._grid.addWidget(table, 1, place)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if self._is_narrow else 1)


class MovedCard(Card):
    """Better, the same, worse: of all cases and of each group."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        number = {"is_number": True}
        self.table = TextTable(
            theme,
            self.tr("Better, the same, worse"),
            (
                Column(self.tr("Cases"), stretches=True),
                Column(self.tr("Pairs"), **number),
                Column(self.tr("Better (95 % CI)"), **number),
                Column(self.tr("Same"), **number),
                Column(self.tr("Worse"), **number),
            ),
            self,
        )
        self.body.addWidget(self.table)
        self._moved, self._missing = lines(self, self, 2)
        self.body.addStretch(1)

    def show_shift(self, shift: Shift) -> None:
        """Show how many moved which way."""
        self.set_title(
            self.tr("{ladder}: better, the same, worse").format(ladder=shift_words.name_of(shift))
        )
        rows = [(self.tr("All"), shift.numbers), *shift.groups]
        self.table.set_rows([_row(label, numbers) for label, numbers in rows])
        write(self._moved, [shift_words.moved(shift.numbers)])
        write(self._missing, shift_words.missing(shift))


def _row(label: str, numbers: ShiftNumbers) -> tuple[str, ...]:
    better = number_words.percent(numbers.better.rate)
    if limits := number_words.percent_interval(numbers.better.ci95):
        better = f"{better} ({limits})"
    return (
        label,
        numeral(numbers.n_pairs, ","),
        better,
        number_words.percent(numbers.same.rate),
        number_words.percent(numbers.worse.rate),
    )
