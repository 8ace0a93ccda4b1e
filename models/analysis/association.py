# SPDX-License-Identifier: MIT
"""How two numbers of the same cases go together, and means of values that come in clusters.

Knows nothing of the record. scipy is loaded by the first call.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.analysis.statistics import CONFIDENCE, Interval

if TYPE_CHECKING:
    from models.analysis.members import Ints
    from models.analysis.statistics import Numbers

FEWEST_CORRELATED = 5
"""Fewer pairs have no correlation: any three points look like a line."""

_SURE = 1 - 1e-12
_NOISE = 1e-9
"""So small a part of a deviation is what sums of binary fractions leave of none."""


@dataclass(frozen=True, slots=True)
class Spearman:
    """Rank correlation of ``n`` cases.

    Attributes:
        rho: -1 to 1; None below ``FEWEST_CORRELATED`` or where one of the two never varies.
        ci95: by Fisher's z with the variance of Bonett and Wright 2000.
        p: two-sided, by the t approximation.
    """

    n: int
    rho: float | None
    ci95: Interval | None
    p: float | None


@dataclass(frozen=True, slots=True)
class ClusteredMean:
    """Mean of ``n`` values in ``n_clusters`` clusters, such as levels in patients.

    Attributes:
        sd: of the values, as if each stood alone.
        ci95: of the mean, by the ratio estimator with t of ``n_clusters`` - 1, which allows for
            values of one cluster being alike. With one value a cluster it is the t interval.
            None where clusters are alike in their means and values are not: of no width it would
            claim to be certain.
    """

    n: int
    n_clusters: int
    mean: float | None
    sd: float | None
    ci95: Interval | None


def spearman(one: Numbers, other: Numbers) -> Spearman:
    """The rank correlation of Spearman 1904 with its 95 % interval (Bonett and Wright 2000)."""
    n = len(one)
    if n < FEWEST_CORRELATED or one.min() == one.max() or other.min() == other.max():
        return Spearman(n, None, None, None)
    from scipy.stats import norm, spearmanr

    test = spearmanr(one, other)
    rho = max(-1.0, min(1.0, float(test.statistic)))
    if abs(rho) > _SURE:
        return Spearman(n, rho, Interval(rho, rho), float(test.pvalue))
    half = float(norm.isf((1 - CONFIDENCE) / 2)) * math.sqrt((1 + rho**2 / 2) / (n - 3))
    middle = math.atanh(rho)
    limits = Interval(math.tanh(middle - half), math.tanh(middle + half))
    return Spearman(n, rho, limits, float(test.pvalue))


def clustered_mean(values: Numbers, cluster: Ints) -> ClusteredMean:
    """Mean of values of which some belong together, by the ratio estimator (Cochran 1977).

    Args:
        values: of any number.
        cluster: what each value belongs to, from 0 on; equal numbers belong together.
    """
    import numpy as np

    n = len(values)
    if not n:
        return ClusteredMean(0, 0, None, None, None)
    counted = np.bincount(cluster)
    is_there = counted > 0
    size = counted[is_there]
    clusters, mean = len(size), float(values.mean())
    if n == 1:
        return ClusteredMean(1, 1, mean, None, None)
    sd = float(values.std(ddof=1))
    if clusters == 1:
        return ClusteredMean(n, 1, mean, sd, None)
    if values.min() == values.max():
        return ClusteredMean(n, clusters, mean, 0.0, Interval(mean, mean))
    from scipy.stats import t

    off = np.bincount(cluster, weights=values)[is_there] - mean * size
    error = math.sqrt(clusters / (clusters - 1) * float(off @ off)) / n
    if error < _NOISE * sd:
        return ClusteredMean(n, clusters, mean, sd, None)
    half = float(t.isf((1 - CONFIDENCE) / 2, clusters - 1)) * error
    return ClusteredMean(n, clusters, mean, sd, Interval(mean - half, mean + half))
