# SPDX-License-Identifier: MIT
"""What opens under a chip: its offers, how the choice is written, and a way to take it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.query import Filter, Term, text_of_term
from models.query.chips import Chip, Offer, is_on, own_term, toggled, without_term
from ui.filters.offer_view import OfferView
from ui.filters.popover import Popover
from ui.measures import keep
from ui.theme import Theme, set_kind

_NARROWEST = 190
_LETTERS = 34


class OfferPanel(Popover):
    """The offers of one chip.

    Signals:
        chosen: (Filter) what is asked for after a click.
        writing_wanted: (Term | None) the user wants to see the condition in the text, or to type
            one where there is none.

    Attributes:
        view: the offers.
        written: how the condition is written; it leads there.
        clear: takes the condition away.
    """

    chosen = Signal(object)
    writing_wanted = Signal(object)

    def __init__(self, theme: Theme, chip: Chip, asked: Filter, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._chip = chip
        self._asked = asked
        self.view = OfferView(theme, chip, self)
        self.written = QPushButton(self)
        self.clear = QPushButton(self.tr("Clear"), self)
        self._nothing = QLabel(self.tr("Nothing to choose from yet."), self)
        set_kind(self._nothing, "muted")
        self._arrange()
        self.set_chip(chip)
        self.view.switched.connect(self._switch)
        self.written.clicked.connect(self._show_written)
        self.clear.clicked.connect(self._clear)
        self.setAccessibleName(chip.label)

    @property
    def field(self) -> str:
        """The field of the chip."""
        return self._chip.field

    def set_chip(self, chip: Chip) -> None:
        """Offer what this chip offers: more may be known by now."""
        self._chip = chip
        self.view.set_offers(chip.offers)
        self.view.setVisible(bool(chip.offers))
        self._nothing.setVisible(not chip.offers)
        self._show()
        self.view.go_to_first_on()
        self.setFocusProxy(self.view if chip.offers else self.written)

    def _arrange(self) -> None:
        theme = self._theme
        for link in (self.written, self.clear):
            set_kind(link, "link")
            link.setAutoDefault(False)
        footer = QHBoxLayout()
        keep(theme, footer.setContentsMargins, 8, 6, 8, 2)
        keep(theme, footer.setSpacing, 16)
        footer.addWidget(self.written)
        footer.addStretch(1)
        footer.addWidget(self.clear)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 6, 6, 6, 6)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._nothing)
        layout.addLayout(footer)
        keep(theme, self.setMinimumWidth, _NARROWEST)

    def _show(self) -> None:
        self.view.show_on(lambda offer: is_on(self._asked, offer))
        own = self._own()
        self.clear.setVisible(own is not None)
        text = text_of_term(own) if own is not None else f"{self._chip.field}:"
        room = self.fontMetrics().averageCharWidth() * _LETTERS
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.written.setText(shown.replace("&", "&&"))
        self.written.setToolTip(self.tr("How it is written. A click leads there."))
        self.written.setAccessibleName(self.tr("Written as {text}").format(text=text))

    def _own(self) -> Term | None:
        return own_term(self._asked, self._chip.field)

    def _switch(self, offer: Offer, done: bool) -> None:
        self._ask(toggled(self._asked, offer))
        if done or not self._chip.takes_several:
            self.close()

    def _clear(self) -> None:
        own = self._own()
        if own is not None:
            self._ask(without_term(self._asked, own))
        self.close()

    def _ask(self, asked: Filter) -> None:
        self._asked = asked
        self._show()
        self.chosen.emit(asked)

    def _show_written(self) -> None:
        own = self._own()
        self.close()
        self.writing_wanted.emit(own)
