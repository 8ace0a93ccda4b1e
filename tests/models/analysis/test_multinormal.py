# SPDX-License-Identifier: MIT
"""Maximum likelihood from rows with gaps: closed forms, and a direct search for the same top."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from models.analysis.multinormal import Fitted, NoTop, fit

SEEDS = st.integers(0, 2**32 - 1)


def fitted(values: np.ndarray, seen: np.ndarray) -> Fitted:
    found = fit(values, seen)
    assert isinstance(found, Fitted)
    return found


def scores(seed: int, n: int, width: int, missing: float) -> tuple[np.ndarray, np.ndarray]:
    """Whole steps that go together, and which of them are there; some rows have all of them."""
    rng = np.random.default_rng(seed)
    mixed = rng.normal(size=(n, width)) @ (np.eye(width) + np.tril(rng.normal(size=(width, width))))
    seen = rng.random((n, width)) > missing
    seen[: 4 * width] = True
    return np.rint(mixed * 10 + 50), seen


def log_likelihood(
    mean: np.ndarray, covariance: np.ndarray, values: np.ndarray, seen: np.ndarray
) -> float:
    """Row by row from the textbook, without its constant."""
    total = 0.0
    for row, there in zip(values, seen, strict=True):
        if there.any():
            apart, part = (row - mean)[there], covariance[np.ix_(there, there)]
            total -= (np.linalg.slogdet(part)[1] + apart @ np.linalg.solve(part, apart)) / 2
    return total


def test_without_gaps_it_is_the_plain_mean() -> None:
    values, _ = scores(1, 40, 3, 0.0)
    found = fitted(values, np.ones_like(values, bool))
    assert found.mean == pytest.approx(values.mean(axis=0), rel=1e-14)
    plain = np.cov(values.T, bias=True)
    assert found.covariance == pytest.approx(plain, rel=1e-12)
    assert found.uncertainty == pytest.approx(plain / 40, rel=1e-12)


def test_of_two_columns_with_the_second_lost_it_is_the_regression_of_anderson() -> None:
    """Anderson 1957, Journal of the American Statistical Association 52:200."""
    values, seen = scores(2, 50, 2, 0.0)
    seen[30:, 1] = False
    before, after = values[:30].T
    slope = np.cov(before, after, bias=True)[0, 1] / before.var()
    residual = (after - after.mean() - slope * (before - before.mean())).var()
    everybody = values[:, 0]
    expected = after.mean() + slope * (everybody.mean() - before.mean())
    found = fitted(values, seen)
    assert found.mean == pytest.approx([everybody.mean(), expected], rel=1e-12)
    assert found.covariance[1, 1] == pytest.approx(residual + slope**2 * everybody.var())


@settings(max_examples=5, deadline=None)
@given(SEEDS, st.integers(2, 3), st.sampled_from([0.2, 0.5]))
def test_a_direct_search_ends_at_the_same_top(seed: int, width: int, missing: float) -> None:
    values, seen = scores(seed, 20, width, missing)
    values = values / 10
    found = fitted(values, seen)
    lower = np.tril_indices(width)

    def parts(at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        root = np.zeros((width, width))
        root[lower] = at[width:]
        return at[:width], root @ root.T

    def depth(at: np.ndarray) -> float:
        mean, covariance = parts(at)
        if np.linalg.eigvalsh(covariance)[0] < 1e-9:
            return 1e9
        return -log_likelihood(mean, covariance, values, seen)

    start = np.linalg.cholesky(np.cov(values[: 4 * width].T))[lower]
    searched = minimize(depth, np.concatenate([values[: 4 * width].mean(axis=0), start]))
    top = log_likelihood(found.mean, found.covariance, values, seen)
    assert top >= -searched.fun - 1e-9
    assert found.mean == pytest.approx(parts(searched.x)[0], abs=2e-3)


def test_the_error_is_by_what_each_row_pulls_and_the_curve_of_the_likelihood() -> None:
    """Slopes and curve by differences, row by row: the sandwich of Huber 1967."""
    values, seen = scores(3, 24, 2, 0.4)
    values = values / 10
    found = fitted(values, seen)

    def heights(at: np.ndarray) -> np.ndarray:
        mean, covariance = at[:2], np.array([[at[2], at[3]], [at[3], at[4]]])
        rows = zip(values[:, None], seen[:, None], strict=True)
        return np.array([log_likelihood(mean, covariance, *row) for row in rows])

    top = np.array([*found.mean, *found.covariance[np.triu_indices(2)]])
    steps = 1e-4 * np.eye(5)
    slopes = np.stack([heights(top + step) - heights(top - step) for step in steps]) / 2e-4
    signs = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    curve = [
        [-sum(p * q * heights(top + p * a + q * b).sum() for p, q in signs) / 4e-8 for b in steps]
        for a in steps
    ]
    turned = np.linalg.inv(curve)
    expected = (turned @ slopes @ slopes.T @ turned)[:2, :2]
    assert found.uncertainty == pytest.approx(expected, rel=1e-4)


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_the_order_of_rows_changes_no_bit(seed: int) -> None:
    values, seen = scores(seed, 60, 4, 0.4)
    order = np.random.default_rng(seed).permutation(60)
    one, other = fitted(values, seen), fitted(values[order], seen[order])
    assert one.mean.tolist() == other.mean.tolist()
    assert one.covariance.tolist() == other.covariance.tolist()
    assert one.uncertainty == pytest.approx(other.uncertainty, rel=1e-10)


@settings(max_examples=8, deadline=None)
@given(SEEDS, st.floats(-100, 100), st.floats(0.01, 100))
def test_another_unit_moves_means_and_errors_along(seed: int, shift: float, unit: float) -> None:
    values, seen = scores(seed, 60, 3, 0.4)
    one, other = fitted(values, seen), fitted(values * unit + shift, seen)
    assert other.mean == pytest.approx(one.mean * unit + shift, rel=1e-8, abs=1e-8)
    assert other.uncertainty == pytest.approx(one.uncertainty * unit**2, rel=1e-6)


def test_what_has_no_value_at_all_changes_nothing() -> None:
    values, seen = scores(4, 40, 3, 0.3)
    more = np.vstack([values, np.full((5, 3), math.nan)])
    there = np.vstack([seen, np.zeros((5, 3), bool)])
    assert fitted(more, there).mean.tolist() == fitted(values, seen).mean.tolist()


@pytest.mark.parametrize(
    "second",
    [np.full(30, 4.0), np.arange(30.0) * 2 + 1, -np.arange(30.0)],
    ids=["constant", "rising along", "falling along"],
)
def test_a_column_that_is_constant_or_follows_from_another_has_no_top(second: np.ndarray) -> None:
    values = np.stack([np.arange(30.0), second], axis=1)
    seen = np.ones((30, 2), bool)
    seen[20:, 1] = False
    assert fit(values, seen) is NoTop.SINGULAR


def test_of_no_row_and_of_one_there_is_none() -> None:
    for n in (0, 1):
        values = np.ones((n, 2))
        assert fit(values, np.ones_like(values, bool)) is NoTop.SINGULAR


@pytest.mark.parametrize(
    "rows",
    [
        ["4444", "00-0", "9-99", "9--9", "6666", "7777"],
        ["--9", "888", "878", "--8", "877", "3--"],
    ],
    ids=["columns of the same", "columns that come near it"],
)
def test_few_rows_that_go_together_end_in_a_reason(rows: list[str]) -> None:
    seen = np.array([[mark != "-" for mark in row] for row in rows])
    values = np.array([[float(mark.replace("-", "0")) for mark in row] for row in rows])
    assert isinstance(fit(values, seen), NoTop)


def test_of_very_few_rows_there_is_a_top_or_a_reason() -> None:
    """Rounding leaves little of what few rows tell, another little on each machine."""
    drawn = np.random.default_rng(5)
    for number in range(150):
        shape = drawn.integers(3, 9), drawn.integers(2, 4)
        values = drawn.integers(*((0, 10) if number % 2 else (6, 9)), shape).astype(float)
        seen = drawn.random(shape) > 0.4
        found = fit(np.where(seen, values, 0), seen)
        assert isinstance(found, NoTop) or np.isfinite(found.uncertainty).all()
