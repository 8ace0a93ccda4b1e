# SPDX-License-Identifier: MIT
"""The context menu of the list: what can be done with the chosen cases, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True, slots=True)
class Task:
    """Something that can be done; ``apart`` sets it off from what stands above it."""

    text: str
    act: Callable[[], object]
    enabled: bool
    apart: bool = False


def case_menu(tasks: Iterable[Task], parts: Iterable[QMenu], parent: QWidget) -> QMenu:
    """A menu of the tasks that deletes itself, with ``parts`` below them."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for task in tasks:
        if task.apart:
            menu.addSeparator()
        action = menu.addAction(task.text)
        action.setEnabled(task.enabled)
        action.triggered.connect(lambda _checked=False, act=task.act: act())
    menu.addSeparator()
    for part in parts:
        part.setParent(menu, part.windowFlags())
        menu.addMenu(part)
    return menu
