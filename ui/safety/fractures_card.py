# SPDX-License-Identifier: MIT
"""New fractures: the curves, who was not followed, and how far from the cement they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.speech import numeral, numerals
from ui.charts.kinds import SafetyFigure
from ui.charts.safety_sentences import not_followed, of, rate
from ui.charts.view import FigureView
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.paragraph import paragraph

if TYPE_CHECKING:
    from models.safety.fractures import FractureNumbers
    from models.safety.numbers import SafetyNumbers

_HEIGHT = 280


class FracturesCard(Card):
    """Kaplan-Meier curves of new fractures."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(SafetyFigure.FRACTURES.heading)
        self._followed = paragraph(self)
        self.view = FigureView(theme, SafetyFigure.FRACTURES.heading, _HEIGHT, self)
        self._notes = paragraph(self)
        for widget in (self._followed, self.view, self._notes):
            self.body.addWidget(widget)

    def show_numbers(self, numbers: SafetyNumbers) -> None:
        """Show the numbers; the picture follows."""
        found = numbers.fractures
        text = (
            self.tr("{n} of {all} patients followed, {died} of them to their death.")
            if found.n_patients
            else self.tr("No patient yet.")
        )
        said = text.format(
            n=numeral(found.n_followed, ","),
            all=numeral(found.n_patients, ","),
            died=numeral(found.n_died, ","),
        )
        left_out = not_followed(found)
        if left_out:
            said += self.tr(" Left out: {what}.").format(what=left_out)
        self._followed.setText(said)
        self._notes.setText(" ".join([*self._at_visits(found), *self._said(found)]))

    def _at_visits(self, found: FractureNumbers) -> list[str]:
        """Shares as publications count them, beside the estimate that the curve is."""
        text = self.tr("Of patients seen at {months} months: {share}.")
        return [
            text.format(months=months, share=f"{of(share)}, {rate(share)}")
            for months, share in found.by_visit
            if share.n
        ]

    def _said(self, found: FractureNumbers) -> list[str]:
        if not found.distances:
            return [self.tr("No new fracture is listed.")]
        by_distance = " · ".join(
            numerals("{one}: {n:,}", one=one.label, n=n) for one, n in found.distances
        )
        notes = [
            self.tr("All fractures by distance from the cement: {all}.").format(all=by_distance)
        ]
        away = ", ".join(
            numerals("{levels} × {n:,}", levels=levels, n=n) for levels, n in found.levels_away
        )
        if away:
            notes.append(self.tr("Levels away from the nearest cement: {away}.").format(away=away))
        if found.n_contradicting:
            text = self.tr("Called adjacent or remote, and the other by its level: {n}.")
            notes.append(text.format(n=numeral(found.n_contradicting, ",")))
        return notes
