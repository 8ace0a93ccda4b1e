# SPDX-License-Identifier: MIT
"""How wide the columns of a printed list are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.printing.lettering import Kit
from ui.printing.listing import Drawing, PrintColumn, Row
from ui.printing.paper import TWIPS

BETWEEN = 8 * TWIPS
"""From the text of one column to that of the next."""
PIXEL = 0.75 * TWIPS
"""A pixel of a screen at normal size, which cells that are drawn count in."""
_MM = 72 / 25.4 * TWIPS
_MOST = 0.97  # of a column's texts decide how wide it wants to be; few long ones wrap
_LONG = 150 * TWIPS  # what is longer may be broken


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column needs so that no word is broken, and what it takes to wrap nothing."""

    least: float
    most: float


def wishes(columns: Sequence[PrintColumn], rows: Sequence[Row], kit: Kit) -> list[Wish]:
    """What the columns wish for."""
    return [
        _wish(column, [row[place] for row in rows], kit) for place, column in enumerate(columns)
    ]


def share_out(wished: Sequence[Wish], room: float) -> list[float]:
    """Widths that fill the room: the widest columns give way first, and none breaks a word.

    Where even that has no room, all of them shrink alike.
    """
    inner = room - BETWEEN * (len(wished) - 1)
    most, least = sum(wish.most for wish in wished), sum(wish.least for wish in wished)
    if not most:
        return [inner / len(wished)] * len(wished)
    if most <= inner:
        return [wish.most * inner / most for wish in wished]
    if least >= inner:
        return [wish.least * inner / least for wish in wished]
    low, high = 0.0, max(wish.most for wish in wished)
    for _ in range(40):
        limit = (low + high) / 2
        used = sum(_within(wish, limit) for wish in wished)
        low, high = (limit, high) if used <= inner else (low, limit)
    return [_within(wish, low) for wish in wished]


def has_room(wished: Sequence[Wish], room: float) -> bool:
    """Whether no word has to be broken."""
    needed = sum(wish.least for wish in wished) + BETWEEN * (len(wished) - 1)
    return needed <= room


def fits_whole(wished: Sequence[Wish], room: float) -> bool:
    """Whether hardly any text has to wrap."""
    return sum(wish.most for wish in wished) + BETWEEN * (len(wished) - 1) <= room


def _within(wish: Wish, limit: float) -> float:
    return max(wish.least, min(wish.most, limit))


def _wish(column: PrintColumn, cells: Sequence[object], kit: Kit) -> Wish:
    heading = kit.heading.longest_word(column.heading)
    if column.blank_mm:
        wide = max(heading, column.blank_mm * _MM)
        return Wish(wide, wide)
    texts = [cell for cell in cells if isinstance(cell, str)]
    drawn = max((cell.width * PIXEL for cell in cells if isinstance(cell, Drawing)), default=0.0)
    most = max(kit.body.width(column.wish), _share(kit.body.width(text) for text in texts))
    # A number is never broken where that can be helped, words as a whole are.
    measure = kit.body.width if column.is_right else kit.body.longest_word
    unbroken = max((measure(text) for text in dict.fromkeys(texts)), default=0.0)
    least = max(heading, drawn, min(unbroken, _LONG))
    return Wish(least, max(most, least))


def _share(widths: Iterable[float]) -> float:
    """What most of these are no wider than."""
    ordered = sorted(widths)
    return ordered[min(int(_MOST * len(ordered)), len(ordered) - 1)] if ordered else 0.0
