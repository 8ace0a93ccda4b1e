# SPDX-License-Identifier: MIT
"""The figures about safety, and what besides figures can be kept of them. Loads nothing heavy."""

from __future__ import annotations

from models.speech import both, say
from ui.charts.kinds import FILE_KINDS, FileKind, NamedFigure


class SafetyFigure(NamedFigure):
    """The figures of Safety."""

    LEAKAGE = "cement-leakage", *both("Cement leakage by treated level, with 95 % CI")
    SPINE = "leaks-by-level", *both("Levels with a leak, along the spine")
    CUSUM = "cusum", *both("Failures over successive cases, CUSUM")
    FRACTURES = "new-fractures", *both("New fractures after the procedure, Kaplan-Meier")


DATA = FileKind(say("CSV, the numbers of the figure"), "csv")

SAFETY_FILES = (*FILE_KINDS, DATA)
"""As what a figure can be kept."""
