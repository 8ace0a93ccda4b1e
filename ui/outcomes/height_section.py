# SPDX-License-Identifier: MIT
"""Height gain by height and formula, angles, and gains that were only reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.analysis.question import Question
from models.heights import Formula, Wall
from models.logbook import Logbook
from models.speech import begun, lowered, numeral, numerals, say
from ui.charts import gain_words, number_words
from ui.charts.gain_words import FoundGains
from ui.charts.kinds import FigureKind
from ui.outcomes.kept_card import KeptCard
from ui.outcomes.section import Section, lines, write
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.text_table import Column, TextTable

if TYPE_CHECKING:
    from models.analysis.association import ClusteredMean
    from models.analysis.gains import Gain, HeightGains
    from models.analysis.statistics import Spread

_HEIGHTS = {FigureKind.HEIGHT: 300, FigureKind.KEPT: 170}


class HeightSection(Section):
    """A figure, the same in a table, angles, and what is kept apart."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _HEIGHTS, parent)
        self.gains = GainsCard(theme, self)
        self.angles = AnglesCard(theme, self)
        self.groups = GainGroupsCard(theme, self)
        self.kept = KeptCard(theme, self)
        for card in (
            *(self.charts[FigureKind.HEIGHT], self.gains, self.angles, self.groups),
            *(self.charts[FigureKind.KEPT], self.kept),
        ):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def work(self, logbook: Logbook, question: Question) -> Callable[[], object]:
        def work() -> FoundGains:
            from models.analysis.gained_and_kept import gained_and_kept

            return FoundGains(*gained_and_kept(logbook, question))

        return work

    def counts_of(self, found: FoundGains) -> tuple[int, int]:
        return found.whole.n_cases, found.whole.n_synthetic

    def set_narrow(self, *, narrow: bool) -> None:
        super().set_narrow(narrow=narrow)
        self.charts[FigureKind.HEIGHT].view.set_least_height(420 if narrow else 300)

    def show_numbers(self, found: FoundGains) -> None:
        self.gains.show_gains(found.whole)
        self.angles.show_gains(found.whole)
        self.groups.show_groups(found)
        self.kept.show_kept(found)


class GainsCard(Card):
    """Every height by every formula, with n; why others have no result."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(self.tr("Every height by every formula"))
        number = {"is_number": True}
        self.table = TextTable(
            theme,
            self.tr("Height gain"),
            (
                Column(self.tr("Height and formula"), stretches=True),
                Column(self.tr("n"), **number),
                Column(self.tr("Mean (95 % CI)"), **number),
                Column(self.tr("SD"), **number),
                Column(self.tr("Median (quartiles)"), **number),
            ),
            self,
            most_shown=12,
        )
        self.body.addWidget(self.table)
        self._measured, self._undefined = lines(self, self, 2)
        self.body.addStretch(1)

    def show_gains(self, gains: HeightGains) -> None:
        """Show the numbers of all levels."""
        self.table.set_rows([_row(_name(gain), gain.values, gain.spread) for gain in gains.gains])
        told = self.tr("{levels} of {all} have a height before or after, in {cases} of {of} cases.")
        write(
            self._measured,
            [
                told.format(
                    levels=gain_words.levels(gains.n_measured),
                    all=numeral(gains.n_levels, ","),
                    cases=numeral(gains.n_measured_cases, ","),
                    of=numeral(gains.n_cases, ","),
                )
                if gains.n_levels
                else self.tr("No level was treated."),
                gain_words.measured_on(gains),
            ],
        )
        write(self._undefined, [*gain_words.undefined(gains), _beyond(gains)])


class AnglesCard(Card):
    """Change of the angles, each way of measuring for itself, and what was only reported."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(
            self.tr("Angles, change in degrees"),
            self.tr("Less kyphosis is negative. Ways of measuring are never mixed."),
        )
        number = {"is_number": True}
        self.table = TextTable(
            theme,
            self.tr("Change of angles"),
            (
                Column(self.tr("Angle"), stretches=True),
                Column(self.tr("n"), **number),
                Column(self.tr("Mean (95 % CI)"), **number),
                Column(self.tr("SD"), **number),
                Column(self.tr("Median (quartiles)"), **number),
            ),
            self,
        )
        self.body.addWidget(self.table)
        (self._reported,) = lines(self, self, 1)
        self.body.addStretch(1)

    def show_gains(self, gains: HeightGains) -> None:
        """Show the angles of all levels."""
        rows = [
            _row(
                f"{one.label}, {lowered(one.method)}" if one.method else one.label,
                one.values,
                one.spread,
            )
            for one in gains.angles
        ]
        self.table.set_rows(rows)
        both = self.tr("{n} with measured heights have a reported gain too; the heights count.")
        said = [gain_words.reported(gains.reported)]
        if gains.n_reported_too:
            said.append(both.format(n=gain_words.levels(gains.n_reported_too)))
        write(self._reported, said)


class GainGroupsCard(Card):
    """The gain in mm of each group."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        number = {"is_number": True}
        self.table = TextTable(
            theme,
            self.tr("Height gain by group"),
            (
                Column(self.tr("Group"), stretches=True),
                Column(self.tr("Measured levels"), **number),
                *(
                    Column(
                        say("{capitalize}, mm (95 % CI)", capitalize=begun(wall.shown)),
                        **number,
                    )
                    for wall in Wall
                ),
            ),
            self,
        )
        self.body.addWidget(self.table)

    def show_groups(self, found: FoundGains) -> None:
        """Show the groups; hides itself if there are none."""
        by = found.whole.question.by
        self.setVisible(bool(found.groups))
        if by is None:
            return
        self.set_title(self.tr("Gain in mm by {field}").format(field=lowered(by.label)))
        self.table.set_rows(
            [
                (
                    label,
                    numeral(part.n_measured, ","),
                    *(_mean(part.gain(wall, Formula.GAIN).values) for wall in Wall),
                )
                for label, part in found.groups
            ]
        )


def _name(gain: Gain) -> str:
    wall = begun(gain.wall.shown)
    if gain.formula is Formula.GAIN:
        return say("{wall}, mm", wall=wall)
    return say("{wall}, % {of}", wall=wall, of=gain.formula.of)


def _row(name: str, values: ClusteredMean, spread: Spread) -> tuple[str, ...]:
    median = number_words.change(spread.median)
    if spread.median is not None:
        q1, q3 = number_words.change(spread.q1), number_words.change(spread.q3)
        median = say("{median} ({q1} to {q3})", median=median, q1=q1, q3=q3)
    return name, numeral(values.n, ","), _mean(values), number_words.number(values.sd), median


def _mean(values: ClusteredMean) -> str:
    limits = number_words.in_brackets(values.ci95, signed=True)
    return " ".join(filter(None, (number_words.change(values.mean), limits)))


def _beyond(gains: HeightGains) -> str:
    losses = [
        numerals("{wall} {n_below_zero:,}", wall=gain.wall.shown, n_below_zero=gain.n_below_zero)
        for gain in gains.gains
        if gain.formula is Formula.GAIN and gain.n_below_zero
    ]
    above = [
        numerals("{name} {n_above_100:,}", name=_name(gain), n_above_100=gain.n_above_100)
        for gain in gains.gains
        if gain.n_above_100
    ]
    said = [say("Lower after than before: {losses}.", losses=", ".join(losses)) if losses else ""]
    said.append(say("Above 100 %: {above}.", above=", ".join(above)) if above else "")
    return " ".join(filter(None, said))
