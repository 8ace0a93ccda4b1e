# SPDX-License-Identifier: MIT
"""Two groups of cases against each other: tests, differences, standardized differences.

Knows nothing of the record. scipy is loaded by the first test.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.analysis.statistics import CONFIDENCE, Interval, Proportion
from models.speech import say

if TYPE_CHECKING:
    from models.analysis.statistics import Numbers

FEWEST_IN_GROUP = 5
"""A group with fewer values has its numbers and is not tested."""

EXACT_SUM = "exact"
NORMAL_SUM = say("normal approximation, corrected for ties and continuity")
APART = say("exact, the groups lie apart")
_MOST_EXACT = 8


@dataclass(frozen=True, slots=True)
class Fisher:
    """Fisher's exact test of two proportions, two-sided; ``p`` is None where none was done."""

    p: float | None


@dataclass(frozen=True, slots=True)
class Welch:
    """Difference of two means, one minus other, and Welch's t test that it is 0.

    Variances are not taken to be equal. Without a spread in both groups there is no test.
    """

    difference: float | None
    ci95: Interval | None
    t: float | None
    df: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class MannWhitney:
    """Mann-Whitney's U test (Wilcoxon rank sum), two-sided.

    Attributes:
        u: of the first group.
        method: ``EXACT_SUM`` for small groups without ties, else ``NORMAL_SUM``; or ``APART``, the
            exact p of small groups with ties of which one lies wholly above the other.
    """

    u: float | None
    p: float | None
    method: str


def fisher(one: Proportion, other: Proportion) -> Fisher:
    """The exact test of Fisher 1935 of two shares, two-sided; none where a group is too small."""
    if min(one.n, other.n) < FEWEST_IN_GROUP:
        return Fisher(None)
    from scipy.stats import fisher_exact

    table = [[one.k, one.n - one.k], [other.k, other.n - other.k]]
    return Fisher(float(fisher_exact(table)[1]))


def welch(one: Numbers, other: Numbers) -> Welch:
    """The t test of Welch 1947 of the means of two groups."""
    if not len(one) or not len(other):
        return Welch(None, None, None, None, None)
    difference = float(one.mean() - other.mean())
    if min(len(one), len(other)) < FEWEST_IN_GROUP or _is_flat(one, other):
        return Welch(difference, None, None, None, None)
    from scipy.stats import ttest_ind

    test = ttest_ind(one, other, equal_var=False)
    low, high = test.confidence_interval(CONFIDENCE)
    limits = Interval(float(low), float(high))
    return Welch(difference, limits, float(test.statistic), float(test.df), float(test.pvalue))


def mann_whitney(one: Numbers, other: Numbers) -> MannWhitney:
    """The test of Mann and Whitney 1947 of two groups.

    Values that should tie have to be equal to the last bit: work them out in whole units first.
    With ties, the normal approximation can come below the smallest p that groups of their sizes
    can give, that of two groups which lie apart: then that one is the p.
    """
    exact = _is_exact(one, other)
    method = EXACT_SUM if exact else NORMAL_SUM
    if min(len(one), len(other)) < FEWEST_IN_GROUP or _is_all_equal(one, other):
        return MannWhitney(None, None, method)
    from scipy.stats import mannwhitneyu

    test = mannwhitneyu(one, other, method="exact" if exact else "asymptotic")
    u, p = float(test.statistic), float(test.pvalue)
    if u in (0, len(one) * len(other)):
        least = 2 / math.comb(len(one) + len(other), len(one))
        if p < least:
            p, method = least, APART
    return MannWhitney(u, p, method)


def difference_of_means(one: Numbers, other: Numbers) -> float | None:
    """Standardized difference of two means: by the root of the mean of both variances.

    None where a group has fewer than two values or neither has a spread (Austin 2009).
    """
    if min(len(one), len(other)) < 2:
        return None
    spread = math.sqrt((float(one.var(ddof=1)) + float(other.var(ddof=1))) / 2)
    return float(one.mean() - other.mean()) / spread if spread else None


def difference_of_shares(one: Proportion, other: Proportion) -> float | None:
    """Standardized difference of two shares (Austin 2009); None without a spread in both."""
    if one.rate is None or other.rate is None:
        return None
    spread = math.sqrt((one.rate * (1 - one.rate) + other.rate * (1 - other.rate)) / 2)
    return (one.rate - other.rate) / spread if spread else None


def _is_flat(one: Numbers, other: Numbers) -> bool:
    return bool(one.min() == one.max() and other.min() == other.max())


def _is_all_equal(one: Numbers, other: Numbers) -> bool:
    return _is_flat(one, other) and bool(one[0] == other[0])


def _is_exact(one: Numbers, other: Numbers) -> bool:
    """As scipy chooses by itself: one group of eight or fewer, and no two values equal."""
    if min(len(one), len(other)) > _MOST_EXACT:
        return False
    values = {*one.tolist(), *other.tolist()}
    return len(values) == len(one) + len(other)
