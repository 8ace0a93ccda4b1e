# SPDX-License-Identifier: MIT
"""Arranges the columns of the list by keyboard or mouse: which, in which order, how wide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui import keys
from ui.cases.column_layout import ALWAYS, NARROWEST, WIDEST, ColumnLayout
from ui.cases.columns import Column, Key
from ui.measures import gap, keep
from ui.theme import Theme, set_kind
from ui.topics import CASES, below, explain

_WIDTH, _HEIGHT = 420, 640
_KEY = Qt.ItemDataRole.UserRole
_AUTOMATIC = NARROWEST - 1


class _ColumnsList(QListWidget):
    """A list in which keys move a line.

    Signals:
        moving_wanted: (step) the line is to be moved up, -1, or down, 1.
    """

    moving_wanted = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        for sequence, step in zip(keys.MOVE_COLUMN.sequences, (-1, 1), strict=True):
            if pressed == QKeySequence(sequence):
                self.moving_wanted.emit(step)
                return
        super().keyPressEvent(event)


class ColumnsDialog(QDialog):
    """A line a column, in the order from left to right; nothing is changed before it is accepted.

    Space shows a column or puts it away; Alt with Up and Down moves it.

    Attributes:
        list: the columns.
        up, down, reset, accept_button: the buttons.
        width_box: the width of the column in hand; at its least it shares the room with others.
    """

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column],
        layout: ColumnLayout,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, below(CASES, "The list"))
        self._theme = theme
        self._names = {column.key: column.name for column in columns}
        self._chosen = layout
        self._is_filling = False
        self.setWindowTitle(self.tr("Columns"))
        self.list = _ColumnsList(self)
        self.up = QPushButton(self.tr("Move &up"), self)
        self.down = QPushButton(self.tr("Move &down"), self)
        self.width_box = QSpinBox(self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        role = QDialogButtonBox.ButtonRole
        self.accept_button = self._buttons.addButton(self.tr("Apply"), role.AcceptRole)
        self.reset = self._buttons.addButton(self.tr("&Reset columns"), role.ResetRole)
        self._dress()
        self._arrange()
        self._connect()
        self._fill(layout.order[0])
        self.list.setFocus()

    @property
    def chosen(self) -> ColumnLayout:
        """What the dialog says now."""
        return self._chosen

    # the parts

    def _dress(self) -> None:
        self.list.setAccessibleName(self.tr("Columns from left to right"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        set_kind(self.list, "boxed")
        self.width_box.setRange(_AUTOMATIC, WIDEST)
        self.width_box.setSpecialValueText(self.tr("Automatic"))
        self.width_box.setSingleStep(8)
        self.width_box.setAccessibleName(self.tr("Width of the column"))
        set_kind(self.accept_button, "primary")
        self.accept_button.setDefault(True)
        for button, key in zip((self.up, self.down), keys.MOVE_COLUMN.sequences, strict=True):
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(shown)
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        title, about = QLabel(self.tr("Columns"), self), QLabel(self._about(), self)
        set_kind(title, "title")
        set_kind(about, "muted")
        about.setWordWrap(True)
        moving = QHBoxLayout()
        moving.addWidget(self.up)
        moving.addWidget(self.down)
        moving.addStretch(1)
        width = QFormLayout()
        width.addRow(self.tr("&Width"), self.width_box)
        layout = QVBoxLayout(self)
        for box in (layout, moving):
            keep(self._theme, box.setSpacing, 8)
        keep(self._theme, layout.setContentsMargins, 24, 24, 24, 24)
        layout.addWidget(title)
        layout.addWidget(about)
        layout.addWidget(self.list, 1)
        layout.addLayout(moving)
        layout.addLayout(width)
        gap(self._theme, layout, 8)
        layout.addWidget(self._buttons)
        self.resize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))

    def _about(self) -> str:
        return self.tr(
            "Space shows a column or puts it away; {keys} moves it. Columns without a width of "
            "their own share what room there is."
        ).format(keys=self.tr("Alt with Up or Down"))

    def _connect(self) -> None:
        self.list.itemChanged.connect(self._take_check)
        self.list.currentRowChanged.connect(self._show_current)
        self.list.model().rowsMoved.connect(self._take_order)
        self.up.clicked.connect(lambda _checked=False: self._move(-1))
        self.down.clicked.connect(lambda _checked=False: self._move(1))
        self.width_box.valueChanged.connect(self._take_width)
        self.reset.clicked.connect(lambda _checked=False: self._take_reset())
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.list.moving_wanted.connect(self._move)

    # what is shown

    def _fill(self, current: Key) -> None:
        self._is_filling = True
        self.list.clear()
        for key in self._chosen.order:
            self.list.addItem(self._item(key))
        self._is_filling = False
        self.list.setCurrentRow(self._chosen.order.index(current))
        self._show_current()

    def _item(self, key: Key) -> QListWidgetItem:
        item = QListWidgetItem(self._names[key])
        item.setData(_KEY, key.value)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemIsDragEnabled
        if key is not ALWAYS:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags)
        shown = key not in self._chosen.away
        item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        if key is ALWAYS:
            item.setToolTip(self.tr("This column is always in sight."))
        return item

    def _show_current(self) -> None:
        key = self._current()
        if self._is_filling or key is None:
            return
        place = self.list.currentRow()
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place < self.list.count() - 1)
        self._is_filling = True
        self.width_box.setValue(self._chosen.widths.get(key, _AUTOMATIC))
        self._is_filling = False

    def _current(self) -> Key | None:
        item: QListWidgetItem | None = self.list.currentItem()
        return Key(item.data(_KEY)) if item is not None else None

    # what is changed

    def _move(self, step: int) -> None:
        key, place = self._current(), self.list.currentRow() + step
        if key is not None and 0 <= place < self.list.count():
            self._chosen = self._chosen.moved(key, place)
            self._fill(key)

    def _take_check(self, item: QListWidgetItem) -> None:
        if not self._is_filling:
            shown = item.checkState() is Qt.CheckState.Checked
            self._chosen = self._chosen.with_shown(Key(item.data(_KEY)), shown=shown)

    def _take_order(self) -> None:
        """After a drag."""
        for place in range(self.list.count()):
            self._chosen = self._chosen.moved(Key(self.list.item(place).data(_KEY)), place)
        self._show_current()

    def _take_width(self, width: int) -> None:
        key = self._current()
        if key is not None and not self._is_filling:
            own = None if width == _AUTOMATIC else width
            self._chosen = self._chosen.with_width(key, own)

    def _take_reset(self) -> None:
        current = self._current()
        self._chosen = ColumnLayout()
        self._fill(current or ALWAYS)
