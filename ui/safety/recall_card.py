# SPDX-License-Identifier: MIT
"""Lot recall: type a part of a lot, see who got it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from models.errors import LogbookError
from models.speech import numeral, numerals, shown_day
from ui.charts.number_words import NONE
from ui.measures import keep
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.clearing import offer_clearing
from ui.widgets.paragraph import paragraph
from ui.widgets.text_table import Column, TextTable

if TYPE_CHECKING:
    from models.safety.lots import LotUse, Recall

_MOST_LOTS = 5


class RecallCard(Card):
    """A box for the lot and the list of those who got it. Asks no sooner than it is told to.

    Signals:
        asked: (str) the user looks for this lot.
        answered: the card tells who got the lot, or why nobody was looked for.
        case_opened: (str) the user wants to see the case with this id.
    """

    asked = Signal(str)
    answered = Signal()
    case_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(
            self.tr("Cement lot recall"),
            self.tr("In the whole logbook, whatever the filter. Part of a lot is enough."),
        )
        self.box = QLineEdit(self)
        self.box.setPlaceholderText(self.tr("Lot number"))
        self.box.setAccessibleName(self.tr("Lot number"))
        offer_clearing(self.box)
        self.button = QPushButton(self.tr("Find &patients"), self)
        line = QHBoxLayout()
        keep(theme, line.setSpacing, 8)
        line.addWidget(self.box, 1)
        line.addWidget(self.button)
        self._said = paragraph(self)
        self.table = TextTable(
            theme,
            self.tr("Patients who got the lot"),
            (
                Column(self.tr("Patient")),
                Column(self.tr("Date")),
                Column(self.tr("Levels")),
                Column(self.tr("Product"), stretches=True),
                Column(self.tr("Lot")),
                Column(self.tr("Operator")),
            ),
            self,
        )
        self.body.addLayout(line)
        self.body.addWidget(self._said)
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self.box.returnPressed.connect(self._ask)
        self.button.clicked.connect(lambda _checked=False: self._ask())
        self.box.textEdited.connect(lambda _text: self._forget())
        self.table.opened.connect(self.case_opened)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._forget()

    @property
    def said(self) -> str:
        """What is told above the list; "" for nothing."""
        return "" if self._said.isHidden() else self._said.text()

    def start_anew(self) -> None:
        """Forget what was looked for."""
        self.box.clear()
        self._forget()

    def show_recall(self, found: Recall) -> None:
        """List who got the lot."""
        self.table.set_rows([self._row(use) for use in found.uses], [u.case_id for u in found.uses])
        self.table.setVisible(bool(found.uses))
        self._say(" ".join(self._sentences(found)))

    def show_problem(self, error: LogbookError) -> None:
        """Say why nothing was looked for."""
        self._forget()
        self._say(str(error))

    def _ask(self) -> None:
        self.asked.emit(self.box.text())

    def _forget(self) -> None:
        self.table.set_rows([])
        self.table.hide()
        self._said.hide()

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
        self.answered.emit()

    def _sentences(self, found: Recall) -> list[str]:
        if found.n_cases:
            text = self.tr("Patients who got it: {patients}, in procedures: {cases}. Lots: {lots}.")
            lots = ", ".join(
                numerals("{lot} ({n:,})", lot=lot, n=n) for lot, n in found.lots[:_MOST_LOTS]
            )
            if (others := len(found.lots) - _MOST_LOTS) > 0:
                lots = self.tr("{lots} and {n} more").format(lots=lots, n=numeral(others, ","))
            patients, cases = (numeral(n, ",") for n in (found.n_patients, found.n_cases))
            said = [text.format(patients=patients, cases=cases, lots=lots)]
        else:
            said = [self.tr("Nobody got a lot like {lot}.").format(lot=found.asked)]
        more = found.n_cases - len(found.uses)
        if more:
            said.append(
                self.tr("The latest {n} are listed.").format(n=numeral(len(found.uses), ","))
            )
        if found.n_without:
            text = self.tr("Procedures without a lot recorded, which cannot be found: {n}.")
            said.append(text.format(n=numeral(found.n_without, ",")))
        return said

    def _row(self, use: LotUse) -> tuple[str, ...]:
        lot = self.tr("{lot}, in the bin").format(lot=use.written) if use.in_bin else use.written
        return (
            use.patient_code or NONE,
            shown_day(use.performed_on or NONE),
            ", ".join(level.label for level in use.levels) or NONE,
            use.product or NONE,
            lot,
            use.operator or NONE,
        )
