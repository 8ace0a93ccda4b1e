# SPDX-License-Identifier: MIT
"""Breaks words into lines where Qt leaves that to whoever paints them, or wants their height."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

_SAMPLE = 40


def in_lines(
    parts: Iterable[str], room: float, width_of: Callable[[str], float], between: str = " "
) -> list[str]:
    """The parts in lines, of which each holds at least one, and no more than has room.

    ``width_of`` tells how wide a text is, in the unit of ``room``. As it takes its time with long
    ones, a line is not measured anew with each part that comes to it: its end is guessed by the
    number of letters, and looked for from there.
    """
    waiting = [*parts]
    lines: list[str] = []
    letters = 0.0
    while len(waiting) > 1:
        if not letters:
            sample = between.join(waiting[: _count(waiting, _SAMPLE, between)])
            letters = room * len(sample) / (width_of(sample) or 1.0)
        guessed = held = _count(waiting, letters, between)
        while held > 1 and width_of(between.join(waiting[:held])) > room:
            held -= 1
        if held == guessed:
            while held < len(waiting) and width_of(between.join(waiting[: held + 1])) <= room:
                held += 1
        lines.append(between.join(waiting[:held]))
        del waiting[:held]
    return lines + waiting


def _count(parts: Sequence[str], letters: float, between: str) -> int:
    """How many of the parts have together no more letters than that, and one at least."""
    long = len(parts[0])
    for count, part in enumerate(parts[1:], 1):
        long += len(between) + len(part)
        if long > letters:
            return count
    return len(parts)
