# SPDX-License-Identifier: MIT
"""What can be asked for: a field by its name, with what it can hold and where the record keeps it.

What a condition on a field means for a case:

- A field of the record holds a value where any row of the case does: ``level:T12`` holds when one
  of the levels is T12. Two conditions are two questions, so ``level:T12 leak:yes`` does not say
  that it was T12 that leaked.
- A number or date that is not known exactly meets a condition only as a whole: a score of 0-1 is
  at most 1 and not at most 0, a case of 2026 is not a case of 2026-03. Words meet none.
- ``has`` holds where there is a value, a range or words; ``missing`` where ``has`` does not. Of
  several fields behind one of them, any one is enough.
- Words that are searched for hold where every one of them begins a word of the case. Quotes only
  keep them together as one condition.
- What is not there meets no condition, and so meets every negated one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from models.fields import ClinicalField
from models.quick import dataclass
from models.speech import say
from models.vocabulary import Vocabulary

NOTHING_KNOWN: Mapping[str, Sequence[str]] = MappingProxyType({})
"""No texts in use, by the names of the fields that hold them."""

DUE = "due"
"""One of the ways in which the follow-up of a case can stand: a visit is."""

IMPORT = "import"
"""The field of the import that a case came with."""


class Kind(StrEnum):
    """What stands behind the colon of a field."""

    TERMS = "terms"
    """Codes of ``QueryField.values``; any of them holds."""

    NUMBER = "number"
    """A number to compare with, or two."""

    DATE = "date"
    """A date to compare with, two, or a span up to today."""

    WORDS = "words"
    """Text that the field contains (``IS``) or is (``EXACTLY``), either in any case and with or
    without accents, see ``folded``."""

    FIELDS = "fields"
    """Names of other fields that hold something, or do not."""


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values that a field can have.

    Attributes:
        code: how it is written and stored.
        label: how people read it.
        synonyms: what else is understood.
    """

    code: str
    label: str
    synonyms: tuple[str, ...] = ()

    @classmethod
    def of(cls, term: Vocabulary) -> Value:
        """The value that a term of the record is."""
        also = tuple({term.short: 0, term.english: 0}.keys() - {term.label})
        return cls(term.value, term.label, (*also, *term.synonyms))

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that the value answers to, the surest first."""
        return (self.code, self.label, *self.synonyms)


@dataclass(frozen=True, slots=True)
class QueryField:
    """One thing that can be asked of a case.

    Attributes:
        name: how it is written before the colon; never changed after a release.
        label: how people read it.
        kind: what is compared.
        help: what it means, in full sentences.
        example: a condition that shows how it is written.
        aliases: other names that are understood.
        values: what can be chosen from, in its order; () where that is open.
        is_ordered: whether the order of ``values`` means something, as it does for grades.
        unit: of a number, such as "mL", or "".
        source: where the record keeps it; None where it is worked out from the whole case.
        part: the part of the record that it belongs to, as people read it.
        is_flag: yes-or-no that can be written without a colon: ``complete``.
        can_be_missing: whether ``has:`` and ``missing:`` can ask for it.
        is_common: asked for often, so offered first.
        is_whole: of a number, whether it is counted and has no decimals.
        limits: the least and the greatest number that make sense; None where they are open.
    """

    name: str
    label: str
    kind: Kind
    help: str
    example: str
    aliases: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    is_ordered: bool = False
    unit: str = ""
    source: ClinicalField | None = None
    part: str = say("Case")
    is_flag: bool = False
    can_be_missing: bool = True
    is_common: bool = False
    is_whole: bool = False
    limits: tuple[float, float] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    def value(self, code: str) -> Value | None:
        """The value with this code."""
        return next((value for value in self.values if value.code == code), None)

    def in_order(self, codes: Iterator[str] | set[str]) -> tuple[str, ...]:
        """The codes once each, in the order of ``values``."""
        wanted = set(codes)
        return tuple(value.code for value in self.values if value.code in wanted)


# Words, order and what can be asked of a text are worked out one after the other.
@lru_cache(4)
def folded(text: str) -> str:
    """``text`` as it is compared: without case, without accents, blanks of one width."""
    if text.isascii():
        return " ".join(text.casefold().split())
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())
