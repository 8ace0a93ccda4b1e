# SPDX-License-Identifier: MIT
"""Adverse events by kind with their grades and outcomes, and radiation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.speech import lowered, numeral, numerals
from ui.charts import safety_sentences as sentences
from ui.charts.number_words import NONE
from ui.safety.link_table import LinkTable
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.paragraph import paragraph
from ui.widgets.text_table import Column, TextTable

if TYPE_CHECKING:
    from models.safety.events import EventNumbers, KindOfEvent, Tally
    from models.safety.numbers import SafetyNumbers
    from models.safety.radiation import Dose, DoseGroup


class EventsCard(Card):
    """A line a kind of event, which leads to its cases.

    Signals:
        query_asked: (str) the user wants to see the cases of a row.
    """

    query_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(
            self.tr("Adverse events"),
            self.tr("Per procedure. A leak without symptoms is a leak and no event."),
        )
        self.table = LinkTable(
            theme,
            self.tr("Adverse events"),
            (
                Column(self.tr("Adverse event")),
                Column(self.tr("Procedures"), is_number=True),
                Column(self.tr("Rate (95 % CI)"), is_number=True),
                Column(self.tr("Grade"), stretches=True),
                Column(self.tr("Outcome")),
            ),
            self,
        )
        self._notes = paragraph(self)
        self.body.addWidget(self.table)
        self.body.addWidget(self._notes)
        self.body.addStretch(1)
        self.table.opened.connect(self.query_asked)

    def show_numbers(self, numbers: SafetyNumbers) -> None:
        """List the events."""
        found = numbers.events
        self.table.setVisible(bool(found.kinds))
        self.table.set_rows(
            [self._row(kind) for kind in found.kinds], [kind.query for kind in found.kinds]
        )
        self._notes.setText(" ".join(self._said(found)))

    def _row(self, kind: KindOfEvent) -> tuple[str, ...]:
        grades = [f"{scale} {self._counts(tally)}" for scale, tally in kind.grades]
        if kind.n_ungraded:
            grades.append(self.tr("not graded {n}").format(n=numeral(kind.n_ungraded, ",")))
        return (
            kind.kind.label,
            sentences.of(kind.procedures),
            sentences.rate(kind.procedures),
            " · ".join(grades),
            self._counts(kind.outcomes),
        )

    def _counts(self, tally: Tally) -> str:
        """Labels with their number, as in "2 moderate × 3, 3 severe"."""
        return ", ".join(
            (label or self.tr("not stated")) + (numerals(" × {n:,}", n=n) if n > 1 else "")
            for label, n in tally
        )

    def _said(self, found: EventNumbers) -> list[str]:
        notes = [] if found.kinds else [self.tr("No adverse event is listed.")]
        for n, text in (
            (
                found.n_not_answered,
                self.tr("Procedures left out, as nobody said whether there was any: {n}."),
            ),
            (
                found.n_said_only,
                self.tr("Procedures that say there was one, and list none: {n}."),
            ),
            (
                found.n_leaks_unlisted,
                self.tr("Procedures with a symptomatic leak and no event listed: {n}."),
            ),
            (found.n_unnamed, self.tr("Events without a kind: {n}.")),
        ):
            if n:
                notes.append(text.format(n=numeral(n, ",")))
        return notes


class RadiationCard(Card):
    """One dose at a time, by technique and by the number of levels."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(self.tr("Radiation"), self.tr("Per procedure."))
        self._doses: tuple[Dose, ...] = ()
        self.dose = ChoiceBox(self)
        self.dose.setAccessibleName(self.tr("Dose"))
        self.header.addWidget(self.dose)
        self.table = TextTable(
            theme,
            self.tr("Radiation"),
            (
                Column(self.tr("Procedures"), stretches=True),
                Column("n", is_number=True),
                Column(self.tr("Missing"), is_number=True),
                Column(self.tr("Median (IQR)"), is_number=True),
            ),
            self,
        )
        self._notes = paragraph(self)
        self.body.addWidget(self.table)
        self.body.addWidget(self._notes)
        self.body.addStretch(1)
        self.dose.currentIndexChanged.connect(lambda _place: self._show())

    def show_numbers(self, numbers: SafetyNumbers) -> None:
        """Show the dose that is chosen."""
        self._doses = numbers.doses
        if not self.dose.count():
            self.dose.blockSignals(True)
            for dose in self._doses:
                self.dose.addItem(f"{dose.label}, {dose.unit}")
            self.dose.blockSignals(False)
        self._show()

    def _show(self) -> None:
        if not self._doses:
            return
        dose = self._doses[max(self.dose.currentIndex(), 0)]
        groups = (dose.all, *dose.by_levels, *dose.by_technique)
        self.table.set_rows([self._row(group) for group in groups])
        self._notes.setText(" ".join(self._said(dose)))
        self._notes.setVisible(bool(self._notes.text()))

    def _row(self, group: DoseGroup) -> tuple[str, ...]:
        spread = group.spread
        middle = NONE
        if spread.median is not None:
            middle = numerals(
                "{median:,.4g} ({q1:,.4g}–{q3:,.4g})",
                median=spread.median,
                q1=spread.q1,
                q3=spread.q3,
            )
        return (group.label, numeral(spread.n, ","), numeral(group.n_missing, ","), middle)

    def _said(self, dose: Dose) -> list[str]:
        notes = []
        reasons = ", ".join(
            numerals("{label} {n:,}", label=lowered(label or self.tr("no reason stated")), n=n)
            for label, n in dose.missing
        )
        if reasons:
            notes.append(self.tr("Missing: {reasons}.").format(reasons=reasons))
        if dose.n_unusual:
            text = self.tr("Above {most} {unit}: {n}.")
            most = numeral(dose.usual_most or 0, ",.5g")
            notes.append(text.format(most=most, unit=dose.unit, n=numeral(dose.n_unusual, ",")))
        return notes
