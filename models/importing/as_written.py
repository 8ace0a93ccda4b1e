# SPDX-License-Identifier: MIT
"""What other programs write into cells: signs around a value, and codes where there is none."""

from __future__ import annotations

import re
from unicodedata import normalize

from models.fields import Number
from models.speech import say

_CODE = re.compile(r"([-\u2212]9{1,5})(?:[.,]0+)?|(9{2,5})")

_MOST_OF_A_SCALE = 100.0
"""No scale of pain goes further; the field is wider, for scores of other questionnaires."""

_NO_VALUE = frozenset(
    (
        *("nd", "n.d.", "n. d.", "n.d", "n/d", "nr", "n.r.", "n. r.", "?", "??", "--", "---"),
        *("\u2014", "missing", "no data", "not documented", "fehlt", "fehlend", "nicht erhoben"),
        *("nicht dokumentiert", "non disponible", "no disponible", "non disponibile", "no consta"),
        *("manquant", "manquante"),
    )
)

_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
"""How some programs write 0012 into a CSV, so that Excel does not make 12 of it."""

_BLANKS = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u2060\ufeff]")


def written(cell: str) -> str:
    """What stands in a cell, without what programs add around it."""
    text = cell.strip()
    if found := _KEPT_AS_TEXT.fullmatch(text):
        text = found[1]
    # Some systems write Å as two characters; by both spellings the same patient is meant.
    return text if text.isascii() else normalize("NFC", text)


def plain_blanks(text: str) -> str:
    """A cell that holds no text for people, without the blanks of web pages and word processors."""
    return text if text.isascii() else _UNSEEN.sub("", _BLANKS.sub(" ", text)).strip()


def is_no_value(text: str) -> bool:
    """Whether a cell where a number or a day should stand says that there is none."""
    return text.casefold() in _NO_VALUE


def told_if_code(text: str, field: Number, *, is_other_unit: bool = False) -> str:
    """That an impossible number such as -99 or 999 may stand for none, for people; "" for others.

    Nobody can tell it from an error of typing, so it is asked. Where the numbers are in another
    unit than that of the field, 999 of it may be possible.
    """
    found = _CODE.fullmatch(text)
    if found is None or (is_other_unit and found[2]):
        return ""
    number = float((found[1] or found[2]).replace("\u2212", "-"))
    why = field.refusal(number)
    if not why and field.name == "pain_low" and number > _MOST_OF_A_SCALE:
        why = say("{label}: no scale goes to {text}.", label=field.label, text=text)
    if not why:
        return ""
    asked = say(
        "It often stands for a missing value: say that it is to be left empty, or change the cell."
    )
    return f"{why} {asked}"
