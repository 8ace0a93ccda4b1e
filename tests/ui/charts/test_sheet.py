# SPDX-License-Identifier: MIT
"""A picture of a figure is as large as was asked for, to the pixel."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ui.charts.on_paper import image_of
from ui.charts.sheet import Look, Sheet
from ui.palette import LIGHT

_LENGTHS = st.integers(60, 2400)
_RATIOS = st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0])


# 804 is one of the widths of which a fraction of an inch was lost: the page drew without end.
@example(width=804, height=113, ratio=1.0)
@given(width=_LENGTHS, height=_LENGTHS, ratio=_RATIOS)
def test_a_picture_has_the_size_of_its_sheet(width: int, height: int, ratio: float) -> None:
    image = image_of(Sheet(width, height, Look(LIGHT), ratio), ratio)

    assert image.deviceIndependentSize().toSize().toTuple() == (width, height)


def test_what_stays_together_is_broken_only_where_a_line_of_its_own_is_too_short() -> None:
    sheet, words = Sheet(200, 60, Look(LIGHT)), "9 with\N{NO-BREAK SPACE}none, 1 range"
    wide = sheet.width_of("with\N{NO-BREAK SPACE}none,")
    assert sheet.wrap(words, wide) == ["9", "with\N{NO-BREAK SPACE}none,", "1 range"]
    assert sheet.wrap(words, wide - 1) == ["9 with", "none, 1", "range"]


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("ratio", [1.0, 1.5])
def test_words_take_no_more_room_in_a_picture_than_was_measured(scale: float, ratio: float) -> None:
    sheet = Sheet(900, 60, Look(LIGHT, scale), ratio)
    words = "40 pairs, 22 without a pair: 9 without a score at follow-up · 3 without a score before"
    measured = [sheet.width_of(words, size) for size in ("small", "label", "body")]
    written = [sheet.text(0, 0, words, size=size) for size in ("small", "label", "body")]
    image_of(sheet, ratio)
    taken = [text.get_window_extent().width / ratio for text in written]
    assert all(room >= wide - 0.01 for room, wide in zip(measured, taken, strict=True))
