# SPDX-License-Identifier: MIT
"""Limits of CUSUM charts that rest on chance alone: exact for few procedures, else simulated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from models.speech import say

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

MOST_ENUMERATED = 12
"""Procedures of which every possible course is looked at; of more, courses are simulated."""

HORIZON = 1_000
"""Procedures that a limit is worked out for at most. A longer chart has that of so many."""

EXACT = say("exact, every course enumerated")

_SEED = 20080701
_MOST_RUNS, _FEWEST_RUNS = 10_000, 2_000
_DRAWS = 1_000_000
_DIGITS = 9
_TOLERATED = 1.25
"""So many times alpha may be reached by a limit before the next greater one is taken."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What one procedure adds to the sum: a log-likelihood ratio of two failure rates."""

    failure: float
    success: float

    @classmethod
    def of(cls, null: float, alternative: float) -> Weights:
        """In favor of the failure rate ``alternative`` against ``null``."""
        return cls(math.log(alternative / null), math.log((1 - alternative) / (1 - null)))


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a chart signals.

    Attributes:
        h: the limit; None where even the worst course is more probable than alpha.
        false_signal: probability of a signal within the procedures while the null rate holds.
        method: ``EXACT``, or that it is simulated, with the number of runs.
    """

    h: float | None
    false_signal: float | None
    method: str


@lru_cache(maxsize=64)
def limit_for(weights: Weights, null: float, n: int, alpha: float) -> Limit:
    """The limit that ``n`` procedures reach with a probability of about ``alpha`` by chance.

    It is the 1 - alpha quantile of the greatest value of ``S = max(0, S + weight)`` within ``n``
    procedures whose failure rate is ``null`` (Steiner 2000). Being a quantile of a discrete value,
    it can be reached a little more often than alpha; ``false_signal`` tells how often, and where
    that is a quarter more, the next value is taken. The same arguments give the same limit at any
    time. Of more than ``HORIZON`` procedures it is the limit
    of any so many in a row.
    """
    n = min(n, HORIZON)
    if n < 1:
        return Limit(None, None, EXACT)
    if n <= MOST_ENUMERATED:
        greatest, chance = _every_course(weights, null, n)
        method = EXACT
    else:
        greatest, chance, runs = _simulated(weights, null, n)
        method = say("simulated, {runs:,} runs", runs=runs)
    return _quantile(greatest, chance, alpha, method)


def _quantile(greatest: Numbers, chance: Numbers, alpha: float, method: str) -> Limit:
    import numpy as np

    values, place = np.unique(greatest.round(_DIGITS), return_inverse=True)
    below = np.bincount(place, weights=chance).cumsum()
    reached = np.concatenate(([1.0], 1 - below[:-1]))
    at = int((below < 1 - alpha - 1e-12).sum())
    while at < len(values) and reached[at] > _TOLERATED * alpha:
        at += 1
    if at == len(values) or values[at] <= 0:
        return Limit(None, None, method)
    return Limit(float(values[at]), float(reached[at]), method)


def _every_course(weights: Weights, null: float, n: int) -> tuple[Numbers, Numbers]:
    """The greatest value of each of 2^n courses, and the probability of each."""
    import numpy as np

    courses = np.arange(2**n)
    total, greatest, failures = (np.zeros(len(courses)) for _ in range(3))
    for at in range(n):
        failed = courses >> at & 1 == 1
        total = np.maximum(0, total + np.where(failed, weights.failure, weights.success))
        greatest = np.maximum(greatest, total)
        failures += failed
    return greatest, null**failures * (1 - null) ** (n - failures)


def _simulated(weights: Weights, null: float, n: int) -> tuple[Numbers, Numbers, int]:
    """The same of many runs, from one failure to the next: what lies between is a straight line."""
    import numpy as np

    dice = np.random.default_rng(_SEED)
    runs = int(min(_MOST_RUNS, max(_FEWEST_RUNS, _DRAWS / (n * null))))
    total, greatest = np.zeros(runs), np.zeros(runs)
    left = np.full(runs, n)
    while (left > 0).any():
        gap = dice.geometric(null, runs)
        successes = np.minimum(gap - 1, left)
        total = np.maximum(0, total + successes * weights.success)
        greatest = np.where(left > 0, np.maximum(greatest, total), greatest)
        fails = left >= gap
        total = np.where(fails, np.maximum(0, total + weights.failure), total)
        greatest = np.where(fails, np.maximum(greatest, total), greatest)
        left = np.where(fails, left - gap, 0)
    return greatest, np.full(runs, 1 / runs), runs
