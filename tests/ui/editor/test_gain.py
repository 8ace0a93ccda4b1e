# SPDX-License-Identifier: MIT
"""The height gain that the panel of a level tells."""

from __future__ import annotations

import pytest

from models.schema import TreatedLevel
from ui.editor.gain import gain_of


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (15, 20, "anterior +5 mm, 33 %"),
        (18, 22, "anterior +4 mm, 22 %"),
        (20, 18.5, "anterior −1.5 mm, −8 %"),
        (20, 20, "anterior 0 mm, 0 %"),
        (20, None, "–"),
        (None, None, "–"),
    ],
)
def test_gain_in_mm_and_in_percent_of_the_height_before(
    before: float | None, after: float | None, said: str
) -> None:
    assert gain_of(TreatedLevel(anterior_before_mm=before, anterior_after_mm=after)) == said


def test_each_wall_is_told() -> None:
    level = TreatedLevel(
        anterior_before_mm=18, anterior_after_mm=22, middle_before_mm=16, middle_after_mm=21.5
    )
    assert gain_of(level) == "anterior +4 mm, 22 %  ·  middle +5.5 mm, 34 %"
