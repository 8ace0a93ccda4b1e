# SPDX-License-Identifier: MIT
"""Typed text in one spelling: digits of any script, blanks of any width, one kind of minus."""

from __future__ import annotations

import unicodedata

_SIGNS = str.maketrans(
    {
        "\u2212": "-",
        "\uff0d": "-",
        "\ufe63": "-",
        "\uff0b": "+",
        "\uff0e": ".",
        "\uff0c": ",",
        "\u066b": ",",
        "\uff0f": "/",
        "\u2215": "/",
        "\u2044": "/",
        "\uff1a": ":",
    }
)
"""What other keyboards and other programs write for the signs that numbers and dates hold."""

_LONGEST_QUOTED = 40


def plain(text: str) -> str:
    """``text`` with ASCII digits and signs and single blanks, without blanks around it.

    Only what stands for the same sign is exchanged: a superscript or a fraction is no digit.
    """
    if text.isascii():
        return " ".join(text.split())
    exchanged = "".join(_digit(character) for character in text.translate(_SIGNS))
    return " ".join(exchanged.split())


def quoted(text: str) -> str:
    """``text`` as a sentence quotes it: in one line, and cut where somebody pasted a page."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTED else f"{line[: _LONGEST_QUOTED - 1].rstrip()}…"


def _digit(character: str) -> str:
    if character.isascii():
        return character
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
