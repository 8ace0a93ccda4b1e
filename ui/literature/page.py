# SPDX-License-Identifier: MIT
"""The Literature page: what publications counted, to be searched, and added to."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from math import floor
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.formulas import defused
from models.literature import COLUMNS, OwnRate, own_rates, shipped_rates
from models.logbook import Logbook
from models.speech import say
from ui.ahead import load
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.literature.bar import LiteratureBar
from ui.literature.detail import RateDetail
from ui.literature.model import DRAWN, RATE_ROLE, FoundRates, Line, RatesModel, make_columns
from ui.literature.own_desk import OwnDesk
from ui.permits import guard, refuses
from ui.theme import Theme, set_kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.interval_delegate import IntervalDelegate
from ui.widgets.led_page import LedPage
from ui.widgets.notice import Notice
from ui.widgets.rate_words import rate_of, tr
from ui.widgets.steady_scroll import keep_place_of_bar
from ui.widgets.text_table import width_of

_INTERVALS = "scipy.stats"
_ROW = 30
_ROOM, _AROUND, _DRAWN_WIDTH = 24, 12, 110
_COLUMNS = 9
_GIVES, _LEAST = (0, 1, 2, 3), 0.62
"""The columns that are narrower where there is too little room, and by how much at most: their
words take two lines then."""

_MAY_GO = (8, 7, 1, 2, 6)
"""Those that go where that is not enough, one after the other: the panel below says it all."""


class LiteraturePage(LedPage):
    """All published rates; the clinic's own are marked and can be taken away.

    Attributes:
        bar: what is looked for.
        table: the rates that are left.
        detail: what the chosen one says in full.
        notice: how the last thing ended.
        own: adds, takes away, and takes that back; what Edit > Undo asks on this page.
    """

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_dressed = True
        self._is_worked_out = False
        self._lines: list[Line] = []
        self._widths: dict[int, int] = {}
        self._logbook: Logbook | None = None
        self._reading = LatestJob(jobs, self)
        self._jobs = jobs
        self.own = OwnDesk(jobs, self)
        self.bar = LiteratureBar(theme, self)
        self.notice = Notice(theme, self)
        self.table = QTableView(self)
        self.detail = RateDetail(theme, self)
        self.empty = EmptyState(theme, self)
        self._rates = RatesModel(make_columns(), self)
        self._found = FoundRates(self)
        self._found.setSourceModel(self._rates)
        self._stack = QStackedWidget(self)
        self._dress_table()
        self._arrange()
        self._connect()

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show the rates of this logbook beside those that come with the program."""
        self._logbook = logbook
        self.own.set_logbook(logbook)
        self.notice.hide()
        self._begin()
        self.refresh()

    def refresh(self) -> None:
        """Read the rates of the clinic anew."""
        if (logbook := self._logbook) is not None:
            self._reading.run(logbook, lambda: _read(logbook), self._take, self._warn)

    def focus_search(self) -> None:
        """Put the cursor into the search, with its text selected."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def add_file(self, file: Path) -> None:
        """Add the rates of a CSV file."""
        if not refuses(self, "own_rates"):
            self.own.add(file)

    def save_file(self, target: Path) -> None:
        """Write the rates in sight into a CSV file."""
        rates = [line.rate for line in self.lines()]

        def work() -> None:
            from models.exchange.rates import write_rates

            write_rates(target, rates)

        said = tr("The rates in sight are in {file}.").format(file=target)
        self._jobs.run(None, work, lambda _: self.notice.say(said), self.notice.warn)

    def lines(self) -> list[Line]:
        """The rates in sight, in their order."""
        rows = range(self._found.rowCount())
        return [self._found.index(row, 0).data(RATE_ROLE) for row in rows]

    # the parts

    def _dress_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setModel(self._found)
        table.setAccessibleName(tr("Published rates"))
        set_kind(table, "rows")
        table.setItemDelegateForColumn(DRAWN, IntervalDelegate(self._theme, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setSortingEnabled(True)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.verticalHeader().hide()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self._found.sort(-1)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        keep_place_of_bar(table)
        table.viewport().installEventFilter(self)
        self._theme.follow(self._measure_anew)

    def _share_width(self) -> None:
        """As wide as the words, and where there is no room for all, some in two lines."""
        table = self.table
        if not self._widths:
            self._widths = self._measured()
        wide = dict(self._widths)
        room = table.viewport().width()
        for n in _MAY_GO:
            if sum(wide.values()) - self._spare(wide) > room:
                del wide[n]
        over, spare = sum(wide.values()) - room, self._spare(wide)
        for n in range(_COLUMNS):
            table.setColumnHidden(n, n not in wide)
        for n, width in wide.items():
            given = min(1.0, over / spare) * width * (1 - _LEAST) if n in _GIVES else 0.0
            table.setColumnWidth(n, floor(width - given))
        self._fit_rows()

    def _spare(self, wide: Mapping[int, int]) -> float:
        return sum(wide.get(one, 0) for one in _GIVES) * (1 - _LEAST)

    def _fit_rows(self) -> None:
        """As high as the words that take two lines. Qt forgets the padding of the style sheet."""
        table, usual = self.table, self._theme.px(_ROW)
        metrics, flags = table.fontMetrics(), Qt.TextFlag.TextWordWrap
        for row in range(self._found.rowCount()):
            high = 0
            for n in _GIVES:
                words = str(self._found.index(row, n).data() or "")
                room = table.columnWidth(n) - self._theme.px(_ROOM)
                if room > 0 and metrics.horizontalAdvance(words) > room:
                    box = metrics.boundingRect(QRect(0, 0, room, 10 * usual), flags, words)
                    high = max(high, box.height())
            table.setRowHeight(row, max(usual, high + self._theme.px(_AROUND)))

    def _measured(self) -> dict[int, int]:
        """What the words of each column need. It takes as long as the table has rows."""
        px, table, header = self._theme.px, self.table, self.table.horizontalHeader()
        table.ensurePolished()
        wide = {
            n: max(self._widest(n), header.sectionSizeHint(n)) + px(_ROOM) for n in range(_COLUMNS)
        }
        wide[DRAWN] = px(_DRAWN_WIDTH)
        return wide

    def _widest(self, column: int) -> int:
        rows = range(self._found.rowCount())
        texts = {str(self._found.index(row, column).data()): row for row in rows}
        return width_of(self.table, column, texts)

    def _measure_anew(self) -> None:
        """Out of sight the widths of all words are not measured."""
        self._widths.clear()
        self._is_dressed = self.isVisible()
        if self._is_dressed:
            self._share_width()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_dressed:
            self._measure_anew()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The table has its room later than the page where that was out of sight, and sooner where
        # it is shown first, before anything is measured.
        if event.type() == QEvent.Type.Resize and self._is_dressed:
            self._share_width()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.detail)
        self.lead_to(self.table)

    def _connect(self) -> None:
        self.bar.asked.connect(self._look)
        self.bar.search.left.connect(self.table.setFocus)
        self.bar.add.clicked.connect(lambda _checked=False: self._ask_for_file())
        self.bar.save.clicked.connect(lambda _checked=False: self._ask_where())
        self.empty.pressed.connect(self._look_for_all)
        self.own.changed.connect(self.refresh)
        self.own.told.connect(self._tell)
        self.own.failed.connect(self.notice.warn)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        within = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self._remove, context=within)
        QShortcut(QKeySequence.StandardKey.Copy, self.table, self.copy, context=within)

    # what is shown

    def _begin(self) -> None:
        """Show what comes with the program, unless that would have the window wait."""
        if self._is_worked_out:
            self._fill([])

    def _take(self, own: list[OwnRate]) -> None:
        self._is_worked_out = True
        self._fill(own)

    def _warn(self, error: LogbookError) -> None:
        self.notice.warn(error)
        if _INTERVALS in sys.modules:
            self._fill([])

    def _fill(self, own: list[OwnRate]) -> None:
        lines = [Line(kept.rate, kept.id) for kept in own]
        lines += [Line(rate) for rate in shipped_rates()]
        if lines == self._lines:
            return
        self._lines = lines
        self._rates.set_lines(lines)
        self.bar.offer([line.rate for line in lines])
        self._look()
        self._measure_anew()

    def _look(self) -> None:
        self._found.look_for(self.bar.search.text(), self.bar.chosen_measure)
        shown = self._found.rowCount()
        self.bar.show_found(shown, self._rates.rowCount())
        self._stack.setCurrentWidget(self.table if shown else self.empty)
        if shown:
            self._choose(0)
        else:
            text = self.bar.search.text().strip()
            self.empty.say(
                tr("No published rate found"),
                tr("None of the rates chosen above contains “{text}”.").format(text=text),
                tr("Show all rates"),
                kind="",
            )
        self._show_chosen()

    def _choose(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            self._found.index(row, 0), flags.ClearAndSelect | flags.Rows
        )

    def _look_for_all(self) -> None:
        self.bar.measure.setCurrentIndex(0)
        self.bar.search.clear()
        self.focus_search()

    def _show_chosen(self) -> None:
        index = self.table.currentIndex()
        self.detail.show_line(index.data(RATE_ROLE) if index.isValid() else None)

    def _chosen(self) -> list[Line]:
        rows = self.table.selectionModel().selectedRows()
        return [index.data(RATE_ROLE) for index in sorted(rows, key=lambda one: one.row())]

    # what is done

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, as a spreadsheet takes them."""
        rows = [line.rate.cells() for line in self._chosen()]
        told = ["\t".join(COLUMNS), *("\t".join(map(defused, row.values())) for row in rows)]
        QGuiApplication.clipboard().setText("\n".join(told))

    def _remove(self) -> None:
        ids = [line.own_id for line in self._chosen() if line.own_id]
        if ids:
            self.own.remove(ids)
        else:
            self.notice.say(tr("The rates that come with the program stay; only your own can go."))

    def _tell(self, sentence: str, can_be_undone: bool) -> None:
        if can_be_undone:
            self.notice.say(sentence, "", tr("Undo"), self._take_back)
        else:
            self.notice.tell(sentence)

    def _take_back(self) -> None:
        self.notice.hide()
        self.own.undo()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self._chosen()
        menu.addAction(tr("&Copy rows"), self.copy).setEnabled(bool(chosen))
        away = menu.addAction(tr("&Take away"), self._remove)
        away.setEnabled(any(line.own_id for line in chosen))
        guard(away, "own_rates")
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _ask_for_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Add published rates"), "", tr("CSV files (*.csv *.txt *.tsv)")
        )
        if chosen:
            self.add_file(Path(chosen))

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save published rates"), say("published rates.csv"), tr("CSV files (*.csv)")
        )
        if chosen:
            target = Path(chosen)
            self.save_file(target if target.suffix else target.with_suffix(".csv"))


def _read(logbook: Logbook) -> list[OwnRate]:
    """The rates of the clinic.

    What works out intervals is loaded here, which takes a second, and each is worked out once, so
    that the table finds it.
    """
    load(_INTERVALS)
    own = own_rates(logbook)
    for rate in (*(kept.rate for kept in own), *shipped_rates()):
        rate_of(rate)
    return own
