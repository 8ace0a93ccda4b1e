# SPDX-License-Identifier: MIT
"""What is no longer needed goes on the UI thread, and leaves nothing behind that is still believed.

Python looks for cycles of objects that nobody needs in whichever thread happens to make the next
object. Where that is the thread of a job, windows and models that were left behind are destroyed
there, while the UI thread may be painting them: Qt allows neither, and the program dies without a
word. So the search is begun by a timer of the UI thread and by nothing else.

The window waits for it. What was loaded meanwhile, such as a library that draws, stays to the end
and is not looked through again; and of what a job is making little is looked through at a time.

PySide keeps a Python object for each item of a layout that is filled before it is put into another
one, and does not hear when Qt deletes the item with its widget. The next object that Qt makes at
that address is taken for both; when it is deleted, PySide goes on with the memory of what it has
just given back (``BindingManager::releaseWrapper`` in 6.11.3), and the program dies. Nobody needs
those Python objects, so they are told that they stand for nothing. To go through all that PySide
knows takes many milliseconds in a full window. So they are sought among the objects that no search
for garbage has come by yet, and among all only where one has that was not begun here.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable
from itertools import chain, starmap
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidgetItem
from shiboken6 import Shiboken

_is_layout_item = QWidgetItem.__instancecheck__
"""Of C, so that a filter by it is one step of the interpreter."""

_INTERVAL_MS, _INTERVAL_BUSY_MS = 250, 50
_MANY = 10_000
"""With so many new objects since the last look a job is at work, and the next look comes soon."""

_LOADED = 100
"""With so many new modules, as a library brings them, there is much that stays to the end."""

_SHARE = 50
"""All that is there is looked through only so seldom that it takes a fiftieth of the time."""

_LONGEST_MS = 60_000
"""A job may hold a million objects: all of them are looked through after it, or after so long."""


class Collector(QObject):
    """Looks for garbage on the UI thread, from when it is made until ``stop``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._since_all = QElapsedTimer()
        self._since_all.start()
        self._took_ms = 0
        self._modules = len(sys.modules)
        self._has_jobs = False
        self._searches = -1
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        # A dialog that has just come may go again before the timer's turn.
        self._comes = app.focusWindowChanged
        self._comes.connect(self._forget)

    @Slot(bool)
    def expect_jobs(self, under_way: bool) -> None:
        """Whether jobs are under way: what one holds is many objects, also while it makes few."""
        self._has_jobs = under_way

    def stop(self) -> None:
        """Leave the search to Python again; for whoever ends the event loop, as tests do."""
        self._timer.stop()
        self._comes.disconnect(self._forget)
        self._forget()
        if self._was_enabled:
            gc.enable()

    def _look(self) -> None:
        """Look through what is young enough, at the pace that Python has set for itself."""
        self._forget()
        made = gc.get_count()
        due = [count > limit for count, limit in zip(made, gc.get_threshold(), strict=True)]
        is_busy = made[0] > _MANY or self._has_jobs
        self._timer.setInterval(_INTERVAL_BUSY_MS if is_busy else _INTERVAL_MS)
        if not due[0]:
            return
        if due[1] and due[2] and self._may_look_at_all(is_busy=is_busy):
            self._look_at_all()
        else:
            # Of many that stay all are looked through once, and not once more in the next round.
            gc.collect(1 if due[1] or is_busy else 0)
            self._keep_loaded()
        self._searches = _searches()

    def _may_look_at_all(self, *, is_busy: bool) -> bool:
        since = self._since_all.elapsed()
        return since >= (_LONGEST_MS if is_busy else _SHARE * self._took_ms)

    def _look_at_all(self) -> None:
        before = self._since_all.elapsed()
        gc.collect()
        self._took_ms = self._since_all.elapsed() - before
        self._since_all.restart()

    def _keep_loaded(self) -> None:
        """Look no more through what is there where much of it was loaded meanwhile."""
        if len(sys.modules) - self._modules >= _LOADED:
            self._modules = len(sys.modules)
            gc.freeze()

    @Slot()
    def _forget(self) -> None:
        """Part the items of layouts from the Python objects that PySide has made for them."""
        searches = _searches()
        if searches == self._searches:
            _part(_items_in(gc.get_objects, 0))
        else:
            _part(_items_in(Shiboken.getAllValidWrappers))
            self._searches = searches


def keep_all() -> None:
    """Look no more through what there is: it stays to the end."""
    _part(_items_in(Shiboken.getAllValidWrappers))
    gc.freeze()


def _part(items: list[Any]) -> None:
    for item in items:
        Shiboken.invalidate(item)


def _items_in(told: Callable[..., Iterable[Any]], *of: object) -> list[Any]:
    """Each ``QWidgetItem`` among the objects that are told of.

    They are held only within one step of the interpreter, as no other thread has its turn then.
    Else a document that a job lets go meanwhile would be destroyed here.
    """
    return [*filter(_is_layout_item, chain.from_iterable(starmap(told, [of])))]


def _searches() -> int:
    """How often garbage was looked for, by whomever."""
    return sum(generation["collections"] for generation in gc.get_stats())
