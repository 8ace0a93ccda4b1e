# SPDX-License-Identifier: MIT
"""Heights and angles before and after, and what is reported of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said
from models.numbers import Reported, show_number, show_reported
from models.schema import TreatedLevel

if TYPE_CHECKING:
    from models.case import Case

MOST_CHANGE_MM = 15
"""A greater gain or loss of height at one wall is kept and marked."""

_AGREE_MM = 1
"""A report rounds; a measured gain this near to it is the same."""

_WALLS = ("anterior", "middle", "posterior")


def changes(case: Case) -> Iterator[Said]:
    """A wall that changed by more than is usual."""
    for row in case.levels:
        for wall in _WALLS:
            change = _change(row, wall)
            if change is not None and abs(change) > MOST_CHANGE_MM:
                message = f"A change of {show_number(change)} mm in height is unusual."
                yield Said(row, f"{wall}_after_mm", message)


def beyond_the_neighbors(case: Case) -> Iterator[Said]:
    """A wall that ended higher than the neighbors are, after it was lower: above 100 %."""
    for row in case.levels:
        for wall in _WALLS:
            before, after = getattr(row, f"{wall}_before_mm"), getattr(row, f"{wall}_after_mm")
            reference = _reference(row, wall)
            if before is None or after is None or reference is None:
                continue
            if before < reference and after > reference + _AGREE_MM:
                message = (
                    f"Higher than the neighbors, which have {show_number(reference)} mm: "
                    "more than the lost height was gained."
                )
                yield Said(row, f"{wall}_after_mm", message)


def reports(case: Case) -> Iterator[Said]:
    """A gain that is reported and heights that were measured tell the same."""
    for row in case.levels:
        low, high = row.height_gain_low_mm, row.height_gain_high_mm
        gains = [gain for wall in _WALLS[:2] if (gain := _change(row, wall)) is not None]
        if low is None or high is None or not gains:
            continue
        gain = max(gains)
        if not low - _AGREE_MM <= gain <= high + _AGREE_MM:
            told = show_reported(Reported(low, high))
            message = f"The heights gained {show_number(gain)} mm, and {told} mm are reported."
            yield Said(row, "height_gain_low_mm", message)


def methods(case: Case) -> Iterator[Said]:
    """A kyphotic angle means nothing without its method."""
    for row in case.levels:
        angles = (row.kyphosis_before_deg, row.kyphosis_after_deg)
        is_told = row.kyphosis_method or row.missing.get("kyphosis_method")
        if not is_told and any(angle is not None for angle in angles):
            message = "Say between which endplates the angle was measured."
            yield Said(row, "kyphosis_method", message)


def _change(row: TreatedLevel, wall: str) -> float | None:
    before, after = getattr(row, f"{wall}_before_mm"), getattr(row, f"{wall}_after_mm")
    return None if before is None or after is None else round(after - before, 1)


def _reference(row: TreatedLevel, wall: str) -> float | None:
    heights = [getattr(row, f"{side}_{wall}_mm") for side in ("cranial", "caudal")]
    known = [height for height in heights if height is not None]
    return round(sum(known) / len(known), 1) if known else None
