# SPDX-License-Identifier: MIT
"""The rail on the left: one entry a page, and who is working."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.badge import Badge

_WIDTH = 168


class RailEntry(QPushButton):
    """A page's name with room for a number beside it."""

    def __init__(self, text: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_kind(self, "rail")
        self.badge = Badge(parent=self)
        layout = QHBoxLayout(self)
        keep(theme, layout.setContentsMargins, 0, 0, 12, 0)
        layout.addStretch()
        layout.addWidget(self.badge)


class Rail(QFrame):
    """Chooses the page.

    Signals:
        chosen: the name of the page that was clicked.
    """

    chosen = Signal(str)

    def __init__(self, pages: dict[str, str], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "rail")
        self.setAccessibleName(self.tr("Pages"))
        self._entries: dict[str, RailEntry] = {}
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        for name, title in pages.items():
            entry = RailEntry(title, theme, self)
            entry.clicked.connect(lambda _checked=False, page=name: self.chosen.emit(page))
            self._group.addButton(entry)
            self._layout.addWidget(entry)
            self._entries[name] = entry
        self._layout.addStretch()
        self._user = QLabel(self)
        set_kind(self._user, "muted")
        self._layout.addWidget(self._user)
        keep(theme, self.setFixedWidth, _WIDTH)
        keep(theme, self._layout.setContentsMargins, 8, 12, 8, 12)
        keep(theme, self._layout.setSpacing, 2)
        keep(theme, self._user.setContentsMargins, 12, 0, 0, 4)

    def show_page(self, name: str) -> None:
        """Mark the page that is in sight."""
        self._entries[name].setChecked(True)

    def set_number(self, name: str, number: int) -> None:
        """Show a count beside a page; 0 hides it."""
        entry = self._entries[name]
        entry.badge.set_count(number)
        entry.setAccessibleDescription(str(number) if number else "")

    def set_user(self, user: str) -> None:
        """Show who is working."""
        self._user.setText(user)
        self._user.setAccessibleName(self.tr("Working as {user}").format(user=user))
