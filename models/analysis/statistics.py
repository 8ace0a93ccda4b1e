# SPDX-License-Identifier: MIT
"""Statistics by numpy and scipy, each with its n and its method. Knows nothing of the record.

Both libraries are loaded by the first call, so that importing this costs nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from models.speech import say

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

CONFIDENCE = 0.95
MOST_EXACT = 50
"""Number of pairs up to which the exact distribution of the signed ranks is used."""

EXACT = "exact"
NORMAL = say("normal approximation")
CORRECTED = say("{normal}, corrected for continuity and ties", normal=NORMAL)
ZEROS_DROPPED = say("zeros dropped")
ONE_WAY = say("exact, no change in the other direction")
ALL_EQUAL = say("not tested, all changes are the same")


class Interval(NamedTuple):
    """A confidence interval, both ends included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Proportion:
    """``k`` of ``n`` with the 95 % interval of Wilson; no rate where n is 0."""

    k: int
    n: int
    rate: float | None
    ci95: Interval | None


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean of ``n`` values; the standard deviation and the t interval need two of them."""

    n: int
    mean: float | None
    sd: float | None
    ci95: Interval | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and quartiles (linear interpolation) of ``n`` values.

    ``ci95`` is an interval of the median made of two of the values in order, which holds at least
    95 % whatever their distribution; fewer than six values have none.
    """

    n: int
    median: float | None
    q1: float | None
    q3: float | None
    ci95: Interval | None = None


@dataclass(frozen=True, slots=True)
class PairedT:
    """Mean change of ``n`` pairs and Student's t test that it is 0.

    Where all changes are the same, sd is 0, the interval is the point, and there is no test.
    """

    n: int
    mean: float | None
    sd: float | None
    ci95: Interval | None
    t: float | None
    df: int | None
    p: float | None


@dataclass(frozen=True, slots=True)
class SignedRank:
    """Wilcoxon's signed-rank test, two-sided.

    Attributes:
        n: pairs with a change; those without one are dropped and counted in ``n_zero``.
        statistic: the smaller of the two rank sums.
        method: ``EXACT``; ``CORRECTED``; ``ONE_WAY``, the exact p of a few changes with ties; or
            ``ALL_EQUAL``, which has no p.
        rank_biserial: (positive - negative rank sum) / total, -1 to 1 (Kerby 2014).
    """

    n: int
    n_zero: int
    statistic: float | None
    p: float | None
    method: str
    rank_biserial: float | None

    @property
    def zeros(self) -> str:
        """What was done with pairs without a change; "" where there were none."""
        return ZEROS_DROPPED if self.n_zero else ""


@dataclass(frozen=True, slots=True)
class HodgesLehmann:
    """Median of the averages of all two changes (pseudomedian), no change left out.

    Attributes:
        method: how the interval was found, ``EXACT`` or ``NORMAL``.
        confidence: that of the interval; the exact one can hold a little more than 95 %.
    """

    n: int
    estimate: float | None
    ci95: Interval | None
    confidence: float | None
    method: str


@lru_cache(maxsize=4096, typed=True)
def wilson(k: int, n: int) -> Proportion:
    """``k`` of ``n`` with the score interval of Wilson 1927, without continuity correction.

    What was worked out once is remembered: a table asks for it with each cell that it paints.

    Raises:
        ValueError: k is not within 0 to n.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no proportion")
    if n == 0:
        return Proportion(0, 0, None, None)
    from scipy.stats import binomtest

    # The interval does not depend on what is tested. Of the share itself the p value, which takes
    # most of the time and nobody looks at, is 1 at once.
    found = binomtest(k, n, k / n).proportion_ci(CONFIDENCE, method="wilson")
    limits = Interval(max(0.0, float(found.low)), min(1.0, float(found.high)))
    return Proportion(k, n, k / n, limits)


def mean_of(values: Numbers) -> Mean:
    """Mean, standard deviation and t interval."""
    n = len(values)
    if n < 2 or values.min() == values.max():
        same = paired_t(values)
        return Mean(same.n, same.mean, same.sd, same.ci95)
    from scipy.special import stdtrit

    mean, sd = float(values.mean()), float(values.std(ddof=1))
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * sd / math.sqrt(n)
    return Mean(n, mean, sd, Interval(mean - half, mean + half))


def spread_of(values: Numbers) -> Spread:
    """Median and quartiles."""
    if not len(values):
        return Spread(0, None, None, None)
    import numpy as np

    q1, median, q3 = np.percentile(values, (25, 50, 75))
    return Spread(len(values), float(median), float(q1), float(q3), _median_interval(values))


def _median_interval(values: Numbers) -> Interval | None:
    rank = _median_rank(len(values))
    if rank < 1:
        return None
    import numpy as np

    ends = np.partition(values, (rank - 1, len(values) - rank))
    return Interval(float(ends[rank - 1]), float(ends[len(values) - rank]))


@lru_cache(maxsize=1024)
def _median_rank(n: int) -> int:
    """Rank from both ends of the values between which the median lies, with 95 % at least.

    Below it lie so few values that the sign test does not reject (Conover 1999); 0 for none.
    """
    from scipy.special import bdtr, bdtrik

    tail = (1 - CONFIDENCE) / 2
    rank = max(0, math.floor(float(bdtrik(tail, n, 0.5)))) if n > 5 else 0
    while rank and bdtr(rank - 1, n, 0.5) > tail:
        rank -= 1
    while n > 5 and bdtr(rank, n, 0.5) <= tail:
        rank += 1
    return rank


def paired_t(change: Numbers) -> PairedT:
    """Student's t test (1908) of the changes of each pair, after minus before."""
    n = len(change)
    if n == 0:
        return PairedT(0, None, None, None, None, None, None)
    mean = float(change.mean())
    if n == 1:
        return PairedT(1, mean, None, None, None, None, None)
    if change.min() == change.max():
        same = float(change[0])
        return PairedT(n, same, 0.0, Interval(same, same), None, n - 1, None)
    from scipy.stats import ttest_1samp

    test = ttest_1samp(change, 0.0)
    low, high = test.confidence_interval(CONFIDENCE)
    limits = Interval(float(low), float(high))
    sd = float(change.std(ddof=1))
    return PairedT(n, mean, sd, limits, float(test.statistic), n - 1, float(test.pvalue))


def wilcoxon(change: Numbers) -> SignedRank:
    """The signed-rank test of Wilcoxon 1945 of the changes of each pair; zeros are dropped.

    Changes that should tie have to be equal to the last bit: work them out in whole units first.
    Where all are the same their ranks tell nothing, and there is no test, as there is none of
    their mean. Of fewer than ten changes that tie and go one way, the normal approximation comes
    below the smallest p that the signs of so few can give, 2^(1 - n): then that one is the p.
    """
    moved = change[change != 0]
    n, n_zero = len(moved), len(change) - len(moved)
    exact = _is_exact(change)
    method = EXACT if exact else CORRECTED
    if n == 0:
        return SignedRank(0, n_zero, None, None, method, None)
    if len(change) > 1 and change.min() == change.max():
        return SignedRank(n, n_zero, None, None, ALL_EQUAL, 1.0 if moved[0] > 0 else -1.0)
    from scipy import stats

    test = stats.wilcoxon(
        moved, zero_method="wilcox", correction=not exact, method="exact" if exact else "asymptotic"
    )
    ranks = stats.rankdata(abs(moved))
    rises, total = float(ranks[moved > 0].sum()), n * (n + 1) / 2
    biserial = (2 * rises - total) / total
    statistic, p = float(test.statistic), float(test.pvalue)
    if statistic == 0 and p < 2.0 ** (1 - n):
        p, method = 2.0 ** (1 - n), ONE_WAY
    return SignedRank(n, n_zero, statistic, p, method, biserial)


def hodges_lehmann(change: Numbers) -> HodgesLehmann:
    """The estimate of Hodges and Lehmann 1963 of the change, with its 95 % interval.

    The interval consists of two of the ordered averages: where the exact distribution of the
    signed ranks applies, those that it names, else those of its normal approximation (Hollander
    and Wolfe 1999). Fewer than six pairs cannot reach 95 %, so they have none.
    """
    n = len(change)
    exact = _is_exact(change)
    method = EXACT if exact else NORMAL
    if n == 0:
        return HodgesLehmann(0, None, None, None, method)
    averages = _WalshAverages(change)
    middle = (averages.ordered(averages.n // 2 + 1) + averages.ordered((averages.n + 1) // 2)) / 2
    rank, confidence = _exact_rank(n) if exact else _approximate_rank(n)
    if rank < 1:
        return HodgesLehmann(n, middle, None, None, method)
    limits = Interval(averages.ordered(rank), averages.ordered(averages.n + 1 - rank))
    return HodgesLehmann(n, middle, limits, confidence, method)


class _WalshAverages:
    """The averages of all two changes (each also with itself), in order.

    Equal changes are counted, not repeated: 100,000 pairs have 5,000,000,000 averages, but scores
    to a tenth have few different ones.
    """

    def __init__(self, change: Numbers) -> None:
        import numpy as np

        values, counts = np.unique(change, return_counts=True)
        one, other = np.triu_indices(len(values))
        weights = np.where(
            one == other, counts[one] * (counts[one] + 1) // 2, counts[one] * counts[other]
        )
        averages = (values[one] + values[other]) / 2
        order = np.argsort(averages, kind="stable")
        self._averages = averages[order]
        self._last = np.cumsum(weights[order])
        self.n = int(self._last[-1])

    def ordered(self, rank: int) -> float:
        """The average at ``rank``, counted from 1."""
        return float(self._averages[self._last.searchsorted(rank)])


def _is_exact(change: Numbers) -> bool:
    if not 0 < len(change) <= MOST_EXACT or (change == 0).any():
        return False
    return len(set(abs(change).tolist())) == len(change)


def _exact_rank(n: int) -> tuple[int, float]:
    """Rank of the lower limit among the averages, and the confidence it gives."""
    import numpy as np

    ways = np.zeros(n * (n + 1) // 2 + 1)
    ways[0] = 1
    for rank in range(1, n + 1):
        ways[rank:] += ways[:-rank].copy()
    below = np.cumsum(ways) / 2**n
    rank = int(below.searchsorted((1 - CONFIDENCE) / 2))
    return rank, float(1 - 2 * below[rank - 1]) if rank else 0.0


def _approximate_rank(n: int) -> tuple[int, float]:
    from scipy.stats import norm

    deviation = math.sqrt(n * (n + 1) * (2 * n + 1) / 24)
    rank = math.floor(n * (n + 1) / 4 - norm.isf((1 - CONFIDENCE) / 2) * deviation)
    return rank, CONFIDENCE
