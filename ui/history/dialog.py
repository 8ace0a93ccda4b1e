# SPDX-License-Identifier: MIT
"""The history of one case: its versions, what each changed, and the case as it was."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookDamaged
from models.history import Cell, Deed, History, Version
from ui.history.pages import case_rows, change_rows
from ui.history.rows_table import RowsTable, Shown
from ui.history.versions_list import VersionsList, named
from ui.measures import keep
from ui.permits import guard, refuses
from ui.theme import Theme, set_kind, set_state
from ui.topics import ENTRY, below, explain
from ui.widgets.clearing import offer_clearing
from ui.widgets.field_label import FieldLabel
from ui.widgets.plain_tip import plain_tip
from ui.widgets.version_text import moment

_SIZE = (1020, 640)
_SMALLEST = (620, 320)
_LIST_WIDTH = 280
_LIST_SHARE = 0.36
_SEARCH_WIDTH = 240
_ROOM = 0.94
_FIELD, _BEFORE = 1, 2
VALUE_KEY, VERSION_KEY = "Ctrl+B", "Ctrl+Shift+B"


class HistoryDialog(QDialog):
    """Shows a history and says what the user wants back; it changes nothing itself.

    Signals:
        version_wanted: (Version) the whole of it is to come back.
        value_wanted: (Version, Cell) this one as it stood in that version.
        unbin_wanted: the case is to leave the bin.
        copy_wanted: (text, rows) rows of a table are wanted on the clipboard.

    Attributes:
        versions: the list on the left.
        changes, as_it_was: the tables of the two tabs.
        search: narrows both tables, and the list to the versions that touch the field.
    """

    version_wanted = Signal(object)
    value_wanted = Signal(object, object)
    unbin_wanted = Signal()
    copy_wanted = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, below(ENTRY, "Afterwards"))
        self._theme = theme
        self._history: History | None = None
        self._is_split_by_user = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # No patient stands in a window title.
        self.setWindowTitle(self.tr("History"))
        self.heading = FieldLabel("", parent=self)
        self.search = QLineEdit(self)
        self._notice, self._notice_text = QFrame(self), QLabel(self)
        self._unbin = QPushButton(self.tr("Take out of the bin"), self._notice)
        self.versions = VersionsList(theme, self)
        places = (self.tr("Where"), self.tr("Field"), self.tr("Before"), self.tr("After"))
        self.changes = RowsTable(theme, places, (4, 4, 5, 5), frozenset({0, 2}), self, joins=True)
        fields = (self.tr("Field"), self.tr("As it was"), self.tr("Today"))
        self.as_it_was = RowsTable(theme, fields, (4, 5, 5), frozenset({0}), self)
        self.only_differing = QCheckBox(self.tr("&Only what differs from today"), self)
        self.tabs = QTabWidget(self)
        self.bring_value = QPushButton(self.tr("Bring this &value back…"), self)
        self.bring_version = QPushButton(self.tr("&Bring this version back…"), self)
        self._close = QPushButton(self.tr("Close"), self)
        for button in (self.bring_value, self.bring_version, self._unbin):
            guard(button, "bring_back")
        self._name_parts()
        self._arrange()
        self._connect()
        self._allow()

    def show_history(self, history: History, *, newest: bool = False) -> None:
        """Show this history; what was chosen stays chosen, unless ``newest``."""
        here = self.versions.version
        self._history = history
        count = len(history.versions)
        about = self.tr("1 version") if count == 1 else self.tr("{n} versions").format(n=count)
        self.heading.setText(f"{history.name} · {about}")
        self.heading.setToolTip(plain_tip(self.heading.text()))
        self._show_notice(history)
        self._fill_list(0 if newest or here is None else here.number)

    @property
    def history(self) -> History | None:
        """What is shown."""
        return self._history

    @property
    def notice(self) -> str:
        """What is said above the lists; "" for nothing."""
        return self._notice_text.text()

    def sizeHint(self) -> QSize:
        screen = QGuiApplication.primaryScreen().availableSize() * _ROOM
        return QSize(*(self._theme.px(length) for length in _SIZE)).boundedTo(screen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_split_by_user:
            left = min(self._theme.px(_LIST_WIDTH), int(self.width() * _LIST_SHARE))
            self._split.setSizes([left, self.width() - left])

    def _notice_split(self) -> None:
        self._is_split_by_user = True

    # filling

    def _fill_list(self, number: int) -> None:
        if self._history is None:
            return
        wanted = self.search.text()
        newest_first = self._history.versions[::-1]
        kept = [v for v in newest_first if not wanted or change_rows(v.lines, wanted)]
        # Else the version would be shown once by the list and once more here.
        with QSignalBlocker(self.versions):
            self.versions.show_versions(kept or newest_first, number)
        self._show_version()

    def _show_version(self) -> None:
        history, version = self._history, self.versions.version
        if history is None or version is None:
            return
        wanted = self.search.text()
        # Before a case was entered there was nothing, so all of it was added.
        left_out = frozenset({_FIELD, _BEFORE}) if version.deed is Deed.ENTERED else frozenset()
        self.changes.show_rows(change_rows(version.lines, wanted), left_out)
        self.as_it_was.show_rows(self._case_rows(history, version.number))
        self._allow()

    def _case_rows(self, history: History, number: int) -> list[Shown]:
        try:
            parts = history.listing(number)
        except LogbookDamaged:
            # The notice says why there is nothing to show.
            return []
        only = self.only_differing.isChecked()
        return case_rows(parts, self.search.text(), only_differing=only)

    def _show_notice(self, history: History) -> None:
        text = history.problem
        if not text and history.in_bin:
            text = self.tr("This case is in the bin.")
        self._notice_text.setText(text)
        self._notice.setVisible(bool(text))
        self._unbin.setVisible(history.in_bin and not history.problem)
        set_state(self._notice, "error" if history.problem else "")

    # what can be brought back

    def _target(self) -> tuple[Version, Cell] | None:
        """The value at the cursor, and the version in which it stood."""
        history, version = self._history, self.versions.version
        if history is None or version is None or history.problem:
            return None
        is_changes, row = self._table() is self.changes, self._table().row
        if row is None or row.cell is None or (row.cell.is_name and history.hides_names):
            return None
        if not is_changes:
            return (version, row.cell) if row.is_marked or row.is_heading else None
        before = history.before(version.number)
        return (before, row.cell) if before is not None else None

    def _allow(self) -> None:
        history, version = self._history, self.versions.version
        target = self._target()
        self.bring_value.setEnabled(target is not None)
        self.bring_value.setText(self._value_text(target))
        is_old = history is not None and version is not None and version != history.versions[-1]
        self.bring_version.setEnabled(is_old and history is not None and not history.problem)

    def _value_text(self, target: tuple[Version, Cell] | None) -> str:
        if target is None or self._history is None or not target[1].is_row:
            return self.tr("Bring this &value back…")
        version, cell = target
        was_there = cell.row_id in self._history.document(version.number).get(cell.table, {})
        return self.tr("Bring this &row back…") if was_there else self.tr("Take this &row out…")

    def _ask_value(self) -> None:
        if (target := self._target()) is not None and not refuses(self, "bring_back"):
            self.value_wanted.emit(*target)

    def _ask_version(self) -> None:
        version = self.versions.version
        if version is not None and self.bring_version.isEnabled():
            self.version_wanted.emit(version)

    def _show_menu(self, place: QPoint) -> None:
        self.context_menu().popup(place)

    def context_menu(self) -> QMenu:
        """What can be done with the row at the cursor."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, key, act, enabled in (
            (self.bring_value.text(), VALUE_KEY, self._ask_value, self.bring_value.isEnabled()),
            (
                self.bring_version.text(),
                VERSION_KEY,
                self._ask_version,
                self.bring_version.isEnabled(),
            ),
            (self.tr("&Copy rows"), "Ctrl+C", self._table().copy, True),
        ):
            action = menu.addAction(text)
            action.setShortcut(QKeySequence(key))
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked=False, act=act: act())
        return menu

    def _table(self) -> RowsTable:
        return self.changes if self.tabs.currentIndex() == 0 else self.as_it_was

    # putting together

    def _name_parts(self) -> None:
        set_kind(self.heading, "title")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.search.setPlaceholderText(self.tr("Find a field or value"))
        self.search.setAccessibleName(self.tr("Find a field or value"))
        offer_clearing(self.search)
        self.changes.setAccessibleName(self.tr("Changes"))
        self.as_it_was.setAccessibleName(self.tr("The case as it was"))
        self.bring_value.setToolTip(VALUE_KEY)
        self.bring_version.setToolTip(VERSION_KEY)
        for button in (self.bring_value, self.bring_version, self._unbin, self._close):
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        theme = self._theme
        head, foot = QHBoxLayout(), QHBoxLayout()
        keep(theme, self.search.setMaximumWidth, _SEARCH_WIDTH)
        head.addWidget(self.heading, 3)
        head.addWidget(self.search, 2)
        for button in (self.bring_value, self.bring_version):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, *(16,) * 4)
        keep(theme, layout.setSpacing, 12)
        layout.addLayout(head)
        layout.addWidget(self._arrange_notice())
        layout.addWidget(self._arrange_middle(), 1)
        layout.addLayout(foot)
        screen = QGuiApplication.primaryScreen().availableSize() * _ROOM
        least = QSize(*(theme.px(length) for length in _SMALLEST))
        self.setMinimumSize(least.boundedTo(screen))

    def _arrange_notice(self) -> QFrame:
        set_kind(self._notice, "notice")
        self._notice_text.setWordWrap(True)
        layout = QHBoxLayout(self._notice)
        layout.addWidget(self._notice_text, 1)
        layout.addWidget(self._unbin)
        self._notice.hide()
        return self._notice

    def _arrange_middle(self) -> QSplitter:
        theme = self._theme
        was, left, right = QWidget(self), QFrame(self), QWidget(self)
        below = QVBoxLayout(was)
        keep(theme, below.setContentsMargins, 0, 8, 0, 0)
        below.addWidget(self.only_differing)
        below.addWidget(self.as_it_was, 1)
        self.tabs.addTab(self.changes, self.tr("&Changes"))
        self.tabs.addTab(was, self.tr("The case as it &was"))
        set_kind(left, "boxed")
        inner = QVBoxLayout(left)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.versions)
        beside = QVBoxLayout(right)
        keep(theme, beside.setContentsMargins, 16, 0, 0, 0)
        beside.addWidget(self.tabs)
        self._split = split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.setStretchFactor(1, 1)
        split.splitterMoved.connect(self._notice_split)
        return split

    def _connect(self) -> None:
        self.versions.chosen.connect(self._show_version)
        self.search.textChanged.connect(self._search)
        self.only_differing.toggled.connect(self._show_version)
        self.tabs.currentChanged.connect(self._allow)
        self.bring_value.clicked.connect(self._ask_value)
        self.bring_version.clicked.connect(self._ask_version)
        self._unbin.clicked.connect(self.unbin_wanted)
        self._close.clicked.connect(self.close)
        for table in (self.changes, self.as_it_was):
            table.current_changed.connect(self._allow)
            table.opened.connect(self._ask_value)
            table.menu_wanted.connect(self._show_menu)
            table.copy_wanted.connect(self.copy_wanted)
        for key, act in (
            (VALUE_KEY, self._ask_value),
            (VERSION_KEY, self._ask_version),
            ("Ctrl+F", self.search.setFocus),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _search(self) -> None:
        here = self.versions.version
        self._fill_list(here.number if here is not None else 0)


def about_version(version: Version) -> str:
    """How a question names a version."""
    return f"{named(version)}, {moment(version.at)}, {version.user}"
