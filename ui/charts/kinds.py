# SPDX-License-Identifier: MIT
"""Which figures there are, and as what files they can be kept. Loads nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FigureKind(StrEnum):
    """A figure; its value names the file that is proposed for it."""

    PAIRED = "pain-before-and-after"
    COURSE = "course-of-pain"

    @property
    def heading(self) -> str:
        """What stands above it."""
        if self is FigureKind.PAIRED:
            return "Pain before and after, each case"
        return "Course of pain, mean with 95 % CI"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file; ``dpi`` counts for pictures made of dots."""

    label: str
    suffix: str
    dpi: int = 300


FILE_KINDS = (
    FileKind("SVG, for editing", "svg"),
    FileKind("PDF, for print", "pdf"),
    FileKind("PNG, 300 dpi", "png", 300),
    FileKind("PNG, 600 dpi", "png", 600),
)
