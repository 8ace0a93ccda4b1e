# SPDX-License-Identifier: MIT
"""The page of cases: search and buttons on top, below them the list and the chosen case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from models.caselist import Query, SortBy
from models.errors import LogbookError
from models.logbook import Logbook
from models.query import EVERYTHING, Filter
from ui.cases.binning import Binning
from ui.cases.case_menu import Task, case_menu
from ui.cases.columns import make_columns
from ui.cases.detail import WIDEST, WIDTH, DetailPane
from ui.cases.nothing_shown import say_closed, say_no_cases
from ui.cases.page_state import PageState
from ui.cases.table_model import CaseTableModel
from ui.cases.table_view import CaseTableView
from ui.cases.top_bar import TopBar
from ui.events import LogbookEvents
from ui.filters.no_match import say_no_match
from ui.filters.shelf import FilterShelf
from ui.jobs import Jobs
from ui.permits import guard, refuses
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState

_MOST_KEPT = 1_000  # cases whose selection outlasts a change of the list
_PANE_SHARES = 0.2, 0.235  # of the page, until the user moves the edge of the pane


class CasesPage(QWidget):
    """All cases of the logbook.

    Signals:
        new_case_requested: a new case is to be entered.
        edit_requested: the case with this id is to be edited.
        export_requested: the cases with these ids are to be exported.
        history_requested: the history of the case with this id is to be shown.
        print_requested: the list is to be printed.
        summary_requested: a summary of the one selected case is wanted.
        images_requested: (id, files) images are to be added to a case, these or chosen ones.
        merge_requested: the patients of the cases with these ids are to be merged.
        selection_changed: the ids of the cases that are selected now.
        filled: the list was read and is in sight.
    """

    new_case_requested = Signal()
    edit_requested = Signal(str)
    export_requested = Signal(list)
    history_requested = Signal(str)
    print_requested = Signal()
    summary_requested = Signal()
    images_requested = Signal(str, list)
    merge_requested = Signal(list)
    selection_changed = Signal(list)
    filled = Signal()

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        shelf: FilterShelf | None = None,
        parent: QWidget | None = None,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._theme = theme
        self._events = events
        self._logbook: Logbook | None = None
        self._selected: list[str] = []
        self._row_to_take, self._split_by_user = 0, False
        self._to_show, self._insists, self._is_stale = "", False, False
        self._cure = self.refresh
        self._columns = make_columns()
        self.model = CaseTableModel(jobs, self._columns, self)
        # From the outside in: what comes to another parent is dressed anew with all that it holds.
        self._stack = QStackedWidget(self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self._stack)
        self._left = QStackedWidget(self._split)
        self.table = CaseTableView(theme, self.model, self._columns, self._left)
        self.detail = DetailPane(jobs, theme, self._split)
        self.bar = TopBar(jobs, theme, events, shelf, self)
        self.empty, self.welcome = EmptyState(theme, self._left), EmptyState(theme, self._stack)
        guard(self.welcome.button, "new_case")
        self._binning = Binning(jobs, theme, events, self)
        self._choosing = QTimer(self, singleShot=True, interval=0)
        self._arrange()
        self._connect()
        self.set_logbook(None)

    # for the window

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show the cases of this logbook, or say that none is open."""
        self._logbook = logbook
        self.bar.set_logbook(logbook)
        self._row_to_take, self._to_show, self._insists = 0, "", False
        self.model.set_logbook(logbook)
        self.detail.set_logbook(logbook)
        self.table.show_sorting(self.model.query)
        self._set_selected([])
        if logbook is None:
            self._say_closed()
        else:
            self._stack.setCurrentWidget(self._split)
            self._left.setCurrentWidget(self.table)
            self.model.load(replace(self.model.query, today=self._today()), at_once=True)

    def refresh(self) -> None:
        """Read the list anew; what is selected stays selected."""
        self._load(self.model.query)

    def show_case(self, case_id: str) -> None:
        """Read the list anew and select this case; a search that hides it is given up."""
        self._insists, self._to_show = True, case_id
        self.refresh()

    def focus_search(self) -> None:
        """Put the cursor into the search, with its text selected."""
        self.bar.filters.focus_line()

    def selected_cases(self) -> list[str]:
        """Ids of the selected cases, in the order of the list.

        Empty for the moment in which a selection of cases that were never in sight is looked up.
        """
        self._settle_selection()
        return list(self._selected)

    def ask_columns(self) -> None:
        """Let the user choose columns, their order and their widths."""
        from ui.cases.columns_dialog import ColumnsDialog

        arrangement = self.table.arrangement
        dialog = ColumnsDialog(self._theme, self._columns, arrangement.layout, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: arrangement.arrange(dialog.chosen))
        dialog.open()

    def select_row(self, row: int) -> None:
        """Select the case in this row, if there is one."""
        if 0 <= row < self.model.rowCount():
            self.table.choose([row])
            self.table.show_row(row)

    def save_state(self) -> QByteArray:
        """The sizes, columns, tab and order that the user chose, for ``restore_state``."""
        split = self._split.saveState() if self._split_by_user else QByteArray()
        layout = self.table.arrangement.layout
        return PageState(split, layout, self.detail.save_state(), self.model.query).written()

    def restore_state(self, state: QByteArray) -> bool:
        """Take up what was saved; False if there was no size of the pane."""
        saved = PageState.read(state)
        self.table.arrangement.arrange(saved.columns)
        self.detail.restore_state(saved.tab)
        self.model.keep_order(saved.query)
        self._split_by_user = not saved.split.isEmpty() and self._split.restoreState(saved.split)
        return self._split_by_user

    # the parts

    def _arrange(self) -> None:
        self._left.addWidget(self.table)
        self._left.addWidget(self.empty)
        self._split.addWidget(self._left)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(0, 1)
        self._split.setCollapsible(0, False)
        self._split.setHandleWidth(1)
        self.setFocusProxy(self.table)
        self._stack.addWidget(self._split)
        self._stack.addWidget(self.welcome)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._split_by_user:
            least, most = (int(self.width() * share) for share in _PANE_SHARES)
            pane = min(max(self._theme.px(WIDTH), least), self._theme.px(WIDEST), most)
            self._split.setSizes([self.width() - pane, pane])

    def _notice_split(self) -> None:
        self._split_by_user = True

    def _connect(self) -> None:
        self._split.splitterMoved.connect(self._notice_split)
        self.bar.filters.asked.connect(self._search)
        self.bar.filters.left.connect(self._go_to_table)
        self.bar.new_wanted.connect(self.new_case_requested)
        self.bar.export_wanted.connect(self._export_selected)
        self._choosing.timeout.connect(self._take_selection)
        self.table.opened.connect(self._edit_row)
        self.table.typed.connect(self.bar.filters.take_typed)
        self.table.sort_chosen.connect(self._sort)
        self.table.chosen_changed.connect(self._choosing.start)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.bin_wanted.connect(self._ask_to_bin)
        self.table.columns_wanted.connect(self.ask_columns)
        self.model.begun.connect(self._show_begun)
        self.model.loaded.connect(self._show_loaded)
        self.model.outdated.connect(self.refresh)
        self.model.failed.connect(self._show_failed)
        self.detail.edit_wanted.connect(self._edit_selected)
        self.detail.export_wanted.connect(self._export_selected)
        self.detail.history_wanted.connect(self.history_requested)
        self.detail.case_wanted.connect(self.show_case)
        self.detail.images_wanted.connect(self.images_requested)
        self.empty.pressed.connect(lambda: self._cure())
        self.welcome.pressed.connect(self.new_case_requested)
        self._events.case_saved.connect(self._notice_saved)
        self._events.cases_changed.connect(self._notice_changed)

    # reading the list

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _notice_saved(self, case_id: str) -> None:
        self._to_show = case_id
        self._notice_changed()

    def _notice_changed(self) -> None:
        """Out of sight nothing is read: whoever rings patients would wait for it at every score."""
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def _search(self, asked: Filter) -> None:
        self._row_to_take = 0
        self._load(replace(self.model.query, filter=asked), from_top=True)

    def _sort(self, sort: SortBy, descending: bool) -> None:
        query = replace(self.model.query, sort=sort, descending=descending)
        self.table.show_sorting(query)
        self._load(query, from_top=True)

    def _load(self, query: Query, *, from_top: bool = False) -> None:
        self._is_stale = False
        self._settle_selection()
        keep = self._selected if len(self._selected) <= _MOST_KEPT else []
        keep = [self._to_show] if self._to_show else keep
        self.table.hold_place(stays=not (from_top or self._to_show))
        rows = {0} if from_top else {0, *self.table.rows_in_sight()}
        if not from_top and self.table.currentIndex().isValid():
            self._row_to_take = self.table.currentIndex().row()
        # A window that stands open over midnight asks for what is due today.
        self.model.load(replace(query, today=self._today()), keep, rows, at_once=from_top)

    def _show_begun(self) -> None:
        """The first page is there; who is selected is settled when the others are."""
        self._stack.setCurrentWidget(self._split)
        self._left.setCurrentWidget(self.table)
        self.table.scrollToTop()

    def _show_loaded(self, rows: list[int]) -> None:
        query, count = self.model.query, self.model.rowCount()
        if self._insists and not rows and query.is_narrowed:
            self.bar.filters.reset()
            self._load(replace(query, filter=EVERYTHING))
            return
        self.bar.filters.show_found(count if query.is_narrowed else None)
        if not query.is_narrowed:
            self.table.arrangement.measure()
        if count == 0:
            self._say_empty(query)
        else:
            self._stack.setCurrentWidget(self._split)
            self._left.setCurrentWidget(self.table)
            self._choose_again(rows)
        self._to_show, self._insists = "", False
        self.table.paint_now()
        self.filled.emit()

    def _choose_again(self, rows: list[int]) -> None:
        """Select what was selected, or else what has come to stand in its place."""
        chosen = rows or [min(self._row_to_take, self.model.rowCount() - 1)]
        self.table.choose(chosen)
        self.table.show_row(chosen[0])
        self._choosing.start()

    # nothing to show

    def _say_closed(self) -> None:
        say_closed(self.welcome)
        self._stack.setCurrentWidget(self.welcome)

    def _say_empty(self, query: Query) -> None:
        self._set_selected([])
        if query.is_narrowed:
            say_no_match(self.empty, query.filter)
            self._cure = self._clear_search
            self._left.setCurrentWidget(self.empty)
            return
        say_no_cases(self.welcome)
        self._stack.setCurrentWidget(self.welcome)
        if self.window().focusWidget() is None:
            self.welcome.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_failed(self, error: LogbookError) -> None:
        self._set_selected([])
        self.empty.say(error.message, error.cure, self.tr("Try again"), kind="")
        self._cure = self.refresh
        self._left.setCurrentWidget(self.empty)

    def _clear_search(self) -> None:
        self.bar.filters.clear()
        self.bar.filters.setFocus()

    # what is selected

    def _take_selection(self) -> None:
        if self.model.is_counting:
            return
        rows, count = self.table.chosen(), self.table.chosen_count()
        self.model.stop_finding()
        known = self.model.known_ids(rows)
        if known is not None:
            self._set_selected(known)
        else:
            self._selected = []
            self.model.find_ids(rows, self._set_selected)
        if count > 1:
            self.detail.show_several(count)

    def _settle_selection(self) -> None:
        """Do not wait for the event loop to notice what is selected."""
        if self._choosing.isActive():
            self._choosing.stop()
            self._take_selection()

    def _set_selected(self, ids: list[str]) -> None:
        changed, self._selected = ids != self._selected, ids
        if len(ids) == 1:
            self.detail.show_case(ids[0])
        elif not ids:
            self.detail.clear()
        if changed:
            self.selection_changed.emit(list(ids))

    def _edit_selected(self) -> None:
        selected = self.selected_cases()
        if len(selected) == 1:
            self.edit_requested.emit(selected[0])

    def _edit_row(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self.edit_requested.emit(line.case_id)

    def _export_selected(self) -> None:
        self.export_requested.emit(self.selected_cases())

    def _go_to_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_menu(self, place: QPoint) -> None:
        self.context_menu().popup(place)

    def context_menu(self) -> QMenu:
        """What can be done with the selected cases."""
        selected = self.selected_cases()
        some, one, few = bool(selected), len(selected) == 1, 0 < len(selected) < 3
        merge = partial(self.merge_requested.emit, selected)
        tasks = (
            Task(self.tr("&Edit"), self._edit_selected, one, deed="edit_case"),
            Task(self.tr("&History…"), lambda: self.history_requested.emit(selected[0]), one),
            Task(self.tr("E&xport selected…"), self._export_selected, some),
            Task(self.tr("&Copy rows"), self.table.copy, some),
            Task(self.tr("&Print…"), self.print_requested.emit, some),
            Task(self.tr("Case &summary…"), self.summary_requested.emit, one),
            Task(self.tr("Merge &patients…"), merge, few, deed="merge_patients"),
            Task(self.tr("&Move to bin…"), self._ask_to_bin, some, apart=True, deed="bin_case"),
        )
        return case_menu(tasks, (self.table.sort_menu(), self.table.columns_menu()), self)

    def _ask_to_bin(self) -> None:
        selected = self.selected_cases()
        if self._logbook is not None and selected and not refuses(self, "bin_case"):
            self._binning.ask(self._logbook, selected)
