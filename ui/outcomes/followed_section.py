# SPDX-License-Identifier: MIT
"""Who was followed and who was lost, how alike they were, and what the lost could change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from models.analysis.question import Question
from models.logbook import Logbook
from models.speech import numeral, numerals, say
from ui.charts import followed_words, number_words, sentences
from ui.charts.kinds import FigureKind
from ui.measures import keep
from ui.outcomes.at_random_card import AtRandomCard
from ui.outcomes.section import Section, lines, together, write
from ui.theme import Theme
from ui.widgets.beside_card import BesideCard
from ui.widgets.card import Card, FigureCard
from ui.widgets.own_cases import OwnCases, own_cases
from ui.widgets.text_table import Column, TextTable

if TYPE_CHECKING:
    from models.analysis.beside import Counted
    from models.analysis.followed import Balance, Bounds, Followed
    from models.analysis.statistics import Mean, Proportion

_ROW = 19
_WIDTH_FOR_TWO = 1240
_HEIGHTS = {FigureKind.BALANCE: 300}


class FollowedSection(Section):
    """Figures, the baseline table with its picture, bounds, and a model of what is missing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _HEIGHTS, parent)
        self.figures = tuple(FigureCard(theme, parent=self) for _ in range(4))
        self.balance = BalanceCard(theme, self)
        self.bounds = BoundsCard(theme, self)
        self.at_random = AtRandomCard(theme, self)
        self._is_below = False
        self._top, self._grid = QGridLayout(), QGridLayout()
        for grid in (self._top, self._grid):
            keep(theme, grid.setSpacing, 12)
        self.column.addLayout(self._top)
        self.column.addLayout(self._grid)
        self.beside: BesideCard = BesideCard(theme, self)
        self.column.addWidget(self.bounds)
        self.column.addWidget(self.at_random)
        self.column.addWidget(self.beside)
        self.beside.hide()
        self.column.addStretch(1)
        self._place()

    def work(self, logbook: Logbook, question: Question) -> Callable[[], object]:
        def work() -> Followed:
            from models.analysis.followed import followed

            return followed(logbook, question)

        return work

    def counts_of(self, found: Followed) -> tuple[int, int]:
        return found.n_cases, found.n_synthetic

    def show_numbers(self, found: Followed) -> None:
        share = found.answered
        limits = share.ci95
        visit = followed_words.visit(found)
        answered = (
            self.tr("{k} of {n} whose visit is over").format(
                k=numeral(share.k, ","), n=numeral(share.n, ",")
            )
            if share.n
            else self.tr("no visit is over yet")
        )
        told = (
            (
                number_words.percent(share.rate),
                self.tr("answered at {visit}").format(visit=visit),
                say(
                    "{answered} · 95 % CI {low:.0f} to {high:.0f} %",
                    answered=answered,
                    low=100 * limits.low,
                    high=100 * limits.high,
                )
                if limits is not None
                else answered,
            ),
            (numeral(found.n_lost, ","), self.tr("lost"), self.tr("visit over, no answer")),
            (numeral(found.n_died, ","), self.tr("died before"), self.tr("without an answer then")),
            (
                numeral(found.n_not_due, ","),
                self.tr("not due yet"),
                self.tr("{n} more without a day of the procedure").format(
                    n=numeral(found.n_no_day, ",")
                )
                if found.n_no_day
                else self.tr("visit not over"),
            ),
        )
        for card, figure in zip(self.figures, told, strict=True):
            card.set_figure(*figure)
        rows = sum(row.difference is not None for row in found.balance)
        self.charts[FigureKind.BALANCE].view.set_least_height(60 + _ROW * max(6, rows))
        self.balance.show_found(found)
        self.bounds.show_found(found)
        self.at_random.show_found(found.at_random)
        self.lay_beside(found)

    def own_beside(self, found: Followed) -> tuple[list[Counted], OwnCases]:
        from models.analysis.beside import followed_beside

        about = sentences.about(found.question, found.n_synthetic, found.n_cases)
        counted = own_cases(found.question.filter, about, found.n_synthetic)
        return followed_beside(found), counted

    def set_narrow(self, *, narrow: bool) -> None:
        if narrow is not self._is_narrow:
            super().set_narrow(narrow=narrow)
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.width() < self._theme.px(_WIDTH_FOR_TWO)) is not self._is_below:
            self._place()

    def _place(self) -> None:
        self._is_below = below = self.width() < self._theme.px(_WIDTH_FOR_TWO)
        columns = 2 if self._is_narrow else len(self.figures)
        for place, card in enumerate(self.figures):
            self._top.addWidget(card, *divmod(place, columns))
        for column in range(len(self.figures)):
            self._top.setColumnStretch(column, int(column < columns))
        self._grid.addWidget(self.balance, 0, 0)
        self._grid.addWidget(self.charts[FigureKind.BALANCE], *((1, 0) if below else (0, 1)))
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 0 if below else 1)


class BalanceCard(Card):
    """What was known before, of those with an answer and of those lost."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(
            self.tr("Before the procedure: answered and lost"),
            self.tr("Mean (SD) or k of n (%), of those of whom it is known."),
        )
        number = {"is_number": True}
        self.table = TextTable(
            theme,
            self.tr("Baseline of those with an answer and of those lost"),
            (
                Column(self.tr("What"), stretches=True),
                Column(self.tr("Answered"), **number),
                Column(self.tr("Lost"), **number),
                Column(self.tr("Std. diff."), **number),
            ),
            self,
            most_shown=24,
        )
        self.body.addWidget(self.table)
        (self._told,) = lines(self, self, 1)
        self.body.addStretch(1)

    def show_found(self, found: Followed) -> None:
        """Show both groups side by side."""
        self.table.set_rows([_row(row) for row in found.balance])
        scale = found.scale.label if found.scale else self.tr("no scale")
        on = self.tr("Pain before: exact scores on {scale}.").format(scale=scale)
        write(
            self._told,
            [
                followed_words.answered_in_words(found),
                *followed_words.not_counted(found),
                on,
                *together(found.question),
            ],
        )


class BoundsCard(Card):
    """What the responder rates would be if all without a pair had responded, or none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(
            self.tr("Responders, whatever became of those without a pair"),
            self.tr("Worst: none of them responded. Best: all of them did."),
        )
        number = {"is_number": True}
        self.table = TextTable(
            theme,
            self.tr("Bounds of the responder rates"),
            (
                Column(self.tr("Criterion"), stretches=True),
                Column(self.tr("Found"), **number),
                Column(self.tr("Cases due"), **number),
                Column(self.tr("Worst"), **number),
                Column(self.tr("Best"), **number),
            ),
            self,
        )
        self.body.addWidget(self.table)
        self._told, self._thresholds = lines(self, self, 2)

    def show_found(self, found: Followed) -> None:
        """Show the bounds of each criterion."""
        self.table.set_rows([_bound(one) for one in found.bounds])
        self.table.setVisible(bool(found.bounds))
        write(self._told, [] if found.bounds else [self.tr("No complete pair.")])
        write(self._thresholds, [self.tr("Thresholds: {list}.").format(list=thresholds_of(found))])


def thresholds_of(found: Followed) -> str:
    """Those of pain, as they are printed with a table."""
    return "; ".join(found.thresholds.in_words().split("; ")[:4])


def _row(row: Balance) -> tuple[str, ...]:
    difference = number_words.NONE
    if row.difference is not None:
        difference = number_words.fixed(row.difference, 2)
    return followed_words.row_name(row), _side(row.answered), _side(row.lost), difference


def _side(value: Mean | Proportion) -> str:
    share = getattr(value, "k", None)
    if share is not None:
        rate = number_words.percent(getattr(value, "rate", None))
        return (
            say("{share:,} of {n:,} ({rate})", share=share, n=value.n, rate=rate)
            if value.n
            else number_words.NONE
        )
    mean, sd = getattr(value, "mean", None), getattr(value, "sd", None)
    if mean is None:
        return number_words.NONE
    return numerals(
        "{fixed} ({number}), n {n:,}",
        fixed=number_words.fixed(mean),
        number=number_words.number(sd),
        n=value.n,
    )


def _bound(one: Bounds) -> tuple[str, ...]:
    result = one.found.result
    return (
        one.label,
        say(
            "{k:,} of {n:,} ({percent})",
            k=result.k,
            n=result.n,
            percent=number_words.percent(result.rate),
        ),
        numeral(one.n, ","),
        number_words.percent(one.worst),
        number_words.percent(one.best),
    )
