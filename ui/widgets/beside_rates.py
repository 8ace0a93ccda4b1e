# SPDX-License-Identifier: MIT
"""One's own rate with published ones below it: like first, and in what the others differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QWidget

from models.analysis.statistics import Proportion
from models.literature import Published
from models.vocabulary import CountUnit
from ui.style_sheet import SPACE
from ui.theme import Theme, set_kind
from ui.widgets.interval_delegate import INTERVAL_ROLE, IntervalDelegate
from ui.widgets.rate_words import NOT_STATED, count_of, counted, rate_of, said_rate

_ROW, _MOST_SHOWN, _DRAWN_WIDTH, _LEAST_UNLIKE = 28, 9, 130, 220
_GAP, _PADDING, _LEAST_WORDS, _SOURCE_SHARE = 8, 20, 330, 0.42
_SOURCE, _COUNTED, _RATE, _DRAWN, _UNLIKE = range(5)
_ALONE = Qt.ItemDataRole.UserRole + 3
"""The rate as it stands where its counts have a column of their own."""


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
        theme.follow(self._fit)
        self._fit()

    def show_rates(
        self, label: str, own: Proportion, unit: CountUnit, published: Sequence[Published]
    ) -> None:
        """Show an own rate of such units, called ``label``, and these below it."""
        self._rows.clear()
        self._rows.setHorizontalHeaderLabels(
            [tr("Source"), tr("Counted, of"), tr("Rate, 95 % interval"), "", tr("Not alike")]
        )
        count = counted(own.k, own.n, unit)
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
        items[_RATE].setData(rate, _ALONE)
        for item in items:
            item.setToolTip(item.text() if item.text() != NOT_STATED else tr("Not stated"))
            if is_own:
                font = item.font()
                font.setWeight(QFont.Weight.DemiBold)
                item.setFont(font)
        self._rows.appendRow(items)

    def _fit(self) -> None:
        least = self._theme.px(_ROW)
        wide = self._widths()
        for section, width in wide.items():
            # The hint of a row knows nothing of the padding of its cells.
            self.setColumnWidth(section, width - 2 * self._theme.px(SPACE["s2"]))
        heights = []
        for row in range(self._rows.rowCount()):
            heights.append(max(least, self.sizeHintForRow(row) + self._theme.px(_GAP)))
            self.setRowHeight(row, heights[-1])
        for section, width in wide.items():
            self.setColumnWidth(section, width)
        scrolls = sum(wide.values()) > self.viewport().width()
        below = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        shown = sum(heights[:_MOST_SHOWN])
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown + 2 + below)

    def _widths(self) -> dict[int, int]:
        """The width of each column in sight.

        Where there is too little room the counts stand above the rates and the names of the
        sources are broken; then the drawing goes, as the numbers say the same.
        """
        if not self._rows.columnCount():
            return {}
        px, room = self._theme.px, self.viewport().width()
        self._join(is_joined=False)
        natural = [self._natural(column) for column in range(self._rows.columnCount())]
        wide = {**dict(enumerate(natural)), _DRAWN: px(_DRAWN_WIDTH)}
        # In what a rate is not alike has to be read with it, so that it is broken, not cut.
        unlike = min(wide.pop(_UNLIKE), px(_LEAST_UNLIKE))
        if sum(wide.values()) + unlike > room:
            self._join(is_joined=True)
            wide = {_RATE: self._natural(_RATE), _DRAWN: px(_DRAWN_WIDTH)}
            if room - sum(wide.values()) < px(_LEAST_WORDS):
                del wide[_DRAWN]
            left = room - sum(wide.values())
            unlike = self._longest_word(_UNLIKE)
            share = min(round(left * _SOURCE_SHARE), left - unlike)
            wide[_SOURCE] = min(natural[_SOURCE], max(share, self._longest_word(_SOURCE)))
        for column in range(self._rows.columnCount()):
            self.setColumnHidden(column, column not in wide and column != _UNLIKE)
        return {**wide, _UNLIKE: max(room - sum(wide.values()), unlike)}

    def _natural(self, column: int) -> int:
        hint = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
        return hint + self._theme.px(_GAP)

    def _longest_word(self, column: int) -> int:
        """So much room a cell of the column needs at least, as words are not broken."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        letters = QFontMetrics(bold)
        texts = (self._rows.item(row, column).text() for row in range(self._rows.rowCount()))
        words = (letters.horizontalAdvance(word) for text in texts for word in text.split())
        return self._theme.px(_PADDING) + max(words, default=0)

    def _join(self, *, is_joined: bool) -> None:
        """Write the counts above the rates, or each into its own column."""
        for row in range(self._rows.rowCount()):
            count, rate = (self._rows.item(row, column) for column in (_COUNTED, _RATE))
            told = rate.data(_ALONE)
            rate.setText(f"{count.text()}\n{told}" if is_joined else told)
