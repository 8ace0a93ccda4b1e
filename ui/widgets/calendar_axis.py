# SPDX-License-Identifier: MIT
"""Where days stand from left to right: true to the calendar as far as it is legible.

A patient is asked a day, a week and a month after a procedure, and perhaps treated again ten years
later. True to scale those first days would be one dot, so neighbors keep a least distance; what is
left of the width is shared out by days. Order and labels are always those of the calendar.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from models.speech import shown_day

_MOST_FOR_LEAST = 0.6  # of the width goes to least distances, so that long and short stay so
_MOST_TICKS = 80
_LABEL_GAP = 6.0
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Tick:
    """A day with its label: a year, a month or a day as ISO 8601 writes it.

    ``middle`` is that of the label, which keeps within the drawing.
    """

    x: float
    middle: float
    label: str


class CalendarAxis:
    """Days on a line.

    Args:
        days: every day that has to be told from its neighbors.
        left, right: ends of the line.
        least: how far neighbors stand apart at least, as long as there is room for it.

    Attributes:
        is_true: whether equal times have equal lengths everywhere.
    """

    def __init__(self, days: Iterable[date], left: float, right: float, least: float) -> None:
        self._days = sorted({day.toordinal() for day in days})
        self._left, self._right = left, right
        gaps = [there - here for here, there in pairwise(self._days)]
        widths = _share_out(gaps, right - left, least)
        self._places = [left if gaps else (left + right) / 2]
        for width in widths:
            self._places.append(self._places[-1] + width)
        self.is_true = len({round(w / g, 6) for w, g in zip(widths, gaps, strict=True)}) <= 1

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand at the ends."""
        number = day.toordinal()
        after = bisect_right(self._days, number)
        if after == 0:
            return self._places[0]
        if after == len(self._days):
            return self._places[-1]
        first, last = self._days[after - 1], self._days[after]
        share = (number - first) / (last - first)
        return self._places[after - 1] + share * (self._places[after] - self._places[after - 1])

    def ticks(self, width_of: Callable[[str], float], first_x: float, last_x: float) -> list[Tick]:
        """As many labels as stand beside one another, in steps of equal time.

        Args:
            width_of: tells how wide a label is.
            first_x: where the drawing begins; labels stay within it.
            last_x: where it ends.
        """
        edges = first_x, last_x
        if not self._days:
            return []
        first, last = date.fromordinal(self._days[0]), date.fromordinal(self._days[-1])
        even: list[Tick] = []
        uneven: list[Tick] = []
        for days in _steps(first, last):
            placed = self._spread(days, width_of, edges)
            if len(placed) == len(days) > len(even):
                even = placed
            elif len(placed) > len(uneven):
                uneven = placed
        # Rather few labels at equal times than many at unequal ones.
        return even if len(even) > 1 or len(even) >= len(uneven) else uneven

    def _spread(
        self,
        days: list[tuple[date, str]],
        width_of: Callable[[str], float],
        edges: tuple[float, float],
    ) -> list[Tick]:
        placed: list[Tick] = []
        end = float("-inf")
        for day, label in days:
            x, half = self.x(day), width_of(label) / 2
            middle = max(min(x, edges[1] - half), edges[0] + half)
            if middle - half >= end:
                placed.append(Tick(x, middle, label))
                end = middle + half + _LABEL_GAP
        return placed


def _share_out(gaps: list[int], width: float, least: float) -> list[float]:
    """Widths in proportion to the gaps, none below the least."""
    if not gaps:
        return []
    least = min(least, _MOST_FOR_LEAST * width / len(gaps))
    small: set[int] = set()
    while True:
        days = sum(gap for place, gap in enumerate(gaps) if place not in small)
        left = width - least * len(small)
        scale = left / days if days else 0.0
        more = {n for n, gap in enumerate(gaps) if n not in small and gap * scale < least - 1e-9}
        if not more:
            break
        small |= more
    return [least if place in small else gap * scale for place, gap in enumerate(gaps)]


def _steps(first: date, last: date) -> Iterator[list[tuple[date, str]]]:
    """The days that may be labeled, from the coarsest step to the finest."""
    span = (last - first).days
    for years in (20, 10, 5, 2, 1):
        numbers = range(-(-first.year // years) * years, last.year + 1, years)
        yield _within(first, last, ((date(year, 1, 1), f"{year}") for year in numbers))
    begin = first.year * _MONTHS + first.month - 1
    end = last.year * _MONTHS + last.month - 1
    for months in (6, 3, 1):
        if (end - begin) / months < _MOST_TICKS:
            start = -(-begin // months) * months
            firsts = (date(n // _MONTHS, n % _MONTHS + 1, 1) for n in range(start, end + 1, months))
            yield _within(first, last, ((day, shown_day(day.isoformat()[:7])) for day in firsts))
    for days in (14, 7, 2, 1):
        if span / days < _MOST_TICKS:
            all_days = (first + timedelta(days=n) for n in range(0, span + 1, days))
            yield [(day, shown_day(day)) for day in all_days]


def _within(first: date, last: date, days: Iterable[tuple[date, str]]) -> list[tuple[date, str]]:
    return [(day, label) for day, label in days if first <= day <= last]
