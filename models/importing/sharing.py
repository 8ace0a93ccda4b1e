# SPDX-License-Identifier: MIT
"""What a row that names several levels says of each of them, and what of all of them together."""

from __future__ import annotations

from enum import StrEnum

from models.fields import Number
from models.importing.compound import LeakAt
from models.importing.targets import LEAKAGE, Kind, Target
from models.vocabulary import Leakage

_OF_EACH = frozenset({"treated_level.needle_gauge", "treated_level.fracture_age_days"})
"""Numbers that are no amounts: two levels have the same, and not twice as much."""


class Share(StrEnum):
    """Whom a value belongs to.

    EACH: every one of the levels, such as a technique. TOGETHER: all of them, such as a volume of
    cement, which nobody can divide. REFUSED: one or some of them, such as a leak; by saying it of
    all or of none, rates of leakage would become false.
    """

    EACH = "each"
    TOGETHER = "together"
    REFUSED = "refused"


def share_of(target: Target, value: object) -> Share:
    """Whom the value of a target of levels belongs to."""
    if target.name == LEAKAGE:
        is_somewhere = isinstance(value, LeakAt) or value == Leakage.PRESENT
        return Share.REFUSED if is_somewhere else Share.EACH
    return _share_of(target)


def is_of_each(target: Target) -> bool:
    """Whether what stands once for several levels holds for every one of them."""
    return target.name != LEAKAGE and _share_of(target) is Share.EACH


def _share_of(target: Target) -> Share:
    if target.kind not in (Kind.FIELD, Kind.REPORTED):
        return Share.REFUSED
    is_amount = isinstance(target.field, Number) and target.name not in _OF_EACH
    return Share.TOGETHER if is_amount else Share.EACH
