# SPDX-License-Identifier: MIT
"""The rail on the left: one entry a page, and who is working."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.badge import Badge
from ui.widgets.field_label import FieldLabel
from ui.widgets.one_of_several import OneOfSeveral
from ui.widgets.plain_tip import plain_tip

_WIDTH = 168
_BEFORE_NUMBER = 16
_SHARE = 0.15
"""Of the window, where the text is large."""


class RailEntry(OneOfSeveral):
    """A page's name with room for a number beside it."""

    def __init__(self, text: str, theme: Theme, parent: QWidget, state: str = "") -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._theme = theme
        set_kind(self, "rail")
        self.badge = Badge(state=state, parent=self)
        layout = QHBoxLayout(self)
        keep(theme, layout.setContentsMargins, 0, 0, 12, 0)
        layout.addStretch()
        layout.addWidget(self.badge)

    def least_width(self) -> int:
        """What the name, as bold as it is on its page, and the number beside it need."""
        self.ensurePolished()
        around = self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        words = QFontMetrics(font).horizontalAdvance(self.text())
        if self.badge.isHidden():
            return words + around
        return words + around + self.badge.sizeHint().width() + self._theme.px(_BEFORE_NUMBER)


class Rail(QFrame):
    """Chooses the page.

    Args:
        pages: the title of each page by its name.
        waiting: pages whose number waits for somebody.

    Signals:
        chosen: the name of the page that was clicked.
    """

    chosen = Signal(str)

    def __init__(
        self,
        pages: dict[str, str],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        waiting: Collection[str] = (),
    ) -> None:
        super().__init__(parent)
        set_kind(self, "rail")
        self.setAccessibleName(self.tr("Pages"))
        self._entries: dict[str, RailEntry] = {}
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        for name, title in pages.items():
            entry = RailEntry(title, theme, self, "warning" if name in waiting else "")
            entry.clicked.connect(lambda _checked=False, page=name: self.chosen.emit(page))
            self._group.addButton(entry)
            self._layout.addWidget(entry)
            self._entries[name] = entry
        self._layout.addStretch()
        self._user = FieldLabel("", parent=self)
        set_kind(self._user, "muted")
        self._layout.addWidget(self._user)
        self._theme = theme
        self._room = 0
        keep(theme, self._layout.setContentsMargins, 8, 12, 8, 12)
        keep(theme, self._layout.setSpacing, 2)
        keep(theme, self._user.setContentsMargins, 12, 0, 0, 4)
        theme.follow(self._share_width)
        self._share_width()

    def set_room(self, width: int) -> None:
        """Tell how wide the window is: the rail takes no more of a narrow one than it needs."""
        self._room = width
        self._share_width()

    def _share_width(self) -> None:
        margins = self._layout.contentsMargins()
        least = max(entry.least_width() for entry in self._entries.values())
        # The line at its edge takes room, too.
        edges = self.width() - self.contentsRect().width()
        least += margins.left() + margins.right() + edges
        share = max(least, int(self._room * _SHARE))
        self.setFixedWidth(min(self._theme.px(_WIDTH), share) if self._room else least)

    def show_page(self, name: str) -> None:
        """Mark the page that is in sight."""
        self._entries[name].mark(is_down=True)

    def entry(self, name: str) -> RailEntry:
        """What is clicked for a page."""
        return self._entries[name]

    def set_number(self, name: str, number: int) -> None:
        """Show a count beside a page; 0 hides it."""
        entry = self._entries[name]
        entry.badge.set_count(number)
        entry.setAccessibleDescription(str(number) if number else "")
        self._share_width()

    @property
    def user(self) -> str:
        """Who is said to be working."""
        return self._user.text()

    def set_user(self, user: str, role: str = "") -> None:
        """Show who is working, and in which role where people sign in."""
        said = f"{user} · {role}" if role else user
        self._user.setText(said)
        self._user.setToolTip(plain_tip(said))
        self._user.setAccessibleName(self.tr("Working as {user}").format(user=said))
