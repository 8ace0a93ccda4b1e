# SPDX-License-Identifier: MIT
"""Headings and words of strangers in one spelling, by which they are compared."""

from __future__ import annotations

import re
import unicodedata

_IN_BRACKETS = re.compile(r"[(\[\uff08][^)\]\uff09]*[)\]\uff09]")
_NO_WORD = re.compile(r"[^\w%]+|_+")


_ARTICLES = frozenset(
    (
        *("of", "the", "at", "for", "de", "la", "el", "los", "las", "del", "des", "du", "d", "l"),
        *("der", "die", "das", "dem", "den", "di", "della", "dell", "da", "do", "en", "im"),
    )
)
"""Words between others that say nothing of their own."""


def in_order(plain: str) -> str:
    """The words of a heading in plain spelling in one order: "date of surgery", "surgery date".

    Articles at either end stay: "OF" is a classification too.
    """
    words = plain.split()
    inner = [word for word in words[1:-1] if word not in _ARTICLES]
    return " ".join(sorted([*words[:1], *inner, *words[1:][-1:]]))


def plain_name(name: str) -> str:
    """A heading in one spelling: small letters without accents, single blanks, no brackets.

    Letters of every script are kept: what would be left of a Japanese or Greek heading without its
    own letters, such as "VAS", means something else.
    """
    kept = _IN_BRACKETS.sub(" ", name).casefold() or name.casefold()
    kept = "".join(
        sign for sign in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(sign)
    )
    kept = unicodedata.normalize("NFC", kept)
    return " ".join(
        _NO_WORD.sub(" ", re.sub(r"([a-z])(?=\d)|(\d)(?=[a-z])", r"\1\2 ", kept)).split()
    )
