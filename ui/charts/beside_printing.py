# SPDX-License-Identifier: MIT
"""The figure of published rates, for the window, for the clipboard, and in a file.

Light itself: what draws is loaded with the first figure.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from models.exchange.files import replacing
from ui.charts import beside_words
from ui.charts.beside_words import BesideFound
from ui.charts.data_file import write_rows
from ui.charts.drawing import DRAWING
from ui.charts.kinds import DATA_FILE, FileKind
from ui.palette import Palette

if TYPE_CHECKING:
    from ui.charts.on_paper import PaperFigure

_WIDTH = 760


def picture(found: BesideFound, size: tuple[int, int], palette: Palette, scale: float) -> QImage:
    """The figure in the colors of the window; ``size`` is in pixels."""
    with DRAWING:
        from ui.charts.beside_plot import draw_beside
        from ui.charts.on_paper import image_of
        from ui.charts.sheet import Look, Sheet

        sheet = Sheet(*size, Look(palette, scale))
        draw_beside(sheet, found, sheet.box)
        return image_of(sheet, 1.0)


def copy(found: BesideFound) -> QImage:
    """The figure as it goes to paper, to be pasted into a document."""
    with DRAWING:
        from ui.charts.on_paper import copied

        return copied(_paper(found))


def save(
    found: BesideFound, target: Path, kind: FileKind, note: Callable[[], None] | None = None
) -> None:
    """Write the figure as it goes to paper, or its data; the file is there whole or not at all.

    ``note`` is called before it has its name.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing(target) as file:
        if kind == DATA_FILE:
            write_rows(file, beside_words.rows(found), found.about.n_synthetic)
        else:
            with DRAWING:
                from ui.charts.on_paper import write_into

                write_into(file.buffer, _paper(found), kind)
        if note is not None:
            note()


def _paper(found: BesideFound) -> PaperFigure:
    from ui.charts.beside_plot import beside_height, draw_beside
    from ui.charts.on_paper import PaperFigure, room_across

    return PaperFigure(
        found.heading,
        beside_words.legend(found),
        beside_words.caption(found),
        _WIDTH,
        beside_height(found, room_across(_WIDTH)),
        lambda sheet, box: draw_beside(sheet, found, box),
    )
