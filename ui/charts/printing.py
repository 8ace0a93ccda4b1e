# SPDX-License-Identifier: MIT
"""Draws whole figures: as pictures for the window, and with title and caption for paper.

Loads matplotlib; ``press`` does so when it is asked for the first figure.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from PySide6.QtGui import QImage

from models.exchange.files import replacing
from ui.charts import sentences
from ui.charts.balance_plot import ROW, draw_balance
from ui.charts.change import draw_change
from ui.charts.course import draw_course
from ui.charts.gain_plot import draw_gains
from ui.charts.kinds import DATA_FILE, FigureKind, FileKind
from ui.charts.paired import draw_paired
from ui.charts.scatter import draw_cement
from ui.charts.sheet import PIXELS_PER_INCH, PRINT, Box, Look, Sheet
from ui.charts.shift_grid import draw_analgesics, draw_mobility
from ui.charts.telling import TELLINGS

if TYPE_CHECKING:
    from models.analysis.followed import Followed
    from models.analysis.outcome import PairedOutcome
    from ui.charts.data import Row

_COPY_DPI = 300
_MARGIN = 14
_COURSE_LINE = 20
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula (OWASP)."""


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How one kind of figure is drawn, and how large it is on paper: hundredths of an inch."""

    draw: Callable[[Sheet, Any, Box | None], None]
    width: int
    height: Callable[[Any], int]


def _course_height(outcome: PairedOutcome) -> int:
    return 360 + _COURSE_LINE * min(len(outcome.groups), sentences.MOST_COURSES)


def _balance_height(found: Followed) -> int:
    return 60 + ROW * max(6, len(found.balance))


_PAIRED = _Drawing(draw_paired, 520, lambda _: 440)
_COURSE = _Drawing(draw_course, 640, _course_height)
_CHANGE = _Drawing(draw_change, 680, lambda _: 300)

_DRAWINGS = {
    FigureKind.PAIRED: _PAIRED,
    FigureKind.COURSE: _COURSE,
    FigureKind.CHANGE: _CHANGE,
    FigureKind.FUNCTION_PAIRED: _PAIRED,
    FigureKind.FUNCTION_COURSE: _COURSE,
    FigureKind.FUNCTION_CHANGE: _CHANGE,
    FigureKind.ANALGESICS: _Drawing(draw_analgesics, 560, lambda _: 320),
    FigureKind.MOBILITY: _Drawing(draw_mobility, 560, lambda _: 280),
    FigureKind.HEIGHT: _Drawing(draw_gains, 620, lambda _: 440),
    FigureKind.CEMENT: _Drawing(draw_cement, 560, lambda _: 400),
    FigureKind.BALANCE: _Drawing(draw_balance, 620, _balance_height),
}


def picture(
    kind: FigureKind, found: object, size: tuple[int, int], look: Look, ratio: float
) -> QImage:
    """The figure as it stands in the window.

    Args:
        kind: which figure.
        found: what it shows.
        size: width and height in pixels of the window.
        look: colors and scale of the window.
        ratio: device pixels for each of those pixels.
    """
    sheet = Sheet(*size, look, ratio)
    _DRAWINGS[kind].draw(sheet, found, None)
    return image_of(sheet, ratio)


def paper_image(kind: FigureKind, found: object) -> QImage:
    """The figure as it goes to paper, to be pasted into a document."""
    image = image_of(_paper(kind, found, _COPY_DPI / PIXELS_PER_INCH), ratio=1)
    dots_per_meter = round(_COPY_DPI / 0.0254)
    image.setDotsPerMeterX(dots_per_meter)
    image.setDotsPerMeterY(dots_per_meter)
    return image


def write_file(kind: FigureKind, found: object, target: Path, file_kind: FileKind) -> None:
    """Write the figure as it goes to paper, or its data; the file is there whole or not at all.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing(target) as file:
        if file_kind == DATA_FILE:
            rows = csv.writer(file)
            rows.writerows(map(_safe, TELLINGS[kind].rows(found)))
            return
        sheet = _paper(kind, found, file_kind.dpi / PIXELS_PER_INCH)
        sheet.figure.savefig(
            file.buffer,
            format=file_kind.suffix,
            dpi="figure",
            facecolor=sheet.palette.surface,
            metadata=_metadata(kind, found, file_kind),
        )


def _safe(row: Row) -> list[object]:
    """A row in which no text is taken for a formula; numbers stay as they are."""
    return [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell for cell in row
    ]


def _paper(kind: FigureKind, found: object, ratio: float) -> Sheet:
    """The figure with its title above and its caption below."""
    look = Look(PRINT)
    drawing, telling = _DRAWINGS[kind], TELLINGS[kind]
    width, height = drawing.width, drawing.height(found)
    heading, caption, legend = telling.heading(found), telling.caption(found), telling.legend(found)
    trial = Sheet(width, height, look)
    line = trial.line_height()
    inner = width - 2 * _MARGIN
    below = len(trial.wrap(caption, inner)) * line
    above = 24 + len(trial.wrap(legend, inner)) * line
    sheet = Sheet(width, _MARGIN + above + height + 10 + below + _MARGIN, look, ratio)
    sheet.text(_MARGIN, _MARGIN, heading, size="body", weight=600)
    sheet.paragraph(Box(_MARGIN, _MARGIN + 21, width - _MARGIN, height), legend)
    chart = Box(_MARGIN, _MARGIN + above, width - _MARGIN, _MARGIN + above + height)
    drawing.draw(sheet, found, chart)
    bottom = chart.bottom + 10
    sheet.paragraph(Box(_MARGIN, bottom, width - _MARGIN, bottom + below), caption, color="text")
    return sheet


def _metadata(kind: FigureKind, found: object, file_kind: FileKind) -> dict[str, str | None]:
    title, caption = TELLINGS[kind].heading(found), TELLINGS[kind].caption(found)
    match file_kind.suffix:
        case "pdf":
            return {"Title": title, "Subject": caption, "CreationDate": None}
        case "svg":
            return {"Title": title, "Description": caption, "Date": None}
        case _:
            return {"Title": title, "Description": caption}


def image_of(sheet: Sheet, ratio: float) -> QImage:
    """A sheet as a picture of ``ratio`` device pixels for each of its pixels."""
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    width, height = canvas.get_width_height(physical=True)
    dots = canvas.buffer_rgba()
    shared = QImage(dots, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    image = shared.convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    return image
