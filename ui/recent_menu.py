# SPDX-License-Identifier: MIT
"""The menu of the logbooks that were opened last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ui.settings import Settings


class RecentMenu(QMenu):
    """Filled whenever it is opened.

    Signals:
        chosen: (folder of a logbook)
    """

    chosen = Signal(Path)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self._settings = settings
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for folder in self._settings.recent_logbooks:
            action = self.addAction(str(folder))
            action.triggered.connect(lambda _checked=False, place=folder: self.chosen.emit(place))
        self.setEnabled(bool(self.actions()))
