# SPDX-License-Identifier: MIT
"""The same numbers for each group, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from models.analysis.question import FEWEST_TESTED
from models.analysis.responders import Criterion, responders_of
from models.speech import lowered, numeral, numerals, say
from ui.charts import number_words
from ui.jobs import Job, Jobs
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.paragraph import paragraph
from ui.widgets.text_table import Column, TextTable

if TYPE_CHECKING:
    from models.analysis.comparing import Comparison
    from models.analysis.outcome import Group, PairedNumbers, PairedOutcome


class GroupsCard(Card):
    """A row for each group; a group with few pairs has its numbers and no test."""

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._jobs = jobs
        self._comparing: Job | None = None
        self._outcome: PairedOutcome | None = None
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
        self.one, self.other = ChoiceBox(self), ChoiceBox(self)
        self._versus = QWidget(self)
        self._fill_versus(theme)
        self.comparison = paragraph(self)
        self.body.addWidget(self._versus)
        self.body.addWidget(self.comparison)
        self.one.currentIndexChanged.connect(self._compare)
        self.other.currentIndexChanged.connect(self._compare)

    def _fill_versus(self, theme: Theme) -> None:
        row = QHBoxLayout(self._versus)
        row.setContentsMargins(0, 0, 0, 0)
        keep(theme, row.setSpacing, 8)
        for text, box in ((self.tr("Test"), self.one), (self.tr("against"), self.other)):
            label = QLabel(text, self._versus)
            set_kind(label, "muted")
            row.addWidget(label)
            row.addWidget(box)
        row.addStretch(1)
        self.one.setAccessibleName(self.tr("Group to test"))
        self.other.setAccessibleName(self.tr("Group to test against"))

    def show_outcome(self, outcome: PairedOutcome) -> None:
        """Show the groups of ``outcome``; hides itself if it has none."""
        self.setVisible(bool(outcome.groups))
        by = outcome.question.by
        if by is None:
            return
        text = self.tr(
            "Every case is in one group. A group with fewer than {n} pairs has its numbers and is "
            "not tested."
        )
        self.set_title(self.tr("By {field}").format(field=lowered(by.label)))
        said = [text.format(n=FEWEST_TESTED)]
        if outcome.numbers.responders:
            criterion = responders_of(outcome.numbers.responders, Criterion.POINTS)
            improved = self.tr("Improved: {points} ({source}).")
            said.append(improved.format(points=criterion.label, source=criterion.source))
        self._remark.setText(" ".join(said))
        self.table.set_rows([self._row(outcome, group) for group in outcome.groups])
        self._offer(outcome)

    def _offer(self, outcome: PairedOutcome) -> None:
        """Offer two groups to be tested against each other, the two largest at first."""
        self._outcome = outcome
        groups = sorted(outcome.groups, key=lambda group: -group.numbers.n_pairs)[:2]
        first = [outcome.groups.index(group) for group in groups]
        self._versus.setVisible(len(outcome.groups) > 1)
        for box, place in zip((self.one, self.other), sorted(first), strict=False):
            box.blockSignals(True)
            box.clear()
            box.addItems([group.label for group in outcome.groups])
            box.setCurrentIndex(place)
            box.blockSignals(False)
        self._compare()

    def _compare(self) -> None:
        outcome, one, other = self._outcome, self.one.currentIndex(), self.other.currentIndex()
        if self._comparing is not None:
            self._comparing.cancel()
            self._comparing = None
        self.comparison.setVisible(outcome is not None and len(outcome.groups) > 1)
        if outcome is None or len(outcome.groups) < 2:
            return
        if one == other:
            self.comparison.setText(self.tr("Choose two different groups."))
            return

        def work() -> Comparison:
            from models.analysis.comparing import compare

            return compare(outcome, outcome.groups[one], outcome.groups[other])

        self._comparing = self._jobs.run(None, work, partial(self._show, outcome))

    def _show(self, outcome: PairedOutcome, found: Comparison) -> None:
        self._comparing = None
        self.comparison.setText(comparison_in_words(outcome, found))

    def _row(self, outcome: PairedOutcome, group: Group) -> tuple[str, ...]:
        numbers, decimals = group.numbers, outcome.instrument.decimals
        change = number_words.change(numbers.change.mean, decimals)
        if numbers.change.ci95:
            change = (
                f"{change} {number_words.in_brackets(numbers.change.ci95, decimals, signed=True)}"
            )
        return (
            group.label,
            numeral(numbers.n_cases, ","),
            numeral(numbers.n_pairs, ","),
            number_words.mean(numbers.before, decimals),
            number_words.mean(numbers.after, decimals),
            change,
            number_words.p_value(numbers.test.p),
            _improved(numbers),
        )


def _improved(numbers: PairedNumbers) -> str:
    if not numbers.responders:
        return number_words.NONE
    points = responders_of(numbers.responders, Criterion.POINTS).result
    limits = number_words.percent_interval(points.ci95)
    return f"{number_words.percent(points.rate)} ({limits})" if limits else number_words.NONE


def comparison_in_words(outcome: PairedOutcome, found: Comparison) -> str:
    """Which tests were done of two groups, and what they say."""
    one = numerals("{one_label} (n {n_one:,})", one_label=found.one_label, n_one=found.n_one)
    sizes = say(
        "{one} against {other_label} (n {n_other:,})",
        one=one,
        other_label=found.other_label,
        n_other=found.n_other,
    )
    if not found.is_tested:
        return say(
            "{sizes}: not tested, because a group has fewer than {fewest_tested} pairs.",
            sizes=sizes,
            fewest_tested=FEWEST_TESTED,
        )
    decimals, change = outcome.instrument.decimals, found.change
    difference = {"sizes": sizes, "change": number_words.change(change.difference, decimals)}
    said = [
        say("{sizes}: difference of the mean changes {change}", **difference)
        if change.p is None
        else say(
            "{sizes}: difference of the mean changes {change} ({limits}), Welch's t test {p_value}",
            limits=number_words.interval(change.ci95, decimals, signed=True),
            p_value=number_words.p_value(change.p),
            **difference,
        )
    ]
    if found.ranks.p is not None:
        said.append(
            say(
                "Mann-Whitney {p_value} ({method})",
                p_value=number_words.p_value(found.ranks.p),
                method=found.ranks.method,
            )
        )
    fishers = [
        f"{share.label} {number_words.p_value(share.p)}"
        for share in found.shares
        if share.p is not None
    ]
    if fishers:
        said.append(say("Fisher's exact test: {fishers}", fishers=", ".join(fishers)))
    note = say("Tests are not corrected for their number, and groups were not made by chance.")
    return f"{'. '.join(said)}. {note}"
