# SPDX-License-Identifier: MIT
"""The figures about safety, and what besides figures can be kept of them. Loads nothing heavy."""

from __future__ import annotations

from enum import StrEnum

from models.speech import say
from ui.charts.kinds import FILE_KINDS, FileKind


class SafetyFigure(StrEnum):
    """A figure; its value names the file that is proposed for it.

    Attributes:
        english: what the audit calls it, the same in every language.
        heading: what stands above it, in the language of the process.
    """

    english: str
    heading: str

    def __new__(cls, code: str, english: str, heading: str) -> SafetyFigure:
        """Make a figure of its code and what it is called, in English and as shown."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        member.heading = heading
        return member

    LEAKAGE = (
        "cement-leakage",
        "Cement leakage by treated level, with 95 % CI",
        say("Cement leakage by treated level, with 95 % CI"),
    )
    SPINE = (
        "leaks-by-level",
        "Levels with a leak, along the spine",
        say("Levels with a leak, along the spine"),
    )
    CUSUM = (
        "cusum",
        "Failures over successive cases, CUSUM",
        say("Failures over successive cases, CUSUM"),
    )
    FRACTURES = (
        "new-fractures",
        "New fractures after the procedure, Kaplan-Meier",
        say("New fractures after the procedure, Kaplan-Meier"),
    )


DATA = FileKind(say("CSV, the numbers of the figure"), "csv")

SAFETY_FILES = (*FILE_KINDS, DATA)
"""As what a figure can be kept."""
