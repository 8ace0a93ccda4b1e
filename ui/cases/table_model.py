# SPDX-License-Identifier: MIT
"""The list as a Qt model: the order of all cases, and the lines of those in sight.

Nothing here touches the database on the UI thread; what is not there yet is shown as on its way.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from models.caselist import CaseLine, Query, case_ids, lines, numbers, numbers_of
from models.errors import LogbookError
from models.logbook import Logbook
from ui.cases.columns import Column
from ui.jobs import Jobs
from ui.latest_job import LatestJob

PAGE = 100
"""Lines that are fetched together."""
_PAGES_KEPT = 60
_PAGES_ASKED = 3  # the last ones asked for; a scroll bar that is dragged asks for many
ON_ITS_WAY = "…"
LINE_ROLE = Qt.ItemDataRole.UserRole
"""The whole ``CaseLine`` of a row, or None while it is on its way."""

Index = QModelIndex | QPersistentModelIndex
_Page = list[CaseLine | None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list that was read: its order, the pages read with it, and where wanted cases are."""

    order: array[int]
    pages: dict[int, _Page]
    rows: list[int]


class CaseTableModel(QAbstractTableModel):
    """All cases that a query wants, in its order.

    Signals:
        loaded: the list is another one; carries the rows of the cases that were to be kept.
        failed: it could not be read; carries the LogbookError.
    """

    loaded = Signal(list)
    failed = Signal(object)

    def __init__(
        self, jobs: Jobs, columns: Sequence[Column], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._logbook: Logbook | None = None
        self._query = Query()
        self._order: array[int] = array("q")
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._wanted: list[int] = []
        self._loading = LatestJob(jobs, self)
        self._fetching = LatestJob(jobs, self)
        self._finding = LatestJob(jobs, self)
        self._copying = LatestJob(jobs, self)
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._fetch)

    @property
    def query(self) -> Query:
        """What was asked for last."""
        return self._query

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show nothing of the former logbook any more; ``load`` reads the new one."""
        self._forget_jobs()
        self._logbook = logbook
        self._query = Query()
        self._take_over(array("q"), {})

    def load(self, query: Query, keep: Sequence[str] = (), rows: Iterable[int] = (0,)) -> None:
        """Read the list anew.

        Args:
            query: which cases, in which order.
            keep: ids of cases whose rows ``loaded`` is to tell.
            rows: rows that will be in sight, to be read together with the order.
        """
        self._query = query
        if self._logbook is None:
            return
        self._forget_jobs()
        logbook, pages = self._logbook, {row // PAGE for row in rows}
        self._loading.run(
            logbook, lambda: _read(logbook, query, list(keep), pages), self._take, self._fail
        )

    def line(self, row: int) -> CaseLine | None:
        """What is shown of a row; None while it is on its way."""
        page = self._pages.get(row // PAGE)
        if page is None:
            self._want(row // PAGE)
            return None
        self._pages.move_to_end(row // PAGE)
        return page[row % PAGE]

    def sample(self) -> list[CaseLine]:
        """Some lines that are here, to see how much room they take."""
        page = next(iter(self._pages.values()), [])
        return [line for line in page if line is not None]

    def numbers_in(self, ranges: Iterable[range]) -> list[int]:
        """The keys of these rows."""
        return [number for rows in ranges for number in self._order[rows.start : rows.stop]]

    def known_ids(self, ranges: Iterable[range]) -> list[str] | None:
        """The ids of the cases in these rows, or None where not all of them are here."""
        ids = []
        for rows in ranges:
            for row in rows:
                page = self._pages.get(row // PAGE)
                line = page[row % PAGE] if page else None
                if line is None:
                    return None
                ids.append(line.case_id)
        return ids

    def find_ids(self, ranges: Iterable[range], done: Callable[[list[str]], None]) -> None:
        """Look up the ids of the cases in these rows, and hand them to ``done``.

        What was looked up before and is not there yet is not told any more.
        """
        self._find(self._finding, case_ids, ranges, done)

    def stop_finding(self) -> None:
        """The ids that are being looked up are not wanted any more."""
        self._finding.cancel()

    def find_lines(self, ranges: Iterable[range], done: Callable[[list[CaseLine]], None]) -> None:
        """Look up the lines of these rows, and hand them to ``done``."""
        self._find(self._copying, lines, ranges, done)

    def _find(
        self,
        job: LatestJob,
        look_up: Callable[[Logbook, Sequence[int]], list],
        ranges: Iterable[range],
        done: Callable[[list], None],
    ) -> None:
        if (logbook := self._logbook) is not None:
            wanted = self.numbers_in(ranges)
            job.run(logbook, lambda: look_up(logbook, wanted), done, self.failed.emit)

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        line = self.line(index.row())
        if role == LINE_ROLE:
            return line
        if line is None:
            shown = role == Qt.ItemDataRole.DisplayRole and index.column() == 0
            return ON_ITS_WAY if shown else None
        return _said(column, line, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._columns[section].header.replace("\n", " ")
        return None

    # pages

    def _want(self, page: int) -> None:
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        del self._wanted[:-_PAGES_ASKED]
        busy = self._fetching.is_running or self._loading.is_running
        if not busy and not self._asking.isActive():
            self._asking.start()

    def _fetch(self) -> None:
        asked, self._wanted = [page for page in self._wanted if page not in self._pages], []
        if (logbook := self._logbook) is None or not asked:
            return
        order = self._order
        self._fetching.run(
            logbook,
            lambda: {page: _page(logbook, order, page) for page in asked},
            self._take_pages,
            self._fail_pages,
        )

    def _take_pages(self, pages: dict[int, _Page]) -> None:
        self._keep(pages)
        for page, held in pages.items():
            first = page * PAGE
            last = self.index(first + len(held) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(first, 0), last)
        if self._wanted:
            self._asking.start()

    def _fail_pages(self, error: LogbookError) -> None:
        # The job keeps its place, so that painting the blank lines does not ask again and again;
        # reading the list anew clears it.
        self.failed.emit(error)

    def _keep(self, pages: dict[int, _Page]) -> None:
        self._pages.update(pages)
        while len(self._pages) > max(_PAGES_KEPT, len(pages)):
            self._pages.popitem(last=False)

    # the list

    def _take(self, loaded: Loaded) -> None:
        self._take_over(loaded.order, loaded.pages)
        self.loaded.emit(loaded.rows)

    def _fail(self, error: LogbookError) -> None:
        self._loading.cancel()
        self.failed.emit(error)

    def _take_over(self, order: array[int], pages: dict[int, _Page]) -> None:
        same = order == self._order
        if not same:
            self.beginResetModel()
        self._order = order
        self._pages.clear()
        self._keep(pages)
        if not same:
            self.endResetModel()
        elif order:
            last = self.index(len(order) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _forget_jobs(self) -> None:
        for job in (self._loading, self._fetching, self._finding):
            job.cancel()
        self._asking.stop()
        self._wanted.clear()


def _said(column: Column, line: CaseLine, role: int) -> str | None:
    """What a role says of a cell; the tool tip is left out where it would repeat the cell."""
    if role == Qt.ItemDataRole.DisplayRole:
        return column.text(line)
    spoken = column.spoken(line)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{column.header}: {spoken}".replace("\n", " ")
    if role == Qt.ItemDataRole.ToolTipRole:
        return spoken
    return None


def _read(logbook: Logbook, query: Query, keep: Sequence[str], pages: Iterable[int]) -> Loaded:
    """The order, where the kept cases are in it, and the pages in sight with the first of these."""
    order = numbers(logbook, query)
    kept = set(numbers_of(logbook, keep)) if keep else set()
    rows = [row for row, number in enumerate(order) if number in kept] if kept else []
    last = max(0, len(order) - 1) // PAGE
    wanted = {min(page, last) for page in (*pages, *(row // PAGE for row in rows[:1]))}
    return Loaded(order, {page: _page(logbook, order, page) for page in sorted(wanted)}, rows)


def _page(logbook: Logbook, order: array[int], page: int) -> _Page:
    wanted = order[page * PAGE : (page + 1) * PAGE]
    found = {line.number: line for line in lines(logbook, wanted)}
    return [found.get(number) for number in wanted]
