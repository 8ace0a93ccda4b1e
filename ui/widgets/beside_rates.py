# SPDX-License-Identifier: MIT
"""One's own rate with published ones below it: like first, and in what the others differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from models.analysis.statistics import Proportion
from models.literature import Published
from ui.theme import Theme, set_kind
from ui.widgets.interval_delegate import INTERVAL_ROLE, IntervalDelegate
from ui.widgets.rate_words import NOT_STATED, count_of, rate_of, said_rate

_ROW, _MOST_SHOWN, _DRAWN_WIDTH = 28, 9, 130
_DRAWN = 3


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("literature", text)


class BesideRates(QTableView):
    """A small table: the own rate in bold, then published rates of the same measure.

    Intervals are those of Wilson at 95 %, unless the own rate says otherwise in its label.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setAccessibleName(tr("Published rates beside one's own"))
        set_kind(self, "rows")
        self.setItemDelegateForColumn(_DRAWN, IntervalDelegate(theme, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        theme.changed.connect(self._fit)
        self._fit()

    def show_rates(self, label: str, own: Proportion, published: Sequence[Published]) -> None:
        """Show an own rate, called ``label``, and these below it."""
        self._rows.clear()
        self._rows.setHorizontalHeaderLabels(
            [tr("Source"), tr("Counted, of"), tr("Rate, 95 % interval"), "", tr("Not alike")]
        )
        self._add(label, f"{own.k:,} / {own.n:,}", said_rate(own), own, "", is_own=True)
        for one in published:
            unlike = "; ".join(one.unlike) or tr("alike")
            self._add(one.rate.source, count_of(one.rate), rate_of(one.rate), one.result, unlike)
        header, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        for section in range(self._rows.columnCount()):
            header.setSectionResizeMode(section, mode.ResizeToContents)
        header.setSectionResizeMode(_DRAWN, mode.Fixed)
        header.setSectionResizeMode(self._rows.columnCount() - 1, mode.Stretch)
        self._fit()

    def _add(
        self,
        source: str,
        count: str,
        rate: str,
        drawn: Proportion | None,
        unlike: str,
        *,
        is_own: bool = False,
    ) -> None:
        items = [QStandardItem(text) for text in (source, count, rate, "", unlike)]
        items[_DRAWN].setData(drawn, INTERVAL_ROLE)
        items[_DRAWN].setAccessibleText(rate)
        items[1].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for item in items:
            item.setToolTip(item.text() if item.text() != NOT_STATED else tr("Not stated"))
            if is_own:
                font = item.font()
                font.setWeight(QFont.Weight.DemiBold)
                item.setFont(font)
        self._rows.appendRow(items)

    def _fit(self) -> None:
        height = self._theme.px(_ROW)
        self.verticalHeader().setDefaultSectionSize(height)
        if self._rows.columnCount():
            self.setColumnWidth(_DRAWN, self._theme.px(_DRAWN_WIDTH))
        shown = min(self._rows.rowCount(), _MOST_SHOWN)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown * height + 2)
