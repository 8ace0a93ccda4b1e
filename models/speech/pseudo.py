# SPDX-License-Identifier: MIT
"""A language that nobody speaks: it shows what no translator is asked for, and what is cut."""

from __future__ import annotations

import re

_ACCENTS = str.maketrans(
    "ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz",
    "ÂĆĎËĜĤÎĴĶĻÑÖŔŠŤÛŴÝŽâćďëĝĥîĵķļñöŕšťûŵýž",
)
_LEFT_ALONE = re.compile(
    r"(\{(?:[^{}]|\{[^{}]*\})*\}|%\([a-z_]+\)[sd]|%[sdn]|<[^<>]+>|&[a-z]+;|`[^`]*`|https?://\S+|\n|\t)"
)
"""Placeholders, marks of rich text, what is typed in a terminal, addresses, ends of lines."""
_WITH_PATTERNS = re.compile(r"(.+?)( \(\*[^()]*\))", re.S)
"""A kind of file with the patterns of its names, which dialogs read."""

_VOWEL = re.compile(r"([âëîöû])")


def disguised(text: str) -> str:
    """``text`` between brackets, with accents, and every vowel twice, which is a third longer.

    What was disguised once stays as it is.
    """
    if not text or (text.startswith("[") and text.endswith("]") and not text.isascii()):
        return text
    if kind := _WITH_PATTERNS.fullmatch(text):
        return disguised(kind[1]) + kind[2]
    parts = _LEFT_ALONE.split(text)
    return f"[{''.join(part if at % 2 else _accented(part) for at, part in enumerate(parts))}]"


def _accented(text: str) -> str:
    return _VOWEL.sub(r"\1\1", text.translate(_ACCENTS))
