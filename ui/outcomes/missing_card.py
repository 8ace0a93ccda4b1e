# SPDX-License-Identifier: MIT
"""What has no pair and why, and what is shown and not averaged, case by case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.speech import numeral, numerals
from ui.charts import number_words, sentences
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.paragraph import paragraph
from ui.widgets.text_table import Column, TextTable

if TYPE_CHECKING:
    from models.analysis.apart import CaseApart
    from models.analysis.outcome import PairedOutcome


class MissingCard(Card):
    """Why cases have no pair."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(self.tr("What is missing"))
        self._sentence = paragraph(self)
        self._table = TextTable(
            theme,
            self.tr("Why cases have no pair"),
            (
                Column(self.tr("Why there is no pair"), stretches=True),
                Column(self.tr("Cases"), True),
            ),
            self,
        )
        self._notes = paragraph(self)
        for widget in (self._sentence, self._table, self._notes):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_outcome(self, outcome: PairedOutcome) -> None:
        """Tell what is missing, and what else has to be known about the numbers."""
        numbers = outcome.numbers
        self._sentence.setText(self._told(outcome))
        self._table.setVisible(bool(numbers.missing))
        self._table.set_rows([(reason.label, numeral(n, ",")) for reason, n in numbers.missing])
        notes = [*self._other_scales(outcome), *self._flagged(outcome)]
        self._notes.setText(" ".join(notes))
        self._notes.setVisible(bool(notes))

    def _told(self, outcome: PairedOutcome) -> str:
        numbers = outcome.numbers
        before, after = numeral(outcome.n_before, ","), numeral(outcome.n_after, ",")
        told = self.tr("A score before: {before} of {cases}. A score after: {after} of {cases}. ")
        text = told.format(before=before, after=after, cases=numeral(numbers.n_cases, ","))
        if not numbers.n_pairs:
            return text + self.tr("No complete pair.")
        pairs = self.tr("Both, exact and on {scale}: {pairs}.")
        return text + pairs.format(
            scale=sentences.on_scale(outcome), pairs=numeral(numbers.n_pairs, ",")
        )

    def _other_scales(self, outcome: PairedOutcome) -> list[str]:
        left_out = ", ".join(
            f"{scale.label} ({sentences.pairs(n)})" for scale, n in outcome.other_scales
        )
        if not left_out:
            return []
        text = self.tr("Scales are never mixed. Left out: {scales}.")
        return [text.format(scales=left_out)]

    def _flagged(self, outcome: PairedOutcome) -> list[str]:
        if not outcome.n_flagged:
            return []
        text = (
            self.tr("{n} score after came after a new fracture or another treatment; it counts.")
            if outcome.n_flagged == 1
            else self.tr(
                "{n} scores after came after a new fracture or another treatment; they count."
            )
        )
        return [text.format(n=numeral(outcome.n_flagged, ","))]


class ApartCard(Card):
    """Ranges, words, scores without a date or on another scale: each as it was reported.

    Signals:
        case_opened: the case with this id is to be opened.
    """

    case_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.table = TextTable(
            theme,
            self.tr("Shown, not averaged"),
            (
                Column(self.tr("Patient")),
                Column(self.tr("Levels")),
                Column(self.tr("Before")),
                Column(self.tr("After")),
                Column(self.tr("Why it is not averaged"), stretches=True),
            ),
            self,
        )
        self.table.opened.connect(self.case_opened)
        self._counts, self._more = paragraph(self), paragraph(self)
        self.set_title(self.tr("Shown, not averaged"))
        self.body.addWidget(self._counts)
        self.body.addWidget(self.table)
        self.body.addWidget(self._more)
        self.body.addStretch(1)

    def show_outcome(self, outcome: PairedOutcome) -> None:
        """List the cases; without any the card tells so."""
        counted = (
            (outcome.n_ranges, self.tr("as a range")),
            (outcome.n_words, self.tr("in words")),
            (outcome.n_undated, self.tr("without a date")),
            (outcome.n_later_words, self.tr("in words after the number that counts")),
        )
        said = " · ".join(numerals("{n:,} {what}", n=n, what=what) for n, what in counted if n)
        self._counts.setText(said)
        self._counts.setVisible(bool(said))
        self.table.setVisible(bool(outcome.apart))
        usual = outcome.scale.label if outcome.scale else ""
        self.table.set_rows(
            [self._row(case, usual) for case in outcome.apart],
            [case.case_id for case in outcome.apart],
        )
        self._more.setText(self._told(outcome))
        self._more.setVisible(bool(self._more.text()))

    def _told(self, outcome: PairedOutcome) -> str:
        if not outcome.n_apart:
            return self.tr(
                "No range, no words, no follow-up without a date or on another scale than before."
            )
        more = outcome.n_apart - len(outcome.apart)
        if more == 1:
            return self.tr("And 1 case more.")
        return self.tr("And {n} cases more.").format(n=numeral(more, ",")) if more else ""

    def _row(self, case: CaseApart, usual_scale: str) -> tuple[str, ...]:
        before, after = (
            sentences.score_on_scale(score, "" if scale == usual_scale else scale)
            for score, scale in (
                (case.before, case.before_scale),
                (case.after, case.after_scale),
            )
        )
        if after and not case.dated:
            after = self.tr("{score}, no date").format(score=after)
        return (
            case.patient_code,
            ", ".join(case.levels),
            before or number_words.NONE,
            after or number_words.NONE,
            case.missing.label,
        )
