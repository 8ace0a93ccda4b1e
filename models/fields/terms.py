# SPDX-License-Identifier: MIT
"""Terms of a vocabulary: one, or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

import peewee

from models.fields.base import ClinicalField
from models.vocabulary.base import Vocabulary


class TermField(ClinicalField, peewee.TextField):
    """One term of a vocabulary."""

    def __init__(self, label: str, vocabulary: type[Vocabulary], **knows: object) -> None:
        super().__init__(label, **knows)  # type: ignore[arg-type]
        self.vocabulary = vocabulary

    def db_value(self, value: str | None) -> str | None:
        """The code, refused if the vocabulary has none such."""
        if value is None:
            return None
        return str(value if isinstance(value, self.vocabulary) else self.vocabulary(value))

    def python_value(self, value: str | None) -> Vocabulary | None:
        """The term."""
        return None if value is None else self.vocabulary(value)

    def parse(self, text: str) -> Vocabulary | None:
        """Read a code, label or synonym."""
        if not text.strip():
            return None
        return self._find(self.vocabulary, text)

    def show(self, value: object) -> str:
        """The label."""
        return value.label if isinstance(value, Vocabulary) else ""


class TermsField(ClinicalField, peewee.TextField):
    """Several terms of a vocabulary, stored as codes joined by "|" in the vocabulary's order.

    An empty choice is stored as missing: "none of these" has to be a term of its own.
    """

    separator: ClassVar[str] = "|"

    def __init__(self, label: str, vocabulary: type[Vocabulary], **knows: object) -> None:
        super().__init__(label, **knows)  # type: ignore[arg-type]
        self.vocabulary = vocabulary
        self.default = ()

    def db_value(self, value: Sequence[str] | None) -> str | None:
        """Codes in the vocabulary's order, joined."""
        if not value:
            return None
        terms = sorted({self.vocabulary(code) for code in value}, key=lambda term: term.rank)
        return self.separator.join(terms)

    def python_value(self, value: str | None) -> tuple[Vocabulary, ...]:
        """The terms, in order; () for none."""
        if not value:
            return ()
        return tuple(self.vocabulary(code) for code in value.split(self.separator))

    def parse(self, text: str) -> tuple[Vocabulary, ...]:
        """Read terms parted by "|", ";" or ",", in any order and each as often as one likes."""
        found: set[Vocabulary] = set()
        for part in re.split(r"[|;]", text):
            pieces = [piece for piece in part.split(",") if piece.strip()]
            while pieces:
                length = self._longest_label(pieces)
                found.add(self._find(self.vocabulary, ",".join(pieces[:length])))
                pieces = pieces[length:]
        return tuple(sorted(found, key=lambda term: term.rank))

    def show(self, value: object) -> str:
        """The labels, parted by commas."""
        terms = value if isinstance(value, tuple) else ()
        return ", ".join(term.label for term in terms if isinstance(term, Vocabulary))

    def _longest_label(self, pieces: list[str]) -> int:
        """How many of the pieces make one term, because a label may have commas of its own."""
        lengths = range(len(pieces), 1, -1)
        known = (n for n in lengths if self.vocabulary.meant_by(",".join(pieces[:n])))
        return next(known, 1)
