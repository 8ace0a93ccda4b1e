# SPDX-License-Identifier: MIT
"""Heights and angles before and after, and what is reported of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said, is_empty
from models.heights import (
    AGREES_WITHIN_MM,
    Formula,
    Wall,
    best_gain,
    contradicts,
    is_same_method,
    lost_since,
    walls_of,
)
from models.numbers import Reported, show_number, show_reported
from models.schema import LaterMeasure
from models.speech import lowered, say

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
                message = say(
                    "A change of {change} mm in height is unusual.", change=show_number(change)
                )
                yield Said(row, f"{wall}_after_mm", message)


def beyond_the_neighbors(case: Case) -> Iterator[Said]:
    """A wall that ended higher than the neighbors are, after it was lower: above 100 %."""
    for row in case.levels:
        for wall, heights in walls_of(row).items():
            before, after, reference = heights.before, heights.after, heights.reference_mm
            if before is None or after is None or reference is None:
                continue
            if before < reference and after > reference + AGREES_WITHIN_MM:
                message = say(
                    "Higher than the neighbors, which have {reference} mm: more than "
                    "the lost height was gained.",
                    reference=show_number(reference),
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
            message = say(
                "The heights gained {gain} mm, and {told} mm are reported.",
                gain=show_number(gain),
                told=told,
            )
            yield Said(row, "height_gain_low_mm", message)


def methods(case: Case) -> Iterator[Said]:
    """A kyphotic angle means nothing without its method."""
    for row in case.levels:
        angles = (row.kyphosis_before_deg, row.kyphosis_after_deg)
        is_told = row.kyphosis_method or row.missing.get("kyphosis_method")
        if not is_told and any(angle is not None for angle in angles):
            message = say("Say between which endplates the angle was measured.")
            yield Said(row, "kyphosis_method", message)


def later_changes(case: Case) -> Iterator[Said]:
    """A wall that changed since the procedure by more than is usual."""
    for level in case.levels:
        for row in case.later_measures_of(level):
            for wall, lost in lost_since(level, row).items():
                if lost is not None and abs(lost) > MOST_CHANGE_MM:
                    loss = say("A loss of {mm} mm since the procedure is unusual.")
                    gain = say("A gain of {mm} mm since the procedure is unusual.")
                    message = (loss if lost > 0 else gain).format(mm=show_number(abs(lost)))
                    yield Said(row, f"{wall}_mm", message)


def later_methods(case: Case) -> Iterator[Said]:
    """A later kyphotic angle has its method, which is the one of before."""
    for level in case.levels:
        for row in case.later_measures_of(level):
            if row.kyphosis_deg is None or "kyphosis_method" in row.missing:
                continue
            if row.kyphosis_method is None:
                message = say("Say between which endplates the angle was measured.")
                yield Said(row, "kyphosis_method", message)
            elif not is_same_method(level, row):
                message = say(
                    "At the procedure the method was {kyphosis_method}; the angles "
                    "cannot be compared.",
                    kyphosis_method=lowered(level.kyphosis_method.label),
                )
                yield Said(row, "kyphosis_method", message)


def later_days(case: Case) -> Iterator[Said]:
    """What was measured later says when."""
    for row in case.later_measures:
        if row.measured_on or "measured_on" in row.missing:
            continue
        if any(not is_empty(getattr(row, name)) for name in _MEASURED):
            yield Said(row, "measured_on", say("Say when this was measured."))


_MEASURED = tuple(
    field.name for field in LaterMeasure.clinical_fields() if field.name.endswith(("_mm", "_deg"))
)
