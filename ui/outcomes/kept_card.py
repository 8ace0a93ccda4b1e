# SPDX-License-Identifier: MIT
"""Height at follow-up in a table: gained, kept, lost since, by the latest measurement and by visit.

One row is one height of the same levels, so that what was gained less what was lost is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.speech import numeral
from ui.charts import kept_words, number_words
from ui.outcomes.section import lines, together, write
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.text_table import Column, TextTable

if TYPE_CHECKING:
    from models.analysis.association import ClusteredMean
    from models.analysis.kept_heights import KeptAngle, KeptHeights, KeptWall
    from ui.charts.gain_words import FoundGains

_MOST_ROWS = 12


class KeptCard(Card):
    """What is kept of the gain in height, and what was lost again."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(
            self.tr("Height at follow-up, mm"),
            self.tr(
                "Lost: height after the procedure minus height at follow-up. Below 0, the "
                "level is higher than after the procedure."
            ),
        )
        number = {"is_number": True}
        self.table = TextTable(
            theme,
            self.tr("Height at follow-up"),
            (
                Column(self.tr("Measured at"), stretches=True),
                Column(self.tr("n, gained"), **number),
                Column(self.tr("Gained (95 % CI)"), **number),
                Column(self.tr("Kept (95 % CI)"), **number),
                Column(self.tr("n, lost"), **number),
                Column(self.tr("Lost since (95 % CI)"), **number),
            ),
            self,
            most_shown=_MOST_ROWS,
        )
        self.body.addWidget(self.table)
        self._measured, self._angles = lines(self, self, 2)
        self.body.addStretch(1)

    def show_kept(self, found: FoundGains) -> None:
        """Show the numbers of all levels."""
        kept = found.kept
        rows = [_row(self.tr("Latest"), wall) for wall in kept.walls]
        for visit in kept.visits:
            rows += [_row(visit.point.label, wall) for wall in visit.walls if wall.lost.n]
        self.table.set_rows(rows)
        write(self._measured, [*kept_words.measured(kept), *together(found.whole.question)])
        write(self._angles, [self._grown(one) for one in _known(kept)])

    def _grown(self, angle: KeptAngle) -> str:
        told = self.tr("{angle} since the procedure: {mean} degrees, n {n}.")
        mean = kept_words.mean_ci(angle.values)
        return told.format(angle=angle.label, mean=mean, n=numeral(angle.values.n, ","))


def _known(kept: KeptHeights) -> list[KeptAngle]:
    return [one for one in kept.angles if one.values.n]


def _row(name: str, wall: KeptWall) -> tuple[str, ...]:
    return (
        f"{name}, {wall.wall.shown}",
        numeral(wall.gained.n, ","),
        _mean(wall.gained),
        _mean(wall.kept),
        numeral(wall.lost.n, ","),
        _mean(wall.lost),
    )


def _mean(values: ClusteredMean) -> str:
    limits = number_words.in_brackets(values.ci95, signed=True)
    return " ".join(filter(None, (number_words.change(values.mean), limits)))
