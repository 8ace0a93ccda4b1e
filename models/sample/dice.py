# SPDX-License-Identifier: MIT
"""Chance that can be repeated: the same seed draws the same on every Python and machine."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import accumulate
from statistics import NormalDist
from typing import Generic, TypeVar

T = TypeVar("T")

_STANDARD = NormalDist()


class Odds(Generic[T]):
    """Things to draw from, each with its weight; the weights need not add up to anything."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things = tuple(weights)
        total = sum(weights.values())
        self.bounds = [bound / total for bound in accumulate(weights.values())]
        self.bounds[-1] = 1.0


class Dice:
    """Draws by ``random.random`` alone, the one method whose sequence Python guarantees."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(f"kypholog {seed}").random
        self._prefix = ""

    def chance(self, probability: float) -> bool:
        """True in ``probability`` of the draws."""
        return self._random() < probability

    def pick(self, odds: Odds[T]) -> T:
        """One of the things, by weight."""
        return odds.things[bisect(odds.bounds, self._random())]

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, each as likely."""
        return low + int(self._random() * (high - low + 1))

    def normal(self, mean: float, sd: float, low: float, high: float, decimals: int = 1) -> float:
        """A normally distributed number, held between ``low`` and ``high``, rounded."""
        drawn = mean + sd * _STANDARD.inv_cdf(self._random() or 0.5)
        return round(float(low if drawn < low else high if drawn > high else drawn), decimals)

    def set_day(self, day: date) -> None:
        """Let the ids from now on be of ``day``."""
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        digits = f"{int(noon.timestamp() * 1000):012x}"
        self._prefix = f"{digits[:8]}-{digits[8:]}-7"

    def id(self) -> str:
        """A UUID of version 7 whose moment is noon of the day that was set; ids sort by day."""
        high, low = int(self._random() * 0x4000000), int(self._random() * 0x1000000000000)
        return "%s%03x-%04x-%012x" % (self._prefix, high >> 14, 0x8000 | high & 0x3FFF, low)  # noqa: UP031 - takes half of the time
