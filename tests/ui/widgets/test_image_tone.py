# SPDX-License-Identifier: MIT
"""Brightness and contrast: what becomes black, white and everything between."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.image_tone import LIMIT, Tone, shades

STEPS = st.integers(-LIMIT, LIMIT)


def test_untouched_the_window_of_the_image_is_black_to_white() -> None:
    table = shades(Tone(), 100, 300, 4095)
    assert (table[100], table[300], table[4095]) == (0, 255, 255)
    assert table[200] in (127, 128)


def test_more_brightness_is_brighter_and_more_contrast_is_steeper() -> None:
    plain, bright = shades(Tone(), 0, 1000, 4095), shades(Tone(brightness=30), 0, 1000, 4095)
    assert bright[500] > plain[500]
    hard = shades(Tone(contrast=50), 0, 1000, 4095)
    assert hard[400] < plain[400] < plain[600] < hard[600]


def test_inverted_is_the_negative() -> None:
    assert np.array_equal(
        shades(Tone(inverted=True), 0, 255, 255), shades(Tone(), 0, 255, 255)[::-1]
    )


@given(brightness=STEPS, contrast=STEPS, low=st.integers(0, 60_000), width=st.integers(1, 5_000))
def test_shades_never_go_back(brightness: int, contrast: int, low: int, width: int) -> None:
    table = shades(Tone(brightness, contrast), low, low + width, 65_535).astype(int)
    assert len(table) == 65_536
    assert (np.diff(table) >= 0).all()


@given(st.floats(-500, 500), st.floats(-500, 500))
def test_dragging_stays_within_the_limits(up: float, right: float) -> None:
    tone = Tone().moved(up, right)
    assert abs(tone.brightness) <= LIMIT
    assert abs(tone.contrast) <= LIMIT
