# SPDX-License-Identifier: MIT
"""The keyboard shortcuts, read from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.measures import keep
from ui.theme import Theme, set_kind


class ShortcutsDialog(QDialog):
    """Every action that has a shortcut."""

    def __init__(
        self, theme: Theme, actions: Iterable[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 16)
        title = QLabel(self.tr("Keyboard shortcuts"), self)
        set_kind(title, "title")
        layout.addWidget(title)
        grid = QGridLayout()
        keep(theme, grid.setHorizontalSpacing, 24)
        keep(theme, grid.setVerticalSpacing, 4)
        layout.addLayout(grid)
        with_keys = [action for action in actions if not action.shortcut().isEmpty()]
        half = (len(with_keys) + 1) // 2
        for place, action in enumerate(with_keys):
            column, row = divmod(place, half)
            name = QLabel(action.text().replace("&", "").rstrip("…"), self)
            keys = QLabel(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), self)
            set_kind(keys, "muted")
            grid.addWidget(name, row, 2 * column)
            grid.addWidget(keys, row, 2 * column + 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
