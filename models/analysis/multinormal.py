# SPDX-License-Identifier: MIT
"""A multivariate normal distribution from rows with gaps, by maximum likelihood.

This is the mixed model for repeated measures with an unstructured covariance and no other effects:
both have the same likelihood. What a row does not have is integrated out, which is right where gaps
are at random: where they depend on what was measured, and not on what was not (Rubin 1976,
Biometrika 63:581; Little and Rubin 2019, Statistical Analysis with Missing Data, chapter 11).
Knows nothing of the record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from models.analysis.statistics import Numbers

    Bools = npt.NDArray[np.bool_]
    Places = npt.NDArray[np.intp]

MOST_STEPS = 500
"""Where that many steps do not arrive, the likelihood has no top worth the name."""

_NEAR_ENOUGH = 1e-16
"""What another step could add to the log-likelihood: means stand still to 1e-8 of their error."""

_SINGULAR = 1e-7
"""Smallest eigenvalue of a correlation matrix with which it can still be turned over safely."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Rows that have their values in the same columns, together: all that the likelihood needs.

    Arrays by pattern and column; 0 where a pattern has no value.

    Attributes:
        n: rows of each pattern.
        seen: whether the pattern has a value there.
        mean: of its rows.
        scatter: mean product of the deviations from ``mean`` in two columns.
        rows: the rows of each pattern.
    """

    n: Numbers
    seen: Bools
    mean: Numbers
    scatter: Numbers
    rows: tuple[Places, ...]

    @classmethod
    def of(cls, values: Numbers, seen: Bools) -> Self:
        """Put rows together; a row without any value is left out.

        Of whole numbers the sums are exact, so that the order of the rows changes no bit.
        """
        width = values.shape[1]
        places = 1 << np.arange(width)
        known = seen.any(axis=0)
        shift = np.zeros(width)
        shift[known] = np.rint(
            np.where(seen, values, 0.0).sum(axis=0)[known] / seen.sum(axis=0)[known]
        )
        rows = np.flatnonzero(seen.any(axis=1))
        code, pattern, n = np.unique(seen[rows] @ places, return_inverse=True, return_counts=True)
        given = np.where(seen, values - shift, 0.0)[rows].T

        def summed(weights: Numbers) -> Numbers:
            return np.asarray(np.bincount(pattern, weights, len(code)), np.float64)

        sums = np.stack([summed(column) for column in given], axis=1)
        products = np.empty((len(code), width, width))
        for one in range(width):
            for other in range(one, width):
                both = summed(given[one] * given[other])
                products[:, one, other] = products[:, other, one] = both
        there = (code[:, None] & places) != 0
        outer = sums[:, :, None] * sums[:, None, :]
        size = n.astype(np.float64)[:, None, None]
        scatter = (size * products - outer) / size**2
        mean = np.where(there, sums / n[:, None] + shift, 0.0)
        of_pattern = np.split(rows[np.argsort(pattern, kind="stable")], np.cumsum(n)[:-1])
        return cls(n.astype(np.float64), there, mean, scatter, tuple(of_pattern))

    def scaled(self, start: Numbers, unit: Numbers) -> Self:
        """The same of values less ``start``, in ``unit``."""
        mean = np.where(self.seen, (self.mean - start) / unit, 0.0)
        return replace(self, mean=mean, scatter=self.scatter / np.outer(unit, unit))


class NoTop(StrEnum):
    """Why there is no estimate: a column follows from others, or the top is not reached."""

    SINGULAR = "singular"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Where the likelihood is highest.

    Attributes:
        mean: of each column.
        covariance: of the columns, with the divisor n of maximum likelihood.
        uncertainty: covariance of the estimates in ``mean``, robust where rows are not normal, as
            scores with an end are not: the spread of what each row pulls, between the inverses of
            the observed information of all parameters (Huber 1967; of rows with gaps Yuan and
            Bentler 2000, Sociological Methodology 30:165). Under gaps at random the expected
            information, or that of the means alone, would be too sure (Kenward and Molenberghs
            1998, Statistical Science 13:236).
        steps: how many it took.
    """

    mean: Numbers
    covariance: Numbers
    uncertainty: Numbers
    steps: int


def fit(values: Numbers, seen: Bools) -> Fitted | NoTop:
    """Climb to the top by EM, and by Newton's steps where these lead higher.

    EM is that of Dempster, Laird and Rubin 1977 (Journal of the Royal Statistical Society B 39:1),
    which always rises and ends slowly; Newton ends quickly and may not rise before. The work of a
    step depends on the number of patterns, not of rows.
    """
    patterns = Patterns.of(values, seen)
    start, unit = _start(patterns)
    if not (unit > 0).all():
        return NoTop.SINGULAR
    scaled = patterns.scaled(start, unit)
    here = _Point.at(scaled, np.zeros(len(unit)), np.eye(len(unit)))
    for step in range(1, MOST_STEPS + 1):
        if here is None:
            return NoTop.SINGULAR
        ahead, gain = here.by_newton(scaled)
        if ahead is not None and gain < _NEAR_ENOUGH:
            # On a ridge the last step may lead along it, to where rounding hides that it is one.
            if any(_is_singular(at.information(scaled)) for at in (here, ahead)):
                return NoTop.SINGULAR
            pulls = ahead.pulls(scaled, (values - start) / unit)
            return Fitted(
                start + unit * ahead.mean,
                np.outer(unit, unit) * ahead.covariance,
                np.outer(unit, unit) * (pulls.T @ pulls),
                step,
            )
        if ahead is None or ahead.height < here.height:
            ahead = here.by_em(scaled)
        here = ahead
    return NoTop.NOT_REACHED


def _start(patterns: Patterns) -> tuple[Numbers, Numbers]:
    """Mean and standard deviation of what is there in each column."""
    weight = patterns.n[:, None] * patterns.seen
    n = np.maximum(weight.sum(axis=0), 1.0)
    mean = (weight * patterns.mean).sum(axis=0) / n
    spread = np.einsum("gii->gi", patterns.scatter) + (patterns.mean - mean) ** 2
    unit: Numbers = np.sqrt((weight * spread).sum(axis=0) / n)
    return mean, unit


def _is_singular(covariance: Numbers) -> bool:
    """Whether it is no covariance, or one in which a column follows from others.

    Of an information: whether a parameter is hardly told, or not apart from others.
    """
    variances = np.diag(covariance)
    if not (variances > _SINGULAR).all():
        return True
    sd = np.sqrt(variances)
    return bool(np.linalg.eigvalsh(covariance / np.outer(sd, sd))[0] < _SINGULAR)


@dataclass(frozen=True, slots=True)
class _Point:
    """Parameters, how high the log-likelihood is there, and how it rises.

    ``inverse`` are the inverses of the covariance in the columns that a pattern has, ``pulled``
    the deviations of its mean turned by them, ``bent`` inverse @ second moment @ inverse.
    """

    mean: Numbers
    covariance: Numbers
    height: float
    inverse: Numbers
    pulled: Numbers
    bent: Numbers

    @classmethod
    def at(cls, patterns: Patterns, mean: Numbers, covariance: Numbers) -> Self | None:
        """None where the covariance is none that could be turned over."""
        if _is_singular(covariance):
            return None
        both = patterns.seen[:, :, None] & patterns.seen[:, None, :]
        # A 1 in the place of what a pattern has not leaves inverse and determinant as they are.
        filled = np.where(both, covariance, np.eye(len(mean)))
        inverse = np.where(both, np.linalg.inv(filled), 0.0)
        apart = np.where(patterns.seen, patterns.mean - mean, 0.0)
        moment = patterns.scatter + apart[:, :, None] * apart[:, None, :]
        turned = inverse @ moment
        height = np.linalg.slogdet(filled).logabsdet + np.einsum("gii->g", turned)
        return cls(
            mean,
            covariance,
            float(-patterns.n @ height / 2),
            inverse,
            np.einsum("gij,gj->gi", inverse, apart),
            turned @ inverse,
        )

    def by_em(self, patterns: Patterns) -> _Point | None:
        """One step of EM, as the step along the gradient that it is (Xu and Jordan 1996)."""
        rise, bend = self._rise(patterns)
        total = patterns.n.sum()
        moved = self.covariance @ rise / total
        grown = self.covariance @ bend @ self.covariance / total
        covariance = self.covariance + grown - np.outer(moved, moved)
        return _Point.at(patterns, self.mean + moved, (covariance + covariance.T) / 2)

    def by_newton(self, patterns: Patterns) -> tuple[_Point | None, float]:
        """One step of Newton, and what it should add; None where it leads nowhere."""
        width = len(self.mean)
        rise, bend = self._rise(patterns)
        ends = _ends(width)
        slope = np.concatenate([rise, ends.T @ bend.ravel() / 2])
        information = self.information(patterns)
        try:
            # One by one they take what rounding leaves of a singular matrix for a good one.
            np.linalg.cholesky(information)
            step = np.linalg.solve(information, slope)
        except np.linalg.LinAlgError:
            return None, np.inf
        turned = (ends @ step[width:]).reshape(width, width)
        ahead = _Point.at(patterns, self.mean + step[:width], self.covariance + turned)
        return ahead, float(slope @ step / 2)

    def information(self, patterns: Patterns) -> Numbers:
        """Observed information of the means, then of the covariances column by column."""
        width, n = len(self.mean), patterns.n
        ends = _ends(width)
        weighted = self.inverse * n[:, None, None]
        means = weighted.sum(axis=0)
        across = np.einsum("gik,gl->ikl", weighted, self.pulled).reshape(width, -1) @ ends
        # Not by the threads of @, which on a busy machine wait for each other far longer than this.
        inner = np.einsum("gbc,gda->abcd", weighted, self.bent - self.inverse / 2)
        inner = inner.reshape(width**2, width**2)
        return np.block([[means, across], [across.T, ends.T @ inner @ ends]])

    def pulls(self, patterns: Patterns, values: Numbers) -> Numbers:
        """How far each row pulls each mean: its slope of the log-likelihood by the information."""
        width = len(self.mean)
        one, other = np.triu_indices(width)
        often = np.where(one == other, 0.5, 1.0)
        turned = np.linalg.inv(self.information(patterns))[:, :width]
        found = np.zeros((len(values), width))
        for rows, there, inverse in zip(patterns.rows, patterns.seen, self.inverse, strict=True):
            pulled = np.where(there, values[rows] - self.mean, 0.0) @ inverse
            slopes = (pulled[:, one] * pulled[:, other] - inverse[one, other]) * often
            found[rows] = np.einsum("ni,ij->nj", np.hstack([pulled, slopes]), turned)
        return found

    def _rise(self, patterns: Patterns) -> tuple[Numbers, Numbers]:
        """How the log-likelihood rises with the means, and twice how with the covariance."""
        n = patterns.n
        return n @ self.pulled, np.tensordot(n, self.bent - self.inverse, 1)


@lru_cache(maxsize=16)
def _ends(width: int) -> Numbers:
    """From the different covariances to all places where they stand."""
    rows, columns = np.triu_indices(width)
    found = np.zeros((width, width, len(rows)))
    found[rows, columns, range(len(rows))] = found[columns, rows, range(len(rows))] = 1.0
    return found.reshape(width * width, -1)
