# SPDX-License-Identifier: MIT
"""Draws whole figures: as pictures for the window, and with title and caption for paper.

Loads matplotlib; ``press`` does so when it is asked for the first figure.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.backends.backend_agg import FigureCanvasAgg
from PySide6.QtGui import QImage

from models.exchange.files import replacing
from ui.charts import sentences
from ui.charts.course import draw_course
from ui.charts.kinds import FigureKind, FileKind
from ui.charts.paired import draw_paired
from ui.charts.sheet import PIXELS_PER_INCH, PRINT, Box, Look, Sheet

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome

_PAPER_SIZE = {FigureKind.PAIRED: (520, 440), FigureKind.COURSE: (640, 360)}
_COPY_DPI = 300
_MARGIN = 14

_DRAW = {FigureKind.PAIRED: draw_paired, FigureKind.COURSE: draw_course}
_CAPTION = {
    FigureKind.PAIRED: sentences.paired_caption,
    FigureKind.COURSE: sentences.course_caption,
}


def picture(
    kind: FigureKind, outcome: PairedOutcome, size: tuple[int, int], look: Look, ratio: float
) -> QImage:
    """The figure as it stands in the window.

    Args:
        kind: which figure.
        outcome: what it shows.
        size: width and height in pixels of the window.
        look: colors and scale of the window.
        ratio: device pixels for each of those pixels.
    """
    sheet = Sheet(*size, look, ratio)
    _DRAW[kind](sheet, outcome)
    return _image(sheet, ratio)


def paper_image(kind: FigureKind, outcome: PairedOutcome) -> QImage:
    """The figure as it goes to paper, to be pasted into a document."""
    image = _image(_paper(kind, outcome, _COPY_DPI / PIXELS_PER_INCH), ratio=1)
    dots_per_meter = round(_COPY_DPI / 0.0254)
    image.setDotsPerMeterX(dots_per_meter)
    image.setDotsPerMeterY(dots_per_meter)
    return image


def write_file(kind: FigureKind, outcome: PairedOutcome, target: Path, file_kind: FileKind) -> None:
    """Write the figure as it goes to paper; the file is there whole or not at all.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing(target) as file:
        sheet = _paper(kind, outcome, file_kind.dpi / PIXELS_PER_INCH)
        sheet.figure.savefig(
            file.buffer,
            format=file_kind.suffix,
            dpi="figure",
            facecolor=sheet.palette.surface,
            metadata=_metadata(kind, outcome, file_kind),
        )


def _paper(kind: FigureKind, outcome: PairedOutcome, ratio: float) -> Sheet:
    """The figure with its title above and its caption below."""
    look = Look(PRINT)
    width, height = _PAPER_SIZE[kind]
    if kind is FigureKind.COURSE:
        height += 20 * min(len(outcome.groups), sentences.MOST_COURSES)
    caption = _CAPTION[kind](outcome)
    subtitle = sentences.paired_legend(outcome) if kind is FigureKind.PAIRED else ""
    trial = Sheet(width, height, look)
    line = trial.line_height()
    inner = width - 2 * _MARGIN
    below = len(trial.wrap(caption, inner)) * line
    above = 24 + len(trial.wrap(subtitle, inner)) * line
    sheet = Sheet(width, _MARGIN + above + height + 10 + below + _MARGIN, look, ratio)
    sheet.text(_MARGIN, _MARGIN, kind.heading, size="body", weight=600)
    sheet.paragraph(Box(_MARGIN, _MARGIN + 21, width - _MARGIN, height), subtitle)
    chart = Box(_MARGIN, _MARGIN + above, width - _MARGIN, _MARGIN + above + height)
    _DRAW[kind](sheet, outcome, chart)
    bottom = chart.bottom + 10
    sheet.paragraph(Box(_MARGIN, bottom, width - _MARGIN, bottom + below), caption, color="text")
    return sheet


def _metadata(
    kind: FigureKind, outcome: PairedOutcome, file_kind: FileKind
) -> dict[str, str | None]:
    caption = _CAPTION[kind](outcome)
    match file_kind.suffix:
        case "pdf":
            return {"Title": kind.heading, "Subject": caption, "CreationDate": None}
        case "svg":
            return {"Title": kind.heading, "Description": caption, "Date": None}
        case _:
            return {"Title": kind.heading, "Description": caption}


def _image(sheet: Sheet, ratio: float) -> QImage:
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    width, height = canvas.get_width_height(physical=True)
    dots = canvas.buffer_rgba()
    shared = QImage(dots, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    image = shared.convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    return image
