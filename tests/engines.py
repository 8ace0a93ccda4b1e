# SPDX-License-Identifier: MIT
"""Which engines the tests of models/ run on, and what a run says of it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

SQLITE, POSTGRES = "sqlite", "postgres"
ENGINES = (SQLITE, POSTGRES)
SQLITE_ONLY = "sqlite_only"
"""Marks a test that is about SQLite itself or the files of a logbook, with the reason."""


def pytest_configure(config: pytest.Config) -> None:
    """Tell the marks of ours."""
    config.addinivalue_line(
        "markers",
        f"{SQLITE_ONLY}(reason): is about SQLite itself, or the files of a logbook",
    )


def pytest_report_header() -> str:
    """Which engines there are."""
    return f"engines of models/: {_told()}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests ran on each engine, however little is said of the rest."""
    ran: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            ran.update(name for name in ENGINES if f"[{name}]" in _shortened(report.nodeid))
    if ran:
        counts = ", ".join(f"{ran[name]} tests on {name}" for name in ENGINES)
        terminalreporter.write_line(f"engines of models/: {counts}; {_told()}")


def _shortened(nodeid: str) -> str:
    """The name of a test without any parameters but the first."""
    return re.sub(r"\[(\w+)-.*", r"[\1]", nodeid)


def _told() -> str:
    from tests.server import why_none

    lacking = why_none()
    return f"{SQLITE} only, because {lacking}" if lacking else f"{SQLITE} and {POSTGRES}"
