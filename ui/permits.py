# SPDX-License-Identifier: MIT
"""What whoever works with the logbook may not do cannot be pressed, and says why.

``models.access.needs`` is the list; here it is brought to buttons, menus and keys. A control finds
what holds in its window by itself, so that no page has to know who is working.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from models.access import Door
from models.access.needs import why_not
from models.logbook import Logbook

Control = QAction | QWidget


class Permits(QObject):
    """What holds in one window, which is its parent.

    Signals:
        changed: somebody else is working now.
        refused: (str) somebody pressed the keys of what he may not do; the reason.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._door: Door | None = None
        self._guards: set[QObject] = set()

    def keep(self, guard: QObject) -> None:
        """Hold on to a guard for as long as its control lives.

        A menu owns its actions, and nothing of Python does: its guard would be collected with it.
        """
        self._guards.add(guard)
        guard.destroyed.connect(partial(self._guards.discard, guard))

    def set_door(self, door: Door | None) -> None:
        """From now on this holds; None while no logbook is open, and nothing is there to do."""
        self._door = door
        self.changed.emit()

    def why_not(self, deed: str) -> str:
        """Why this cannot be done, in one sentence; "" where it can."""
        return why_not(self._door, deed) if self._door is not None else ""

    def refuses(self, deed: str) -> bool:
        """Whether this cannot be done; then it is said."""
        reason = self.why_not(deed)
        if reason:
            self.refused.emit(reason)
        return bool(reason)


def permits_of(thing: QObject) -> Permits | None:
    """What holds in the window of a control; None for one that stands in none."""
    top: QObject = thing
    while (above := top.parent()) is not None:
        top = above
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return top.findChild(Permits, options=direct)


def refuses(thing: QObject, deed: str) -> bool:
    """Whether this cannot be done in the window of a control; then it is said there."""
    permits = permits_of(thing)
    return permits is not None and permits.refuses(deed)


def guard(control: Control, deed: str) -> None:
    """Let a control be pressed only by who may do this; to others it says why not."""
    if isinstance(control, QAction):
        _ActionGuard(control, deed)
    else:
        _WidgetGuard(control, deed)


def who_works(logbook: Logbook | None) -> tuple[str, str]:
    """Who works with a logbook, and in which role; "" for none and where there are no roles."""
    if logbook is None:
        return "", ""
    has_roles = logbook.is_encrypted or logbook.door.is_of_server
    return logbook.user, logbook.door.role.label if has_roles else ""


class _Guard(QObject):
    """Belongs to the control. What its page wishes is remembered while the role forbids it."""

    def __init__(self, control: Control, deed: str) -> None:
        super().__init__(control)
        self._control, self._deed = control, deed
        self._permits: Permits | None = None
        self._is_refused, self._is_wished = False, True
        self._is_at_work = False
        self._tip = ""

    def find(self) -> None:
        """Find out in which window the control stands, as soon as it stands in one."""
        if self._permits is None and (permits := permits_of(self._control)) is not None:
            self._permits = permits
            permits.keep(self)
            permits.changed.connect(self.look)
            self._is_wished = self.is_enabled()
            self.look()

    def is_enabled(self) -> bool:
        """Whether the control itself is; what is wished, where the kind of control cannot tell."""
        return self._is_wished

    def notice(self) -> None:
        """The page has enabled or disabled the control."""
        # An action says so once more while it is taken apart.
        if not self._is_at_work and isValid(self._control):
            self._is_wished = self.is_enabled()
            self.look()

    def look(self) -> None:
        """Bring the control to what holds now."""
        if not isValid(self._control):
            return
        reason = self._permits.why_not(self._deed) if self._permits is not None else ""
        if not reason and not self._is_refused:
            return
        self._is_at_work = True
        if reason and not self._is_refused:
            self._tip = self._control.toolTip()
        self._is_refused = bool(reason)
        self._control.setEnabled(self._is_wished and not reason)
        self.tell(reason, reason or self._tip)
        self._is_at_work = False

    def take_tip(self) -> None:
        """The page says something else of the control; for later, where it is forbidden."""
        if self._is_refused and not self._is_at_work:
            self._tip = self._control.toolTip()
            self.look()

    def tell(self, reason: str, tip: str) -> None:
        """Say why the control cannot be pressed; nothing for ""."""
        self._control.setToolTip(tip)


class _WidgetGuard(_Guard):
    def __init__(self, control: QWidget, deed: str) -> None:
        super().__init__(control, deed)
        self._widget = control
        control.installEventFilter(self)
        self.find()

    def is_enabled(self) -> bool:
        above = self._widget.parentWidget()
        return self._widget.isEnabled() if above is None else self._widget.isEnabledTo(above)

    def tell(self, reason: str, tip: str) -> None:
        super().tell(reason, tip)
        self._widget.setAccessibleDescription(reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Show, QEvent.Type.ParentChange, QEvent.Type.Polish):
            self.find()
        elif kind == QEvent.Type.EnabledChange:
            self.notice()
        elif kind == QEvent.Type.ToolTipChange:
            self.take_tip()
        return False


class _ActionGuard(_Guard):
    """The keys of an action that cannot be chosen say why."""

    def __init__(self, control: QAction, deed: str) -> None:
        super().__init__(control, deed)
        self._action = control
        self._keys: list[QShortcut] = []
        control.changed.connect(self.notice)
        self.find()

    def is_enabled(self) -> bool:
        return self._action.isEnabled()

    def tell(self, reason: str, tip: str) -> None:
        super().tell(reason, tip)
        self._action.setStatusTip(reason)
        for key in self._keys:
            key.deleteLater()
        self._keys.clear()
        parent = self._action.parent()
        if reason and isinstance(parent, QWidget):
            for sequence in self._action.shortcuts():
                key = QShortcut(sequence, parent)
                key.activated.connect(self._refuse)
                self._keys.append(key)

    def _refuse(self) -> None:
        if self._permits is not None:
            self._permits.refuses(self._deed)
