# SPDX-License-Identifier: MIT
"""A scroll area for pages whose height depends on their width, and a bar that keeps its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

from ui.theme import set_state


class SteadyScrollArea(QScrollArea):
    """Scrolls down, and sideways only where words have no room; fits its page once for each size.

    Qt fits the page again whenever fitting has changed its size. Where a height depends on a width
    and both on the scroll bar, that may never end, until the stack is full.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_fitting = False
        self.setWidgetResizable(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.Resize or watched is not self.widget():
            return super().eventFilter(watched, event)
        if self._is_fitting:
            return False
        self._is_fitting = True
        try:
            return super().eventFilter(watched, event)
        finally:
            self._is_fitting = False


def keep_place_of_bar(area: QAbstractScrollArea) -> None:
    """Nothing moves aside when there is more than has room: the bar has its place while empty."""
    bar = area.verticalScrollBar()

    def show(least: int, most: int) -> None:
        set_state(bar, "" if most > least else "idle")

    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar.rangeChanged.connect(show)
    show(bar.minimum(), bar.maximum())
