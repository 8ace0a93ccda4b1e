# SPDX-License-Identifier: MIT
"""Loads rooms of the window in a worker, so that the UI thread finds them there when it needs them.

Importing a page with all that it shows takes longer than a window may stand still. A worker does it
meanwhile; the import on the UI thread, which stays where the page is made, is then a look-up.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from ui.jobs import Jobs


def load(*names: str) -> None:
    """Import these modules, each by its full name. Called by the work of a job.

    Raises:
        ImportError: there is no such module.
    """
    for name in names:
        import_module(name)


class Room(QObject):
    """What is loaded when somebody first enters it, as a large dialog that many never open.

    Args:
        parent: the part of the window that leads there.
        names: of the modules, in full.
    """

    def __init__(self, jobs: Jobs, parent: QObject, *names: str) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._names = names
        self._is_coming = False

    def enter(self, act: Callable[[], object]) -> None:
        """Do this there: at once, or when all is loaded. Who asks again meanwhile waits as well."""
        if self._is_coming:
            return
        if all(name in sys.modules for name in self._names):
            act()
            return
        self._is_coming = True
        job = self._jobs.run(None, partial(load, *self._names), partial(self._open, act))
        # Also of a module that does not load: who asks again is told again.
        job.finished.connect(self._arrive)

    def _arrive(self) -> None:
        self._is_coming = False

    def _open(self, act: Callable[[], object], _none: None) -> None:
        QTimer.singleShot(0, self, act)
