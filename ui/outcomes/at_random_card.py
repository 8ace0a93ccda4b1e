# SPDX-License-Identifier: MIT
"""The mean change of complete cases beside that of a model which uses every score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.speech import lowered, numeral, say
from ui.charts import number_words
from ui.outcomes.section import lines, together, write
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.text_table import Column, TextTable

if TYPE_CHECKING:
    from models.analysis.at_random import AtRandom, PointModeled
    from models.analysis.statistics import Interval


class AtRandomCard(Card):
    """Both changes with n and interval, the means behind them, and what the model assumes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        number = {"is_number": True}
        self.table = TextTable(
            theme,
            self.tr("Mean change of complete cases and by the mixed model"),
            (
                Column(self.tr("Estimate"), stretches=True),
                Column(self.tr("Cases"), **number),
                Column(self.tr("Scores"), **number),
                Column(self.tr("Change"), **number),
                Column(self.tr("95 % CI"), **number),
            ),
            self,
        )
        self.points = TextTable(
            theme,
            self.tr("Mean score at each time point, of the scores there and by the mixed model"),
            (
                Column(self.tr("Time point"), stretches=True),
                Column(self.tr("Scores"), **number),
                Column(self.tr("Mean"), **number),
                Column(self.tr("By model"), **number),
                Column(self.tr("95 % CI"), **number),
            ),
            self,
        )
        self.body.addWidget(self.table)
        (self._refusal,) = lines(self, self, 1)
        self.body.addWidget(self.points)
        self._assumed, self._methods = lines(self, self, 2)

    def show_found(self, found: AtRandom) -> None:
        """Show both, or why there is only one."""
        self.set_title(self.tr("Mean change, if scores are missing at random"), self._about(found))
        self.table.set_rows(self._rows(found))
        self.points.set_rows([_point(one) for one in found.points])
        self.points.setVisible(bool(found.points))
        write(self._refusal, [found.refusal])
        write(
            self._assumed,
            [
                found.assumed_in_words,
                found.chosen_in_words,
                found.left_out_in_words,
                found.unused_in_words,
                found.flagged_in_words,
                *together(found.question),
            ],
        )
        write(self._methods, [found.methods])

    def _about(self, found: AtRandom) -> str:
        if found.to is None or found.scale is None:
            return ""
        return self.tr("Pain from {start} to {to}, on {scale}.").format(
            start=lowered(found.question.start.label),
            to=lowered(found.to.label),
            scale=found.scale.label,
        )

    def _rows(self, found: AtRandom) -> list[tuple[str, ...]]:
        pairs, change = found.pairs, found.change
        rows: list[tuple[str, ...]] = [
            (
                self.tr("Complete cases"),
                numeral(pairs.n, ","),
                numeral(2 * pairs.n, ","),
                number_words.change(pairs.mean),
                _limits(pairs.ci95, is_change=True),
            )
        ]
        if change is not None:
            rows.append(
                (
                    self.tr("Mixed model"),
                    numeral(found.n_cases, ","),
                    numeral(found.n_scores, ","),
                    number_words.change(change.mean),
                    _limits(change.ci95, is_change=True),
                )
            )
        return rows


def _point(one: PointModeled) -> tuple[str, ...]:
    return (
        one.point.label,
        numeral(one.scores.n, ","),
        number_words.mean(one.scores),
        number_words.fixed(one.modeled.mean),
        _limits(one.modeled.ci95),
    )


def _limits(limits: Interval | None, *, is_change: bool = False) -> str:
    if limits is None:
        return number_words.NONE
    show = number_words.change if is_change else number_words.fixed
    return say("{low} to {high}", low=show(limits.low), high=show(limits.high))
