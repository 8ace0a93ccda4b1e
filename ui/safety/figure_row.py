# SPDX-License-Identifier: MIT
"""The four figures at the top of the page, each with its n and interval in small print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.charts import safety_sentences as sentences
from ui.widgets.figure_row import FigureRow

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers


class SafetyFigures(FigureRow):
    """Leakage of levels and of patients, symptomatic leaks, adverse events."""

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
            sentences.in_full(happened.any_event, self.tr("answered for none")),
        )
