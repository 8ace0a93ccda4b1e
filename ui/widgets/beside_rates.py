# SPDX-License-Identifier: MIT
"""One's own rate with published ones below it: like first, and in what the others differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QWidget

from models.analysis.statistics import Proportion
from models.literature import Published
from models.vocabulary import CountUnit
from ui.theme import Theme, set_kind
from ui.widgets.interval_delegate import INTERVAL_ROLE, IntervalDelegate
from ui.widgets.rate_words import NOT_STATED, count_of, rate_of, said_rate

_ROW, _MOST_SHOWN, _DRAWN_WIDTH, _LEAST_UNLIKE = 28, 9, 130, 220
_DRAWN, _GAP = 3, 8


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
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        theme.changed.connect(self._fit)
        self._fit()

    def show_rates(
        self, label: str, own: Proportion, unit: CountUnit, published: Sequence[Published]
    ) -> None:
        """Show an own rate of such units, called ``label``, and these below it."""
        self._rows.clear()
        self._rows.setHorizontalHeaderLabels(
            [tr("Source"), tr("Counted, of"), tr("Rate, 95 % interval"), "", tr("Not alike")]
        )
        count = f"{own.k:,} / {own.n:,} {unit.label.lower()}"
        self._add(label, count, said_rate(own), own, "", is_own=True)
        for one in published:
            unlike = "; ".join(one.unlike) or tr("alike")
            self._add(one.rate.source, count_of(one.rate), rate_of(one.rate), one.result, unlike)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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
        for item in items:
            item.setToolTip(item.text() if item.text() != NOT_STATED else tr("Not stated"))
            if is_own:
                font = item.font()
                font.setWeight(QFont.Weight.DemiBold)
                item.setFont(font)
        self._rows.appendRow(items)

    def _fit(self) -> None:
        least = self._theme.px(_ROW)
        header, columns = self.horizontalHeader(), self._rows.columnCount()
        wide = [
            max(self.sizeHintForColumn(n), header.sectionSizeHint(n)) + self._theme.px(_GAP)
            for n in range(columns)
        ]
        if columns:
            wide[_DRAWN] = self._theme.px(_DRAWN_WIDTH)
            # In what a rate is not alike has to be read with it, so that it is broken, not cut.
            room = self.viewport().width() - sum(wide[:-1])
            wide[-1] = max(room, min(wide[-1], self._theme.px(_LEAST_UNLIKE)))
        for section, width in enumerate(wide):
            self.setColumnWidth(section, width)
        heights = []
        for row in range(self._rows.rowCount()):
            heights.append(max(least, self.sizeHintForRow(row) + self._theme.px(_GAP)))
            self.setRowHeight(row, heights[-1])
        scrolls = sum(wide) > self.viewport().width()
        below = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        shown = sum(heights[:_MOST_SHOWN])
        self.setFixedHeight(header.sizeHint().height() + shown + 2 + below)
