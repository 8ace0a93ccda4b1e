# SPDX-License-Identifier: MIT
"""The button with the saved filters: use one, save what is asked for, manage them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from models import query
from models.query import Filter
from ui.filters.shelf import FilterShelf
from ui.permits import guard, refuses
from ui.theme import Theme, set_kind
from ui.widgets.plain_tip import plain_tip

_LETTERS = 60
_OF_THE_SCREEN = 0.6
"""How much of its width a line of the menu may take."""
_OPENS = (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SavedButton(QPushButton):
    """Opens a menu of the filters at hand.

    Args:
        asked: tells what is asked for now.

    Signals:
        chosen: (Filter) a filter of the menu.
        failed: (LogbookError) the saved filters could not be read.
    """

    chosen = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        shelf: FilterShelf,
        asked: Callable[[], Filter],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Saved"), parent)
        self._theme = theme
        self._shelf = shelf
        self._asked = asked
        set_kind(self, "menu")
        self.setAutoDefault(False)
        self.setAccessibleName(self.tr("Saved filters"))
        self.setToolTip(self.tr("Saved filters and last searches"))
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._open)
        self.setMenu(menu)
        shelf.changed.connect(self._refill_open)
        shelf.failed.connect(self.failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENS:
            menu = self.menu()
            menu.popup(self.mapToGlobal(QPoint(0, self.height())))
            first = (one for one in menu.actions() if one.isEnabled() and not one.isSeparator())
            if (action := next(first, None)) is not None:
                menu.setActiveAction(action)
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self._fill()
        # Another window may have changed them; the menu is filled anew if one has.
        self._shelf.refresh()

    def _refill_open(self) -> None:
        if self.menu().isVisible():
            self._fill()

    def _fill(self) -> None:
        menu, asked = self.menu(), self._asked()
        menu.clear()
        for kept in self._shelf.named:
            action = self._add(kept.name, kept.filter)
            if kept.problem is not None:
                action.setEnabled(False)
                action.setToolTip(plain_tip(str(kept.problem)))
        if not self._shelf.named:
            menu.addAction(self.tr("No filter was saved yet")).setEnabled(False)
        menu.addSeparator()
        save = menu.addAction(self.tr("&Save filter…"))
        save.setEnabled(bool(asked.terms))
        guard(save, "save_filter")
        save.triggered.connect(lambda _checked=False: self.ask_name())
        manage = menu.addAction(self.tr("&Manage filters…"))
        manage.setEnabled(bool(self._shelf.named))
        manage.triggered.connect(lambda _checked=False: self.manage())
        if self._shelf.recent:
            menu.addSeparator()
            menu.addAction(self.tr("Last searches")).setEnabled(False)
        for recent in self._shelf.recent:
            self._add(query.text_of(recent), recent)

    def _add(self, name: str, meant: Filter | None) -> QAction:
        letters, screen = self.fontMetrics(), self.screen().availableSize().width()
        room = min(_LETTERS * letters.averageCharWidth(), round(screen * _OF_THE_SCREEN))
        shown = letters.elidedText(name, Qt.TextElideMode.ElideRight, room)
        action = self.menu().addAction(shown.replace("&", "&&"))
        if meant is not None:
            action.setCheckable(meant == self._asked())
            action.setChecked(action.isCheckable())
            action.setToolTip(plain_tip(f"{name}\n{query.words_of(meant)}"))
            action.triggered.connect(partial(self._choose, meant))
        return action

    def _choose(self, meant: Filter, _checked: bool = False) -> None:
        self.chosen.emit(meant)

    def ask_name(self) -> None:
        """Ask for the name under which to save what is asked for."""
        from ui.filters.save_dialog import SaveDialog

        if refuses(self, "save_filter"):
            return
        dialog = SaveDialog(self._theme, self._shelf, self._asked(), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def manage(self) -> None:
        """Show the saved filters, to rename and delete them."""
        from ui.filters.manage_dialog import ManageDialog

        dialog = ManageDialog(self._theme, self._shelf, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
