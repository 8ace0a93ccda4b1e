# SPDX-License-Identifier: MIT
"""Everything that the list can be sorted by, also what no heading stands for, as a menu."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from models.caselist import Query, SortBy
from ui.cases.sorting import first_direction, sort_name


class SortMenu(QMenu):
    """A menu with a mark at what the list is sorted by.

    Signals:
        chosen: something was chosen; the ``SortBy`` and whether descending.
    """

    chosen = Signal(object, bool)

    def __init__(self, query: Query, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Sort by"))
        by, direction = QActionGroup(self), QActionGroup(self)
        for sort in SortBy:
            action = self._add(sort_name(sort), by, checked=sort is query.sort)
            down = query.descending if sort is query.sort else first_direction(sort)
            action.triggered.connect(
                lambda _checked=False, sort=sort, down=down: self.chosen.emit(sort, down)
            )
        self.addSeparator()
        for text, down in ((self.tr("&Ascending"), False), (self.tr("&Descending"), True)):
            action = self._add(text, direction, checked=down is query.descending)
            action.triggered.connect(
                lambda _checked=False, down=down: self.chosen.emit(query.sort, down)
            )

    def _add(self, text: str, group: QActionGroup, *, checked: bool) -> QAction:
        action = self.addAction(text)
        action.setCheckable(True)
        action.setChecked(checked)
        group.addAction(action)
        return action
