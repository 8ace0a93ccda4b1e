# SPDX-License-Identifier: MIT
"""How the room of the list is shared out among its columns."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from models.quick import dataclass

_CUTS = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """How wide a column wants to be, in pixels.

    Attributes:
        widest: all its texts fit.
        narrowest: what has to fit in any case.
        gives: its turn where there is too little room, 1 the first; 0 never gives way.
        folds: shrinks to its narrowest at once.
        whole: what its few long texts need too; they come first where room is left over.
        cuts: what it keeps with a brief heading, and then with words in brief, too; () for none.
    """

    widest: int
    narrowest: int
    gives: int = 0
    folds: bool = False
    whole: int = 0
    cuts: tuple[int, ...] = ()


def share_out(wishes: Sequence[Wish], room: int) -> list[int]:
    """Widths in pixels that fill ``room``.

    Where there is too little, the columns give way turn after turn, those of the same turn in
    proportion to what each can spare, none below its narrowest. Where that is still too much,
    headings are brief, and then words, but only where all columns have room then: else the sum is
    more than the room, and every word stays. What is left over goes to texts that are longer than
    most, and then to all.
    """
    spans = [(wish.widest, wish.widest) for wish in wishes]
    for turn in sorted({wish.gives for wish in wishes if wish.gives}):
        if sum(least for least, _ in spans) <= room:
            break
        spans = [_span(wish, turn) for wish in wishes]
    least = [least for least, _ in spans]
    for step in range(_CUTS) if sum(least) > room else ():
        cut = [_cut(wish, step) for wish in wishes]
        if sum(cut) <= room:
            spans = list(zip(cut, least, strict=True))
            break
        least = cut
    widths = _fit(spans, room)
    wanted = [max(wish.whole, wish.widest) for wish in wishes]
    if sum(wish.widest for wish in wishes) < room:
        widest = [(wish.widest, most) for wish, most in zip(wishes, wanted, strict=True)]
        widths = _fit(widest, room)
    return widths


def _cut(wish: Wish, step: int) -> int:
    """What a column keeps where so much of it is in brief."""
    least = wish.narrowest if wish.gives else wish.widest
    return min([least, *wish.cuts[: step + 1]])


def _span(wish: Wish, turn: int) -> tuple[int, int]:
    """From what to what a column may be at this turn."""
    if not wish.gives or wish.gives > turn:
        return wish.widest, wish.widest
    gone = wish.folds or wish.gives < turn
    return wish.narrowest, wish.narrowest if gone else wish.widest


def _fit(spans: Sequence[tuple[int, int]], room: int) -> list[int]:
    spare = [most - least for least, most in spans]
    wanted = sum(most for _, most in spans)
    lacking = wanted - room
    if lacking > 0:
        share = min(1.0, lacking / sum(spare)) if any(spare) else 0.0
        widths = [most - ceil(part * share) for (_, most), part in zip(spans, spare, strict=True)]
    else:
        widths = [most + int(-lacking * most / max(1, wanted)) for _, most in spans]
    rounding = room - sum(widths)
    if 0 < rounding <= len(widths):
        widths[-1] += rounding
    return widths
