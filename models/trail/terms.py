# SPDX-License-Identifier: MIT
"""Words of a term as somebody reads it, to the code that the audit keeps in its place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from models.fields import TermField, TermsField
from models.schema import RECORD_TABLES
from models.vocabulary.base import Vocabulary

_SHORT = 2
"""Letters of a word that is looked for as a whole word only: it is within too many others."""

_MOST = 40


def pieces_meant(word: str) -> list[str]:
    """What stands in the changes of an entry that shows a term with this word in its label.

    A code stands there as a text of its own, or among others parted by "|". Of a word that is in
    very many terms the first count.
    """
    codes = _codes(word.casefold())
    return [piece for code, several in codes for piece in _pieces(code, several)]


def _pieces(code: str, several: bool) -> Iterator[str]:
    yield f'"{code}"'
    if several:
        mark = TermsField.separator
        yield from (f'"{code}{mark}', f'{mark}{code}"', f"{mark}{code}{mark}")


def _codes(wanted: str) -> list[tuple[str, bool]]:
    """Codes of terms that are not found by themselves, and whether they stand among others."""
    found: dict[str, bool] = {}
    for vocabulary, several in _vocabularies().items():
        for term in vocabulary:
            if wanted not in term.value.casefold() and _is_in(wanted, term.label):
                found[term.value] = found.get(term.value, False) or several
    return list(found.items())[:_MOST]


def _is_in(wanted: str, label: str) -> bool:
    said = label.casefold()
    return wanted in said and (len(wanted) > _SHORT or wanted in said.split())


@cache
def _vocabularies() -> dict[type[Vocabulary], bool]:
    """Every vocabulary of the record, and whether a field holds several of its terms."""
    found: dict[type[Vocabulary], bool] = {}
    for table in RECORD_TABLES:
        for field in table._meta.sorted_fields:
            if isinstance(field, TermField | TermsField):
                several = isinstance(field, TermsField)
                found[field.vocabulary] = found.get(field.vocabulary, False) or several
    return found
