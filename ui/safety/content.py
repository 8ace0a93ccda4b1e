# SPDX-License-Identifier: MIT
"""What the page shows: cards in their places. Figures are drawn by others and handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.speech import numeral
from ui.charts.kinds import SafetyFigure
from ui.charts.safety_sentences import about, caption
from ui.measures import keep
from ui.safety.cusum_card import CusumCard
from ui.safety.events_card import EventsCard, RadiationCard
from ui.safety.figure_row import SafetyFigures
from ui.safety.fractures_card import FracturesCard
from ui.safety.leakage_card import LeakageCard, SplitCard
from ui.safety.recall_card import RecallCard
from ui.safety.spine_card import SpineCard
from ui.theme import Theme, set_kind
from ui.topics import SAFETY, below, set_topic
from ui.widgets.beside_card import BesideCard
from ui.widgets.own_cases import own_cases

if TYPE_CHECKING:
    from models.literature import PublishedRate
    from models.literature.matching import OwnBeside
    from models.safety.numbers import SafetyNumbers

_SPINE_WIDTH = 236


class SafetyContent(QWidget):
    """All cards.

    Signals:
        figures_outgrown: a figure has another size than its picture.
        query_asked: (str) the user wants to see the cases behind a number.
    """

    figures_outgrown = Signal()
    query_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "page")
        self.banner = QFrame(self)
        set_kind(self.banner, "notice")
        self._banner_text = QLabel(self.banner)
        self._banner_text.setWordWrap(True)
        # In the order in which they stand, which Tab follows.
        self.figures = SafetyFigures(theme, self)
        self.leakage = LeakageCard(theme, self)
        self.splits = SplitCard(theme, self)
        self.spine = SpineCard(theme, self)
        self.beside = BesideCard(theme, self)
        self.cusum = CusumCard(theme, self)
        self.events = EventsCard(theme, self)
        self.fractures = FracturesCard(theme, self)
        self.radiation = RadiationCard(theme, self)
        self.recall = RecallCard(theme, self)
        self.views = {
            SafetyFigure.LEAKAGE: self.leakage.view,
            SafetyFigure.CUSUM: self.cusum.view,
            SafetyFigure.FRACTURES: self.fractures.view,
        }
        for view in self.views.values():
            view.outgrown.connect(self.figures_outgrown)
        for card in (self.splits, self.events, self.spine):
            card.query_asked.connect(self.query_asked)
        self._tell_topics()
        self._main, self._below = QGridLayout(), QGridLayout()
        self._is_narrow = False
        self._arrange(theme)

    def _tell_topics(self) -> None:
        for heading, cards in (
            ("Leakage", (self.leakage, self.splits, self.spine)),
            ("Adverse events", (self.events,)),
            ("New fractures", (self.fractures,)),
            ("Radiation", (self.radiation,)),
            ("CUSUM", (self.cusum,)),
            ("Recall of a lot", (self.recall,)),
        ):
            for card in cards:
                set_topic(card, below(SAFETY, heading))

    def show_numbers(self, numbers: SafetyNumbers) -> None:
        """Show every number; the pictures of the figures follow."""
        self._show_banner(numbers)
        for card in (
            *(self.figures, self.leakage, self.spine, self.cusum, self.splits),
            *(self.events, self.fractures, self.radiation),
        ):
            card.show_numbers(numbers)

    def show_published(
        self, numbers: SafetyNumbers, rates: tuple[list[OwnBeside], list[PublishedRate]]
    ) -> None:
        """Lay published rates beside the own ones, which come first."""
        counted = own_cases(numbers.question.asked, about(numbers), numbers.n_synthetic)
        self.beside.show_rates(*rates, counted)

    def show_pictures(self, numbers: SafetyNumbers, pictures: dict[SafetyFigure, QImage]) -> None:
        """Show the figures of ``numbers``."""
        for kind, image in pictures.items():
            self.views[kind].show_picture(image, caption(kind, numbers))

    def figure_sizes(self) -> dict[SafetyFigure, tuple[int, int]]:
        """Width and height of each figure in pixels."""
        return {kind: view.figure_size for kind, view in self.views.items()}

    def set_narrow(self, *, narrow: bool) -> None:
        """All cards below each other, or with the spine beside them."""
        if narrow is not self._is_narrow:
            self._is_narrow = narrow
            self.figures.set_narrow(narrow=narrow)
            self.leakage.set_narrow(narrow=narrow)
            self._place()

    def _arrange(self, theme: Theme) -> None:
        banner = QHBoxLayout(self.banner)
        keep(theme, banner.setContentsMargins, 12, 5, 12, 5)
        banner.addWidget(self._banner_text, 1)
        for grid in (self._main, self._below):
            keep(theme, grid.setSpacing, 12)
        keep(theme, self.spine.setMinimumWidth, _SPINE_WIDTH)
        self._place()
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 13, 14, 16, 14)
        keep(theme, layout.setSpacing, 12)
        layout.addWidget(self.banner)
        layout.addWidget(self.figures)
        layout.addLayout(self._main)
        layout.addLayout(self._below)
        layout.addStretch(1)

    def _place(self) -> None:
        main, below = self._main, self._below
        if self._is_narrow:
            cards = (self.leakage, self.splits, self.beside, self.spine, self.cusum)
            for row, card in enumerate(cards):
                main.addWidget(card, row, 0)
            for row, card in enumerate((self.events, self.fractures, self.radiation, self.recall)):
                below.addWidget(card, row, 0)
        else:
            main.addWidget(self.leakage, 0, 0)
            main.addWidget(self.splits, 1, 0)
            main.addWidget(self.spine, 0, 1, 2, 1)
            main.addWidget(self.beside, 2, 0, 1, 2)
            main.addWidget(self.cusum, 3, 0, 1, 2)
            below.addWidget(self.events, 0, 0, 1, 2)
            below.addWidget(self.fractures, 1, 0)
            below.addWidget(self.radiation, 1, 1)
            below.addWidget(self.recall, 2, 0, 1, 2)
        main.setColumnStretch(0, 1)
        below.setColumnStretch(0, 1)
        below.setColumnStretch(1, int(not self._is_narrow))

    def _show_banner(self, numbers: SafetyNumbers) -> None:
        n, of = numbers.n_synthetic, numbers.n_cases
        self.banner.setVisible(n > 0)
        text = (
            self.tr("Synthetic data: {n} of {cases} is of a patient who does not exist.")
            if n == 1
            else self.tr("Synthetic data: {n} of {cases} cases are of patients who do not exist.")
        )
        self._banner_text.setText(text.format(n=numeral(n, ","), cases=numeral(of, ",")))
