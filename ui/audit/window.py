# SPDX-License-Identifier: MIT
"""The audit trail in a window of its own: asked above, listed in the middle, told in full below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.logbook import Logbook
from models.speech import numeral
from models.trail import Page, Told, Written, read_page, users_known
from ui.audit.bar import TrailBar
from ui.audit.model import CASE, CHANGES, REASON, WHAT, WHEN, WHO, TrailModel, tr
from ui.audit.words import in_full
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.measures import fit_screen, keep
from ui.theme import Theme, set_kind
from ui.topics import AUDIT, explain
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.steady_scroll import keep_place_of_bar
from ui.widgets.text_table import width_of

_SIZE = (1120, 680)
_WIDTHS = {WHEN: 172, WHO: 100, WHAT: 130, CASE: 120, CHANGES: 340, REASON: 200}
_MAY_GO = (REASON, CASE, WHO)
"""Columns that go where there is no room, one after the other: the text below says it all."""

_LEAST_CHANGES, _WIDEST_CHANGES = 180, 1600
_EDGE = 4
_ROW = 28


class AuditWindow(QDialog):
    """Reads the audit in jobs, page by page.

    Signals:
        case_wanted: (id) the case of the chosen entry is to be shown.

    Attributes:
        bar: what is asked for.
        table: the entries, the newest first.
        detail: the chosen one in full.
        notice: how the last thing ended.
        open_case, export: the buttons.
    """

    case_wanted = Signal(str)

    def __init__(
        self, theme: Theme, jobs: Jobs, logbook: Logbook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        explain(self, AUDIT)
        self._theme, self._jobs, self._logbook = theme, jobs, logbook
        self._reading, self._people = LatestJob(jobs, self), LatestJob(jobs, self)
        # No patient stands in a window title.
        self.setWindowTitle(tr("Audit trail"))
        self._title = QLabel(tr("Audit trail of {logbook}").format(logbook=logbook.name), self)
        self._found = QLabel(self)
        self.bar = TrailBar(theme, self)
        self.notice = Notice(theme, self)
        self.model = TrailModel(theme, self)
        self.table = QTableView(self)
        self.empty = EmptyState(theme, self)
        self.detail = QPlainTextEdit(self)
        self.open_case = QPushButton(tr("&Open case"), self)
        self.export = QPushButton(tr("&Export as CSV…"), self)
        self._close = QPushButton(tr("Close"), self)
        self._stack = QStackedWidget(self)
        self._dress()
        self._arrange()
        self._connect()
        fit_screen(theme, self, *_SIZE)
        self.refresh()

    def refresh(self) -> None:
        """Read from the newest entry on."""
        logbook, asked = self._logbook, self.bar.asks()
        self._reading.run(logbook, lambda: read_page(logbook, asked), self._begin, self._fail)
        self._people.run(
            logbook, lambda: users_known(logbook), self.bar.offer_users, self.notice.warn
        )

    def save_file(self, target: Path, *, for_excel: bool) -> None:
        """Write everything that is asked for into a CSV file."""
        logbook, asked = self._logbook, self.bar.asks()

        def work() -> Written:
            from models.exchange.dialects import MACHINE, Dialect
            from models.trail import write_trail

            return write_trail(logbook, asked, target, Dialect(True) if for_excel else MACHINE)

        self.export.setEnabled(False)
        self.export.setText(tr("Exporting…"))
        self._jobs.run(logbook, work, self._tell_written, self._fail_writing)

    @property
    def chosen(self) -> Told | None:
        """The entry with the cursor."""
        row = self.table.currentIndex().row()
        return self.model.entries[row] if 0 <= row < len(self.model.entries) else None

    # what is read

    def _begin(self, page: Page) -> None:
        self.model.begin(page)
        self._stack.setCurrentWidget(self._split if page.entries else self.empty)
        if page.entries:
            flags = QItemSelectionModel.SelectionFlag
            first = self.model.index(0, 0)
            chooser = self.table.selectionModel()
            chooser.setCurrentIndex(first, flags.ClearAndSelect | flags.Rows)
            self.table.scrollToTop()
        elif self.bar.asks().is_empty:
            self.empty.say(
                tr("Nothing happened in this logbook yet"),
                tr("What is entered, changed, printed or exported stands here from then on."),
            )
        else:
            self.empty.say(
                tr("No entry found"),
                tr("No entry matches what is asked above."),
                tr("Show all"),
                kind="",
            )
        self._show_chosen()
        self._count()

    def _go_on(self, after: int) -> None:
        logbook, asked = self._logbook, self.bar.asks()
        self._reading.run(logbook, lambda: read_page(logbook, asked, after), self._add, self._fail)

    def _add(self, page: Page) -> None:
        self.model.go_on(page)
        self._count()

    def _count(self) -> None:
        count = len(self.model.entries)
        if not self.model.is_whole:
            said = tr("The newest {n} entries; more as you scroll").format(n=numeral(count, ","))
        else:
            said = tr("1 entry") if count == 1 else tr("{n} entries").format(n=numeral(count, ","))
        self._found.setText(said)
        self.export.setEnabled(count > 0)

    def _fail(self, error: LogbookError) -> None:
        self.notice.warn(error)

    def _show_chosen(self) -> None:
        told = self.chosen
        self.detail.setPlainText(in_full(told) if told is not None else "")
        self.open_case.setEnabled(told is not None and bool(told.case_id))

    # what is done

    def _open(self) -> None:
        told = self.chosen
        if told is not None and told.case_id:
            self.case_wanted.emit(told.case_id)

    def _ask_where(self) -> None:
        machine, excel = tr("CSV for programs (*.csv)"), tr("CSV for Excel (*.csv)")
        name, chosen = QFileDialog.getSaveFileName(
            self, tr("Export the audit trail"), "audit.csv", f"{machine};;{excel}"
        )
        if name:
            target = Path(name)
            target = target if target.suffix else target.with_suffix(".csv")
            self.save_file(target, for_excel=chosen == excel)

    def _tell_written(self, done: Written) -> None:
        self._end_writing()
        said = tr("{n} entries are in {file}. The audit says so from now on.")
        if done.entries == 1:
            said = tr("One entry is in {file}. The audit says so from now on.")
        self.notice.say(said.format(n=numeral(done.entries, ","), file=done.target), "success")
        self.refresh()

    def _fail_writing(self, error: LogbookError) -> None:
        self._end_writing()
        self.notice.warn(error)

    def _end_writing(self) -> None:
        self.export.setText(tr("&Export as CSV…"))
        self.export.setEnabled(True)

    # the parts

    def _dress(self) -> None:
        set_kind(self._title, "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        set_kind(self._found, "muted")
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(tr("Entries of the audit"))
        set_kind(table, "rows")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        # What may be longer than the room is the last.
        header.moveSection(header.visualIndex(REASON), header.visualIndex(CHANGES))
        keep_place_of_bar(table)
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName(tr("The entry in full"))
        self.detail.setTabChangesFocus(True)
        for button in (self.open_case, self.export, self._close):
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        theme = self._theme
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._stack.addWidget(self._split)
        self._stack.addWidget(self.empty)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._found)
        foot.addWidget(self.open_case)
        foot.addWidget(self.export)
        foot.addStretch(1)
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, *(16,) * 4)
        keep(theme, layout.setSpacing, 10)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.bar.words.setFocus()

    def _connect(self) -> None:
        self.bar.asked.connect(self.refresh)
        self.model.more_wanted.connect(self._go_on)
        self.model.modelReset.connect(self._share_width)
        self.model.rowsInserted.connect(lambda *_: self._share_width())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.empty.pressed.connect(self.bar.ask_all)
        self.open_case.clicked.connect(lambda _checked=False: self._open())
        self.export.clicked.connect(lambda _checked=False: self._ask_where())
        self._close.clicked.connect(self.reject)
        self._theme.follow(self._share_width)
        self.table.viewport().installEventFilter(self)
        within = Qt.ShortcutContext.WidgetShortcut
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(key), self.table, self._open, context=within)
        QShortcut(QKeySequence.StandardKey.Find, self, self.bar.words.setFocus)
        QShortcut(QKeySequence.StandardKey.Refresh, self, self.refresh)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table.viewport() and event.type() is QEvent.Type.Resize:
            self._share_width()
        return super().eventFilter(watched, event)

    def _share_width(self) -> None:
        px = self._theme.px
        self.table.verticalHeader().setDefaultSectionSize(px(_ROW))
        wide = {column: px(width) for column, width in _WIDTHS.items()}
        wide[CHANGES] = px(_LEAST_CHANGES)
        room = self.table.viewport().width()
        for column in _MAY_GO:
            if sum(wide.values()) > room:
                del wide[column]
        over = max(room - sum(wide.values()), 0)
        wide[CHANGES] += over * 2 // 3 if REASON in wide else over
        if REASON in wide:
            wide[REASON] += over // 3
        for column in _WIDTHS:
            self.table.setColumnHidden(column, column not in wide)
        wide[WHAT] = max(wide[WHAT], self._widest(WHAT))
        wide[CHANGES] -= wide[WHAT] - px(_WIDTHS[WHAT])
        wide[CHANGES] = max(wide[CHANGES], min(self._widest(CHANGES), px(_WIDEST_CHANGES)))
        for column, width in wide.items():
            self.table.setColumnWidth(column, width)

    def _widest(self, column: int) -> int:
        """What the entries that are here need."""
        rows = range(self.model.rowCount())
        texts = {str(self.model.index(row, column).data() or ""): row for row in rows}
        return width_of(self.table, column, texts) + self._theme.px(_EDGE)
