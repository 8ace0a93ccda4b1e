# SPDX-License-Identifier: MIT
"""A figure as it goes to paper: title and legend above it, the caption below. Loads matplotlib."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from PySide6.QtGui import QImage

from ui.charts.kinds import FileKind
from ui.charts.lettering import Lettering
from ui.charts.sheet import PIXELS_PER_INCH, PRINT, Box, Look, Sheet

_COPY_DPI = 300
_METERS_PER_INCH = 0.0254
_MARGIN, _TITLE, _BELOW_TITLE, _BELOW = 14, 24, 21, 10


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """What stands on the paper.

    Attributes:
        heading, legend, caption: words above and below; an empty legend takes no room.
        width, height: of the drawing alone, in pixels of ``PIXELS_PER_INCH``.
        draw: draws it into a box of the sheet.
    """

    heading: str
    legend: str
    caption: str
    width: int
    height: int
    draw: Callable[[Sheet, Box], None]


def room_across(width: int) -> int:
    """How wide the drawing itself is in a figure of ``width``, in the same pixels."""
    return width - 2 * _MARGIN


def copied(figure: PaperFigure) -> QImage:
    """The figure as a picture that can be pasted into a document, in its true size there."""
    image = image_of(_laid_out(figure, _COPY_DPI / PIXELS_PER_INCH), ratio=1)
    dots_per_meter = round(_COPY_DPI / _METERS_PER_INCH)
    image.setDotsPerMeterX(dots_per_meter)
    image.setDotsPerMeterY(dots_per_meter)
    return image


def write_into(file: BinaryIO, figure: PaperFigure, kind: FileKind) -> None:
    """Write the figure into an open file."""
    sheet = _laid_out(figure, kind.dpi / PIXELS_PER_INCH)
    sheet.figure.savefig(
        file,
        format=kind.suffix,
        dpi="figure",
        facecolor=sheet.palette.surface,
        metadata=_metadata(figure, kind),
    )


def image_of(sheet: Sheet, ratio: float) -> QImage:
    """A sheet as a picture of ``ratio`` device pixels for each of its pixels."""
    canvas = Lettering(sheet.figure)
    canvas.draw()
    width, height = canvas.get_width_height(physical=True)
    dots = canvas.buffer_rgba()
    shared = QImage(dots, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    image = shared.convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    return image


def _laid_out(figure: PaperFigure, ratio: float) -> Sheet:
    look, width, height = Look(PRINT), figure.width, figure.height
    trial = Sheet(width, height, look)
    line, inner = trial.line_height(), room_across(width)
    below = len(trial.wrap(figure.caption, inner)) * line
    heading, step = trial.wrap(figure.heading, inner, "body", 600), trial.line_height("body")
    titles = (len(heading) - 1) * step
    above = _TITLE + titles
    above += len(trial.wrap(figure.legend, inner)) * line if figure.legend else 0
    sheet = Sheet(width, _MARGIN + above + height + _BELOW + below + _MARGIN, look, ratio)
    for number, words in enumerate(heading):
        sheet.text(_MARGIN, _MARGIN + number * step, words, size="body", weight=600)
    if figure.legend:
        top = _MARGIN + titles + _BELOW_TITLE
        sheet.paragraph(Box(_MARGIN, top, width - _MARGIN, height), figure.legend)
    chart = Box(_MARGIN, _MARGIN + above, width - _MARGIN, _MARGIN + above + height)
    figure.draw(sheet, chart)
    bottom = chart.bottom + _BELOW
    box = Box(_MARGIN, bottom, width - _MARGIN, bottom + below)
    sheet.paragraph(box, figure.caption, color="text")
    return sheet


def _metadata(figure: PaperFigure, kind: FileKind) -> dict[str, str | None]:
    match kind.suffix:
        case "pdf":
            return {"Title": figure.heading, "Subject": figure.caption, "CreationDate": None}
        case "svg":
            return {"Title": figure.heading, "Description": figure.caption, "Date": None}
        case _:
            return {"Title": figure.heading, "Description": figure.caption}
