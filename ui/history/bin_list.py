# SPDX-License-Identifier: MIT
"""The cases in the bin, to look at and to take out again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.casebin import BinnedCase
from models.speech import shown_day
from ui.history.rows_table import RowsTable, Shown
from ui.measures import keep
from ui.permits import guard, refuses
from ui.theme import Theme, set_kind
from ui.topics import ENTRY, below, explain
from ui.widgets.empty_state import EmptyState
from ui.widgets.version_text import moment, value

_SIZE = (860, 480)
_ROOM = 0.94


class BinList(QDialog):
    """Shows the bin and says which case is wanted out of it; it changes nothing itself.

    Signals:
        unbin_wanted: (BinnedCase)
        history_wanted: (id of the case)

    Attributes:
        table: one row a case.
    """

    unbin_wanted = Signal(object)
    history_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, below(ENTRY, "Afterwards"))
        self._theme = theme
        self._cases: list[BinnedCase] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Bin"))
        self._title = QLabel(self.tr("Cases in the bin"), self)
        set_kind(self._title, "title")
        headings = (
            self.tr("Patient"),
            self.tr("Date"),
            self.tr("Levels"),
            self.tr("In the bin since"),
            self.tr("By"),
            self.tr("Reason"),
        )
        self.table = RowsTable(theme, headings, (4, 4, 3, 5, 3, 6), frozenset({3, 4, 5}), self)
        self.table.setAccessibleName(self.tr("Cases in the bin"))
        self._empty = EmptyState(theme, self)
        self._empty.say(self.tr("The bin is empty"))
        self.restore = QPushButton(self.tr("&Take out…"), self)
        self.history = QPushButton(self.tr("&History…"), self)
        self._close = QPushButton(self.tr("Close"), self)
        for button in (self.restore, self.history, self._close):
            button.setAutoDefault(False)
        guard(self.restore, "unbin_case")
        self._arrange()
        self.restore.clicked.connect(self._ask)
        self.table.opened.connect(self._ask)
        self.history.clicked.connect(self._show_history)
        self._close.clicked.connect(self.close)

    def show_cases(self, cases: Sequence[BinnedCase]) -> None:
        """Show these."""
        self._cases = list(cases)
        self.table.show_rows([Shown(_texts(case)) for case in cases])
        self._stack.setCurrentWidget(self.table if cases else self._empty)
        for button in (self.restore, self.history):
            button.setEnabled(bool(cases))
        (self.table if cases else self._close).setFocus()

    def sizeHint(self) -> QSize:
        screen = QGuiApplication.primaryScreen().availableSize() * _ROOM
        return QSize(*(self._theme.px(length) for length in _SIZE)).boundedTo(screen)

    def _arrange(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        foot = QHBoxLayout()
        foot.addWidget(self.restore)
        foot.addWidget(self.history)
        foot.addStretch(1)
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        keep(self._theme, layout.setContentsMargins, *(16,) * 4)
        keep(self._theme, layout.setSpacing, 12)
        layout.addWidget(self._title)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)

    def _case(self) -> BinnedCase | None:
        index = self.table.currentIndex()
        return self._cases[index.row()] if index.isValid() and self._cases else None

    def _ask(self) -> None:
        if (case := self._case()) is not None and not refuses(self, "unbin_case"):
            self.unbin_wanted.emit(case)

    def _show_history(self) -> None:
        if (case := self._case()) is not None:
            self.history_wanted.emit(case.case_id)


def _texts(case: BinnedCase) -> tuple[str, ...]:
    levels = ", ".join(level.label for level in case.levels)
    day = shown_day(case.performed_on or "")
    shown = (case.patient_code, day, levels, moment(case.at), case.user, case.reason)
    return tuple(value(text) for text in shown)
