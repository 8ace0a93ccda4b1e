# SPDX-License-Identifier: MIT
"""Tells rows that add up those above them from cases."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = (
    *("total", "totals", "sum", "mean", "average", "median", "overall"),
    *("summe", "gesamt", "gesamtsumme", "mittel", "mittelwert", "durchschnitt", "\u00f8"),
    *(
        "suma",
        "media",
        "promedio",
        "mediana",
        "somma",
        "totale",
        "somme",
        "moyenne",
        "m\u00e9diane",
    ),
)
_OF_PART = (
    *("subtotal", "sub-total", "zwischensumme", "sous-total", "subtotale", "grand total"),
    *("total general", "total g\u00e9n\u00e9ral", "report total", "totaal", "toplam", "razem"),
)
_SUMS_UP = re.compile(
    rf"(?:(?:{'|'.join(_WORDS)})[\s:.,;()=\dn]*|(?:{'|'.join(_OF_PART)})\b.*)", re.IGNORECASE
)
"""What the first filled cell of such a row says, with a count at most: "Total (n = 12)"; a sum of
a part names it too: "Subtotal January"."""


def sums_up(cells: Sequence[str]) -> bool:
    """Whether a row begins as one that adds up others."""
    first = cells[0] or next(filter(None, cells), "")
    return _SUMS_UP.fullmatch(first.strip()) is not None
