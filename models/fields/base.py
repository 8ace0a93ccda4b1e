# SPDX-License-Identifier: MIT
"""What every field of the record knows about itself, and how it refuses and wonders."""

from __future__ import annotations

from copy import copy
from enum import StrEnum
from typing import Self, TypeVar

import peewee

from models.errors import InvalidValue
from models.quick import dataclass
from models.speech import say
from models.typed import quoted
from models.vocabulary.base import Vocabulary

V = TypeVar("V")

_UNIT_WORDS = {"years": say("years"), "weeks": say("weeks"), "days": say("days")}
"""Units that are words."""


@dataclass(frozen=True, slots=True)
class When:
    """A field applies only where another field of the same row holds one of ``terms``."""

    field: str
    terms: tuple[Vocabulary, ...]

    def holds(self, row: object) -> bool:
        """Whether the condition is met in ``row``."""
        value = getattr(row, self.field)
        held = value if isinstance(value, tuple) else (value,)
        return any(term in held for term in self.terms)


def when(field: str, *terms: Vocabulary) -> When:
    """Short for ``When(field, terms)``."""
    return When(field, terms)


class Part(StrEnum):
    """Which part of a reported number a column holds."""

    LOW = "low"
    HIGH = "high"
    WORDS = "words"


class ClinicalField(peewee.Field):
    """What every field of the record knows about itself.

    Attributes:
        label: what people read beside the box, in the language of the process.
        english: the same as it is declared.
        unit: UCUM-like unit text such as "mL", or "".
        core: True if a case is not complete without it (where ``applies`` holds).
        applies: the condition under which the field means anything, or None for always.
        identifier: True if it can identify a person; such fields stand in identified exports only.
        habitual: True if it says how one works rather than how the patient is, so that the value
            of the last case is worth proposing for the next.
        copied: True if it goes along when a case is copied for another patient; habitual fields do.
        followed: True if it is a result that is asked anew at every time point, so that tables of
            others have a column of it for each.
        part: LOW, HIGH or WORDS where the column belongs to a reported number, else None.
        stem: name of the reported number that the column belongs to, or "".
    """

    def __init__(
        self,
        label: str,
        unit: str = "",
        *,
        help: str = "",
        core: bool = False,
        applies: When | None = None,
        identifier: bool = False,
        habitual: bool = False,
        copied: bool = False,
        followed: bool = False,
        part: Part | None = None,
        stem: str = "",
        index: bool = False,
        unique: bool = False,
    ) -> None:
        # What is declared is English, and is said in the language of the process.
        super().__init__(
            null=True, help_text=say(help), verbose_name=label, index=index, unique=unique
        )
        self.english = label
        self.label = say(label)
        self.unit = unit
        self.core = core
        self.applies = applies
        self.identifier = identifier
        self.habitual = habitual
        self.copied = copied or habitual
        self.followed = followed
        self.part = part
        self.stem = stem

    def __deepcopy__(self, memo: object) -> Self:
        # Of each table that has it from another; what it knows never changes and is shared.
        return copy(self)

    @property
    def shown_unit(self) -> str:
        """The unit as people read it: a word in their language, a sign as it is."""
        return _UNIT_WORDS.get(self.unit, self.unit)

    @property
    def help(self) -> str:
        """What is recorded, why and by whose definition, in one or two sentences."""
        return self.help_text or ""

    def applies_to(self, row: object) -> bool:
        """Whether the field means anything in ``row``."""
        return self.applies is None or self.applies.holds(row)

    def parse(self, text: str) -> object:
        """The value that typed ``text`` means; None for empty text.

        Raises:
            InvalidValue: in words that can stand beside the box.
        """
        return self._accept(text.strip() or None)

    def show(self, value: object) -> str:
        """``value`` as people read it, without the unit; "" for None."""
        return "" if value is None else str(value)

    def refusal(self, value: object) -> str:
        """Why ``value`` is impossible, as a sentence; "" when it is not. None never is."""
        return ""

    def surprise(self, value: object, region: str = "") -> str:
        """Why ``value`` is unusual, as a sentence; "" when it is not. ``region`` as in Level."""
        return ""

    def _accept(self, value: V) -> V:
        if why := self.refusal(value):
            raise InvalidValue(self.name, why)
        return value

    def _find(self, vocabulary: type[Vocabulary], text: str) -> Vocabulary:
        term = vocabulary.meant_by(text)
        if term is None:
            known = ", ".join(term.label for term in vocabulary)
            raise InvalidValue(
                self.name,
                say("{label} does not know {text}.", label=self.label, text=quoted(text)),
                say("Known are: {known}.", known=known),
            )
        return term
