# SPDX-License-Identifier: MIT
"""Everything that can be done from a menu, in the words in which somebody looks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.actions import ACTIONS

_ALSO = {spec.name: spec.also for spec in ACTIONS}
_BELOW = " > "


@dataclass(frozen=True, slots=True)
class Command:
    """One command; it can be looked for like a term of a vocabulary.

    Attributes:
        value: tells it from all others.
        label: as the menu has it.
        synonyms: other words for it.
        rank: its place among the menus.
        place: the menu that it stands in.
        action: does it.
    """

    value: str
    label: str
    synonyms: tuple[str, ...]
    rank: int
    place: str
    action: QAction

    @property
    def keys(self) -> str:
        """The keys that do the same; "" for none."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def why_not(self) -> str:
        """Why it cannot be done now, where a reason is known; "" otherwise."""
        return "" if self.action.isEnabled() else self.action.statusTip()


def commands_of(bar: QMenuBar) -> list[Command]:
    """The commands of all menus and of the menus in them, as they stand there."""
    found: list[Command] = []
    for place, action in _walk(bar.actions(), ""):
        label = _plain(action.text())
        menu = place.rsplit(_BELOW, 1)[-1]
        also = (f"{menu} {label}", *_ALSO.get(action.objectName(), ()))
        value = action.objectName() or f"{place}{_BELOW}{label}"
        found.append(Command(value, label, also, len(found), place, action))
    return found


def put_back(bar: QMenuBar) -> None:
    """Let the menus be as they are while none is open; to be called when the commands are read.

    Undo, for one, can be pressed only where there is something to undo, as long as its menu is
    open, and by its keys at any time.
    """
    for action in bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            menu.aboutToHide.emit()


def _walk(actions: list[QAction], place: str) -> Iterator[tuple[str, QAction]]:
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            # Some are filled no earlier than they are opened.
            menu.aboutToShow.emit()
            title = _plain(menu.title())
            yield from _walk(menu.actions(), f"{place}{_BELOW}{title}" if place else title)
        elif not action.isSeparator() and action.isVisible():
            yield place, action


def _plain(text: str) -> str:
    return text.replace("&", "")
