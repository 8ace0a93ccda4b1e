# SPDX-License-Identifier: MIT
"""The height that a level gained, worked out from its heights and said with its formula. No Qt."""

from __future__ import annotations

from models.numbers import show_number
from models.schema import TreatedLevel

UNDEFINED = "–"


def gain_of(level: TreatedLevel) -> str:
    """Gain of each wall in mm and in percent of its initial height, e.g. "anterior +4 mm, 22 %".

    Gain = height after - height before; percent of initial = gain / height before (McKiernan 2003).
    A loss is negative. "–" where no wall has both heights.
    """
    walls = (
        ("anterior", level.anterior_before_mm, level.anterior_after_mm),
        ("middle", level.middle_before_mm, level.middle_after_mm),
        ("posterior", level.posterior_before_mm, level.posterior_after_mm),
    )
    said = [
        f"{wall} {_signed(after - before)} mm, {_percent(before, after)}"
        for wall, before, after in walls
        if before is not None and after is not None
    ]
    return "  ·  ".join(said) or UNDEFINED


def _signed(value: float) -> str:
    shown = show_number(value)
    return f"+{shown}" if value > 0 else shown


def _percent(before: float, after: float) -> str:
    if before <= 0:
        return UNDEFINED
    return f"{show_number(100 * (after - before) / before, 0)} %"
