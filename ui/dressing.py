# SPDX-License-Identifier: MIT
"""Puts a change of the look on in turns: what is in sight first, and painted as a whole.

The window is not painted until all that is in sight wears the new look and has found its place, so
that nobody sees half of it; what is out of sight follows while the window answers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from math import inf
from weakref import ref

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_TURN_MS = 8
"""So long pieces follow one another until the window may answer; the last of them is finished."""

_ROOM = 1_000
"""For so many who follow nobody looks who of them is gone."""

_Pieces = deque[Callable[[], None]]


class Wardrobe(QObject):
    """Dresses every widget that there is, and calls whoever follows the look.

    Signals:
        begun: another look is being put on.
        dressed: all that is in sight has it and lies in its place; nothing of it is seen yet.
        worn: all that is in sight has the new look, and who follows it in sight was called.
    """

    begun = Signal()
    dressed = Signal()
    worn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._followers: list[tuple[ref[object], str]] = []
        self._room = _ROOM
        self._in_sight: _Pieces = deque()
        self._calls: _Pieces = deque()
        self._out_of_sight: _Pieces = deque()
        self._held: list[QWidget] = []
        self._ending: Iterator[None] = iter(())
        self._is_worn = True
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)

    def follow(self, do: Callable[[], object]) -> None:
        """Call this method of an object at every change, for as long as that object lives.

        Raises:
            TypeError: it is a method of none.
        """
        owner = getattr(do, "__self__", None)
        if owner is None:
            raise TypeError(f"{do!r} is no method of an object")
        if len(self._followers) > self._room:
            self._forget_gone()
        self._followers.append((ref(owner), do.__name__))

    def put_on(self, app: QApplication, sheet: str) -> None:
        """Begin to dress what there is; ``finish`` waits for no turns to come."""
        self._hold()
        # Where Qt changes the sheet of the application, it goes through everything below each
        # widget for each widget, which takes a second; but for those it has just been made forget.
        app.style().unpolish(app)
        app.setStyleSheet(sheet)
        self._in_sight.clear()
        self._out_of_sight.clear()
        for widget in _widgets():
            pieces = self._in_sight if _is_seen(widget) else self._out_of_sight
            pieces.append(partial(_dress, widget))
        self._begin()

    def call(self) -> None:
        """Begin to call all who follow, where nothing is to be dressed."""
        self._in_sight.clear()
        self._begin()

    def finish(self) -> None:
        """Dress all there is now, and call all who follow."""
        for pieces in (self._in_sight, self._out_of_sight, self._calls):
            _work_off(pieces)
        deque(self._ending, maxlen=0)

    def _begin(self) -> None:
        self._calls.clear()
        self._forget_gone()
        for known, name in self._followers:
            pieces = self._in_sight if _is_in_sight(known()) else self._calls
            pieces.append(partial(_call, known, name))
        self._is_worn = False
        self._ending = self._end()
        self._turn.start()
        self.begun.emit()

    def _forget_gone(self) -> None:
        self._followers = [(known, name) for known, name in self._followers if _lives(known())]
        self._room = max(_ROOM, 2 * len(self._followers))

    def _go_on(self) -> None:
        if self._is_worn:
            # What is measured by who follows has to be dressed before.
            _work_off(self._out_of_sight, _TURN_MS)
            if not self._out_of_sight:
                _work_off(self._calls, _TURN_MS)
        else:
            _work_off(self._in_sight, _TURN_MS)
            if not self._in_sight:
                next(self._ending, None)
        if not self._is_worn or self._in_sight or self._out_of_sight or self._calls:
            self._turn.start()

    def _hold(self) -> None:
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.updatesEnabled():
                window.setUpdatesEnabled(False)
                self._held.append(window)

    def _end(self) -> Iterator[None]:
        """After the last piece all finds its place, then what waited for that; then it is seen.

        Each takes its time, and so has a turn of its own.
        """
        yield
        self.dressed.emit()
        yield
        self._show()

    def _show(self) -> None:
        self._is_worn = True
        for window in self._held:
            if _lives(window):
                window.setUpdatesEnabled(True)
                # At once: for what was to be painted before, Qt waits for an event that is gone.
                window.repaint()
        self._held.clear()
        self.worn.emit()


def _work_off(pieces: _Pieces, most_ms: float = inf) -> None:
    clock = QElapsedTimer()
    clock.start()
    while pieces and clock.elapsed() < most_ms:
        pieces.popleft()()


def _widgets() -> Iterator[QWidget]:
    """All that there are, each behind what it lies in."""
    for window in QApplication.topLevelWidgets():
        if window.parentWidget() is None:
            yield window
            yield from window.findChildren(QWidget)


def _dress(widget: QWidget) -> None:
    if not _lives(widget):
        return
    # Qt dresses what is new when it comes into sight.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def _call(known: ref[object], name: str) -> None:
    owner = known()
    if _lives(owner):
        getattr(owner, name)()


def _is_in_sight(owner: object) -> bool:
    """Whether that is about something in sight, as far as it belongs to anything at all."""
    while isinstance(owner, QObject) and not isinstance(owner, QWidget) and _lives(owner):
        owner = owner.parent()
    return not isinstance(owner, QWidget) or (_lives(owner) and _is_seen(owner))


def _is_seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def _lives(owner: object) -> bool:
    if isinstance(owner, QObject):
        return shiboken6.isValid(owner)
    return owner is not None


def lay_out_anew(window: QAbstractItemView) -> None:
    """Give the list below a line its look before it is measured.

    Its rows may have been laid out for the height that they had without the look.
    """
    window.ensurePolished()
    window.doItemsLayout()
