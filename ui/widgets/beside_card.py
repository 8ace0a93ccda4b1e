# SPDX-License-Identifier: MIT
"""A card that lays published rates beside one of several rates of one's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from models.literature import OwnBeside, Published, PublishedRate, published_beside
from ui.theme import Theme, set_kind
from ui.topics import LITERATURE, set_topic
from ui.widgets.beside_rates import BesideRates
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.own_cases import OwnCases
from ui.widgets.paragraph import paragraph


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("literature", text)


class BesideCard(Card):
    """Which own rate is chosen above, and below it what publications have of the same measure.

    Signals:
        copy_asked: the user wants it as a figure in the clipboard.
        words_asked: the user wants its caption and methods there.
        export_asked: the user wants it in a file.

    Attributes:
        rate: the own rate.
        table: it and the published ones.
        own: the own rate that is shown; None where there is none.
        published: what is laid beside it, alike first.
        about: which of the own cases count.
    """

    copy_asked = Signal()
    words_asked = Signal()
    export_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(
            tr("Beside the literature"),
            tr("Alike in unit, technique and way of looking first. Intervals 95 %."),
        )
        set_topic(self, LITERATURE)
        self._own: Sequence[OwnBeside] = ()
        self._rates: Sequence[PublishedRate] = ()
        self.own: OwnBeside | None = None
        self.published: tuple[Published, ...] = ()
        self.about = OwnCases()
        self.rate = ChoiceBox(self)
        self.rate.setAccessibleName(tr("Own rate"))
        self.figure = self._figure_button()
        self.header.addWidget(self.figure)
        # Names of rates are long, so that with large text they need a row to themselves.
        self.body.addWidget(self.rate, 0, Qt.AlignmentFlag.AlignLeft)
        self.table = BesideRates(theme, self)
        self._note = paragraph(self)
        self.body.addWidget(self.table)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.rate.currentIndexChanged.connect(lambda _place: self._show())

    def show_rates(
        self,
        own: Sequence[OwnBeside],
        published: Sequence[PublishedRate],
        about: OwnCases | None = None,
    ) -> None:
        """Offer these own rates, and show the one that was chosen before.

        ``about`` says which cases count, and how many of them are synthetic.
        """
        chosen = self.rate.currentText()
        self._own, self._rates, self.about = own, published, about or OwnCases()
        self.rate.blockSignals(True)
        self.rate.clear()
        self.rate.addItems([one.label for one in own])
        self.rate.setCurrentIndex(max(self.rate.findText(chosen), 0))
        self.rate.blockSignals(False)
        self.setVisible(bool(own))
        self._show()

    def _figure_button(self) -> QPushButton:
        button = QPushButton(tr("Figure"), self)
        set_kind(button, "menu")
        button.setAccessibleName(tr("Figure of published rates"))
        menu = QMenu(button)
        for text, asked in (
            (tr("Copy figure"), self.copy_asked),
            (tr("Copy caption and methods"), self.words_asked),
            (tr("Export figure…"), self.export_asked),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, ask=asked: ask.emit())
        button.setMenu(menu)
        return button

    def _show(self) -> None:
        place = self.rate.currentIndex()
        if not 0 <= place < len(self._own):
            self.own, self.published = None, ()
            return
        own = self._own[place]
        found = published_beside(self._rates, own.asked)
        self.own, self.published = own, tuple(found)
        self.table.show_rates(own.label, own.result, own.asked.unit, found)
        uncounted = sum(one.result is None for one in found)
        said = []
        if not found:
            said.append(tr("No publication counts the same. Add your own on the Literature page."))
        if uncounted:
            said.append(
                tr("Printed without counts, so that no interval can be drawn: {n}.").format(
                    n=uncounted
                )
            )
        self._note.setText(" ".join(said))
        self._note.setVisible(bool(said))
