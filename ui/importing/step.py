# SPDX-License-Identifier: MIT
"""What all steps of the wizard share: a sentence, a notice, and tables of text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.notice import Notice
from ui.widgets.text_table import Column, TextRows

_ROW = 28
_WIDEST = 900
_USUAL = 110
_LEAST_ROWS = 3
_MOST_MEASURED = 60


class Step(QWidget):
    """One step.

    Signals:
        changed: whether one may go on is another.

    Attributes:
        title: what the step is called.
        notice: what has to be said or asked.
        said: a sentence above all else.
    """

    changed = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.title = title
        self.setAccessibleName(title)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        set_kind(self.said, "muted")
        self.notice = Notice(theme, self)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, 0, 0, 0)
        keep(theme, self.content.setSpacing, 8)
        for widget in (self.said, self.notice):
            self.content.addWidget(widget)

    @property
    def may_go_on(self) -> bool:
        """Whether all is there that the next step needs."""
        return True

    def begin(self) -> None:
        """Put the cursor where one begins."""

    def ask_where(self) -> Path | None:
        """Where the refused rows are to be written; None for nowhere."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save refused rows"), "refused.csv", self.tr("CSV files (*.csv)")
        )
        if not name:
            return None
        return Path(name) if Path(name).suffix else Path(f"{name}.csv")

    def warn(self, error: LogbookError) -> None:
        """Say why it does not go on."""
        self.notice.warn(error)


class StepTable(QTableView):
    """Rows of text; what does not fit is told when pointed at.

    Signals:
        turned: another row is the current one; -1 for none.
        opened: Enter was pressed on a row, or it was double-clicked.
        pressed_space: the space bar was pressed.
    """

    turned = Signal(int)
    opened = Signal(int)
    pressed_space = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(TextRows([], self))
        self.setAccessibleName(name)
        set_kind(self, "rows")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(_MOST_MEASURED)
        self.horizontalHeader().setSectionsClickable(False)
        self.activated.connect(lambda index: self.opened.emit(index.row()))
        keep(theme, self.horizontalHeader().setMaximumSectionSize, _WIDEST)
        theme.follow(self.fit)
        self.fit()

    def fit(self) -> None:
        """Give rows and columns the room that their words need."""
        height = self._theme.px(_ROW)
        header = self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(height)
        self.setMinimumHeight(header.sizeHint().height() + _LEAST_ROWS * height)
        last = self.model().columnCount() - 1
        header.setDefaultSectionSize(self._theme.px(_USUAL))
        # To measure thousands of columns would hold the window up.
        if last < _MOST_MEASURED:
            header.setStretchLastSection(False)
            self.resizeColumnsToContents()
        header.setStretchLastSection(True)

    def set_rows(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Show these rows instead of others; the row that was current stays so, if there is one."""
        current = self.currentIndex().row()
        model = TextRows(columns, self)
        model.set_rows(rows)
        self.put(model)
        self.go_to(max(0, min(current, len(rows) - 1)))

    def put(self, model: QAbstractItemModel) -> None:
        """Show another model, which the view owns from now on."""
        old, selection = self.model(), self.selectionModel()
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.turned.emit(now.row()))
        for gone in (selection, old):
            gone.deleteLater()
        self.fit()

    def go_to(self, row: int) -> None:
        """Make this row the current one, if it is there."""
        model = self.model()
        if 0 <= row < model.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            index = model.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.pressed_space.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            # Enter would go on to the next step, too.
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def fill(box: QComboBox, items: Sequence[tuple[str, str]], chosen: str) -> None:
    """Offer other items, text and data, without telling of it."""
    box.blockSignals(True)
    box.clear()
    for text, data in items:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
    box.updateGeometry()
