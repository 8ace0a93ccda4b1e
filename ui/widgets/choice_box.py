# SPDX-License-Identifier: MIT
"""A selector in which what is chosen can be read whole, however little room there is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

_SLACK = 4


class ChoiceBox(QComboBox):
    """As wide as its longest choice where there is room, never narrower than the one that shows.

    The list that drops down has room for all of them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        # Qt reckons with what letters cover, which may be less than they advance.
        return super().sizeHint() + QSize(_SLACK, 0)

    def minimumSizeHint(self) -> QSize:
        hint, letters = self.sizeHint(), self.fontMetrics().horizontalAdvance
        longest = max((letters(self.itemText(place)) for place in range(self.count())), default=0)
        return QSize(hint.width() - longest + letters(self.currentText()), hint.height())

    def showPopup(self) -> None:
        # The list is as wide as the box otherwise, and shortens what is longer.
        view = self.view()
        wide = view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width()
        around = 2 * self.fontMetrics().averageCharWidth()
        view.setMinimumWidth(min(wide + around, self.screen().availableSize().width()))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Who scrolls the page over the box means the page, and chooses nothing else by it.
        event.ignore()
