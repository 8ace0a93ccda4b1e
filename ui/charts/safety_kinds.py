# SPDX-License-Identifier: MIT
"""The figures about safety, and what besides figures can be kept of them. Loads nothing heavy."""

from __future__ import annotations

from enum import StrEnum

from models.speech import say
from ui.charts.kinds import FILE_KINDS, FileKind


class SafetyFigure(StrEnum):
    """A figure; its value names the file that is proposed for it."""

    LEAKAGE = "cement-leakage"
    SPINE = "leaks-by-level"
    CUSUM = "cusum"
    FRACTURES = "new-fractures"

    @property
    def heading(self) -> str:
        """What stands above it."""
        return _HEADINGS[self]


_HEADINGS = {
    SafetyFigure.LEAKAGE: say("Cement leakage by treated level, with 95 % CI"),
    SafetyFigure.SPINE: say("Levels with a leak, along the spine"),
    SafetyFigure.CUSUM: say("Failures over successive cases, CUSUM"),
    SafetyFigure.FRACTURES: say("New fractures after the procedure, Kaplan-Meier"),
}

DATA = FileKind(say("CSV, the numbers of the figure"), "csv")

SAFETY_FILES = (*FILE_KINDS, DATA)
"""As what a figure can be kept."""
