# SPDX-License-Identifier: MIT
"""One person, however the name was written: whom filters take for the same is counted as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from models.query import folded


def one_spelling(written: Iterable[object]) -> dict[str, str]:
    """Of each text that is written the one that stands for it.

    Texts that differ in case, accents or blanks alone are the same. Of these the most frequent one
    stands for all, of equally frequent ones that which sorts first. Nothing stands for nothing.
    """
    counted = Counter(str(text) for text in written if text)
    stands_for: dict[str, str] = {}
    for text in sorted(counted, key=lambda one: (-counted[one], one)):
        stands_for.setdefault(folded(text) or text, text)
    return {text: stands_for[folded(text) or text] for text in counted}
