# SPDX-License-Identifier: MIT
"""Where on the spine cement leaked: the more levels with a leak, the darker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.speech import numeral, say
from ui.charts import safety_sentences as sentences
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.paragraph import paragraph
from ui.widgets.spine import SpineView
from ui.widgets.spine_marks import LevelMark

if TYPE_CHECKING:
    from models.safety.leakage import LevelMark as Counted
    from models.safety.numbers import SafetyNumbers
    from models.vocabulary import Level


class SpineCard(Card):
    """The spine with the number of leaks of each level.

    Signals:
        query_asked: (str) the user wants to see the cases with a leak at a level.
    """

    query_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        explained = self.tr("Stronger color: more levels with a leak.")
        self.set_title(self.tr("Leaks by level"), explained)
        self.spine = SpineView(theme, parent=self)
        self.spine.set_interactive(True)
        self.spine.setAccessibleName(self.tr("Leaks by level"))
        self._most = paragraph(self)
        self.body.addWidget(self.spine, 1)
        self.body.addWidget(self._most)
        self._counted: dict[Level, Counted] = {}
        self.spine.level_clicked.connect(self._ask)

    def show_numbers(self, numbers: SafetyNumbers) -> None:
        """Color the levels by their leaks."""
        marks = numbers.leakage.spine
        self._counted = {mark.level: mark for mark in marks}
        most = max((mark.k for mark in marks), default=0)
        self.spine.set_marks({mark.level: self._mark(mark, most) for mark in marks})
        frequent = sorted(marks, key=lambda mark: (-mark.k, mark.level.rank))[:3]
        said = ", ".join(
            say("{level} {k:,} of {n:,}", level=m.level.label, k=m.k, n=m.n)
            for m in frequent
            if m.k
        )
        self._most.setText(
            self.tr("Most: {levels}.").format(levels=said) if said else self.tr("No leak so far.")
        )

    def _mark(self, mark: Counted, most: int) -> LevelMark:
        said = self.tr("{k} of {n} levels leaked, {rate}").format(
            k=numeral(mark.k, ","),
            n=numeral(mark.n, ","),
            rate=sentences.percent(mark.k / mark.n if mark.n else None),
        )
        if mark.n_not_assessed:
            said += self.tr("; {n} not assessed").format(n=numeral(mark.n_not_assessed, ","))
        return LevelMark(heat=mark.k / most if most and mark.k else None, note=said)

    def _ask(self, level: Level) -> None:
        mark = self._counted.get(level)
        if mark is not None:
            leak = say(" leak:yes") if mark.k else ""
            self.query_asked.emit(f"level:{level.value}{leak}")
