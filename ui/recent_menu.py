# SPDX-License-Identifier: MIT
"""The menu of the logbooks that were opened last."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ui.settings import Settings


class RecentMenu(QMenu):
    """Filled whenever it is opened.

    Signals:
        chosen: (models.address.Place) where a logbook lies.
    """

    chosen = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self._settings = settings
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for recent in self._settings.recent_logbooks:
            action = self.addAction(str(recent).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, place=recent: self.chosen.emit(place))
        self.setEnabled(bool(self.actions()))
