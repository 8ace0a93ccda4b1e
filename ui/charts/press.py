# SPDX-License-Identifier: MIT
"""Makes figures in jobs. Light itself: what draws is loaded with the first figure."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from ui.charts.kinds import FigureKind, FileKind
from ui.palette import Palette

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome


class Press:
    """Draws in any thread but the window's, one figure at a time.

    matplotlib shares its fonts between figures, so that two must not be drawn at once.
    """

    def __init__(self) -> None:
        self._lock = Lock()

    def pictures(
        self,
        outcome: PairedOutcome,
        sizes: dict[FigureKind, tuple[int, int]],
        palette: Palette,
        scale: float,
        ratio: float,
    ) -> dict[FigureKind, QImage]:
        """The figures as they stand in the window.

        Args:
            outcome: what they show.
            sizes: width and height of each in pixels of the window.
            palette: the colors of the window.
            scale: size of its text; 1 is normal.
            ratio: device pixels for each of its pixels.
        """
        with self._lock:
            from ui.charts.printing import picture
            from ui.charts.sheet import Look

            look = Look(palette, scale)
            return {kind: picture(kind, outcome, size, look, ratio) for kind, size in sizes.items()}

    def copy(self, kind: FigureKind, outcome: PairedOutcome) -> QImage:
        """The figure as it goes to paper, to be pasted into a document."""
        with self._lock:
            from ui.charts.printing import paper_image

            return paper_image(kind, outcome)

    def save(
        self, kind: FigureKind, outcome: PairedOutcome, target: Path, file_kind: FileKind
    ) -> None:
        """Write the figure as it goes to paper; the file is there whole or not at all.

        Raises:
            CannotWrite: naming the file and the cure.
        """
        with self._lock:
            from ui.charts.printing import write_file

            write_file(kind, outcome, target, file_kind)
