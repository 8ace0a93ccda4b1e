# SPDX-License-Identifier: MIT
"""The four figures at the top of the page, each with its n and interval in small print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.analysis.instruments import Center
from models.analysis.question import FEWEST_TESTED
from models.analysis.responders import Criterion, responders_of
from models.analysis.statistics import ALL_EQUAL
from models.speech import numeral
from ui.charts import number_words, sentences
from ui.widgets.card import FigureCard
from ui.widgets.figure_row import FigureRow

if TYPE_CHECKING:
    from models.analysis.outcome import PairedNumbers, PairedOutcome


class OutcomeFigures(FigureRow):
    """Change, test, responders, missing."""

    def show_outcome(self, outcome: PairedOutcome) -> None:
        """Show the figures of all cases."""
        change, test, improved, missing = self.cards
        numbers = outcome.numbers
        middle = numbers.spread.median if self._is_median(outcome) else numbers.change.mean
        change.set_figure(
            number_words.change(middle, outcome.instrument.decimals),
            self.tr("{middle} change, {scale}").format(
                middle=outcome.center.shown, scale=sentences.on_scale(outcome)
            ),
            self._change_print(outcome),
        )
        test.set_figure(
            number_words.p_value(numbers.test.p),
            self.tr("Wilcoxon signed rank"),
            self._test_print(numbers),
        )
        self._show_improved(improved, outcome)
        missing.set_figure(
            self.tr("{missing} of {cases}").format(
                missing=numeral(numbers.n_missing, ","), cases=numeral(numbers.n_cases, ",")
            ),
            self.tr("no paired score"),
            sentences.missing_in_short(numbers) or self.tr("none missing"),
        )

    def _show_improved(self, card: FigureCard, outcome: PairedOutcome) -> None:
        responders = outcome.numbers.responders
        if not responders:
            card.set_figure(
                number_words.NONE,
                self.tr("no threshold is established"),
                self.tr("for {score}").format(score=outcome.instrument.label),
            )
            return
        points = responders_of(responders, Criterion.POINTS)
        card.set_figure(
            number_words.percent(points.result.rate),
            self.tr("improved by {points}").format(points=points.label),
            sentences.share(points),
        )

    def _change_print(self, outcome: PairedOutcome) -> str:
        numbers, decimals = outcome.numbers, outcome.instrument.decimals
        if not numbers.n_pairs:
            return self.tr("no complete pair")
        ci95 = numbers.spread.ci95 if self._is_median(outcome) else numbers.change.ci95
        limits = number_words.interval(ci95, decimals, signed=True)
        return self.tr("{interval} · paired n\N{NO-BREAK SPACE}{n}").format(
            interval=limits, n=numeral(numbers.n_pairs, ",")
        )

    def _is_median(self, outcome: PairedOutcome) -> bool:
        return outcome.center is Center.MEDIAN

    def _test_print(self, numbers: PairedNumbers) -> str:
        test = numbers.test
        if not numbers.n_pairs:
            return self.tr("no complete pair")
        if numbers.n_pairs < FEWEST_TESTED:
            told = self.tr("fewer than {fewest} pairs: not tested · n {n}")
            return told.format(fewest=FEWEST_TESTED, n=numeral(numbers.n_pairs, ","))
        if test.method == ALL_EQUAL:
            told = self.tr("every pair changed by the same: not tested · n {n}")
            return told.format(n=numeral(numbers.n_pairs, ","))
        if test.p is None or test.rank_biserial is None:
            return self.tr("no change in any pair · n {n}").format(n=numeral(numbers.n_pairs, ","))
        return self.tr("rank-biserial r {r} · {method}").format(
            r=number_words.fixed(test.rank_biserial, 2), method=sentences.test_method(test)
        )
