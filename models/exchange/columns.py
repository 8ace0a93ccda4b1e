# SPDX-License-Identifier: MIT
"""What a column of an export is: its heading, the field behind it, and what its cells are made of.

Every format asks the column; what it does not know itself it asks the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from models.fields import ClinicalField, Clock, Count, Day, Number, TermField, TermsField
from models.vocabulary.base import Vocabulary

Cell = str | int | float | None
"""A value as it is stored; None where there is none."""


class Holds(Enum):
    """What the cells of a column are made of."""

    ID = auto()
    """An id that the program gave."""
    TERM = auto()
    """One code of a vocabulary."""
    TERMS = auto()
    """Codes of a vocabulary, joined by "|"."""
    NUMBER = auto()
    COUNT = auto()
    DAY = auto()
    """A date of its own precision: 2011, 2011-03 or 2011-03-14."""
    CLOCK = auto()
    WORDS = auto()
    """Text as it was typed."""
    FLAG = auto()
    """1 or 0."""
    REASONS = auto()
    """Why fields are empty: names of fields and codes, nothing that was typed."""
    SAYINGS = auto()
    """Why values stand as they are: names of fields, and words as they were typed."""


_OF_FIELDS: tuple[tuple[type[ClinicalField], Holds], ...] = (
    (TermField, Holds.TERM),
    (TermsField, Holds.TERMS),
    (Count, Holds.COUNT),
    (Number, Holds.NUMBER),
    (Day, Holds.DAY),
    (Clock, Holds.CLOCK),
)

_NUMBERS = frozenset({Holds.NUMBER, Holds.COUNT, Holds.FLAG})


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: the heading.
        field: the field whose stored value stands here (several values where ``is_list``), or
            None for a column that is worked out.
        meaning: what stands here, where no field tells it.
        is_list: one entry a row of the field's table, empty where none of them holds anything:
            joined by "|", or a JSON array where the entries can hold any character.
        like: a field that knows the kind of values, where the column is worked out of it.
        made_of: what the cells hold, where neither field knows.
        unit: of the numbers, where it is not that of the field.
    """

    name: str
    field: ClinicalField | None = None
    meaning: str = ""
    is_list: bool = False
    like: ClinicalField | None = None
    made_of: Holds | None = None
    unit: str = ""

    @property
    def known_by(self) -> ClinicalField | None:
        """The field that knows the kind of values, whichever way."""
        return self.field or self.like

    @property
    def holds(self) -> Holds:
        """What the cells are made of; of a list, what its entries are."""
        if self.made_of is not None:
            return self.made_of
        field = self.known_by
        return next((holds for kind, holds in _OF_FIELDS if isinstance(field, kind)), Holds.WORDS)

    @property
    def is_number(self) -> bool:
        """Whether every cell that is not empty is a number."""
        return self.holds in _NUMBERS and not self.is_list

    @property
    def label(self) -> str:
        """What people read; the name of the column where no field stands here."""
        return self.field.label if self.field is not None else self.name

    @property
    def told(self) -> str:
        """What stands here, in a sentence; "" where the label says it all."""
        return self.meaning or (self.field.help if self.field is not None else "")

    @property
    def shown_unit(self) -> str:
        """The unit of the numbers, or ""."""
        return self.unit or (self.known_by.unit if self.known_by is not None else "")

    @property
    def vocabulary(self) -> type[Vocabulary] | None:
        """The terms whose codes stand here, or None."""
        if self.holds not in (Holds.TERM, Holds.TERMS):
            return None
        field = self.known_by
        return field.vocabulary if isinstance(field, TermField | TermsField) else None

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """What lies outside is not possible; None where there is no limit."""
        field = self.known_by
        if not self.is_number or not isinstance(field, Number):
            return None, None
        return field.hard.low, field.hard.high
