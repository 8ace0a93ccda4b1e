# SPDX-License-Identifier: MIT
"""Waits on the UI thread for work on which the next step depends, and not without an end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance

PATIENCE_MS = 2_000
"""So long a server is waited for that somebody wants to leave."""


def wait_for(
    ended: SignalInstance, give_up: Callable[[], None], patience_ms: int | None = None
) -> None:
    """Return when the signal comes; the window is painted meanwhile, and takes no input.

    Args:
        ended: tells that the work has come to its end.
        give_up: has it end by itself soon; called after each ``patience_ms``.
        patience_ms: milliseconds; None for those of somebody who wants to leave.
    """
    loop = QEventLoop()
    clock = QTimer(interval=PATIENCE_MS if patience_ms is None else patience_ms)
    clock.timeout.connect(give_up)
    clock.start()
    connection = ended.connect(loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    ended.disconnect(connection)
