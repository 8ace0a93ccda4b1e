# SPDX-License-Identifier: MIT
"""Cement volume against relief of pain."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.analysis.question import Question
from models.logbook import Logbook
from models.speech import numeral
from ui.charts import cement_words, number_words
from ui.charts.kinds import FigureKind
from ui.outcomes.section import Section, lines, together, write
from ui.theme import Theme
from ui.widgets.card import Card

if TYPE_CHECKING:
    from models.analysis.cement import CementRelief

_HEIGHTS = {FigureKind.CEMENT: 420}


class CementSection(Section):
    """A figure, and what it does and does not say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _HEIGHTS, parent)
        self.card = Card(theme, self.tr("What it says"), parent=self)
        self._rank, self._volume, self._left_out, self._caution = lines(self, self.card, 4)
        self.column.addWidget(self.charts[FigureKind.CEMENT], 1)
        self.column.addWidget(self.card)

    def work(self, logbook: Logbook, question: Question) -> Callable[[], object]:
        def work() -> CementRelief:
            from models.analysis.cement import cement_relief

            return cement_relief(logbook, question)

        return work

    def counts_of(self, found: CementRelief) -> tuple[int, int]:
        return found.n_cases, found.n_synthetic

    def show_numbers(self, found: CementRelief) -> None:
        rank = found.correlation
        p = [number_words.p_value(rank.p)] if rank.p is not None else []
        write(self._rank, [f"{', '.join([cement_words.correlation_in_words(found), *p])}."])
        write(self._volume, self._volumes(found))
        write(self._left_out, [*cement_words.left_out(found), *together(found.question)])
        write(
            self._caution,
            [
                self.tr(
                    "Who gets more cement is not decided by chance: level, fracture and "
                    "technique go along with the volume."
                )
            ],
        )

    def _volumes(self, found: CementRelief) -> list[str]:
        volume = found.volume
        if volume.median is None:
            return []
        text = self.tr("Median volume {median} mL (quartiles {q1} to {q3}), n {n}.")
        said = [
            text.format(
                median=number_words.number(volume.median),
                q1=number_words.number(volume.q1),
                q3=number_words.number(volume.q3),
                n=numeral(volume.n, ","),
            )
        ]
        if found.n_multilevel:
            several = self.tr("{n} of them with more than one level, volumes summed.")
            said.append(several.format(n=numeral(found.n_multilevel, ",")))
        return said
