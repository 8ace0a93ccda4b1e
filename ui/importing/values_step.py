# SPDX-License-Identifier: MIT
"""The third step: cells that are none of the terms of their field, each of them once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from models.importing.first_look import meaning_of
from models.importing.mapping import Mapping
from models.importing.offers import Offer, is_run, offers_for
from models.importing.preview import UnmatchedTerm
from models.speech import begun_small
from ui.importing.step import Step, StepTable
from ui.theme import Theme, set_kind
from ui.widgets.pick_box import PickBox
from ui.widgets.text_table import Column


class ValuesStep(Step):
    """A table of the cells, with what the current one can mean below it.

    Signals:
        meaning_chosen: (UnmatchedTerm, meaning) a code, "" to leave the field empty, None for
            neither.

    Attributes:
        table: column, cell, how often, what it becomes.
        cell: names the current one.
        term: what the current cell means.
        leave, refuse: leave the field empty; or refuse the rows, which is how it begins.
        leave_all: leave every field empty of which nothing was said.
    """

    meaning_chosen = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Values"), parent)
        self._terms: Sequence[UnmatchedTerm] = ()
        self._mapping = Mapping(())
        self.table = StepTable(theme, self.tr("Cells that are not known"), self)
        self.term = PickBox(self.tr("What the cell means"), self)
        self.leave = QPushButton(self.tr("&Leave empty"), self)
        self.refuse = QPushButton(self.tr("Re&fuse its rows"), self)
        self.leave_all = QPushButton(self.tr("Leave &all others empty"), self)
        self.cell = QLabel(self)
        self.cell.setTextFormat(Qt.TextFormat.PlainText)
        self.cell.setWordWrap(True)
        set_kind(self.cell, "heading")
        row = QHBoxLayout()
        row.addWidget(self.term, 1)
        row.addWidget(self.leave)
        row.addWidget(self.refuse)
        above = QHBoxLayout()
        above.addWidget(self.cell, 1)
        above.addWidget(self.leave_all)
        self.content.addWidget(self.table, 1)
        self.content.addLayout(above)
        self.content.addLayout(row)
        self.table.turned.connect(self._show_current)
        self.table.opened.connect(lambda _row: self.term.setFocus())
        self.table.opened.connect(lambda _row: self.term.selectAll())
        self.term.picked.connect(self._take)
        self.leave.clicked.connect(lambda: self._choose(""))
        self.refuse.clicked.connect(lambda: self._choose(None))
        self.leave_all.clicked.connect(self._leave_all)

    def begin(self) -> None:
        self.table.setFocus()

    def show_terms(self, terms: Sequence[UnmatchedTerm], mapping: Mapping) -> None:
        """Show other cells."""
        self._terms = terms
        self.show_mapping(mapping)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show what the cells mean now."""
        self._mapping = mapping
        columns = [
            Column(self.tr("Column")),
            Column(self.tr("Cell")),
            Column(self.tr("Times"), is_number=True),
            Column(self.tr("Becomes")),
        ]
        rows = [
            (term.column, term.cell, f"{term.count:,}", self._becomes(term)) for term in self._terms
        ]
        self.table.set_rows(columns, rows)
        open_ones = sum(self._meaning(term) is None for term in self._terms)
        told = self.tr("{n} cells match no term of their field.")
        if len(self._terms) == 1:
            told = self.tr("1 cell matches no term of its field.")
        said = told.format(n=f"{len(self._terms):,}")
        if open_ones:
            said += " " + self.tr("Rows with a cell that is left undecided are refused.")
        self.said.setText(said)
        self.leave_all.setEnabled(open_ones > 0)
        self._show_current(self.table.currentIndex().row())

    def _show_current(self, row: int) -> None:
        term = self._term(row)
        for widget in (self.term, self.leave, self.refuse):
            widget.setEnabled(term is not None)
        if term is None:
            return
        offers = offers_for(term.target, term.cell)
        said = f"{term.column}: {term.cell}"
        if is_run(term.target, term.cell):
            told = self.tr("{cell} – {all}, or {ends}?")
            whole, ends = offers[0].label, offers[1].label
            said = told.format(cell=said, all=whole, ends=begun_small(ends))
        self.cell.setText(said)
        meaning = self._meaning(term)
        self.term.set_offers(offers, next((one for one in offers if one.value == meaning), None))
        self.refuse.setEnabled(meaning is not None)
        self.leave.setEnabled(meaning != "")

    def _take(self, offer: Offer) -> None:
        self._choose(offer.value)

    def _choose(self, meaning: str | None) -> None:
        row = self.table.currentIndex().row()
        if (term := self._term(row)) is not None:
            self.meaning_chosen.emit(term, meaning)
            self.table.go_to(row + 1)
            self.table.setFocus()

    def _leave_all(self) -> None:
        for term in self._terms:
            if self._meaning(term) is None:
                self.meaning_chosen.emit(term, "")

    def _term(self, row: int) -> UnmatchedTerm | None:
        return self._terms[row] if 0 <= row < len(self._terms) else None

    def _meaning(self, term: UnmatchedTerm) -> str | None:
        return meaning_of(self._mapping, term)

    def _becomes(self, term: UnmatchedTerm) -> str:
        meaning = self._meaning(term)
        if meaning is None:
            return self.tr("Nothing: its rows are refused")
        if not meaning:
            return self.tr("Left empty")
        found = next(
            (one for one in offers_for(term.target, term.cell) if one.value == meaning), None
        )
        return found.label if found is not None else meaning
