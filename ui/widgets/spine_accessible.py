# SPDX-License-Identifier: MIT
"""The spine for screen readers: a list with one item a level, which says what is marked there."""

from __future__ import annotations

from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import VoidPtr, getCppPointer

from models.vocabulary import Level


@runtime_checkable
class ListOfLevels(Protocol):
    """What a widget tells of itself that screen readers are to hear as a list of levels."""

    def levels(self) -> tuple[Level, ...]:
        """The levels, head to tail."""

    def tool_tip(self, level: Level) -> str:
        """The name of a level and what is marked there."""

    def rect_of(self, level: Level) -> QRectF:
        """Where a level is in the widget."""

    def is_chosen(self, level: Level) -> bool:
        """Whether a level is treated, or selected."""

    @property
    def current_level(self) -> Level | None:
        """Where the keyboard is."""

    def set_current_level(self, level: Level | None) -> None:
        """Move the keyboard's place to a level."""

    def toggle(self, level: Level) -> None:
        """Do what Enter does at a level."""


def tell_current(widget: QWidget) -> None:
    """Let screen readers read the level of such a list that the keyboard came to."""
    if not QAccessible.isActive() or not isinstance(widget, ListOfLevels):
        return
    if (level := widget.current_level) is not None:
        event = QAccessibleEvent(widget, QAccessible.Event.Focus)
        event.setChild(widget.levels().index(level))
        QAccessible.updateAccessibility(event)


@cache
def install() -> None:
    """Make Qt ask here for such lists; once for the whole program."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, QWidget) and isinstance(thing, ListOfLevels):
        return _AccessibleList(thing, thing)
    return None


# Qt takes no interface for "there is none", which its type stubs leave out.


class _AccessibleList(QAccessibleWidget):
    def __init__(self, widget: QWidget, spine: ListOfLevels) -> None:
        super().__init__(widget, QAccessible.Role.List)
        self._widget = widget
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
        return self._item(level) if level is not None and self._widget.hasFocus() else None

    def _item(self, level: Level) -> _AccessibleLevel:
        if level not in self._items:
            self._items[level] = _AccessibleLevel(self._widget, self._spine, level)
        return self._items[level]


class _AccessibleLevel(QAccessibleInterface):
    def __init__(self, widget: QWidget, spine: ListOfLevels, level: Level) -> None:
        super().__init__()
        self._widget = widget
        self._spine = spine
        self.level = level
        self._press = _Press(widget, spine, level)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]
        # Only this kind of pointer gets through to Qt: a number or None would end the program.
        can_be_chosen = self._widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        if can_be_chosen and kind is QAccessible.InterfaceType.ActionInterface:
            return VoidPtr(getCppPointer(self._press)[0])
        return VoidPtr(0)

    def isValid(self) -> bool:
        return True

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return QAccessible.queryAccessibleInterface(self._widget)

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
        return place.translated(self._widget.mapToGlobal(QPoint(0, 0)))

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        is_current = self._spine.current_level is self.level
        state.selectable = 1
        state.focusable = 1
        state.selected = int(self._spine.is_chosen(self.level))
        state.focused = int(is_current and self._widget.hasFocus())
        return state


class _Press(QAccessibleActionInterface):
    """What a screen reader can do at a level: what Enter does there, and go there."""

    def __init__(self, widget: QWidget, spine: ListOfLevels, level: Level) -> None:
        super().__init__()
        self._widget = widget
        self._spine = spine
        self._level = level

    def actionNames(self) -> list[str]:
        return [self.pressAction(), self.setFocusAction()]

    def doAction(self, name: str) -> None:
        self._widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._spine.set_current_level(self._level)
        if name == self.pressAction():
            self._spine.toggle(self._level)

    def keyBindingsForAction(self, _name: str) -> list[str]:
        return []
