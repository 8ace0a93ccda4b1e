# SPDX-License-Identifier: MIT
"""Makes figures in jobs. Light itself: what draws is loaded with the first figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QImage

from ui.charts.drawing import DRAWING
from ui.charts.kinds import FileKind, NamedFigure
from ui.palette import Palette

AnyFigure = TypeVar("AnyFigure", bound=NamedFigure)


class Press:
    """Draws in any thread but the window's, one figure at a time.

    matplotlib shares its fonts between figures, so that two must not be drawn at once.
    """

    def __init__(self) -> None:
        self._lock = DRAWING

    def pictures(
        self,
        found: object,
        sizes: Mapping[AnyFigure, tuple[int, int]],
        palette: Palette,
        scale: float,
        ratio: float,
    ) -> dict[AnyFigure, QImage]:
        """The figures as they stand in the window.

        Args:
            found: what they show.
            sizes: width and height of each in pixels of the window.
            palette: the colors of the window.
            scale: size of its text; 1 is normal.
            ratio: device pixels for each of its pixels.
        """
        with self._lock:
            from ui.charts.printing import picture
            from ui.charts.sheet import Look

            look = Look(palette, scale)
            return {kind: picture(kind, found, size, look, ratio) for kind, size in sizes.items()}

    def copy(self, kind: NamedFigure, found: object) -> QImage:
        """The figure as it goes to paper, to be pasted into a document."""
        with self._lock:
            from ui.charts.printing import paper_image

            return paper_image(kind, found)

    def save(
        self,
        kind: NamedFigure,
        found: object,
        target: Path,
        file_kind: FileKind,
        note: Callable[[], None] | None = None,
    ) -> None:
        """Write the figure as it goes to paper, or the data behind it.

        The file is there whole or not at all; ``note`` is called before it has its name.

        Raises:
            CannotWrite: naming the file and the cure.
        """
        with self._lock:
            from ui.charts.printing import write_file

            write_file(kind, found, target, file_kind, note)

    def told(self, kinds: Iterable[AnyFigure], found: object) -> dict[AnyFigure, str]:
        """The figures for those who cannot see them."""
        from ui.charts.telling import TELLINGS

        return {kind: TELLINGS[kind].describe(found) for kind in kinds}

    def caption(self, kind: NamedFigure, found: object) -> str:
        """What says by itself, without the figure, what there is to see."""
        from ui.charts.telling import TELLINGS

        return TELLINGS[kind].alone(found)

    def legend(self, kind: NamedFigure, found: object) -> str:
        """What the marks and colors of the figure mean."""
        from ui.charts.telling import TELLINGS

        return TELLINGS[kind].legend(found)

    def methods(self, kind: NamedFigure, found: object) -> str:
        """How the numbers of the figure were worked out."""
        from ui.charts.telling import TELLINGS

        return TELLINGS[kind].methods(found)
