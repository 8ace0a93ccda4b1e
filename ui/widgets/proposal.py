# SPDX-License-Identifier: MIT
"""What a form knows of earlier entry: values to propose, terms and words to offer first. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.fields import ClinicalField
from models.schema import Record
from models.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that stands pale in an empty box until the user takes it; ``why`` in words."""

    value: object
    why: str


class Memory(Protocol):
    """Tells what was entered before, the newest first."""

    def proposal(self, row: Record, field: ClinicalField) -> Proposal | None:
        """What the field of this row may well hold, or None."""

    def terms_of(self, field: ClinicalField) -> Sequence[Vocabulary]:
        """Terms used in the field."""

    def words_of(self, field: ClinicalField) -> Sequence[str]:
        """Texts used in the field."""


class NoMemory:
    """Nothing was entered before."""

    def proposal(self, row: Record, field: ClinicalField) -> Proposal | None:
        """None."""
        return None

    def terms_of(self, field: ClinicalField) -> Sequence[Vocabulary]:
        """None."""
        return ()

    def words_of(self, field: ClinicalField) -> Sequence[str]:
        """None."""
        return ()
