# SPDX-License-Identifier: MIT
"""The four figures at the top of the page, each with its n and interval in small print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.charts import safety_sentences as sentences
from ui.measures import keep
from ui.theme import Theme
from ui.widgets.card import FigureCard

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers


class FigureRow(QWidget):
    """Leakage of levels and of patients, symptomatic leaks, adverse events."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = tuple(FigureCard(theme, parent=self) for _ in range(4))
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, self._layout.setSpacing, 12)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Two beside each other, or all four."""
        columns = 2 if narrow else len(self.cards)
        for place, card in enumerate(self.cards):
            self._layout.addWidget(card, *divmod(place, columns))
        for column in range(len(self.cards)):
            self._layout.setColumnStretch(column, int(column < columns))

    def show_numbers(self, numbers: SafetyNumbers) -> None:
        """Show the figures."""
        levels, patients, hurt, events = self.cards
        leakage, happened = numbers.leakage, numbers.events
        levels.set_figure(
            sentences.percent(leakage.per_level.rate),
            self.tr("of levels leaked"),
            sentences.in_full(leakage.per_level),
        )
        patients.set_figure(
            sentences.percent(leakage.per_patient.rate),
            self.tr("of patients with a leak"),
            sentences.in_full(leakage.per_patient),
        )
        hurt.set_figure(
            sentences.percent(leakage.symptomatic.rate),
            self.tr("of levels, with symptoms"),
            sentences.in_full(leakage.symptomatic),
        )
        events.set_figure(
            sentences.percent(happened.any_event.rate),
            self.tr("of procedures with an event"),
            sentences.in_full(happened.any_event),
        )
