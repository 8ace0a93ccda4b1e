# SPDX-License-Identifier: MIT
"""Draws whole figures about safety: for the window, and with title and caption for paper.

Loads matplotlib; ``safety_press`` does so when it is asked for the first figure.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from models.exchange.files import replacing
from ui.charts.cusum import draw_cusum
from ui.charts.forest import draw_forest, forest_height
from ui.charts.fracture_curves import draw_fractures
from ui.charts.kinds import FileKind
from ui.charts.printing import image_of
from ui.charts.safety_kinds import SafetyFigure
from ui.charts.safety_sentences import caption
from ui.charts.sheet import PIXELS_PER_INCH, PRINT, Box, Look, Sheet

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers

_WIDTH, _HEIGHT = 640, 340
_COPY_DPI = 300
_MARGIN = 14
_TITLE = 24

_DRAW = {
    SafetyFigure.LEAKAGE: draw_forest,
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
    image = image_of(_paper(kind, numbers, _COPY_DPI / PIXELS_PER_INCH), ratio=1)
    dots_per_meter = round(_COPY_DPI / 0.0254)
    image.setDotsPerMeterX(dots_per_meter)
    image.setDotsPerMeterY(dots_per_meter)
    return image


def write_file(
    kind: SafetyFigure, numbers: SafetyNumbers, target: Path, file_kind: FileKind
) -> None:
    """Write the figure as it goes to paper; the file is there whole or not at all.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing(target) as file:
        sheet = _paper(kind, numbers, file_kind.dpi / PIXELS_PER_INCH)
        sheet.figure.savefig(
            file.buffer,
            format=file_kind.suffix,
            dpi="figure",
            facecolor=sheet.palette.surface,
            metadata=_metadata(kind, numbers, file_kind),
        )


def _paper(kind: SafetyFigure, numbers: SafetyNumbers, ratio: float) -> Sheet:
    """The figure with its title above and its caption below."""
    look = Look(PRINT)
    words = caption(kind, numbers)
    height = forest_height(numbers) if kind is SafetyFigure.LEAKAGE else _HEIGHT
    trial = Sheet(_WIDTH, height, look)
    below = len(trial.wrap(words, _WIDTH - 2 * _MARGIN)) * trial.line_height()
    sheet = Sheet(_WIDTH, _MARGIN + _TITLE + height + 10 + below + _MARGIN, look, ratio)
    sheet.text(_MARGIN, _MARGIN, kind.heading, size="body", weight=600)
    top = _MARGIN + _TITLE
    chart = Box(_MARGIN, top, _WIDTH - _MARGIN, top + height)
    _DRAW[kind](sheet, numbers, chart)
    bottom = chart.bottom + 10
    sheet.paragraph(Box(_MARGIN, bottom, _WIDTH - _MARGIN, bottom + below), words, color="text")
    return sheet


def _metadata(
    kind: SafetyFigure, numbers: SafetyNumbers, file_kind: FileKind
) -> dict[str, str | None]:
    words = caption(kind, numbers)
    match file_kind.suffix:
        case "pdf":
            return {"Title": kind.heading, "Subject": words, "CreationDate": None}
        case "svg":
            return {"Title": kind.heading, "Description": words, "Date": None}
        case _:
            return {"Title": kind.heading, "Description": words}
