# SPDX-License-Identifier: MIT
"""Draws whole figures about safety: for the window, and with title and caption for paper.

Loads matplotlib; ``safety_press`` does so when it is asked for the first figure.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from models.exchange.files import replacing
from ui.charts.cusum import draw_cusum
from ui.charts.forest import draw_forest, forest_height
from ui.charts.fracture_curves import draw_fractures
from ui.charts.kinds import FileKind
from ui.charts.leak_map import MAP_HEIGHT, MAP_WIDTH, draw_leak_map
from ui.charts.on_paper import PaperFigure, copied, image_of, write_into
from ui.charts.safety_kinds import SafetyFigure
from ui.charts.safety_sentences import caption
from ui.charts.sheet import Look, Sheet

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers

_WIDTH, _HEIGHT = 640, 340

_DRAW = {
    SafetyFigure.LEAKAGE: draw_forest,
    SafetyFigure.SPINE: draw_leak_map,
    SafetyFigure.CUSUM: draw_cusum,
    SafetyFigure.FRACTURES: draw_fractures,
}


def picture(
    kind: SafetyFigure, numbers: SafetyNumbers, size: tuple[int, int], look: Look, ratio: float
) -> QImage:
    """The figure as it stands in the window; ``size`` is in its pixels."""
    sheet = Sheet(*size, look, ratio)
    _DRAW[kind](sheet, numbers, sheet.box)
    return image_of(sheet, ratio)


def paper_image(kind: SafetyFigure, numbers: SafetyNumbers) -> QImage:
    """The figure as it goes to paper, to be pasted into a document."""
    return copied(_paper(kind, numbers))


def write_file(
    kind: SafetyFigure,
    numbers: SafetyNumbers,
    target: Path,
    file_kind: FileKind,
    note: Callable[[], None] | None = None,
) -> None:
    """Write the figure as it goes to paper; the file is there whole or not at all.

    ``note`` is called before it has its name.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing(target) as file:
        write_into(file.buffer, _paper(kind, numbers), file_kind)
        if note is not None:
            note()


def _paper(kind: SafetyFigure, numbers: SafetyNumbers) -> PaperFigure:
    return PaperFigure(
        kind.heading,
        "",
        caption(kind, numbers),
        MAP_WIDTH if kind is SafetyFigure.SPINE else _WIDTH,
        _height(kind, numbers),
        lambda sheet, box: _DRAW[kind](sheet, numbers, box),
    )


def _height(kind: SafetyFigure, numbers: SafetyNumbers) -> int:
    if kind is SafetyFigure.LEAKAGE:
        return forest_height(numbers)
    return MAP_HEIGHT if kind is SafetyFigure.SPINE else _HEIGHT
