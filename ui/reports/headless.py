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

    from ui.language import speak
    from ui.printing.paper import SheetSize
    from ui.reports.writing import layout_on
    from ui.theme import load_fonts

    running = QGuiApplication.instance()
    if running is None:
        os.environ["QT_QPA_PLATFORM"] = _PLATFORM
        running = QGuiApplication(sys.argv[:1])
        speak(running)
    load_fonts()
    write = layout_on(SheetSize[paper.upper()])

    def held(report: Report, target: Path, note: Callable[[str], None]) -> None:
        # Held by whoever writes, as Qt ends with it.
        assert running is not None
        write(report, target, note)

    return held


def _why_not() -> str | None:
    if complaint := preflight.why_not_this_pyside():
        return complaint
    if not sys.platform.startswith("linux"):
        return None
    return preflight.why_no_library([_PLATFORM])
