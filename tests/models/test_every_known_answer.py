# SPDX-License-Identifier: MIT
"""The list of known answers as it was given: each entry is reproduced, and each number of it.

What the same numbers mean for pairs, groups and charts is tested beside what works them out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from models.analysis.statistics import hodges_lehmann, paired_t, wilcoxon, wilson
from models.heights import Formula, WallHeights
from models.safety.cusum import Form, Plan, chart
from models.safety.limits import Weights
from models.safety.rates import fisher, level_rate, share

GIVEN = json.loads(
    (Path(__file__).parents[1] / "data" / "published" / "known_answers.json").read_text("utf-8")
)
WORDS = {"origin", "name", "published"}
"""What tells where an answer comes from, and is none."""


class Entry(dict[str, Any]):
    """An entry that notes what of it was looked at."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(told)
        self.seen: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.seen.add(key)
        return super().__getitem__(key)


def entries() -> Iterator[Any]:
    for section, told in GIVEN.items():
        if section.startswith("_"):
            continue
        for number, entry in enumerate(told if isinstance(told, list) else [told]):
            yield pytest.param(section, entry, id=f"{section}-{number}")


@pytest.mark.parametrize(("section", "told"), tuple(entries()))
def test_every_number_of_every_known_answer_is_reproduced(
    section: str, told: dict[str, Any]
) -> None:
    entry = Entry(told)
    CHECKS[section](entry)
    assert set(entry) - entry.seen <= WORDS, "a number was not looked at"


def _wilson(entry: Entry) -> None:
    found = wilson(entry["k"], entry["n"])
    assert found.ci95 == pytest.approx((entry["lo"], entry["hi"]), abs=5.1e-5)
    if "pct" in entry:
        assert found.rate is not None
        assert 100 * found.rate == pytest.approx(entry["pct"], abs=0.05 if entry["k"] > 7 else 0.5)


def _fisher(entry: Entry) -> None:
    p = fisher(share(*entry["a"]), share(*entry["b"]))
    assert p == pytest.approx(entry["p"], abs=5.1e-6)
    if "published_p" in entry:
        assert p is not None
        assert round(p, 3) == entry["published_p"]


def _paired(entry: Entry) -> None:
    found = paired_t(np.array(entry["x"]) - np.array(entry["y"]))
    assert (found.t, found.p) == pytest.approx((entry["t"], entry["p"]), abs=5e-5)
    assert found.df == entry["df"]
    assert found.ci95 == pytest.approx(tuple(entry["ci95"]), abs=5e-7)


def _signed_rank(entry: Entry) -> None:
    if "x" not in entry:
        _zeros(entry)
        return
    change = np.round(np.array(entry["x"]) - np.array(entry["y"]), 6)
    found, shift = wilcoxon(change), hodges_lehmann(change)
    total = found.n * (found.n + 1) / 2
    assert found.rank_biserial is not None
    assert found.p is not None
    assert found.statistic == entry["W_min"]
    assert (1 + found.rank_biserial) / 2 * total == pytest.approx(entry["V"])
    assert found.p == pytest.approx(entry["p_exact_two_sided"])
    assert found.p / 2 == pytest.approx(entry["p_exact_one_sided"])
    assert shift.estimate == pytest.approx(entry["hodges_lehmann"])
    assert shift.ci95 == pytest.approx(tuple(entry["ci95_exact"]), abs=5e-4)
    assert shift.confidence == pytest.approx(entry["achieved_conf"], abs=5e-5)


def _zeros(entry: Entry) -> None:
    """The pairs of the entry before, of which one did not change."""
    (pairs,) = GIVEN["paired_t_raw"]
    change = np.round(np.array(pairs["x"]) - np.array(pairs["y"]), 6)
    found = wilcoxon(change)
    assert found.p == pytest.approx(entry["p_normal_cc_zero_dropped"], abs=5e-7)
    assert found.zeros == "zeros dropped"
    pratt = stats.wilcoxon(change, zero_method="pratt", correction=True, method="asymptotic")
    assert pratt.pvalue == pytest.approx(entry["p_normal_cc_pratt"], abs=5e-7)


def _path(entry: Entry) -> None:
    up, down = math.exp(entry["w_failure"]), math.exp(entry["w_success"])
    p0 = (1 - down) / (up - down)
    found = chart(
        [bool(one) for one in entry["outcomes_implied"]],
        Plan(Form.BERNOULLI, p0, up * p0, limit=entry["limit"]),
    )
    assert found.path == pytest.approx(entry["path"], abs=1e-9)
    assert found.signals == ()


def _sprt(entry: Entry) -> None:
    weights = Weights.of(entry["p0"], entry["p1"])
    assert (weights.failure, -weights.success) == pytest.approx((entry["P"], entry["Q"]), abs=5e-5)
    plan = Plan(Form.SPRT, entry["p0"], entry["p1"], entry["alpha"], entry["beta"])
    found = chart([False], plan)
    assert -found.success_step == pytest.approx(entry["s"], abs=5e-5)
    assert found.failure_step == pytest.approx(entry["failure_step"], abs=5e-5)
    assert found.limits == pytest.approx({"h0": entry["h0"], "h1": entry["h1"]}, abs=5e-5)


def _odds(entry: Entry) -> None:
    odds = 2 * entry["p0"] / (1 - entry["p0"])
    worse = odds / (1 + odds)
    assert worse == pytest.approx(entry["pA"], abs=1e-6)
    weights = Weights.of(entry["p0"], worse)
    assert weights.failure == pytest.approx(entry["w_failure"], abs=1e-6)
    assert weights.success == pytest.approx(entry["w_success"], abs=1e-5)


def _learning(entry: Entry) -> None:
    plan = Plan(Form.LEARNING, entry["p0"], entry["p0"] + entry["delta"], limit=entry["h"])
    found = chart([False] * 40, plan)
    steps = found.success_step, found.failure_step
    assert steps == pytest.approx((entry["w_success"], entry["w_failure"]), abs=5e-5)
    assert len(found.path) == entry["straight_successes_to_signal"]


def _height(entry: Entry) -> None:
    wall = WallHeights(entry["pre"], entry["post"], entry["ref"], entry["ref"])
    for formula, key in (
        (Formula.GAIN, "gain_mm"),
        (Formula.OF_INITIAL, "pct_of_initial"),
        (Formula.OF_LOST, "pct_of_lost"),
        (Formula.OF_REFERENT, "pct_of_referent"),
    ):
        assert wall.work_out(formula)[0] == pytest.approx(entry[key], abs=5e-4)


def _cluster(entry: Entry) -> None:
    leaks, levels = np.array(entry["leaks"]), np.array(entry["levels"])
    found = level_rate(leaks, levels)
    assert found.rate == pytest.approx(entry["per_level"], abs=1e-6)
    assert found.se == pytest.approx(entry["robust_se"], abs=1e-5)
    assert found.design_effect == pytest.approx(entry["design_effect"], abs=1e-3)
    assert found.ci95 == pytest.approx(tuple(entry["ci95_t9"]), abs=1e-4)
    assert found.se is not None
    assert found.design_effect is not None
    naive = found.se / math.sqrt(found.design_effect)
    assert naive == pytest.approx(entry["naive_se"], abs=1e-5)
    assert [int((leaks > 0).sum()), len(levels)] == entry["per_patient"]


CHECKS: dict[str, Callable[[Entry], None]] = {
    "wilson_95": _wilson,
    "fisher_two_sided": _fisher,
    "paired_t_raw": _paired,
    "wilcoxon_signed_rank": _signed_rank,
    "cusum_path": _path,
    "cusum_sprt": _sprt,
    "cusum_weights_odds_ratio_2": _odds,
    "lc_cusum": _learning,
    "height": _height,
    "cluster_ratio_SYNTHETIC": _cluster,
}
