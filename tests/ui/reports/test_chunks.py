# SPDX-License-Identifier: MIT
"""Long tables are parted by pages: every row once, in order, and never torn apart."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ui.reports.chunks import RowHeights, part
from ui.theme import FAMILY, load_fonts

HEIGHTS = st.lists(st.floats(1, 300), max_size=60)


@given(HEIGHTS, st.floats(10, 400), st.floats(10, 400))
def test_every_row_has_its_place_and_its_room(
    heights: list[float], first: float, others: float
) -> None:
    parts = part(heights, first, others)
    assert list(chain.from_iterable(parts)) == list(range(len(heights)))
    for number, rows in enumerate(parts):
        used = sum(heights[row] for row in rows)
        assert used <= (first if number == 0 else others) or len(rows) == 1


def test_a_row_is_as_high_as_its_highest_cell(qapp: QApplication) -> None:
    load_fonts()
    font = QFont(FAMILY)
    font.setPixelSize(140)
    heights = RowHeights(font, (1000.0, 4000.0), 64.0)
    one = heights.of(("a", "b"))
    assert heights.of(("", "")) == one
    two = heights.of(("several words that wrap", "b"))
    assert two > one + 100
    assert heights.of(("Longwordthathasnospaceatall" * 3, "b")) > two
