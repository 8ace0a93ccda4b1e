# SPDX-License-Identifier: MIT
"""A figure to draw on, measured like the window: pixels from the top left, the program's fonts."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.text import Text

from ui.charts.bare_axes import BareAxes
from ui.charts.lettering import Written, measured
from ui.palette import LIGHT, Palette
from ui.style_sheet import TYPE
from ui.theme import RESOURCES
from ui.widgets.in_lines import in_lines

PRINT = replace(LIGHT, text="#000000", text_muted="#3d4652", grid="#dcdfe3", surface="#ffffff")
"""What goes to paper, whatever the window looks like."""

PIXELS_PER_INCH = 100
_NO_BREAK = "\N{NO-BREAK SPACE}"
_POINTS_PER_PIXEL = 72 / PIXELS_PER_INCH
_FONTS = {
    weight: RESOURCES / "fonts" / f"Inter-{name}.otf"
    for weight, name in ((400, "Regular"), (600, "SemiBold"), (700, "Bold"))
}


@dataclass(frozen=True, slots=True)
class Look:
    """Colors, and the size of everything that does not grow with the figure; 1 = 13 px text."""

    palette: Palette
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the sheet in pixels from its top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return self.bottom - self.top


class Sheet:
    """An empty figure.

    Args:
        width: in pixels of the window, or hundredths of an inch on paper.
        height: the same.
        look: its colors and sizes.
        ratio: device pixels for each of these pixels.
    """

    def __init__(self, width: float, height: float, look: Look, ratio: float = 1.0) -> None:
        self.figure = Figure(
            figsize=(_inches(width, ratio), _inches(height, ratio)),
            dpi=PIXELS_PER_INCH * ratio,
            facecolor=look.palette.surface,
        )
        self.look = look
        self.box = Box(0, 0, width, height)

    @property
    def palette(self) -> Palette:
        """The colors."""
        return self.look.palette

    def px(self, length: float) -> float:
        """A length of the window at the size of this sheet."""
        return length * self.look.scale

    def points(self, length: float) -> float:
        """The same in points, as lines and markers are measured."""
        return length * self.look.scale * _POINTS_PER_PIXEL

    def axes(self, box: Box, x: tuple[float, float], y: tuple[float, float]) -> Axes:
        """Empty axes over ``box`` with these limits; nothing is drawn that is not asked for."""
        width, height = self.box.width, self.box.height
        rectangle = (
            box.left / width,
            1 - box.bottom / height,
            max(box.width, 1.0) / width,
            max(box.height, 1.0) / height,
        )
        axes = self.figure.add_axes(BareAxes(self.figure, rectangle, xlim=x, ylim=y))
        axes.set_axis_off()
        return axes

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: str = "label",
        weight: int = 400,
        color: str = "text",
        align: str = "left",
        middle: bool = False,
    ) -> Text:
        """Write at a place of the sheet; ``y`` is the top of the line, or its middle.

        Args:
            x: pixels from the left.
            y: pixels from the top.
            words: shown as they are.
            size: a size of the type scale.
            weight: 400, 600 or 700.
            color: a color of the palette, or ``#rrggbb``.
            align: what of the text stands at ``x``: left, center or right.
            middle: whether ``y`` is its middle.
        """
        if align == "center":
            x = self.middle_of(x, words, size, weight)
        return self.figure.text(
            x / self.box.width,
            1 - y / self.box.height,
            words,
            ha=align,
            va="center_baseline" if middle else "top",
            **self.lettering(size, weight, color),
        )

    def middle_of(self, x: float, words: str, size: str = "label", weight: int = 400) -> float:
        """Where the middle of ``words`` stands that should be at ``x``: they stay on the sheet."""
        half = self.width_of(words, size, weight) / 2
        return max(min(x, self.box.right - half), half)

    def lettering(
        self, size: str = "label", weight: int = 400, color: str = "text"
    ) -> dict[str, Any]:
        """The same look for text that axes write."""
        shown = color if color.startswith("#") else getattr(self.palette, color)
        return {
            "fontproperties": self._font(size, weight),
            "color": shown,
            "parse_math": False,
        }

    def halo(self, width: float = 3.0) -> list[patheffects.AbstractPathEffect]:
        """A rim in the color of the ground that keeps a line or text apart from what it crosses."""
        rim = patheffects.withStroke(linewidth=self.points(width), foreground=self.palette.surface)
        return [rim]

    def wrap(self, words: str, width: float, size: str = "label", weight: int = 400) -> list[str]:
        """``words`` in lines of at most ``width`` pixels, broken at spaces.

        What is to stay together is only broken where a line of its own has no room for it.
        """

        def width_of(line: str) -> float:
            return self.width_of(line, size, weight)

        together = filter(None, words.split(" "))
        parts = (
            part
            for one in together
            for part in (
                one.split(_NO_BREAK) if _NO_BREAK in one and width_of(one) > width else [one]
            )
        )
        return in_lines(parts, width, width_of)

    def paragraph(self, box: Box, words: str, color: str = "text_muted") -> float:
        """Write ``words`` in lines from the top of ``box``; returns the height they take."""
        step = self.line_height()
        lines = self.wrap(words, box.width)
        for number, line in enumerate(lines):
            self.text(box.left, box.top + number * step, line, color=color)
        return len(lines) * step

    def line_height(self, size: str = "label") -> float:
        """From one line of a paragraph to the next."""
        return self.px(TYPE[size]) * 1.4

    def width_of(self, words: str, size: str = "label", weight: int = 400) -> float:
        """Pixels that ``words`` take in one line, in a picture as well as in a drawing.

        Small letters stand on whole dots in a picture, and take more room there than their form.
        """
        file = str(_FONTS[weight])
        written = Written(file, self.points(TYPE[size]), self.figure.dpi)
        rastered = measured(words, written)[0] * PIXELS_PER_INCH / self.figure.dpi
        return max(_width(words, file) * self.px(TYPE[size]), rastered)

    def _font(self, size: str, weight: int) -> FontProperties:
        return FontProperties(fname=_FONTS[weight], size=self.points(TYPE[size]))


def _inches(length: float, ratio: float) -> float:
    """A length in inches that makes a whole number of device pixels, the nearest one.

    The number is cut off, not rounded, when the figure becomes a picture: 8.04 inches would be
    803 pixels. A view of 804 would then ask for another picture for ever.
    """
    dpi = PIXELS_PER_INCH * ratio
    dots = round(length * ratio)
    inches = dots / dpi
    return inches if int(inches * dpi) == dots else math.nextafter(inches, math.inf)


@lru_cache(maxsize=4096)
def _width(words: str, font_file: str) -> float:
    """Width in em."""
    font = get_font(font_file)
    font.set_size(100, 72)
    font.set_text(words, 0.0)
    return float(font.get_width_height()[0]) / 64 / 100
