# SPDX-License-Identifier: MIT
"""Which columns of the list are in sight, as a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ui.cases.column_layout import ALWAYS, ColumnLayout
from ui.cases.columns import Column


class ColumnsMenu(QMenu):
    """A mark at each column that is in sight, in the order in which they stand.

    Signals:
        chosen: (ColumnLayout) another one is wanted.
        dialog_wanted: order and widths are to be chosen too.
    """

    chosen = Signal(object)
    dialog_wanted = Signal()

    def __init__(
        self, columns: Sequence[Column], layout: ColumnLayout, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Co&lumns"))
        names = {column.key: column.name for column in columns}
        for key in layout.order:
            is_shown = key not in layout.away
            action = self.addAction(names[key].replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(is_shown)
            action.setEnabled(key is not ALWAYS)
            other = layout.with_shown(key, shown=not is_shown)
            action.triggered.connect(lambda _checked=False, other=other: self.chosen.emit(other))
        self.addSeparator()
        arrange = self.addAction(self.tr("&Arrange columns…"))
        arrange.triggered.connect(lambda _checked=False: self.dialog_wanted.emit())
        reset = self.addAction(self.tr("&Reset columns"))
        reset.setEnabled(layout != ColumnLayout())
        reset.triggered.connect(lambda _checked=False: self.chosen.emit(ColumnLayout()))
