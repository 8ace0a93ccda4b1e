# SPDX-License-Identifier: MIT
"""Draws whole figures: as pictures for the window, and with title and caption for paper.

Loads matplotlib; ``press`` does so when it is asked for the first figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from models.exchange.files import replacing
from ui.charts import sentences
from ui.charts.balance_plot import ROW, draw_balance
from ui.charts.change import draw_change
from ui.charts.course import draw_course
from ui.charts.cusum import draw_cusum
from ui.charts.data_file import write_rows
from ui.charts.forest import draw_forest, forest_height
from ui.charts.fracture_curves import draw_fractures
from ui.charts.gain_plot import draw_gains
from ui.charts.kept_plot import draw_kept
from ui.charts.kinds import DATA_FILE, FigureKind, FileKind, NamedFigure, SafetyFigure
from ui.charts.leak_map import MAP_HEIGHT, MAP_WIDTH, draw_leak_map
from ui.charts.on_paper import PaperFigure, copied, image_of, write_into
from ui.charts.paired import draw_paired
from ui.charts.scatter import draw_cement
from ui.charts.sheet import Box, Look, Sheet
from ui.charts.shift_grid import draw_analgesics, draw_mobility
from ui.charts.telling import TELLINGS

if TYPE_CHECKING:
    from models.analysis.followed import Followed
    from models.analysis.outcome import PairedOutcome

_COURSE_LINE = 20


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How one kind of figure is drawn, and how large it is on paper: hundredths of an inch."""

    draw: Callable[[Sheet, Any, Box], None]
    width: int
    height: Callable[[Any], int]


def _course_height(outcome: PairedOutcome) -> int:
    return 360 + _COURSE_LINE * min(len(outcome.groups), sentences.MOST_COURSES)


def _balance_height(found: Followed) -> int:
    return 60 + ROW * max(6, len(found.balance))


_PAIRED = _Drawing(draw_paired, 520, lambda _: 440)
_COURSE = _Drawing(draw_course, 640, _course_height)
_CHANGE = _Drawing(draw_change, 680, lambda _: 300)

_DRAWINGS: dict[NamedFigure, _Drawing] = {
    FigureKind.PAIRED: _PAIRED,
    FigureKind.COURSE: _COURSE,
    FigureKind.CHANGE: _CHANGE,
    FigureKind.FUNCTION_PAIRED: _PAIRED,
    FigureKind.FUNCTION_COURSE: _COURSE,
    FigureKind.FUNCTION_CHANGE: _CHANGE,
    FigureKind.ANALGESICS: _Drawing(draw_analgesics, 560, lambda _: 320),
    FigureKind.MOBILITY: _Drawing(draw_mobility, 560, lambda _: 280),
    FigureKind.HEIGHT: _Drawing(draw_gains, 620, lambda _: 440),
    FigureKind.KEPT: _Drawing(draw_kept, 560, lambda _: 220),
    FigureKind.CEMENT: _Drawing(draw_cement, 560, lambda _: 400),
    FigureKind.BALANCE: _Drawing(draw_balance, 620, _balance_height),
    SafetyFigure.LEAKAGE: _Drawing(draw_forest, 640, forest_height),
    SafetyFigure.SPINE: _Drawing(draw_leak_map, MAP_WIDTH, lambda _: MAP_HEIGHT),
    SafetyFigure.CUSUM: _Drawing(draw_cusum, 640, lambda _: 340),
    SafetyFigure.FRACTURES: _Drawing(draw_fractures, 640, lambda _: 340),
}


def picture(
    kind: NamedFigure, found: object, size: tuple[int, int], look: Look, ratio: float
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
    _DRAWINGS[kind].draw(sheet, found, sheet.box)
    return image_of(sheet, ratio)


def paper_image(kind: NamedFigure, found: object) -> QImage:
    """The figure as it goes to paper, to be pasted into a document."""
    return copied(_paper(kind, found))


def write_file(
    kind: NamedFigure,
    found: object,
    target: Path,
    file_kind: FileKind,
    note: Callable[[], None] | None = None,
) -> None:
    """Write the figure as it goes to paper, or its data; the file is there whole or not at all.

    ``note`` is called before it has its name.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing(target) as file:
        if file_kind == DATA_FILE:
            told = TELLINGS[kind]
            write_rows(file, told.rows(found), told.synthetic(found))
        else:
            write_into(file.buffer, _paper(kind, found), file_kind)
        if note is not None:
            note()


def _paper(kind: NamedFigure, found: object) -> PaperFigure:
    drawing, telling = _DRAWINGS[kind], TELLINGS[kind]
    return PaperFigure(
        telling.heading(found),
        telling.legend(found),
        telling.caption(found),
        drawing.width,
        drawing.height(found),
        lambda sheet, box: drawing.draw(sheet, found, box),
    )
