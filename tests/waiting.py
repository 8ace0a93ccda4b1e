# SPDX-License-Identifier: MIT
"""Waiting for the program as long as it takes, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

PATIENCE_MS = 30_000
"""After this nothing comes any more, also on a machine that has ten other things to do. The five
seconds of pytest-qt were not enough to open a first case on one."""

_MOMENT_MS = 10
"""After this a condition is looked at again, though nothing happened in the event loop."""


def wait_until(holds: Callable[[], object], patience_ms: int) -> bool:
    """Let the program run until something holds; whether it came to hold in time.

    It is looked at whenever the event loop has nothing left to do. What ``holds`` raises ends the
    wait and is raised.
    """
    if holds():
        return True
    loop = QEventLoop()
    found: list[bool] = []
    failures: list[BaseException] = []
    looking = False

    def look() -> None:
        nonlocal looking
        if looking or found or failures:
            return
        looking = True
        try:
            if holds():
                found.append(True)
        except BaseException as error:  # noqa: BLE001 - raised below, not through Qt
            failures.append(error)
        finally:
            looking = False
        if found or failures:
            loop.quit()

    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    # What another thread did without telling the loop is seen a moment later.
    waking = QTimer(interval=_MOMENT_MS)
    waking.start()
    QTimer.singleShot(patience_ms, loop, loop.quit)
    dispatcher.aboutToBlock.connect(look)
    loop.exec()
    dispatcher.aboutToBlock.disconnect(look)
    waking.stop()
    if failures:
        raise failures[0]
    return bool(found)


class PromptBot(QtBot):
    """Looks again as soon as something happened, where the bot of pytest-qt sleeps for 10 ms.

    Most of what a test of the window waits for is there in less, and there are thousands of them.
    What is late is waited for, because no test fails by the clock.
    """

    # The names are those of pytest-qt.

    def waitSignal(self, signal: Any, **how: Any) -> Any:  # noqa: N802
        """As pytest-qt does, for as long as it takes."""
        return super().waitSignal(signal, **{"timeout": PATIENCE_MS, **how})

    def waitSignals(self, signals: Any, **how: Any) -> Any:  # noqa: N802
        """As pytest-qt does, for as long as it takes."""
        return super().waitSignals(signals, **{"timeout": PATIENCE_MS, **how})

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802
        """As pytest-qt does, for as long as it takes."""
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802
        """As pytest-qt does, for as long as it takes."""
        return super().waitExposed(widget, timeout=timeout)

    def waitUntil(  # noqa: N802
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS
    ) -> None:
        """Wait until the callback returns True, or returns without an AssertionError.

        Raises:
            TimeoutError: it did neither for ``timeout`` milliseconds.
        """
        __tracebackhide__ = True
        refused: list[AssertionError] = []

        def holds() -> bool:
            try:
                return callback() is not False
            except AssertionError as error:
                refused[:] = [error]
                return False

        if not wait_until(holds, timeout):
            cause = refused[0] if refused else None
            raise TimeoutError(f"waitUntil timed out in {timeout} milliseconds") from cause
