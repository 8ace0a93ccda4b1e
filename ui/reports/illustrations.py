# SPDX-License-Identifier: MIT
"""Draws the figures that a report asks for, each with its caption and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QImage

from models.reports.content import (
    Beside,
    Block,
    CurveFigure,
    Figure,
    Gallery,
    PainFigure,
    PainView,
    PhotoFigure,
    Report,
    SpineFigure,
)
from models.reports.reading import Progress
from models.speech import say
from ui.charts.kinds import FigureKind
from ui.charts.press import Press
from ui.reports.drawings import curves_image, spine_image
from ui.widgets.pain_curves import curves

_KINDS = {
    PainView.PAIRED: (FigureKind.PAIRED, (520, 370)),
    PainView.COURSE: (FigureKind.COURSE, (640, 330)),
}
_RATIO = 2.5


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure that was drawn.

    Attributes:
        image: at about 300 dots an inch.
        caption: what stands below it; "" for nothing.
        alt: the figure for those who cannot see it.
    """

    image: QImage
    caption: str
    alt: str


_TALLEST = 1.5
"""A photograph is at most so many times as high as figures of its width are wide."""

Pictures = Mapping[int, Picture]
"""The pictures of a report, by the identity of their figure."""


def shown_mm(figure: Figure, picture: Picture) -> float:
    """How wide a figure is shown, in millimeters: a very tall photograph is narrower than others.

    Beside the others of a gallery it would else take half of a page that has to hold everything.
    """
    if not isinstance(figure.subject, PhotoFigure):
        return figure.width_mm
    tallest = _TALLEST * figure.width_mm
    return min(figure.width_mm, tallest * picture.image.width() / max(1, picture.image.height()))


def draw_figures(report: Report, press: Press, progress: Progress) -> Pictures:
    """Draw all figures of a report."""
    wanted = list(_figures(report.blocks))
    drawn = {}
    for done, figure in enumerate(wanted):
        progress(done, len(wanted))
        drawn[id(figure)] = _draw(figure, press)
    return drawn


def _figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Gallery(figures=figures):
                yield from figures
            case Beside(left=left, right=right):
                yield from _figures((*left, *right))


def _draw(figure: Figure, press: Press) -> Picture:
    match figure.subject:
        case PainFigure(view=view, outcome=outcome):
            from ui.charts.sheet import PRINT

            kind, size = _KINDS[view]
            image = press.pictures(outcome, {kind: size}, PRINT, 1.0, _RATIO)[kind]
            image.setDevicePixelRatio(1.0)
            # The lines of the cases have colors, which the course has not.
            colors = press.legend(kind, outcome) if view is PainView.PAIRED else ""
            caption = " ".join(filter(None, (press.caption(kind, outcome), colors)))
            alt = press.told([kind], outcome)[kind]
        case SpineFigure(case=case, course=course):
            image = spine_image(case, course)
            caption, alt = figure.caption, say("The spine with the treated levels.")
        case CurveFigure(assessments=assessments):
            image = curves_image(list(curves(assessments)))
            caption, alt = figure.caption, say("The course of pain; the table tells its numbers.")
        case PhotoFigure(jpeg=jpeg, alt=words):
            image = QImage.fromData(jpeg)
            caption, alt = figure.caption, words
    return Picture(image, ". ".join(filter(None, (figure.label, caption))), alt)
