# SPDX-License-Identifier: MIT
"""Finds a command by a few letters of its name, or of another word for it, and does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.help.commands import Command
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import FIRST_STEPS, explain
from ui.widgets.clearing import offer_clearing
from ui.widgets.term_search import matching

_WIDTH, _ROWS, _FEWEST, _ROW, _FROM_TOP, _AROUND = 620, 11, 3, 27, 72, 110
_WHAT, _WHERE, _KEYS = range(3)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CommandFinder(QDialog):
    """A line to type into, and what it can mean.

    What cannot be done now stands last and says why.

    Args:
        commands: all there are.
        used: those that were chosen before, the last one first.

    Signals:
        chosen: (Command) it is to be done, now that the dialog is gone.

    Attributes:
        line: where one types.
        list: what is offered.
    """

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        commands: Sequence[Command],
        used: Sequence[Command] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        explain(self, FIRST_STEPS)
        self._theme = theme
        self._commands = commands
        self._used = used
        self._names = [replace(one, value=one.label, synonyms=()) for one in commands]
        self._offered: list[Command] = []
        self.setWindowTitle(self.tr("Find a command"))
        self.line, self.list, self._said = QLineEdit(self), QTreeWidget(self), QLabel(self)
        self.line.setPlaceholderText(self.tr("What do you want to do?"))
        self.line.setAccessibleName(self.tr("Command"))
        offer_clearing(self.line)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._offer)
        self.line.returnPressed.connect(self._choose)
        self._arrange_list()
        set_kind(self._said, "muted")
        self._said.setWordWrap(True)
        frame, around = QFrame(self), QVBoxLayout(self)
        set_kind(frame, "popover")
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(frame)
        layout = QVBoxLayout(frame)
        keep(theme, layout.setContentsMargins, 12, 12, 12, 12)
        keep(theme, layout.setSpacing, 8)
        for widget in (self.line, self.list, self._said):
            layout.addWidget(widget)
        self._offer()

    def _arrange_list(self) -> None:
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        for column in (_WHERE, _KEYS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(self._say)
        self.list.itemClicked.connect(self._choose)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        parent, top = self.parentWidget(), self._theme.px(_FROM_TOP)
        over = parent.window() if parent is not None else self
        row = self._theme.px(_ROW)
        # As many rows as stand in the window, above what is said of them.
        room = (over.height() - top - self._theme.px(_AROUND)) // row
        rows = max(_FEWEST, min(_ROWS, room)) if parent is not None else _ROWS
        self.list.setFixedHeight(rows * row + 2 * self.list.frameWidth())
        self.setFixedWidth(self._theme.px(_WIDTH))
        self.adjustSize()
        if parent is not None:
            left = (over.width() - self.width()) // 2
            self.move(over.mapToGlobal(QPoint(left, top)))
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            QApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    @property
    def current(self) -> Command | None:
        """What Return does."""
        item: QTreeWidgetItem | None = self.list.currentItem()
        return None if item is None else self._offered[self.list.indexOfTopLevelItem(item)]

    def _offer(self) -> None:
        text = self.line.text()
        called_so = {command.rank for command in matching(self._names, text)}
        found = matching(self._commands, text, self._used)
        # Sorting keeps the order among those that are alike.
        found.sort(key=lambda one: one.rank not in called_so)
        self._offered = sorted(found, key=lambda one: not one.action.isEnabled())
        items = [self._item(command) for command in self._offered]
        self.list.clear()
        self.list.addTopLevelItems(items)
        if items:
            self.list.setCurrentItem(items[0])
        self._say()

    def _item(self, command: Command) -> QTreeWidgetItem:
        mark = "✓ " if command.action.isChecked() else ""
        item = QTreeWidgetItem([mark + command.label, command.place, command.keys])
        muted = self._theme.color("text_muted")
        for column in (_WHERE, _KEYS) if command.action.isEnabled() else (_WHAT, _WHERE, _KEYS):
            item.setForeground(column, muted)
        item.setSizeHint(_WHAT, QSize(0, self._theme.px(_ROW)))
        item.setTextAlignment(_KEYS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        told = filter(None, (command.label, command.place, command.keys, self._reason(command)))
        item.setData(_WHAT, Qt.ItemDataRole.AccessibleTextRole, ", ".join(told))
        return item

    def _reason(self, command: Command) -> str:
        if command.action.isEnabled():
            return ""
        return command.why_not or self.tr("This cannot be done here and now.")

    def _say(self) -> None:
        command = self.current
        if command is not None:
            said = self._reason(command) or self.tr("Enter runs it.")
        else:
            said = self.tr("No command is called so. F1 in the window opens the pages of help.")
        self._said.setText(said)
        self.line.setAccessibleDescription(f"{command.label}. {said}" if command else said)

    def _choose(self) -> None:
        command = self.current
        if command is not None and command.action.isEnabled():
            self.accept()
            self.chosen.emit(command)
