# SPDX-License-Identifier: MIT
"""A canvas that writes every text as matplotlib does, and shapes and rasters it once.

Two thirds of the time of a figure go into its words: each is shaped to be measured, again to be
drawn, and all of it anew for the next figure. Figures share most of their words, and whoever
changes a filter or the size of the window sees nearly all of them again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font, RenderMode

if TYPE_CHECKING:
    from matplotlib.backend_bases import GraphicsContextBase
    from matplotlib.text import Text

_TO_1 = 64
"""Places of a glyph are told in so many parts of a pixel."""

_IS_KNOWN = all(hasattr(FT2Font, name) for name in ("_layout", "_set_transform", "_render_glyph"))
"""Whether this matplotlib rasters text by the steps that are known here; another does it itself."""

_UPRIGHT = np.array([[0x10000, 0], [0, 0x10000]])


class Written(NamedTuple):
    """How something is written: the file of the font, its size in points, and dots to the inch."""

    font: str
    size: float
    dpi: float

    def prepared(self) -> FT2Font:
        """The font with those that stand in for glyphs it lacks, as this thread may use it."""
        font = get_font(_files(self.font))
        font.clear()
        font.set_size(self.size, self.dpi)
        return font


class Glyph(NamedTuple):
    """A glyph as dots, and where their corner stands, in pixels."""

    dots: npt.NDArray[np.uint8]
    left: int
    top: int


class Lettering(FigureCanvasAgg):
    """A canvas as ``FigureCanvasAgg``, dot for dot."""

    def get_renderer(self) -> RendererAgg:
        """What draws; made with the first drawing."""
        width, height = self.get_width_height(physical=True)
        key = width, height, self.figure.dpi
        if self._lastKey != key:
            self.renderer = _Renderer(width, height, self.figure.dpi)
            self._lastKey = key
        return self.renderer


class _Renderer(RendererAgg):
    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        written = self._written(prop)
        if ismath or written is None:
            return super().get_text_width_height_descent(s, prop, ismath)
        return measured(s, written)

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        written = self._written(prop)
        is_plain = _IS_KNOWN and not ismath and not angle and gc.get_antialiased()
        is_usual = mtext is None or not (mtext.get_fontfeatures() or mtext.get_language())
        glyphs = _shaped(s, written) if written and is_plain and is_usual else None
        if written is None or glyphs is None:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        for index, across, up in glyphs:
            right = round(_TO_1 * (x + across))
            above = round(_TO_1 * (self.height - y + up))
            glyph = _glyph(index, written, right % _TO_1, above % _TO_1)
            if glyph.dots.size:
                bottom = int(self.height) - (above // _TO_1 + glyph.top) + glyph.dots.shape[0]
                self._renderer.draw_text_image(
                    glyph.dots, right // _TO_1 + glyph.left, bottom, 0, gc
                )

    def _written(self, prop: FontProperties) -> Written | None:
        """None for a font that is not told by its file."""
        file = prop.get_file()
        return Written(str(file), prop.get_size_in_points(), self.dpi) if file else None


@lru_cache(16)
def _files(font: str) -> list[str]:
    """The font, and those that stand in for glyphs it lacks; matplotlib looks at all it knows."""
    return list(fontManager._find_fonts_by_props(FontProperties(fname=font)))


@lru_cache(4096)
def measured(words: str, written: Written) -> tuple[float, float, float]:
    """Width, height, and what is below the line, in dots, as they are rastered."""
    font = written.prepared()
    font.set_text(words, 0.0, flags=get_hinting_flag())
    width, height = font.get_width_height()
    return width / _TO_1, height / _TO_1, font.get_descent() / _TO_1


@lru_cache(4096)
def _shaped(words: str, written: Written) -> tuple[tuple[int, float, float], ...] | None:
    """Each glyph with its place from the begin of the line; None where the font lacks one."""
    font = written.prepared()
    items = font._layout(words, flags=get_hinting_flag())
    if any(item.ft_object is not font for item in items):
        return None
    return tuple((item.glyph_index, item.x, item.y) for item in items)


@lru_cache(8192)
def _glyph(index: int, written: Written, right: int, up: int) -> Glyph:
    """A glyph that stands so many parts of a pixel beside a dot, and above it."""
    font = written.prepared()
    font._set_transform(_UPRIGHT, [right, up])  # type: ignore[attr-defined]
    drawn = font._render_glyph(  # type: ignore[attr-defined]
        index, get_hinting_flag(), RenderMode.NORMAL
    )
    # What is drawn next takes the same place.
    return Glyph(np.array(drawn.buffer), drawn.left, drawn.top)
