# SPDX-License-Identifier: MIT
"""What the page shows of an outcome: figures, charts, groups, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.charts import sentences
from ui.charts.kinds import FigureKind
from ui.charts.view import FigureView
from ui.measures import keep
from ui.outcomes.figure_row import FigureRow
from ui.outcomes.groups_card import GroupsCard
from ui.outcomes.missing_card import ApartCard, MissingCard
from ui.outcomes.responders_card import RespondersCard
from ui.outcomes.text import paragraph
from ui.theme import Theme, set_kind
from ui.widgets.card import Card

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome

_PAIRED_HEIGHT, _COURSE_HEIGHT = 360, 200
_GROUP_HEIGHT = 24


class OutcomeContent(QWidget):
    """Cards in their places. Figures are drawn by others and handed in.

    Signals:
        figures_outgrown: a figure has another size than its picture.
        case_opened: the case with this id is to be opened.
    """

    figures_outgrown = Signal()
    case_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "page")
        self.banner = QFrame(self)
        set_kind(self.banner, "notice")
        self._banner_text = QLabel(self.banner)
        self._banner_text.setWordWrap(True)
        self.figures = FigureRow(theme, self)
        self.paired = Card(theme, parent=self)
        self.course = Card(theme, parent=self)
        self.responders = RespondersCard(theme, self)
        self.groups = GroupsCard(theme, self)
        self.missing = MissingCard(theme, self)
        self.apart = ApartCard(theme, self)
        self.views = {
            FigureKind.PAIRED: FigureView(theme, FigureKind.PAIRED.heading, _PAIRED_HEIGHT, self),
            FigureKind.COURSE: FigureView(theme, FigureKind.COURSE.heading, _COURSE_HEIGHT, self),
        }
        self._legend, self._remark = paragraph(self.paired), paragraph(self.course)
        for kind, card, remark in (
            (FigureKind.PAIRED, self.paired, self._legend),
            (FigureKind.COURSE, self.course, self._remark),
        ):
            card.set_title(kind.heading)
            card.body.addWidget(remark)
            card.body.addWidget(self.views[kind], 1)
        for view in self.views.values():
            view.outgrown.connect(self.figures_outgrown)
        self.apart.case_opened.connect(self.case_opened)
        self._charts, self._below = QGridLayout(), QGridLayout()
        self._is_narrow = False
        self._arrange(theme)

    def show_outcome(self, outcome: PairedOutcome) -> None:
        """Show every number; the pictures of the figures follow."""
        self._show_banner(outcome)
        self.figures.show_outcome(outcome)
        self._legend.setText(sentences.paired_legend(outcome))
        self._remark.setText(self._course_remark(outcome))
        lines = min(len(outcome.groups), sentences.MOST_COURSES)
        self.views[FigureKind.COURSE].set_least_height(_COURSE_HEIGHT + lines * _GROUP_HEIGHT)
        self.responders.show_numbers(outcome.numbers)
        self.groups.show_outcome(outcome)
        self.missing.show_outcome(outcome)
        self.apart.show_outcome(outcome)

    def show_pictures(self, outcome: PairedOutcome, pictures: dict[FigureKind, QImage]) -> None:
        """Show the figures of ``outcome``."""
        told = {
            FigureKind.PAIRED: sentences.paired_description(outcome),
            FigureKind.COURSE: sentences.course_caption(outcome),
        }
        for kind, image in pictures.items():
            self.views[kind].show_picture(image, told[kind])

    def figure_sizes(self) -> dict[FigureKind, tuple[int, int]]:
        """Width and height of each figure in pixels."""
        return {kind: view.figure_size for kind, view in self.views.items()}

    def _arrange(self, theme: Theme) -> None:
        banner = QHBoxLayout(self.banner)
        keep(theme, banner.setContentsMargins, 12, 5, 12, 5)
        banner.addWidget(self._banner_text, 1)
        charts, below = self._charts, self._below
        for grid in (charts, below):
            keep(theme, grid.setSpacing, 12)
        charts.setRowStretch(0, 1)
        self._place()
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 16, 14, 16, 14)
        keep(theme, layout.setSpacing, 12)
        layout.addWidget(self.banner)
        layout.addWidget(self.figures)
        layout.addLayout(charts, 1)
        layout.addWidget(self.groups)
        layout.addLayout(below)

    def set_narrow(self, *, narrow: bool) -> None:
        """All cards below each other, or in two columns."""
        if narrow is not self._is_narrow:
            self._is_narrow = narrow
            self.figures.set_narrow(narrow=narrow)
            self._place()

    def _place(self) -> None:
        charts, below = self._charts, self._below
        if self._is_narrow:
            for row, card in enumerate((self.paired, self.course, self.responders)):
                charts.addWidget(card, row, 0)
            for row, card in enumerate((self.missing, self.apart)):
                below.addWidget(card, row, 0)
        else:
            charts.addWidget(self.paired, 0, 0, 2, 1)
            charts.addWidget(self.course, 0, 1)
            charts.addWidget(self.responders, 1, 1)
            below.addWidget(self.missing, 0, 0)
            below.addWidget(self.apart, 0, 1)
        for grid in (charts, below):
            grid.setColumnStretch(0, 5)
            grid.setColumnStretch(1, 0 if self._is_narrow else 7)

    def _show_banner(self, outcome: PairedOutcome) -> None:
        n, of = outcome.n_synthetic, outcome.numbers.n_cases
        self.banner.setVisible(n > 0)
        text = (
            self.tr("Synthetic data: {n} of {cases} is of a patient who does not exist.")
            if n == 1
            else self.tr("Synthetic data: {n} of {cases} cases are of patients who do not exist.")
        )
        self._banner_text.setText(text.format(n=f"{n:,}", cases=f"{of:,}"))

    def _course_remark(self, outcome: PairedOutcome) -> str:
        text = self.tr("Exact scores with a date, and how many there are at each time; {scale}.")
        said = (text.format(scale=sentences.on_scale(outcome)), sentences.courses_left_out(outcome))
        return " ".join(filter(None, said))
