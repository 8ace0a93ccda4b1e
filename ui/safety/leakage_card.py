# SPDX-License-Identifier: MIT
"""Leakage: the rates of techniques as a figure, and every split as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from models.speech import begun_small, lowered, numeral, numerals
from ui.charts import safety_sentences as sentences
from ui.charts.kinds import SafetyFigure
from ui.charts.number_words import p_value
from ui.charts.view import FigureView
from ui.measures import keep
from ui.safety.link_table import LinkTable
from ui.safety.words import rate_columns
from ui.theme import Theme, set_kind
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.paragraph import paragraph

if TYPE_CHECKING:
    from models.safety.leakage import LeakageNumbers, Part
    from models.safety.numbers import SafetyNumbers

_ROW, _HIGH_ROW, _AXIS = 26, 44, 26


class LeakageCard(Card):
    """Rates by technique, of all ways of looking or of one.

    Signals:
        sought: the user wants levels only that were looked at in another way.
    """

    sought = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(SafetyFigure.LEAKAGE.heading)
        self._ways: list[int | None] = [None]
        self._rows, self._row = 1, _ROW
        self.looked = ChoiceBox(self)
        label = QLabel(self.tr("&Looked for by"), self)
        set_kind(label, "muted")
        label.setBuddy(self.looked)
        self.looked.setAccessibleName(self.tr("Looked for by"))
        choosing = QHBoxLayout()
        keep(theme, choosing.setSpacing, 8)
        choosing.addWidget(label)
        choosing.addWidget(self.looked)
        choosing.addStretch(1)
        self._remark = paragraph(self)
        self.view = FigureView(theme, SafetyFigure.LEAKAGE.heading, 120, self)
        self._notes = paragraph(self)
        self.body.addLayout(choosing)
        for widget in (self._remark, self.view, self._notes):
            self.body.addWidget(widget)
        self.looked.activated.connect(lambda _place: self.sought.emit())

    @property
    def way(self) -> int | None:
        """How leaks were to be looked for; None for any way."""
        return self._ways[max(self.looked.currentIndex(), 0)]

    def show_numbers(self, numbers: SafetyNumbers) -> None:
        """Show the numbers; the picture follows."""
        self._offer(numbers)
        found = numbers.leakage
        self._remark.setText(found.remark)
        self._remark.setVisible(bool(found.remark))
        self._rows = 1 + len(found.by_technique)
        self._give_room()
        notes = [*self._left_out(found), *self._tested(found), *self._lungs(found)]
        self._notes.setText(" ".join(notes))
        self._notes.setVisible(bool(notes))

    def set_narrow(self, *, narrow: bool) -> None:
        """Numbers above their lines, where they do not fit beside them."""
        self._row = _HIGH_ROW if narrow else _ROW
        self._give_room()

    def _give_room(self) -> None:
        self.view.set_least_height(self._row * self._rows + _AXIS)

    def _offer(self, numbers: SafetyNumbers) -> None:
        from models.safety.leakage import way_label

        ways = numbers.leakage.ways
        self._ways = [None, *(way for way, _ in ways)]
        self.looked.blockSignals(True)
        self.looked.clear()
        self.looked.addItem(self.tr("Any way"))
        for way, n in ways:
            levels = self.tr("{n} level") if n == 1 else self.tr("{n} levels")
            self.looked.addItem(f"{way_label(way)} ({levels.format(n=numeral(n, ','))})")
        sought = numbers.question.sought
        self.looked.setCurrentIndex(self._ways.index(sought) if sought in self._ways else 0)
        self.looked.blockSignals(False)

    def _left_out(self, found: LeakageNumbers) -> list[str]:
        counted = (
            (found.n_not_assessed, self.tr("not assessed")),
            (found.n_not_answered, self.tr("not answered")),
        )
        said = ", ".join(numerals("{n:,} {what}", n=n, what=what) for n, what in counted if n)
        notes = [self.tr("Levels left out: {what}.").format(what=said)] if said else []
        if found.n_symptoms_unknown:
            text = self.tr("Leaks of unknown symptoms, left out of those with symptoms: {n}.")
            notes.append(text.format(n=numeral(found.n_symptoms_unknown, ",")))
        return notes

    def _tested(self, found: LeakageNumbers) -> list[str]:
        test = found.test
        if test is None:
            return []
        if test.p is None:
            return [f"{test.labels[0]}, {lowered(test.labels[1])}: {begun_small(test.why_not)}"]
        text = self.tr("Patients with a leak, {one} {k} and {other} {j}: Fisher's exact {p}.")
        return [
            text.format(
                one=test.labels[0],
                k=sentences.of(test.shares[0]),
                other=test.labels[1],
                j=sentences.of(test.shares[1]),
                p=p_value(test.p),
            )
        ]

    def _lungs(self, found: LeakageNumbers) -> list[str]:
        _code, _label, rate = found.lungs[0]
        if not rate.n:
            return [self.tr("Cement in the lungs: nobody said whether it was looked for.")]
        ways = ", ".join(
            f"{lowered(label)} {sentences.of(one)}" for _, label, one in found.lungs[1:]
        )
        text = self.tr(
            "Cement in the lungs, of procedures in which it was looked for: {all} ({ways})."
        )
        return [text.format(all=sentences.in_full(rate), ways=ways)]


class SplitCard(Card):
    """Leakage split by one thing or another, as a table that leads to the cases.

    Signals:
        query_asked: (str) the user wants to see the cases of a row.
    """

    query_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(self.tr("Leakage in detail"))
        self._found: LeakageNumbers | None = None
        self.split = ChoiceBox(self)
        self.split.setAccessibleName(self.tr("Split by"))
        for words in (
            self.tr("Location"),
            self.tr("Group of locations"),
            self.tr("Yeom type"),
            self.tr("How it was looked for"),
            self.tr("Technique"),
        ):
            self.split.addItem(words)
        self.header.addWidget(self.split)
        self.table = LinkTable(
            theme, self.tr("Leakage in detail"), rate_columns(self.tr("Levels with a leak")), self
        )
        self._note = paragraph(self)
        self.body.addWidget(self.table)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.split.currentIndexChanged.connect(lambda _place: self._show())
        self.table.opened.connect(self.query_asked)

    def show_numbers(self, numbers: SafetyNumbers) -> None:
        """Show the split that is chosen."""
        self._found = numbers.leakage
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        found, place = self._found, self.split.currentIndex()
        parts = (
            found.by_location,
            found.by_group,
            found.by_yeom,
            found.by_detection,
            found.by_technique,
        )[place]
        self.table.setVisible(bool(parts))
        self.table.set_rows([self._row(part) for part in parts], [part.query for part in parts])
        is_of_leaks = place < 3
        self._note.setText(
            self.tr("No leak so far.")
            if not parts
            else self.tr("A level can leak to several places; each counts.")
            if is_of_leaks
            else self.tr("Each level stands in one line.")
        )

    def _row(self, part: Part) -> tuple[str, ...]:
        levels, patients = part.levels, part.patients
        return (
            part.label,
            sentences.of(levels),
            sentences.rate(levels),
            sentences.of(patients),
            sentences.rate(patients),
        )
