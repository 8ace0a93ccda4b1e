# SPDX-License-Identifier: MIT
"""The context menu of the spine: what can be done with a level, and which variants there are."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from models.vocabulary import Level
from ui.widgets.spine_marks import LevelMark

VARIANTS = tuple(level for level in Level if level.is_variant)


def spine_menu(
    parent: QWidget,
    level: Level | None,
    mark: LevelMark,
    toggle: Callable[[Level, bool], None],
    show: Callable[[Level], None],
) -> QMenu:
    """A menu about one level, or about none; ``add_variants`` puts the rest in."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if level is None:
        return menu
    if mark.treated or mark.selected:
        if mark.treated:
            menu.addAction(_tr("Show {level}").format(level=level.label), lambda: show(level))
        remove = menu.addAction(
            _tr("Remove {level}").format(level=level.label), lambda: toggle(level, False)
        )
        remove.setShortcut(Qt.Key.Key_Delete)
    else:
        menu.addAction(_tr("Add {level}").format(level=level.label), lambda: toggle(level, True))
    return menu


def add_variants(
    menu: QMenu,
    present: Collection[Level],
    marked: Collection[Level],
    choose: Callable[[Level, bool], None],
) -> None:
    """Let T13 and L6 be put into the column or taken out; a marked one stays."""
    menu.addSeparator()
    for level in VARIANTS:
        action = menu.addAction(_tr("This patient has {level}").format(level=level.label))
        action.setCheckable(True)
        action.setChecked(level in present)
        action.setEnabled(level not in marked)
        action.toggled.connect(lambda on, chosen=level: choose(chosen, on))


def _tr(text: str) -> str:
    return QCoreApplication.translate("spine", text)
