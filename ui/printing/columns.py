# SPDX-License-Identifier: MIT
"""How wide the columns of a printed list are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

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
    """What a column needs so that no word is broken, and what it takes to wrap nothing.

    Attributes:
        texts: how wide its texts are, in ascending order, and how many are so wide.
    """

    least: float
    most: float
    texts: tuple[tuple[float, int], ...] = ()


def wishes(columns: Sequence[PrintColumn], rows: Sequence[Row], kit: Kit) -> list[Wish]:
    """What the columns wish for."""
    return [
        _wish(column, [row[place] for row in rows], kit) for place, column in enumerate(columns)
    ]


def share_out(wished: Sequence[Wish], room: float) -> list[float]:
    """Widths that fill the room, so that as few texts wrap as can be, and no word is broken.

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
    widths = [wish.least for wish in wished]
    spare = inner - least
    while step := _dearest(wished, widths, spare):
        place, wider = step
        spare -= wider - widths[place]
        widths[place] = wider
    # What is left shortens the texts that wrap all the same.
    lacking = [max(0.0, wish.most - width) for wish, width in zip(wished, widths, strict=True)]
    given = min(1.0, spare / max(sum(lacking), 1.0))
    widths = [width + lack * given for width, lack in zip(widths, lacking, strict=True)]
    over = (inner - sum(widths)) / len(widths)
    return [width + over for width in widths]


def has_room(wished: Sequence[Wish], room: float) -> bool:
    """Whether no word has to be broken."""
    needed = sum(wish.least for wish in wished) + BETWEEN * (len(wished) - 1)
    return needed <= room


def fits_whole(wished: Sequence[Wish], room: float) -> bool:
    """Whether hardly any text has to wrap."""
    return sum(wish.most for wish in wished) + BETWEEN * (len(wished) - 1) <= room


def _dearest(
    wished: Sequence[Wish], widths: Sequence[float], spare: float
) -> tuple[int, float] | None:
    """Which column to make how wide, so that the most texts for the room it takes stay in a line.

    None where nothing that there is room for helps.
    """
    best, found = 0.0, None
    for place, (wish, width) in enumerate(zip(wished, widths, strict=True)):
        kept = 0
        for wide, count in wish.texts:
            if wide <= width:
                continue
            if wide - width > spare:
                break
            kept += count
            if kept / (wide - width) > best:
                best, found = kept / (wide - width), (place, wide)
    return found


def _wish(column: PrintColumn, cells: Sequence[object], kit: Kit) -> Wish:
    heading = kit.heading.longest_word(column.heading)
    if column.blank_mm:
        wide = max(heading, column.blank_mm * _MM)
        return Wish(wide, wide)
    texts = [cell for cell in cells if isinstance(cell, str)]
    counted = Counter(texts)
    drawn = max((cell.width * PIXEL for cell in cells if isinstance(cell, Drawing)), default=0.0)
    most = max(kit.body.width(column.wish), _share(kit.body.width(text) for text in texts))
    # A number is never broken where that can be helped, words as a whole are.
    measure = kit.body.width if column.is_right else kit.body.longest_word
    unbroken = max((measure(text) for text in counted), default=0.0)
    least = max(heading, drawn, min(unbroken, _LONG))
    lines: Counter[float] = Counter()
    for text, count in counted.items():
        # Rounded up, so that there are few of them and each has room.
        lines[ceil(kit.body.width(text) / TWIPS) * TWIPS] += count
    return Wish(least, max(most, least), tuple(sorted(lines.items())))


def _share(widths: Iterable[float]) -> float:
    """What most of these are no wider than."""
    ordered = sorted(widths)
    return ordered[min(int(_MOST * len(ordered)), len(ordered) - 1)] if ordered else 0.0
