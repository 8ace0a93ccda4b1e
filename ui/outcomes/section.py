# SPDX-License-Identifier: MIT
"""What the sections of the page have in common: a job to ask, figures, and what is synthetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from models.analysis.question import Question
from models.speech import numeral
from ui.charts.beside_desk import BesideDesk
from ui.charts.kinds import FigureKind
from ui.charts.ledger import Whose
from ui.charts.telling import TELLINGS
from ui.charts.view import FigureView
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.card import Card
from ui.widgets.own_cases import OwnCases
from ui.widgets.paragraph import paragraph

if TYPE_CHECKING:
    from models.analysis.beside import Counted
    from models.analysis.treated import Treated
    from models.literature import PublishedRate
    from models.logbook import Logbook
    from ui.jobs import Jobs
    from ui.widgets.beside_card import BesideCard
    from ui.widgets.notice import Notice


@dataclass(frozen=True, slots=True)
class LaidBeside:
    """What is laid beside own rates, and with what each of the own cases was treated."""

    rates: Sequence[PublishedRate]
    treated: Treated


def laid_beside(logbook: Logbook) -> LaidBeside:
    """All published rates, those of the clinic first: work for a job."""
    from models.analysis.treated import treated_with
    from models.literature import all_rates

    rates = all_rates(logbook)
    with logbook.session():
        return LaidBeside(rates, treated_with(logbook))


def scrolled(section: QWidget, parent: QWidget) -> QScrollArea:
    """A section, which was hidden so far, in a frame in which it scrolls up and down."""
    scroll = QScrollArea(parent)
    set_kind(scroll, "read")
    scroll.setWidgetResizable(True)
    scroll.setAccessibleName(QCoreApplication.translate("outcomes", "Figures and numbers"))
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    scroll.setWidget(section)
    section.show()
    return scroll


class ChartCard(Card):
    """A figure under its heading and its legend."""

    def __init__(
        self, theme: Theme, kind: FigureKind, height: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent=parent)
        self._kind = kind
        self.legend = paragraph(self)
        self.view = FigureView(theme, kind.heading, height, self)
        self.set_title(kind.heading)
        self.body.addWidget(self.legend)
        self.body.addWidget(self.view, 1)

    def show_found(self, found: object) -> None:
        """Tell what the figure is of; its picture follows."""
        telling = TELLINGS[self._kind]
        self.set_title(telling.heading(found))
        self.legend.setText(telling.legend(found))


class Section(QWidget):
    """What every section has. What it shows is worked out by others, in a job, and handed in.

    Each adds three methods, which the page calls: ``work`` for the job that works it out,
    ``counts_of`` what was found for the number of cases and of synthetic ones among them, and
    ``show_numbers``.

    Signals:
        asked: the user asked for something else within the section.
        figures_outgrown: a figure has another size than its picture.
        case_opened: the case with this id is to be opened.

    Attributes:
        charts: the cards of the figures.
        views: the figures themselves.
        beside: the card of published rates; None where there is none.
    """

    asked = Signal()
    figures_outgrown = Signal()
    case_opened = Signal(str)

    def __init__(
        self, theme: Theme, heights: dict[FigureKind, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_kind(self, "page")
        self._theme = theme
        self._is_narrow = False
        self.beside: BesideCard | None = None
        self._laid: LaidBeside | None = None
        self._shown: object = None
        self.banner = QFrame(self)
        set_kind(self.banner, "notice")
        self._banner_text = QLabel(self.banner)
        self._banner_text.setWordWrap(True)
        banner = QHBoxLayout(self.banner)
        keep(theme, banner.setContentsMargins, 12, 5, 12, 5)
        banner.addWidget(self._banner_text, 1)
        self.charts = {
            kind: ChartCard(theme, kind, height, self) for kind, height in heights.items()
        }
        self.views = {kind: card.view for kind, card in self.charts.items()}
        for view in self.views.values():
            view.outgrown.connect(self.figures_outgrown)
        self.column = QVBoxLayout(self)
        keep(theme, self.column.setContentsMargins, 13, 14, 16, 14)
        keep(theme, self.column.setSpacing, 12)
        self.column.addWidget(self.banner)

    def offer_beside(self, jobs: Jobs, notice: Notice, whose: Whose) -> None:
        """Let published rates be handed on as a figure; the notice tells how it went."""
        if self.beside is not None:
            BesideDesk(jobs, self.beside, notice, whose, self)

    def take_published(self, laid: LaidBeside | None) -> None:
        """Published rates, to be laid beside the own ones."""
        self._laid = laid
        self.lay_beside(self._shown)

    def lay_beside(self, found: object) -> None:
        """Lay published rates beside those of what was found; none before both are there."""
        self._shown = found
        if self.beside is not None and found is not None and self._laid is not None:
            own, about = self.own_beside(found)
            compared = self._laid.treated.among(own)
            self.beside.show_rates(compared, self._laid.rates, about)

    def own_beside(self, found: Any) -> tuple[Sequence[Counted], OwnCases]:
        """Own rates of what was found, and which cases count."""
        return (), OwnCases()

    def set_narrow(self, *, narrow: bool) -> None:
        """All cards below each other, or two beside each other."""
        self._is_narrow = narrow

    @property
    def kinds(self) -> tuple[FigureKind, ...]:
        """The figures of the section, in order."""
        return tuple(self.views)

    def show_frame(self, found: object, n_cases: int, n_synthetic: int) -> None:
        """Tell how many of the cases are synthetic, and what the figures are of."""
        self._show_banner(n_cases, n_synthetic)
        for card in self.charts.values():
            card.show_found(found)

    def show_pictures(
        self, pictures: dict[FigureKind, QImage], told: dict[FigureKind, str]
    ) -> None:
        """Show the figures, and tell their numbers to those who cannot see them."""
        for kind, image in pictures.items():
            self.views[kind].show_picture(image, told[kind])

    def figure_sizes(self) -> dict[FigureKind, tuple[int, int]]:
        """Width and height of each figure in pixels."""
        return {kind: view.figure_size for kind, view in self.views.items()}

    def _show_banner(self, n_cases: int, n_synthetic: int) -> None:
        self.banner.setVisible(n_synthetic > 0)
        text = (
            self.tr("Synthetic data: {n} of {cases} is of a patient who does not exist.")
            if n_synthetic == 1
            else self.tr("Synthetic data: {n} of {cases} cases are of patients who do not exist.")
        )
        self._banner_text.setText(
            text.format(n=numeral(n_synthetic, ","), cases=numeral(n_cases, ","))
        )


def together(question: Question) -> list[str]:
    """That what is compared elsewhere is shown for all cases here; nothing where nothing is."""
    if question.by is None:
        return []
    text = QCoreApplication.translate("outcomes", "Shown for all cases together, not by {field}.")
    return [text.format(field=question.by.label)]


def lines(parent: QWidget, card: Card, n: int) -> list[QLabel]:
    """Paragraphs in small print at the end of a card, empty at first."""
    found = [paragraph(parent) for _ in range(n)]
    for label in found:
        card.body.addWidget(label)
    return found


def write(label: QLabel, sentences: Iterable[str]) -> None:
    """Write sentences into a paragraph; it takes no room where there are none."""
    text = " ".join(filter(None, sentences))
    label.setText(text)
    label.setVisible(bool(text))
