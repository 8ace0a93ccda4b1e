# SPDX-License-Identifier: MIT
"""Headings and words of strangers in one spelling, by which they are compared."""

from __future__ import annotations

import re
import unicodedata

_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_NO_WORD = re.compile(r"[^a-z0-9%]+")


def plain_name(name: str) -> str:
    """A heading in one spelling: small letters without accents, single blanks, no brackets."""
    kept = _IN_BRACKETS.sub(" ", name).casefold() or name.casefold()
    kept = "".join(
        sign for sign in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(sign)
    )
    return " ".join(
        _NO_WORD.sub(" ", re.sub(r"([a-z])(?=\d)|(\d)(?=[a-z])", r"\1\2 ", kept)).split()
    )
