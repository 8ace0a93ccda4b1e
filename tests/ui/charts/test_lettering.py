# SPDX-License-Identifier: MIT
"""What the quick canvas writes is what matplotlib writes, dot for dot, the first time and later."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ui.charts.lettering import Lettering
from ui.charts.sheet import Look, Sheet
from ui.palette import DARK, LIGHT

WORDS = ["T12", "1,000 cases", "Leakage per level, 95 % CI", "0-1", "ångström ≥ 30 %", "fi ffl AV"]
ODD = ["漢字 beside T12", "日本", "שלום", "two\nlines", "  ", "a\u0301"]


def dots(figure: Figure, kind: type[FigureCanvasAgg]) -> np.ndarray:
    """The figure as this canvas draws it."""
    canvas = kind(figure)
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def sheet(words: list[str], *, at: float = 10.3, ratio: float = 1.0, dark: bool = False) -> Sheet:
    """The words below each other in sizes and weights, the last one with a rim."""
    made = Sheet(240, 40 * len(words) + 20, Look(DARK if dark else LIGHT), ratio)
    for place, one in enumerate(words):
        weight = (400, 600, 700)[place % 3]
        text = made.text(
            at, at + 37.7 * place, one, size="body", weight=weight, middle=place % 2 == 1
        )
    text.set_path_effects(made.halo())
    return made


@given(
    words=st.lists(st.sampled_from(WORDS + ODD), min_size=1, max_size=4),
    at=st.floats(0, 80),
    ratio=st.sampled_from([1.0, 1.25, 2.0]),
    dark=st.booleans(),
)
@settings(max_examples=25, deadline=None)
@pytest.mark.filterwarnings("ignore:Glyph")
def test_words_are_written_dot_for_dot(
    words: list[str], at: float, ratio: float, dark: bool
) -> None:
    drawn = sheet(words, at=at, ratio=ratio, dark=dark).figure
    plain = dots(drawn, FigureCanvasAgg)
    assert (dots(drawn, Lettering) == plain).all()
    assert (dots(drawn, Lettering) == plain).all()


def test_turned_and_pale_words_and_formulas_are_written_as_ever() -> None:
    drawn = sheet(["T12", "L1"]).figure
    drawn.text(0.2, 0.3, "$x^2$ mL", rotation=90)
    drawn.text(0.4, 0.3, "mL", alpha=0.4)
    drawn.text(0.6, 0.3, "$x^2$ mL", parse_math=True)
    assert (dots(drawn, Lettering) == dots(drawn, FigureCanvasAgg)).all()
