# SPDX-License-Identifier: MIT
"""The menus of the window, some beside each other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from tests.pictures.cases_scenes import cases
from tests.pictures.stage import Stage


def _menus(first: int, last: int) -> Callable[[Stage], QWidget]:
    """These of the menu bar, counted from the left."""

    def scene(stage: Stage) -> QWidget:
        cases(stage)
        bar, left = stage.window.menuBar(), 0
        for action in bar.actions()[first:last]:
            menu = action.menu()
            assert isinstance(menu, QMenu)
            menu.popup(QPoint())
            stage.settle()
            menu.move(stage.window.mapToGlobal(QPoint(left, bar.height())))
            left += menu.width()
        return stage.window

    return scene


MENU_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "menus-file-edit-case": _menus(0, 3),
    "menus-view-tools-help": _menus(3, 6),
}
