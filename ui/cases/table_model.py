# SPDX-License-Identifier: MIT
"""The list as a Qt model: how many cases there are, and the lines of those in sight.

Nothing here touches the database on the UI thread; what is not there yet is shown as on its way.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from models.caselist import (
    PAGE,
    CaseLine,
    FirstPage,
    Outline,
    Query,
    ids_of_rows,
    read_rows,
)
from models.errors import LogbookError
from models.logbook import Logbook
from ui.cases.columns import Column
from ui.cases.list_reading import PATIENCE, Asked, Loaded, neighbors, read, read_pages
from ui.jobs import Jobs, Turn
from ui.latest_job import LatestJob

if TYPE_CHECKING:
    from ui.cases.copied import CopiedRows

_PAGES_KEPT = 60
_PAGES_ASKED = 3  # the last ones asked for; a scroll bar that is dragged asks for many
_SAMPLE = 50  # lines that tell how wide the columns should be; few screens show more at once
ON_ITS_WAY = "…"
_HEADING_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)
LINE_ROLE = Qt.ItemDataRole.UserRole
"""The whole ``CaseLine`` of a row, or None while it is on its way."""

Index = QModelIndex | QPersistentModelIndex

T = TypeVar("T")


class CaseTableModel(QAbstractTableModel):
    """All cases that a query wants, in its order.

    Args:
        patience: how long a first page waits for the others, as ``list_reading.Asked`` counts it.

    Signals:
        begun: the first page is there, and how many rows there are is not known yet.
        loaded: the list is another one; carries the rows of the cases that were to be kept.
        outdated: the logbook was changed meanwhile; the list is to be loaded anew.
        failed: it could not be read; carries the LogbookError.
    """

    begun = Signal()
    loaded = Signal(list)
    outdated = Signal()
    failed = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        columns: Sequence[Column],
        parent: QObject | None = None,
        patience: int = PATIENCE,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._patience = patience
        self._logbook: Logbook | None = None
        self._query = Query()
        self._outline: Outline | None = None
        self._rows, self._has_begun = 0, False
        self._pages: OrderedDict[int, list[CaseLine]] = OrderedDict()
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

    @property
    def outline(self) -> Outline | None:
        """The list from afar; None before it was read."""
        return self._outline

    @property
    def is_counting(self) -> bool:
        """Whether the first page is shown, and the others are still being counted."""
        return self._has_begun

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show nothing of the former logbook any more; ``load`` reads the new one.

        The order is that of the former one.
        """
        self._forget_jobs()
        self._logbook = logbook
        order, self._query = self._query, Query()
        self.keep_order(order)
        self._begin(None, {}, 0)

    def keep_order(self, query: Query) -> None:
        """Sort as this query does whatever is loaded next."""
        self._query = replace(self._query, sort=query.sort, descending=query.descending)

    def load(
        self,
        query: Query,
        keep: Sequence[str] = (),
        rows: Iterable[int] = (0,),
        *,
        at_once: bool = False,
    ) -> None:
        """Read the list anew.

        Args:
            query: which cases, in which order.
            keep: ids of cases whose rows ``loaded`` is to tell.
            rows: rows that will be in sight, to be read together with the outline.
            at_once: show the first page before the others are counted, where that takes its time.
        """
        self._query = query
        if (logbook := self._logbook) is None:
            return
        self._forget_jobs()
        pages = frozenset(row // PAGE for row in rows)
        asked = Asked(query, tuple(keep), pages, at_once, self._patience)
        self._loading.run(
            logbook,
            *(partial(read, logbook, asked), self._take, self._fail),
            reports=True,
            partly=self._take_first,
            turn=Turn.AWAITED,
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
        return next(iter(self._pages.values()), [])[:_SAMPLE]

    def known_ids(self, ranges: Iterable[range]) -> list[str] | None:
        """The ids of the cases in these rows, or None where not all of them are here."""
        ids = []
        for rows in ranges:
            for row in rows:
                page = self._pages.get(row // PAGE)
                if page is None:
                    return None
                ids.append(page[row % PAGE].case_id)
        return ids

    def find_ids(self, ranges: Sequence[range], done: Callable[[list[str]], None]) -> None:
        """Look up the ids of the cases in these rows, and hand them to ``done``.

        What was looked up before and is not there yet is not told any more.
        """
        self._find(self._finding, ids_of_rows, ranges, done)

    def stop_finding(self) -> None:
        """The ids that are being looked up are not wanted any more."""
        self._finding.cancel()

    def copy_rows(
        self, ranges: Sequence[range], rows: CopiedRows, done: Callable[[QMimeData], object]
    ) -> None:
        """Write these rows, however many, as a text for the clipboard, and hand it to ``done``."""

        def write(logbook: Logbook, whole: Outline, ranges: Sequence[range]) -> QMimeData | None:
            from models.printouts import CLIPBOARD, note_handed_on
            from ui.clipboard import text_to_copy

            if not read_rows(logbook, whole, ranges, rows.take):
                return None
            note_handed_on(logbook, "Rows of the list of cases", CLIPBOARD, rows=len(rows))
            return text_to_copy(rows.hand_over())

        self._find(self._copying, write, ranges, done)

    def _find(
        self,
        job: LatestJob,
        look_up: Callable[[Logbook, Outline, Sequence[range]], T | None],
        ranges: Sequence[range],
        done: Callable[[T], object],
    ) -> None:
        def take(found: T | None) -> None:
            if found is None:
                self.outdated.emit()
            else:
                done(found)

        if (logbook := self._logbook) is not None and (whole := self._outline) is not None:
            work = partial(look_up, logbook, whole, ranges)
            job.run(logbook, work, take, self.failed.emit)

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._rows

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
        if role in _HEADING_ROLES:
            return self._columns[section].name
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
        if (logbook := self._logbook) is None or (whole := self._outline) is None or not asked:
            return
        near = [n for n in neighbors(asked, whole.pages) if n not in self._pages]
        self._fetching.run(
            logbook,
            partial(read_pages, logbook, whole, near),
            self._take_end,
            self._fail_pages,
            reports=True,
            partly=self._take_page,
        )

    def _take_page(self, told: tuple[int, list[CaseLine]]) -> None:
        page, lines = told
        self._keep({page: lines})
        first = page * PAGE
        last = self.index(first + len(lines) - 1, len(self._columns) - 1)
        self.dataChanged.emit(self.index(first, 0), last)

    def _take_end(self, is_the_same: bool) -> None:
        if not is_the_same:
            self.outdated.emit()
        elif self._wanted:
            self._asking.start()

    def _fail_pages(self, error: LogbookError) -> None:
        # The job keeps its place, so that painting the blank lines does not ask again and again;
        # reading the list anew clears it.
        self.failed.emit(error)

    def _keep(self, pages: dict[int, list[CaseLine]]) -> None:
        self._pages.update(pages)
        while len(self._pages) > max(_PAGES_KEPT, len(pages)):
            self._pages.popitem(last=False)

    # the list

    def _take_first(self, first: FirstPage) -> None:
        self._begin(None, {0: first.lines}, len(first.lines))
        self._has_begun = True
        self.begun.emit()

    def _take(self, loaded: Loaded) -> None:
        whole = loaded.outline
        if self._has_begun:
            self._go_on(whole, loaded.pages)
        elif self._outline is not None and self._outline.keys == whole.keys:
            self._renew(whole, loaded.pages)
        else:
            self._begin(whole, loaded.pages, whole.count)
        self.loaded.emit(loaded.rows)

    def _fail(self, error: LogbookError) -> None:
        self._loading.cancel()
        self.failed.emit(error)

    def _begin(self, whole: Outline | None, pages: dict[int, list[CaseLine]], rows: int) -> None:
        """Show another list."""
        self.beginResetModel()
        self._outline, self._rows = whole, rows
        self._pages.clear()
        self._keep(pages)
        self.endResetModel()

    def _go_on(self, whole: Outline, pages: dict[int, list[CaseLine]]) -> None:
        """Show the rows of the list behind those of its first page."""
        self._outline, self._has_begun = whole, False
        self._keep(pages)
        if whole.count > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, whole.count - 1)
            self._rows = whole.count
            self.endInsertRows()

    def _renew(self, whole: Outline, pages: dict[int, list[CaseLine]]) -> None:
        """Show the same cases in the same rows, with what they say now."""
        self._outline = whole
        self._pages.clear()
        self._keep(pages)
        if self._rows:
            last = self.index(self._rows - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _forget_jobs(self) -> None:
        for job in (self._loading, self._fetching, self._finding):
            job.cancel()
        self._has_begun = False
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
