# SPDX-License-Identifier: MIT
"""Levels left untreated between cemented ones, today or together with earlier cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said
from models.sandwich import UNKNOWN, EarlierSpine, Sandwich, is_cemented, sandwiches
from models.schema import TreatedLevel

if TYPE_CHECKING:
    from models.case import Case


def left_between(
    case: Case, earlier: EarlierSpine = UNKNOWN
) -> Iterator[tuple[Sandwich, TreatedLevel]]:
    """Levels that this case left between cemented ones, each with its level that closes the gap.

    What earlier cases left on their own is not told again in every later one.
    """
    today = {row.level: row for row in case.levels if row.level and is_cemented(row)}
    named = {row.level for row in case.levels if row.level}
    own = {extra.level for extra in case.patient.extra_vertebrae or ()}
    variants = earlier.variants.union(own, (level for level in named if level.is_variant))
    for gap in sandwiches(earlier.cemented.union(today), variants):
        row = today.get(gap.below) or today.get(gap.above)
        if row is not None and gap.level not in named:
            yield gap, row


def left_untreated(case: Case, earlier: EarlierSpine = UNKNOWN) -> Iterator[Said]:
    """A gap, told at the level that closes it."""
    for gap, row in left_between(case, earlier):
        yield Said(row, "level", gap.sentence, names_place=True)
