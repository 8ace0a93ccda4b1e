# SPDX-License-Identifier: MIT
"""The bar above the published rates: search, what is counted, and the clinic's own rows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.literature import PublishedRate
from models.speech import numeral
from models.vocabulary import Measure
from ui.measures import keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.topics import LITERATURE, below, set_topic
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.clearing import offer_clearing
from ui.widgets.rate_words import tr

_WIDEST = 380
_LEAST = 144
_NEEDED = 260  # for the search, and between the others


class SearchLine(QLineEdit):
    """Escape clears it; Down and Enter go on to what was found.

    Signals:
        left: the user wants to go on.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class LiteratureBar(QFrame):
    """What is looked for among the rates.

    Signals:
        asked: something else is looked for.

    Attributes:
        search: words that a rate has to hold.
        measure: what is counted, or everything.
        add, save: the buttons.
    """

    asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "toolbar")
        self.search = SearchLine(self)
        self.search.setPlaceholderText(tr("Search"))
        self.search.setToolTip(tr("Words of source, technique, indication or remark"))
        self.search.setAccessibleName(tr("Search published rates"))
        offer_clearing(self.search)
        keep(theme, self.search.setMinimumWidth, _LEAST)
        self.measure = ChoiceBox(self)
        self.measure.setAccessibleName(tr("What is counted"))
        self._found = QLabel(self)
        set_kind(self._found, "muted")
        self.add = QPushButton(tr("Add from CSV…"), self)
        guard(self.add, "own_rates")
        self.save = QPushButton(tr("Save as CSV…"), self)
        for button in (self.add, self.save):
            set_topic(button, below(LITERATURE, "Your own rows"))
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 16, 10, 16, 10)
        for box in (layout, self._first, self._second):
            keep(theme, box.setSpacing, 8)
        layout.addLayout(self._first)
        layout.addLayout(self._second)
        self._first.addWidget(self.search, 3)
        for widget in (self.measure, self._found):
            self._first.addWidget(widget)
        self._first.addStretch(1)
        self._second.addStretch(1)
        self._theme = theme
        theme.follow(self._fit)
        self._fit()
        self.search.textChanged.connect(lambda _text: self.asked.emit())
        self.measure.currentIndexChanged.connect(lambda _place: self.asked.emit())

    def minimumSizeHint(self) -> QSize:
        # How many lines there are follows the width, and must not ask for any.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The buttons stand in a line of their own where there is no room beside the search."""
        parts = (self.measure, self._found, self.add, self.save)
        needed = sum(part.sizeHint().width() for part in parts) + self._theme.px(_NEEDED)
        home, other = self._first, self._second
        if self.width() < needed:
            home, other = other, home
        if home.indexOf(self.add) < 0:
            for button in (self.add, self.save):
                other.removeWidget(button)
                home.addWidget(button)

    @property
    def chosen_measure(self) -> Measure | None:
        """The measure that is chosen; None for all."""
        found = self.measure.currentData()
        return Measure(found) if found else None

    def offer(self, rates: list[PublishedRate]) -> None:
        """Offer the measures that there are rates of."""
        there = {rate.measure for rate in rates}
        before = self.measure.currentData()
        self.measure.blockSignals(True)
        self.measure.clear()
        self.measure.addItem(tr("Everything counted"), "")
        for measure in sorted(there, key=lambda term: term.rank):
            self.measure.addItem(measure.label, measure.value)
        self.measure.setCurrentIndex(max(self.measure.findData(before), 0))
        self.measure.blockSignals(False)

    def show_found(self, shown: int, total: int) -> None:
        """Say how many rates are in sight."""
        told = (
            numeral(total, ",") if shown == total else tr("{n} of {all}").format(n=shown, all=total)
        )
        self._found.setText(told)
        self._found.setAccessibleName(tr("{n} rates in sight").format(n=shown))
