# SPDX-License-Identifier: MIT
"""What somebody has to decide before two logbooks are merged, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from models.other_logbook.threeway import Side, Spot


class SameCode(StrEnum):
    """What to do with a patient of theirs whose code a patient of ours has.

    JOIN: it is one person; the cases come to our patient. APART: they are two; theirs gets another
    code.
    """

    JOIN = "join"
    APART = "apart"


WHOLE = Spot("", "")
"""Stands for all conflicts of a patient or case that cannot be decided field by field."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was decided.

    Attributes:
        take: whose value in every conflict that has no choice of its own; None leaves it open.
        fields: whose value in one field of a patient or case, by its id.
        same_code: what to do wherever there is no choice of its own; None leaves it open.
        people: what to do with single patients of theirs, by their ids.
    """

    take: Side | None = None
    fields: Mapping[tuple[str, Spot], Side] = field(default_factory=lambda: MappingProxyType({}))
    same_code: SameCode | None = None
    people: Mapping[str, SameCode] = field(default_factory=lambda: MappingProxyType({}))

    def of_field(self, subject_id: str, spot: Spot) -> Side | None:
        """Whose value is taken in a conflict; None where that is open."""
        return self.fields.get((subject_id, spot), self.take)

    def of_person(self, patient_id: str) -> SameCode | None:
        """What to do with a patient of theirs; None where that is open."""
        return self.people.get(patient_id, self.same_code)
