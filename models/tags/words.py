# SPDX-License-Identifier: MIT
"""The words of a text as the search compares them: without case and accents."""

from __future__ import annotations

from models.query.field import folded
from models.quick import pattern

_WORD = pattern(r"\w+")


def words_in(text: str) -> list[str]:
    """Each word once, in the order of the text."""
    return list(dict.fromkeys(_WORD.findall(folded(text))))
