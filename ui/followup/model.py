# SPDX-License-Identifier: MIT
"""Whom to ask, as a Qt model: the order of all, and the lines of those in sight.

Nothing here touches the database on the UI thread; what is not there yet is shown as on its way.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from models.errors import LogbookError
from models.followup.duelist import DueLine, due_lines, due_numbers
from models.followup.spans import Which
from models.logbook import Logbook
from ui.followup.columns import COLUMNS, Key, cell_of, heading, spoken
from ui.jobs import Jobs
from ui.latest_job import LatestJob

PAGE = 50
_PAGES_KEPT = 60
_PAGES_ASKED = 3  # the last ones asked for; a scroll bar that is dragged asks for many
ON_ITS_WAY = "…"
LINE_ROLE = Qt.ItemDataRole.UserRole
"""The whole ``DueLine`` of a row, or None while it is on its way."""

Index = QModelIndex | QPersistentModelIndex
_Page = list[DueLine | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list, on which day."""

    which: Which = Which.OVERDUE
    today: date = date.min


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list that was read, and who is next where nobody is in it."""

    order: array[int]
    pages: dict[int, _Page]
    following: DueLine | None


class DueModel(QAbstractTableModel):
    """All cases of a list, the most urgent first.

    Attributes:
        following: who is asked next of all, where nobody is in the list.
        unnamed: a column that has no room for its heading.

    Signals:
        loaded: the list was read anew.
        failed: it could not be read; carries the LogbookError.
    """

    loaded = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logbook: Logbook | None = None
        self._wanted_list = Wanted()
        self._order: array[int] = array("q")
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._asked: list[int] = []
        self.following: DueLine | None = None
        self.unnamed: Key | None = None
        self._loading = LatestJob(jobs, self)
        self._fetching = LatestJob(jobs, self)
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._fetch)

    @property
    def wanted(self) -> Wanted:
        """What was asked for last."""
        return self._wanted_list

    @property
    def is_loading(self) -> bool:
        """Whether the list is being read anew."""
        return self._loading.is_running

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show nothing of the former logbook any more; ``load`` reads the new one."""
        self._forget_jobs()
        self._logbook = logbook
        self._take_over(Loaded(array("q"), {}, None))

    def load(self, wanted: Wanted, rows: Iterable[int] = (0,), keep: int | None = None) -> None:
        """Read the list anew.

        Args:
            wanted: which list.
            rows: rows that will be in sight, to be read together with the order.
            keep: key of a case whose page is to be read too, wherever it has come to stand.
        """
        self._wanted_list = wanted
        if self._logbook is None:
            return
        self._forget_jobs()
        logbook, pages = self._logbook, {row // PAGE for row in rows}
        self._loading.run(
            logbook, lambda: _read(logbook, wanted, pages, keep), self._take, self._fail
        )

    def line(self, row: int) -> DueLine | None:
        """What is shown of a row; None while it is on its way."""
        page = self._pages.get(row // PAGE)
        if page is None:
            self._want(row // PAGE)
            return None
        self._pages.move_to_end(row // PAGE)
        return page[row % PAGE] if row % PAGE < len(page) else None

    def number(self, row: int) -> int | None:
        """The key of the case in a row."""
        return self._order[row] if 0 <= row < len(self._order) else None

    def row_of(self, number: int | None) -> int:
        """Where a case stands; -1 for nowhere."""
        if number is None or number not in self._order:
            return -1
        return self._order.index(number)

    def row_of_case(self, case_id: str) -> int:
        """The same by the id of the case, among the lines that are here."""
        for page, held in self._pages.items():
            for place, line in enumerate(held):
                if line is not None and line.case.case_id == case_id:
                    return page * PAGE + place
        return -1

    def sample(self) -> list[DueLine]:
        """Some lines that are here, to see how much room they take."""
        page = next(iter(self._pages.values()), [])
        return [line for line in page if line is not None]

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line(index.row())
        if role == LINE_ROLE:
            return line
        if line is None:
            shown = role == Qt.ItemDataRole.DisplayRole and index.column() == 0
            return ON_ITS_WAY if shown else None
        key = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            cell = cell_of(key, line)
            return "".join(piece.text for piece in cell.first)
        if role == Qt.ItemDataRole.ToolTipRole:
            return spoken(key, line) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{heading(key)}: {spoken(key, line)}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole and COLUMNS[section] is self.unnamed:
            return ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return heading(COLUMNS[section])
        return None

    # pages

    def _want(self, page: int) -> None:
        if page in self._asked:
            self._asked.remove(page)
        self._asked.append(page)
        del self._asked[:-_PAGES_ASKED]
        busy = self._fetching.is_running or self._loading.is_running
        if not busy and not self._asking.isActive():
            self._asking.start()

    def _fetch(self) -> None:
        asked, self._asked = [page for page in self._asked if page not in self._pages], []
        if (logbook := self._logbook) is None or not asked:
            return
        order, today = self._order, self._wanted_list.today
        self._fetching.run(
            logbook,
            lambda: {page: _page(logbook, order, page, today) for page in asked},
            self._take_pages,
            # The job keeps its place, so that painting blank lines does not ask again and again.
            self.failed.emit,
        )

    def _take_pages(self, pages: dict[int, _Page]) -> None:
        self._keep(pages)
        for page, held in pages.items():
            first = page * PAGE
            last = self.index(first + len(held) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(first, 0), last)
        if self._asked:
            self._asking.start()

    def _keep(self, pages: dict[int, _Page]) -> None:
        self._pages.update(pages)
        while len(self._pages) > max(_PAGES_KEPT, len(pages)):
            self._pages.popitem(last=False)

    # the list

    def _take(self, loaded: Loaded) -> None:
        self._take_over(loaded)
        self.loaded.emit()

    def _fail(self, error: LogbookError) -> None:
        self._loading.cancel()
        self.failed.emit(error)

    def _take_over(self, loaded: Loaded) -> None:
        self.beginResetModel()
        self._order, self.following = loaded.order, loaded.following
        self._pages.clear()
        self._keep(loaded.pages)
        self.endResetModel()

    def _forget_jobs(self) -> None:
        self._loading.cancel()
        self._fetching.cancel()
        self._asking.stop()
        self._asked.clear()


def _read(logbook: Logbook, wanted: Wanted, pages: Iterable[int], keep: int | None) -> Loaded:
    order = due_numbers(logbook, wanted.which, wanted.today)
    last = max(0, len(order) - 1) // PAGE
    needed = {min(page, last) for page in pages} if order else set()
    if keep is not None and keep in order:
        needed.add(order.index(keep) // PAGE)
    read = {page: _page(logbook, order, page, wanted.today) for page in sorted(needed)}
    following = None if order else _following(logbook, wanted.today)
    return Loaded(order, read, following)


def _following(logbook: Logbook, today: date) -> DueLine | None:
    """Who is asked next of all."""
    order = due_numbers(logbook, Which.ALL, today)
    return next(iter(due_lines(logbook, order[:1], today)), None)


def _page(logbook: Logbook, order: array[int], page: int, today: date) -> _Page:
    wanted = order[page * PAGE : (page + 1) * PAGE]
    found = {line.case.number: line for line in due_lines(logbook, wanted, today)}
    return [found.get(number) for number in wanted]
