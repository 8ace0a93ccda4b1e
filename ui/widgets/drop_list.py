# SPDX-License-Identifier: MIT
"""A list that drops down under a line while something is typed into it."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit

from ui.dressing import lay_out_anew
from ui.theme import set_kind

T = TypeVar("T")
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class DropList(QCompleter, Generic[T]):
    """Shows what is offered and lets one of it be chosen by mouse or keys.

    It does not filter: what is offered has been found already, by ways that the filter of a
    completer does not know.

    Signals:
        chosen: (what was offered) clicked.
    """

    chosen = Signal(object)

    def __init__(self, line: QLineEdit, rows: int) -> None:
        super().__init__(line)
        self._line = line
        self._offered: list[T] = []
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(rows)
        self.setWidget(line)

    def set_rows(self, model: QAbstractItemModel) -> None:
        """What the list shows, a row for each that is offered."""
        self.setModel(model)
        set_kind(self._view(), "dropped")
        self._view().clicked.connect(self._on_clicked)

    @property
    def is_shown(self) -> bool:
        """Whether the list is dropped down."""
        return self._view().isVisible()

    @property
    def current(self) -> T | None:
        """What is highlighted, while the list is shown."""
        row = self._view().currentIndex().row()
        return self._offered[row] if self.is_shown and 0 <= row < len(self._offered) else None

    def hide(self) -> None:
        """Go away."""
        self._view().hide()

    def step(self, key: Qt.Key) -> bool:
        """Move the highlight; False if the key does not move it or the list is not shown."""
        if key not in _STEPS or not self.is_shown:
            return False
        row = self._view().currentIndex().row() + _STEPS[key]
        self._highlight(min(max(row, 0), len(self._offered) - 1))
        return True

    def _drop_down(self, left: int, width: int, row: int = -1) -> None:
        """Show the list, ``left`` pixels into the line, with a row highlighted; -1 for none."""
        lay_out_anew(self._view())
        self.complete(QRect(left, 0, width, self._line.height()))
        self._highlight(row)

    def _highlight(self, row: int) -> None:
        self._view().setCurrentIndex(self.completionModel().index(row, 0))

    def _view(self) -> QAbstractItemView:
        view = self.popup()
        assert view is not None
        return view

    def _on_clicked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            self.chosen.emit(self._offered[index.row()])
