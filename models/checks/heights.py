# SPDX-License-Identifier: MIT
"""Heights and angles before and after, and what is reported of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said
from models.heights import AGREES_WITHIN_MM, Formula, Wall, best_gain, contradicts, walls_of
from models.numbers import Reported, show_number, show_reported

if TYPE_CHECKING:
    from models.case import Case

MOST_CHANGE_MM = 15
"""A greater gain or loss of height at one wall is kept and marked."""


def changes(case: Case) -> Iterator[Said]:
    """A wall that changed by more than is usual."""
    for row in case.levels:
        for wall, heights in walls_of(row).items():
            change = heights.work_out(Formula.GAIN).value
            if change is not None and abs(change) > MOST_CHANGE_MM:
                message = f"A change of {show_number(change)} mm in height is unusual."
                yield Said(row, f"{wall}_after_mm", message)


def beyond_the_neighbors(case: Case) -> Iterator[Said]:
    """A wall that ended higher than the neighbors are, after it was lower: above 100 %."""
    for row in case.levels:
        for wall, heights in walls_of(row).items():
            before, after, reference = heights.before, heights.after, heights.reference_mm
            if before is None or after is None or reference is None:
                continue
            if before < reference and after > reference + AGREES_WITHIN_MM:
                message = (
                    f"Higher than the neighbors, which have {show_number(reference)} mm: "
                    "more than the lost height was gained."
                )
                yield Said(row, f"{wall}_after_mm", message)


def reports(case: Case) -> Iterator[Said]:
    """A gain that is reported and heights that were measured tell the same."""
    for row in case.levels:
        walls = walls_of(row)
        gain = best_gain((walls[w].before, walls[w].after) for w in (Wall.ANTERIOR, Wall.MIDDLE))
        low, high = row.height_gain_low_mm, row.height_gain_high_mm
        if gain is not None and contradicts(gain, (low, high)):
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
