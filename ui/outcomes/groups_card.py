# SPDX-License-Identifier: MIT
"""The same numbers for each group, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.analysis.question import FEWEST_TESTED
from models.analysis.responders import Criterion, responders_of
from ui.charts import sentences
from ui.outcomes.table import Column, TextTable
from ui.outcomes.text import paragraph
from ui.theme import Theme
from ui.widgets.card import Card

if TYPE_CHECKING:
    from models.analysis.outcome import Group, PairedOutcome


class GroupsCard(Card):
    """A row for each group; a group with few pairs has its numbers and no test."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        number = {"is_number": True}
        self.table = TextTable(
            theme,
            self.tr("Groups"),
            (
                Column(self.tr("Group"), stretches=True),
                Column(self.tr("Cases"), **number),
                Column(self.tr("Pairs"), **number),
                Column(self.tr("Before"), **number),
                Column(self.tr("After"), **number),
                Column(self.tr("Change (95 % CI)"), **number),
                Column(self.tr("Wilcoxon"), **number),
                Column(self.tr("Improved (95 % CI)"), **number),
            ),
            self,
        )
        self._remark = paragraph(self)
        self.body.addWidget(self._remark)
        self.body.addWidget(self.table)

    def show_outcome(self, outcome: PairedOutcome) -> None:
        """Show the groups of ``outcome``; hides itself if it has none."""
        self.setVisible(bool(outcome.groups))
        by = outcome.question.by
        if by is None:
            return
        text = self.tr(
            "Every case is in one group. Groups are not tested against each other; "
            "none is tested below {n} pairs."
        )
        self.set_title(self.tr("By {field}").format(field=by.label.lower()))
        self._remark.setText(text.format(n=FEWEST_TESTED))
        self.table.set_rows([self._row(group) for group in outcome.groups])

    def _row(self, group: Group) -> tuple[str, ...]:
        numbers = group.numbers
        points = responders_of(numbers.responders, Criterion.POINTS).result
        limits = sentences.percent_interval(points.ci95)
        change = sentences.change(numbers.change.mean)
        if numbers.change.ci95:
            low, high = (sentences.change(limit) for limit in numbers.change.ci95)
            change = f"{change} ({low} to {high})"
        return (
            group.label,
            f"{numbers.n_cases:,}",
            f"{numbers.n_pairs:,}",
            sentences.mean(numbers.before),
            sentences.mean(numbers.after),
            change,
            sentences.p_value(numbers.test.p),
            f"{sentences.percent(points.rate)} ({limits})" if limits else sentences.NONE,
        )
