# SPDX-License-Identifier: MIT
"""The four charts: steps, limits, signals, and what too few observations cannot say."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import LogbookError
from models.safety.cusum import Form, Plan, Verdict, chart
from models.safety.limits import EXACT, HORIZON, MOST_ENUMERATED, Weights, limit_for
from tests.models.safety.known import KNOWN

OUTCOMES = st.lists(st.booleans(), max_size=80)


def with_odds_ratio(p0: float, ratio: float) -> float:
    odds = ratio * p0 / (1 - p0)
    return odds / (1 + odds)


def test_the_limit_of_ten_procedures_is_the_published_one() -> None:
    entry = KNOWN["cusum_limit"]
    p1 = with_odds_ratio(entry["p0"], entry["odds_ratio"])
    found = limit_for(Weights.of(entry["p0"], p1), entry["p0"], entry["n"], entry["alpha"])
    assert found.h == pytest.approx(entry["h"], abs=5e-6)
    assert found.false_signal == pytest.approx(0.05106, abs=1e-5)


def test_the_path_is_the_published_one() -> None:
    entry = KNOWN["cusum_path"]
    # The rates whose likelihood ratios are these weights.
    up, down = math.exp(entry["failure"]), math.exp(entry["success"])
    p0 = (1 - down) / (up - down)
    plan = Plan(Form.BERNOULLI, p0, up * p0, limit=entry["limit"])
    found = chart([bool(one) for one in entry["failed"]], plan)
    assert found.path == pytest.approx(entry["path"], abs=1e-9)
    assert (found.limits, found.signals) == ({"h": entry["limit"]}, ())


@pytest.mark.parametrize("entry", KNOWN["sprt"], ids=lambda entry: f"{entry['p0']}")
def test_the_sequential_test_has_the_known_steps_and_limits(entry: dict[str, float]) -> None:
    plan = Plan(Form.SPRT, entry["p0"], entry["p1"], entry["alpha"], entry["beta"])
    found = chart([False], plan)
    assert -found.success_step == pytest.approx(entry["s"], abs=5e-5)
    assert found.failure_step == pytest.approx(entry["failure"], abs=5e-5)
    assert found.limits == pytest.approx({"h0": entry["h0"], "h1": entry["h1"]}, abs=5e-5)
    assert found.lower == pytest.approx(-entry["h0"], abs=5e-5)


def test_a_low_rate_needs_about_seventy_straight_successes() -> None:
    entry = KNOWN["sprt_straight"]
    plan = Plan(Form.SPRT, entry["p0"], entry["p1"], entry["alpha"], entry["beta"])
    found = chart([False] * entry["straight"], plan)
    assert found.limits["h0"] == pytest.approx(entry["h0"], abs=5e-3)
    assert found.straight_successes == entry["straight"]
    assert [(one.at, one.verdict) for one in found.signals] == [
        (entry["straight"] - 1, Verdict.ACCEPTABLE)
    ]
    assert not chart([False] * (entry["straight"] - 1), plan).signals


@pytest.mark.parametrize("entry", KNOWN["odds_ratio_2"], ids=lambda entry: f"{entry['p0']}")
def test_twice_the_odds_have_the_known_weights(entry: dict[str, float]) -> None:
    p1 = with_odds_ratio(entry["p0"], 2)
    assert p1 == pytest.approx(entry["p1"], abs=1e-6)
    weights = Weights.of(entry["p0"], p1)
    assert weights.failure == pytest.approx(entry["failure"], abs=1e-6)
    assert weights.success == pytest.approx(entry["success"], abs=1e-5)


def test_the_learning_curve_signals_at_the_known_success() -> None:
    entry = KNOWN["lc_cusum"]
    plan = Plan(Form.LEARNING, entry["p0"], entry["p0"] + entry["delta"], limit=entry["h"])
    found = chart([False] * 40, plan)
    assert found.success_step == pytest.approx(entry["success"], abs=5e-5)
    assert found.failure_step == pytest.approx(entry["failure"], abs=5e-5)
    assert found.straight_successes == entry["straight"]
    assert [(one.at + 1, one.verdict) for one in found.signals] == [
        (entry["straight"], Verdict.COMPETENT)
    ]
    assert len(found.path) == entry["straight"]


@given(OUTCOMES, st.floats(0.01, 0.5))
def test_observed_minus_expected_is_what_its_name_says(failed: list[bool], p0: float) -> None:
    found = chart(failed, Plan(Form.OBSERVED_EXPECTED, p0, 0.9))
    expected = [sum(failed[: n + 1]) - p0 * (n + 1) for n in range(len(failed))]
    assert found.path == pytest.approx(expected, abs=1e-9)
    assert (found.limits, found.signals, found.is_too_short) == ({}, (), False)


@given(OUTCOMES, st.sampled_from([Form.SPRT, Form.BERNOULLI, Form.LEARNING]))
def test_a_signal_stands_where_a_limit_is_reached_and_nowhere_else(
    failed: list[bool], form: Form
) -> None:
    found = chart(failed, Plan(form, 0.1, 0.3, limit=None if form is Form.SPRT else 2.0))
    upper = math.inf if found.upper is None else found.upper
    lower = -math.inf if found.lower is None else found.lower
    reached = [n for n, value in enumerate(found.path) if not lower + 1e-9 < value < upper - 1e-9]
    assert [signal.at for signal in found.signals] == reached
    total = 0.0
    for n, value in enumerate(found.path):
        step = found.failure_step if failed[n] else found.success_step
        total = total + step if form is Form.SPRT else max(0.0, total + step)
        assert value == pytest.approx(total)
        total = 0.0 if n in reached else total


def test_a_rate_that_got_better_is_drawn_downward() -> None:
    found = chart([False] * 60, Plan(Form.BERNOULLI, 0.2, 0.1, limit=3.0))
    assert min(found.path) <= -3.0
    assert {signal.verdict for signal in found.signals} == {Verdict.IMPROVED}
    assert found.limits == {"h": 3.0}
    assert max(chart([True] * 5, Plan(Form.BERNOULLI, 0.2, 0.1, limit=3.0)).path) == 0


@given(st.integers(1, MOST_ENUMERATED), st.sampled_from([0.02, 0.1, 0.3]), st.floats(0.02, 0.2))
def test_an_exact_limit_is_reached_by_chance_as_often_as_it_says(
    n: int, p0: float, alpha: float
) -> None:
    weights = Weights.of(p0, 2 * p0)
    found = limit_for(weights, p0, n, alpha)
    if found.h is None:
        return
    chance = 0.0
    for course in itertools.product((False, True), repeat=n):
        path = chart(course, Plan(Form.BERNOULLI, p0, 2 * p0, limit=found.h)).signals
        chance += p0 ** sum(course) * (1 - p0) ** (n - sum(course)) * bool(path)
    assert found.false_signal == pytest.approx(chance, abs=1e-9)
    assert chance <= 1.25 * alpha + 1e-9


def test_a_simulated_limit_is_near_the_exact_one_and_always_the_same() -> None:
    weights = Weights.of(0.3, 0.5)
    exact = limit_for(weights, 0.3, 12, 0.1)
    assert exact.method == EXACT
    simulated = limit_for(weights, 0.3, 13, 0.1)
    assert exact.h is not None
    assert simulated.h is not None
    assert "simulated" in simulated.method
    assert simulated.h == pytest.approx(exact.h, abs=0.6)
    limit_for.cache_clear()
    assert limit_for(weights, 0.3, 13, 0.1) == simulated
    longest = limit_for(weights, 0.3, HORIZON, 0.1)
    assert limit_for(weights, 0.3, 40 * HORIZON, 0.1).h == longest.h


def test_longer_series_have_higher_limits() -> None:
    weights = Weights.of(0.1, 0.2)
    limits = [limit_for(weights, 0.1, n, 0.05).h or 0 for n in (5, 10, 30, 100, 300)]
    assert limits == sorted(limits)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_observations_signal_nothing_and_say_so(form: Form, n: int) -> None:
    found = chart([False] * n, Plan(form, 0.02, 0.05))
    assert (len(found.path), found.signals) == (n, ())
    # By the Bernoulli chart a single failure can be too many already.
    can_signal = form is Form.OBSERVED_EXPECTED or (form is Form.BERNOULLI and n > 0)
    assert found.is_too_short is not can_signal


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"p0": 0.0}, "p0 is 0"),
        ({"p1": 1.2}, "p1 is 1.2"),
        ({"alpha": 0.5}, "alpha is 0.5"),
        ({"beta": 0.0}, "beta is 0"),
        ({"p1": 0.02}, "both 0.02"),
        ({"form": Form.SPRT, "p1": 0.01}, "below p0"),
        ({"form": Form.LEARNING, "p1": 0.01}, "below p0"),
        ({"p0": float("nan")}, "p0 is nan"),
    ],
)
def test_rates_that_cannot_be_are_refused_in_words(values: dict[str, object], said: str) -> None:
    with pytest.raises(LogbookError, match=said):
        Plan(**values)  # type: ignore[arg-type]
