# SPDX-License-Identifier: MIT
"""The context menu of the list: what can be done with the chosen cases, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from models.quick import dataclass
from ui.permits import guard


@dataclass(frozen=True, slots=True)
class Task:
    """Something that can be done; ``apart`` sets it off from what stands above it.

    ``deed`` is its name in the list of what needs a right; "" for what needs none.
    """

    text: str
    act: Callable[[], object]
    enabled: bool
    apart: bool = False
    deed: str = ""


def case_menu(tasks: Iterable[Task], parts: Iterable[QMenu], parent: QWidget) -> QMenu:
    """A menu of the tasks that deletes itself, with ``parts`` below them."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    for task in tasks:
        if task.apart:
            menu.addSeparator()
        action = menu.addAction(task.text)
        action.setEnabled(task.enabled)
        guard(action, task.deed)
        action.triggered.connect(lambda _checked=False, act=task.act: act())
    menu.addSeparator()
    for part in parts:
        part.setParent(menu, part.windowFlags())
        menu.addMenu(part)
    return menu
