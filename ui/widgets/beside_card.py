# SPDX-License-Identifier: MIT
"""A card that lays published rates beside one of several rates of one's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from models.literature import OwnBeside, PublishedRate, published_beside
from ui.theme import Theme
from ui.widgets.beside_rates import BesideRates
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.paragraph import paragraph


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("literature", text)


class BesideCard(Card):
    """Which own rate is chosen above, and below it what publications have of the same measure.

    Attributes:
        rate: the own rate.
        table: it and the published ones.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(
            tr("Beside the literature"),
            tr("Alike in unit, technique and way of looking first. Intervals 95 %."),
        )
        self._own: Sequence[OwnBeside] = ()
        self._published: Sequence[PublishedRate] = ()
        self.rate = ChoiceBox(self)
        self.rate.setAccessibleName(tr("Own rate"))
        self.header.addWidget(self.rate)
        self.table = BesideRates(theme, self)
        self._note = paragraph(self)
        self.body.addWidget(self.table)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.rate.currentIndexChanged.connect(lambda _place: self._show())

    def show_rates(self, own: Sequence[OwnBeside], published: Sequence[PublishedRate]) -> None:
        """Offer these own rates, and show the one that was chosen before."""
        chosen = self.rate.currentText()
        self._own, self._published = own, published
        self.rate.blockSignals(True)
        self.rate.clear()
        self.rate.addItems([one.label for one in own])
        self.rate.setCurrentIndex(max(self.rate.findText(chosen), 0))
        self.rate.blockSignals(False)
        self.setVisible(bool(own))
        self._show()

    def _show(self) -> None:
        place = self.rate.currentIndex()
        if not 0 <= place < len(self._own):
            return
        own = self._own[place]
        found = published_beside(self._published, own.asked)
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
