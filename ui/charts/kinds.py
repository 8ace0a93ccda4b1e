# SPDX-License-Identifier: MIT
"""Which figures there are, and as what files they can be kept. Loads nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from models.speech import both, say


class NamedFigure(StrEnum):
    """A figure; its value names the file that is proposed for it.

    Attributes:
        english: what the audit calls it, the same in every language.
        heading: what it is called in a menu or above it, in the language of the process.
    """

    english: str
    heading: str

    def __new__(cls, code: str, english: str, heading: str) -> Self:
        """Make one of its code and what it is called, in English and as shown."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        member.heading = heading
        return member


class FigureKind(NamedFigure):
    """The figures of Outcomes."""

    PAIRED = "pain-before-and-after", *both("Pain before and after, each case")
    COURSE = "course-of-pain", *both("Course of pain, mean with 95 % CI")
    CHANGE = "change-in-pain", *both("Change in pain, all pairs")
    FUNCTION_PAIRED = "function-before-and-after", *both("Before and after, each case")
    FUNCTION_COURSE = "course-of-function", *both("Course over time")
    FUNCTION_CHANGE = "change-in-function", *both("Change, all pairs")
    ANALGESICS = "analgesics-before-and-after", *both("Analgesics before and after")
    MOBILITY = "mobility-before-and-after", *both("Mobility before and after")
    HEIGHT = "height-gain", *both("Height gain")
    KEPT = "height-kept", *both("Height gained and kept")
    CEMENT = "cement-and-relief", *both("Cement volume and relief")
    BALANCE = "followed-and-lost", *both("Followed and lost, differences before")


class SafetyFigure(NamedFigure):
    """The figures of Safety."""

    LEAKAGE = "cement-leakage", *both("Cement leakage by treated level, with 95 % CI")
    SPINE = "leaks-by-level", *both("Levels with a leak, along the spine")
    CUSUM = "cusum", *both("Failures over successive cases, CUSUM")
    FRACTURES = "new-fractures", *both("New fractures after the procedure, Kaplan-Meier")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file; ``dpi`` counts for pictures made of dots."""

    label: str
    suffix: str
    dpi: int = 300


FILE_KINDS = (
    FileKind(say("SVG, for editing"), "svg"),
    FileKind(say("PDF, for print"), "pdf"),
    FileKind(say("PNG, 300 dpi"), "png", 300),
    FileKind(say("PNG, 600 dpi"), "png", 600),
)
"""As what a figure can be kept."""

DATA_FILE = FileKind(say("CSV, the data behind it"), "csv")
"""As what the numbers of a figure can be kept."""

ALL_FILES = (*FILE_KINDS, DATA_FILE)


def named(target: Path, chosen: FileKind) -> tuple[Path, FileKind]:
    """The file and its kind: the ending that was typed decides, else the kind that was chosen."""
    typed = target.suffix.lower().removeprefix(".")
    if typed == chosen.suffix:
        return target, chosen
    for known in ALL_FILES:
        if known.suffix == typed:
            return target, known
    return target.with_name(f"{target.name}.{chosen.suffix}"), chosen
