# SPDX-License-Identifier: MIT
"""Breaks words into lines where Qt leaves that to whoever paints them, or wants their height."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def in_lines(
    parts: Iterable[str], room: float, width_of: Callable[[str], float], between: str = " "
) -> list[str]:
    """The parts in lines, of which each holds at least one, and no more than has room.

    ``width_of`` tells how wide a text is, in the unit of ``room``.
    """
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{between}{part}" if lines else part
        if lines and width_of(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines
