# SPDX-License-Identifier: MIT
"""What a term is: its code, its label and the other spellings it answers to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import ClassVar, Self, TypeVar

from models.speech import say_in

V = TypeVar("V", bound="Vocabulary")

ROOM = 18
"""Letters for which there is room wherever a term is chosen or listed."""

_SHORTEST_WORD = 4


def is_word(code: str) -> bool:
    """Whether a code is a word that people read, as "weeks" is, and T12, IIIa and psi are not."""
    return len(code) >= _SHORTEST_WORD and code.isalpha() and code.islower()


class Vocabulary(StrEnum):
    """A closed list of terms.

    A member is its code: the text that is stored and exported. It also carries what people read.

    A vocabulary whose order means something (grades, levels, yes and no) says so:
    ``class Genant(Vocabulary, ordered=True)``. Other lists may show first what was used last.

    Attributes:
        label: the term in words, for forms, lists and reports, in the language of the process.
        english: the same as it is declared.
        synonyms: other spellings that a search or an import understands.
        rank: position in the list, from 0; terms sort by it, never by their text.
        abbreviation: what ``abbreviate`` gave it, "".
    """

    label: str
    english: str
    synonyms: tuple[str, ...]
    rank: int
    abbreviation: str
    is_ordered: ClassVar[bool]

    def __init_subclass__(cls, *, ordered: bool = False) -> None:
        super().__init_subclass__()
        cls.is_ordered = ordered

    def __new__(cls, code: str, label: str = "", *synonyms: str) -> Self:
        """Make a term of its code, label (the code if none is given) and synonyms."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = label or code
        # A word such as "None" is another one for each thing that there is none of.
        is_said = label and (label != code or is_word(label))
        member.label = say_in(cls.__name__, label) if is_said else code
        member.synonyms = synonyms
        member.rank = len(cls.__members__)
        member.abbreviation = ""
        return member

    @property
    def short(self) -> str:
        """The label where room is scarce; the label itself where it needs no shorter form."""
        return self.label

    @property
    def abbreviated(self) -> str:
        """As the field abbreviates it in tables and narrow boxes; else the short form.

        None is longer than ``ROOM`` letters. What is no word of a language is among the synonyms,
        so that it is found by a search.
        """
        return self.abbreviation or self.short

    @property
    def in_text(self) -> str:
        """The short form for sentences and paper, where no word is cut off."""
        return self.short

    @classmethod
    def meant_by(cls, text: str) -> Self | None:
        """The term whose code, label, short form or synonym is ``text``, in any case, or None."""
        found: Self | None = _by_name(cls).get(text.strip().casefold())
        return found


def abbreviate(forms: Mapping[V, str]) -> None:
    """Give terms the forms that tables and narrow boxes show; all else goes on to say the label."""
    for term, form in forms.items():
        term.abbreviation = form


@cache
def _by_name(vocabulary: type[V]) -> dict[str, V]:
    """The terms by every name in one case; of two with the same name the first is meant."""
    known: dict[str, V] = {}
    for member in vocabulary:
        named = (member.value, member.english, member.label, member.short)
        for name in (*named, *member.synonyms):
            known.setdefault(name.casefold(), member)
    return known
