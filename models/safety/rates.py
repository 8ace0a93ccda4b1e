# SPDX-License-Identifier: MIT
"""Rates with their interval: of levels, which come in patients, and of patients. Pure numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from models.analysis.statistics import CONFIDENCE, Interval, Proportion, wilson

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Counts = npt.NDArray[np.int64]

FEWEST_COMPARED = 5
"""A group with fewer patients has its rate, and no test against another."""


class RateMethod(StrEnum):
    """How the interval of a rate was found; the value says it in words."""

    CLUSTERED = "ratio estimator over patients, t"
    ALIKE = "Wilson over patients, as all patients are alike"
    ALONE = "Wilson over patients, as there is one"
    WILSON = "Wilson"
    NONE = ""


@dataclass(frozen=True, slots=True)
class LevelRate:
    """``k`` of ``n`` treated levels, which belong to ``n_patients`` patients.

    Attributes:
        se: standard error that allows for several levels in one patient; None for one patient.
        design_effect: its square beside that of independent levels; None where that is 0.
        ci95: None where no level counts.
    """

    k: int
    n: int
    n_patients: int
    rate: float | None
    se: float | None
    design_effect: float | None
    ci95: Interval | None
    method: RateMethod


def level_rate(k_of: Counts, n_of: Counts) -> LevelRate:
    """Rate over levels from the counts of each patient: ``k_of`` events at ``n_of`` levels.

    Levels of one patient are alike more than levels of two, so the variance is that of a ratio
    over patients, ``n/(n-1) sum((k - rate m)^2) / sum(m)^2``, with t on n - 1 degrees of freedom
    (Cochran 1977). It is 0 where all patients are alike, e.g. where nothing happened at all, which
    nobody may take for certainty: there the interval is Wilson's with patients for its n. So it is
    for one patient, whose levels tell nothing of how patients differ and count as one. Patients
    without a level do not count.
    """
    (patients,) = k_of.nonzero()
    return rate_among(PerPatient.of(n_of), patients, k_of[patients])


@dataclass(frozen=True, slots=True)
class PerPatient:
    """How many levels each patient has, and what every rate among these levels needs of that.

    Attributes:
        n_of: levels of each patient.
        n: all levels.
        patients: patients with a level.
        squares: the squares of ``n_of``, summed.
    """

    n_of: Counts
    n: int
    patients: int
    squares: int

    @classmethod
    def of(cls, n_of: Counts) -> Self:
        """From the levels of each patient."""
        return cls(n_of, int(n_of.sum()), int((n_of > 0).sum()), int(n_of @ n_of))


def rate_among(levels: PerPatient, with_events: Counts, k_of: Counts) -> LevelRate:
    """The same as ``level_rate``, of the ``k_of`` events of those patients alone that have any."""
    k, n, patients = int(k_of.sum()), levels.n, levels.patients
    if not n:
        return LevelRate(0, 0, 0, None, None, None, None, RateMethod.NONE)
    rate = k / n
    if patients < 2:
        limits = _score_interval(rate, patients)
        return LevelRate(k, n, patients, rate, None, None, limits, RateMethod.ALONE)
    # In whole numbers, so that nothing is lost: the squares of n k_i - k n_i, summed.
    k_k, k_n, n_n = int(k_of @ k_of), int(k_of @ levels.n_of[with_events]), levels.squares
    apart = n * n * k_k - 2 * n * k * k_n + k * k * n_n
    variance = patients / (patients - 1) * (apart / n**4)
    if variance < 1e-18:
        limits = _score_interval(rate, patients)
        return LevelRate(k, n, patients, rate, 0.0, None, limits, RateMethod.ALIKE)
    from scipy.stats import t

    reach = float(t.isf((1 - CONFIDENCE) / 2, patients - 1)) * math.sqrt(variance)
    limits = Interval(max(0.0, rate - reach), min(1.0, rate + reach))
    naive = rate * (1 - rate) / n
    effect = variance / naive if naive else None
    se = math.sqrt(variance)
    return LevelRate(k, n, patients, rate, se, effect, limits, RateMethod.CLUSTERED)


def fisher(one: Proportion, other: Proportion) -> float | None:
    """Two-sided p of Fisher's exact test of two independent shares.

    None where a group has fewer than ``FEWEST_COMPARED``.
    """
    if min(one.n, other.n) < FEWEST_COMPARED:
        return None
    from scipy.stats import fisher_exact

    table = [[group.k, group.n - group.k] for group in (one, other)]
    return float(fisher_exact(table).pvalue)


def share(k: int, n: int) -> Proportion:
    """``k`` of ``n`` independent patients or procedures, with Wilson's interval."""
    return wilson(k, n)


def _score_interval(rate: float, n: int) -> Interval:
    """Wilson's interval of a rate whose k need not be whole."""
    from scipy.stats import norm

    z = float(norm.isf((1 - CONFIDENCE) / 2))
    center = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return Interval(max(0.0, center - half), min(1.0, center + half))
