# SPDX-License-Identifier: MIT
"""Decides what Undo, Redo and the other keys of the Edit menu do; it knows no page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit


class Undoable(Protocol):
    """What a page, or the history of the logbook, can take back.

    The texts name it as it stands in a sentence after Undo ("cement of T12"); "" for nothing.
    """

    @property
    def undo_text(self) -> str:
        """What would be undone."""

    @property
    def redo_text(self) -> str:
        """What would be done again."""

    def undo(self) -> None:
        """Take back what was done last."""

    def redo(self) -> None:
        """Do again what was taken back last."""


class UndoDesk(QObject):
    """Undo takes back typing in the box that has the focus first, then what the page did.

    Args:
        actions: those of the menus; "undo" and "redo" are named here whenever their menu opens.
        in_charge: who can undo where the user is now; None where nothing can be undone.
    """

    def __init__(
        self,
        actions: Mapping[str, QAction],
        in_charge: Callable[[], Undoable | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._undo, self._redo = actions["undo"], actions["redo"]
        self._in_charge = in_charge
        for menu in self._undo.associatedObjects():
            if isinstance(menu, QMenu):
                menu.aboutToShow.connect(self.name_actions)
                # The keys work whatever the menu showed last.
                menu.aboutToHide.connect(self._enable)

    def undo(self) -> None:
        """What Ctrl+Z does."""
        box = typed_into()
        if box is not None and can_undo(box):
            box.undo()
        elif (provider := self._in_charge()) is not None:
            provider.undo()

    def redo(self) -> None:
        """What Ctrl+Shift+Z does."""
        box = typed_into()
        if box is not None and can_redo(box):
            box.redo()
        elif (provider := self._in_charge()) is not None:
            provider.redo()

    def name_actions(self) -> None:
        """Say in the menu what would be undone and done again."""
        box, provider = typed_into(), self._in_charge()
        undo = provider.undo_text if provider is not None else ""
        redo = provider.redo_text if provider is not None else ""
        if box is not None and can_undo(box):
            undo = self.tr("typing")
        if box is not None and can_redo(box):
            redo = self.tr("typing")
        self._name(self._undo, self.tr("&Undo"), undo)
        self._name(self._redo, self.tr("&Redo"), redo)

    def _name(self, action: QAction, verb: str, what: str) -> None:
        action.setText(f"{verb} {what.replace('&', '&&')}".strip())
        action.setEnabled(bool(what))

    def _enable(self) -> None:
        self._undo.setEnabled(True)
        self._redo.setEnabled(True)


def in_focus(method: str) -> None:
    """Do this (cut, copy, paste) to what has the focus, else to the nearest around it that can."""
    widget = QApplication.focusWidget()
    while widget is not None and not callable(getattr(widget, method, None)):
        widget = widget.parentWidget()
    if widget is not None:
        getattr(widget, method)()


TextBox = QLineEdit | QPlainTextEdit | QTextEdit


def typed_into() -> TextBox | None:
    """The text box that has the focus, if one has."""
    widget = QApplication.focusWidget()
    return widget if isinstance(widget, TextBox) else None


def can_undo(box: TextBox) -> bool:
    """Whether the box itself has typing to take back."""
    if isinstance(box, QLineEdit):
        return box.isUndoAvailable()
    return not box.isReadOnly() and box.document().isUndoAvailable()


def can_redo(box: TextBox) -> bool:
    """Whether the box itself has typing that was taken back."""
    if isinstance(box, QLineEdit):
        return box.isRedoAvailable()
    return not box.isReadOnly() and box.document().isRedoAvailable()
