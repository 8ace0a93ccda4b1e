# SPDX-License-Identifier: MIT
"""The editor on a logbook of its own, and a user with a keyboard; every window is watched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.acceptance.stalls import MOST_MS, Stall, Watcher
from tests.ui.conftest import answered, events, jobs, keys, theme
from tests.ui.editor.conftest import page

__all__ = ["answered", "events", "jobs", "keys", "page", "theme"]

STALLS = pytest.StashKey[list[tuple[Stall, str]]]()
_TOLD = 15


@pytest.fixture(autouse=True)
def watched(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Watcher]:
    """Notes when the window could not answer; what was noted is told at the end of all tests."""
    watcher = Watcher()
    watcher.begin()
    yield watcher
    watcher.end()
    noted = request.config.stash.setdefault(STALLS, [])
    noted += [(stall, request.node.name) for stall in watcher.stalls]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Tell the longest turn of the event loop at each place of the program."""
    longest: dict[str, tuple[Stall, str]] = {}
    for stall, test in config.stash.get(STALLS, []):
        if stall.where not in longest or stall.ms > longest[stall.where][0].ms:
            longest[stall.where] = (stall, test)
    if longest:
        terminalreporter.section(f"{len(longest)} places held the window up over {MOST_MS} ms")
    for stall, test in sorted(longest.values(), key=lambda pair: -pair[0].ms)[:_TOLD]:
        terminalreporter.write_line(f"{stall.ms:5.0f} ms  {stall.where} > {stall.inner}  ({test})")
