# SPDX-License-Identifier: MIT
"""Hides everything of an encrypted logbook at once: by a key, for another user, or by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget
from shiboken6 import isValid

from models.logbook import Logbook
from models.settings import LOCK_MINUTES, LogbookSettings
from ui.access.curtain import Curtain
from ui.access.idle import Idle
from ui.access.lock_key import LockKey
from ui.access.why import Why
from ui.session import Session
from ui.workplace import Workplace


class Ask(Protocol):
    """Asks somebody to sign in."""

    def __call__(self, folder: Path, why: Why, user: str, *, has_draft: bool = False) -> None:
        """To the logbook there; why, who worked last, and whether that left a draft."""


class Locking(QObject):
    """First nothing is to be seen any more, then what was typed is kept, then the key is forgotten.

    What cannot be kept stays in the memory of the program, out of sight, until the same user signs
    in again.

    Args:
        place: the window that is hidden.
        session: which logbook is open.
        is_unsaved: whether there is an entry that is not saved.
        put_aside: keeps it as a draft without asking; whether it is kept.
        ask: has somebody sign in.
    """

    def __init__(
        self,
        place: Workplace,
        session: Session,
        is_unsaved: Callable[[], bool],
        put_aside: Callable[[], bool],
        ask: Ask,
    ) -> None:
        super().__init__(place.window)
        self._place, self._session = place, session
        self._is_unsaved, self._put_aside, self._ask = is_unsaved, put_aside, ask
        self._out_of_sight: list[QDialog] = []
        self.held: Logbook | None = None
        self.last_user = ""
        self._curtain = Curtain(self)
        self.idle = Idle(self)
        self.idle.idle.connect(self.lock)
        self._key = LockKey(self._keys, place.window, self)
        # Not in the midst of the event: what the key was pressed in goes away.
        self._key.pressed.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        place.events.settings_changed.connect(self._take_minutes)
        self._take_minutes(session.settings)

    def lock(self) -> None:
        """Hide everything; it opens again for whoever signs in."""
        self._leave(Why.LOCKED)

    def switch(self) -> None:
        """The same for somebody else who goes on."""
        self._leave(Why.SWITCHES)

    def watch(self) -> None:
        """Another logbook is open now, or none."""
        logbook = self._session.logbook
        can_lock = logbook is not None and logbook.is_encrypted
        self.idle.watch(on=can_lock)
        self._key.watch(on=can_lock)
        if logbook is not None and self.held is None:
            self._curtain.draw(on=False)
            self._show_again(logbook.user)
            if can_lock:
                self.last_user = logbook.user

    def raise_curtain(self) -> None:
        """Nobody is asked any more to sign in after the lock."""
        if self.held is None:
            self._curtain.draw(on=False)

    def give_back(self) -> None:
        """Whoever was at work is here again, with what could not be kept."""
        self.held = None
        self._curtain.draw(on=False)
        self._hide(on=False)
        logbook = self._session.logbook
        if logbook is not None:
            self._show_again(logbook.user)
            self.idle.watch(on=True)

    def let_go(self) -> None:
        """Whoever was at work cannot come back: the account is closed."""
        self.held = None
        self._session.close()
        self._hide(on=False)

    def _leave(self, why: Why) -> None:
        logbook = self._session.logbook
        if logbook is None or not logbook.is_encrypted or self.held is not None:
            return
        self.last_user = logbook.user
        self._hide(on=True)
        self._close_dialogs()
        self._curtain.draw(on=True)
        has_draft = self._is_unsaved()
        # What somebody was entering whose account was closed can be given to nobody.
        if not self._put_aside() and not logbook.door.is_closed:
            self.held = logbook
            self.idle.watch(on=False)
            self._ask(logbook.folder, Why.HELD, logbook.user)
            return
        # Stored, and so English in every language.
        self._session.close("Somebody else goes on." if why is Why.SWITCHES else "Locked.")
        self._hide(on=False)
        self._ask(logbook.folder, why, logbook.user, has_draft=has_draft)

    def _keys(self) -> QKeySequence:
        found = self._place.window.findChild(QAction, "lock")
        return found.shortcut() if found is not None else QKeySequence()

    def _hide(self, *, on: bool) -> None:
        """Now, and not when the window gets to it: what follows may take a while."""
        window = self._place.window
        assert isinstance(window, QMainWindow)
        for part in (window.centralWidget(), window.statusBar()):
            if part is not None:
                part.setVisible(not on)
        window.menuBar().setEnabled(not on)
        if on:
            QToolTip.hideText()
            window.repaint()

    def _close_dialogs(self) -> None:
        window = self._place.window
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QMainWindow) or not top.isVisible() or not _is_of(top, window):
                continue
            if isinstance(top, QDialog):
                top.reject()
            else:
                top.close()
            if isValid(top) and top.isVisible():
                # It does not let itself be closed.
                top.hide()
                if isinstance(top, QDialog) and getattr(top, "outlasts_lock", False):
                    self._out_of_sight.append(top)

    def _show_again(self, user: str) -> None:
        """A recovery key that was not written down yet; for nobody else."""
        dialogs, self._out_of_sight = self._out_of_sight, []
        for dialog in dialogs:
            if not isValid(dialog):
                continue
            if user == self.last_user:
                dialog.open()
            else:
                dialog.deleteLater()

    def _take_minutes(self, settings: LogbookSettings) -> None:
        # Written by hand, it may be more than a timer takes.
        self.idle.set_minutes(min(settings.get(LOCK_MINUTES), LOCK_MINUTES.most))
        logbook = self._session.logbook
        if logbook is not None and self.held is None:
            self.idle.watch(on=logbook.is_encrypted)


def _is_of(top: QWidget, window: QWidget) -> bool:
    """Whether a window belongs to another, or to nobody, as menus and lists may."""
    above = top.parent()
    while above is not None and above is not window:
        above = above.parent()
    return above is window or top.parent() is None
