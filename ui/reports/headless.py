# SPDX-License-Identifier: MIT
"""Lays reports out for the command line, without a window and without a screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import LogbookError
from ui import preflight

if TYPE_CHECKING:
    from models.reports.content import Report

_PLATFORM = "offscreen"


def layout_for(paper: str) -> Callable[[Report, Path, Callable[[str], None]], None]:
    """What writes a report on this kind of paper, "a4" or "letter", by the ending of its file.

    Raises:
        LogbookError: Qt does not run on this machine.
    """
    if complaint := _why_not():
        raise LogbookError(complaint)
    from PySide6.QtGui import QGuiApplication

    from ui.theme import load_fonts

    running = QGuiApplication.instance()
    if running is None:
        os.environ["QT_QPA_PLATFORM"] = _PLATFORM
        running = QGuiApplication(sys.argv[:1])
    load_fonts()

    def write(report: Report, target: Path, note: Callable[[str], None]) -> None:
        from ui.charts.press import Press
        from ui.printing.paper import SheetSize
        from ui.reports.writing import Format, bytes_of, drawn, write_bytes

        # Held by whoever writes, as Qt ends with it.
        assert running is not None
        kind = Format.of(target)
        content = bytes_of(drawn(report, Press(), _quiet), kind, SheetSize[paper.upper()], _quiet)
        write_bytes(content, target, lambda: note(f"{kind.name} file"))

    return write


def _why_not() -> str | None:
    if complaint := preflight.why_not_this_pyside():
        return complaint
    if not sys.platform.startswith("linux"):
        return None
    return preflight.why_no_library([_PLATFORM])


def _quiet(done: int, total: int) -> None:
    """Nobody listens."""
