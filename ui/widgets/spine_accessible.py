# SPDX-License-Identifier: MIT
"""The spine for screen readers: a list with one item a level, which says what is marked there."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from models.vocabulary import Level


class ListOfLevels(QWidget):
    """A widget that screen readers are to hear as a list of levels."""

    def levels(self) -> tuple[Level, ...]:
        """The levels, head to tail."""
        raise NotImplementedError

    def tool_tip(self, level: Level) -> str:
        """The name of a level and what is marked there."""
        raise NotImplementedError

    def rect_of(self, level: Level) -> QRectF:
        """Where a level is in the widget."""
        raise NotImplementedError

    def is_chosen(self, level: Level) -> bool:
        """Whether a level is treated, or selected."""
        raise NotImplementedError

    @property
    def current_level(self) -> Level | None:
        """Where the keyboard is."""
        raise NotImplementedError

    def tell_current(self) -> None:
        """Let screen readers read the level that the keyboard came to."""
        level = self.current_level
        if level is not None and QAccessible.isActive():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(self.levels().index(level))
            QAccessible.updateAccessibility(event)


@cache
def install() -> None:
    """Make Qt ask here for such lists; once for the whole program."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    return _AccessibleList(thing) if isinstance(thing, ListOfLevels) else None


# Qt takes no interface for "there is none", which its type stubs leave out.


class _AccessibleList(QAccessibleWidget):
    def __init__(self, spine: ListOfLevels) -> None:
        super().__init__(spine, QAccessible.Role.List)
        self._spine = spine
        # Kept, because Qt does not hold what Python made.
        self._items: dict[Level, _AccessibleLevel] = {}

    def childCount(self) -> int:
        return len(self._spine.levels())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        levels = self._spine.levels()
        return self._item(levels[index]) if 0 <= index < len(levels) else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        items = (self._item(level) for level in self._spine.levels())
        return next((item for item in items if item.rect().contains(x, y)), None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        if not isinstance(child, _AccessibleLevel):
            return -1
        return self._spine.levels().index(child.level)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        level = self._spine.current_level
        return self._item(level) if level is not None and self._spine.hasFocus() else None

    def _item(self, level: Level) -> _AccessibleLevel:
        if level not in self._items:
            self._items[level] = _AccessibleLevel(self._spine, level)
        return self._items[level]


class _AccessibleLevel(QAccessibleInterface):
    def __init__(self, spine: ListOfLevels, level: Level) -> None:
        super().__init__()
        self._spine = spine
        self.level = level

    def isValid(self) -> bool:
        return True

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return QAccessible.queryAccessibleInterface(self._spine)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        return self._spine.tool_tip(self.level) if kind is QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing: a level keeps its name."""

    def rect(self) -> QRect:
        place = self._spine.rect_of(self.level).toRect()
        return place.translated(self._spine.mapToGlobal(QPoint(0, 0)))

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        is_current = self._spine.current_level is self.level
        state.selectable = 1
        state.focusable = 1
        state.selected = int(self._spine.is_chosen(self.level))
        state.focused = int(is_current and self._spine.hasFocus())
        return state
