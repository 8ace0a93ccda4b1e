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
        layout.setContentsMargins(0, 0, theme.space(3), 0)
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
        self._theme = theme
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
        theme.changed.connect(self._fit)
        self._fit()

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

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(_WIDTH))
        edge = self._theme.space(2)
        self._layout.setContentsMargins(edge, self._theme.space(3), edge, self._theme.space(3))
        self._layout.setSpacing(self._theme.px(2))
        self._user.setContentsMargins(self._theme.space(3), 0, 0, self._theme.space(1))
