# SPDX-License-Identifier: MIT
"""Makes the figures about safety in jobs. Light itself: what draws is loaded with the first one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from ui.charts.drawing import DRAWING
from ui.charts.kinds import FileKind
from ui.charts.safety_kinds import DATA, SafetyFigure
from ui.palette import Palette

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers


def pictures(
    numbers: SafetyNumbers,
    sizes: dict[SafetyFigure, tuple[int, int]],
    palette: Palette,
    scale: float,
    ratio: float,
) -> dict[SafetyFigure, QImage]:
    """The figures as they stand in the window.

    Args:
        numbers: what they show.
        sizes: width and height of each in pixels of the window.
        palette: the colors of the window.
        scale: size of its text; 1 is normal.
        ratio: device pixels for each of its pixels.
    """
    with DRAWING:
        from ui.charts.safety_printing import picture
        from ui.charts.sheet import Look

        look = Look(palette, scale)
        return {kind: picture(kind, numbers, size, look, ratio) for kind, size in sizes.items()}


def copy(kind: SafetyFigure, numbers: SafetyNumbers) -> QImage:
    """The figure as it goes to paper, to be pasted into a document."""
    with DRAWING:
        from ui.charts.safety_printing import paper_image

        return paper_image(kind, numbers)


def save(
    kind: SafetyFigure,
    numbers: SafetyNumbers,
    target: Path,
    file_kind: FileKind,
    note: Callable[[], None] | None = None,
) -> None:
    """Write the figure as it goes to paper, or its numbers; the file is there whole or not at all.

    ``note`` is called before it has its name.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    if file_kind == DATA:
        from ui.charts.safety_data import write_data

        write_data(kind, numbers, target, note)
        return
    with DRAWING:
        from ui.charts.safety_printing import write_file

        write_file(kind, numbers, target, file_kind, note)


def caption(kind: SafetyFigure, numbers: SafetyNumbers) -> str:
    """What stands below the figure on paper, after what it is called."""
    from ui.charts.safety_sentences import caption as words

    return f"{kind.heading}. {words(kind, numbers)}"


def methods(kind: SafetyFigure, numbers: SafetyNumbers) -> str:
    """How the numbers of the figure were worked out."""
    from ui.charts.safety_methods import methods as words

    return words(kind, numbers)
