# SPDX-License-Identifier: MIT
"""The JSON that scripts rely on: its names, null where nothing is defined, and never NaN."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.analysis.report_json import outcomes_json
from models.analysis.report_text import outcomes_text
from models.bulk import save_many
from models.errors import LogbookError
from models.example import add_example
from models.logbook import Logbook
from models.vocabulary import Technique
from tests.builders import a_case

NAMES = {
    *("n_cases", "n_pairs", "n_missing", "missing", "mean_before", "mean_after", "mean_change"),
    *("sd_change", "ci95", "t", "df", "p_t", "wilcoxon", "hodges_lehmann", "responders"),
}
CRITERIA = {"ge2", "ge30pct", "ge50pct", "acceptable"}


def ask(logbook: Logbook, **question: Any) -> Any:
    text = json.dumps(outcomes_json(logbook, **question), allow_nan=False)
    return json.loads(text)


def test_the_published_cases_say_that_there_is_no_complete_pair(logbook: Logbook) -> None:
    add_example(logbook)
    found = ask(logbook)
    assert set(found) >= NAMES
    assert (found["n_cases"], found["n_pairs"], found["n_missing"]) == (2, 0, 2)
    assert (found["n_before"], found["n_after"]) == (1, 1)
    assert sum(found["missing"].values()) == 2
    assert found["message"].startswith("No complete pair: ")
    assert (found["n_ranges"], found["n_words"], found["n_undated"]) == (1, 1, 1)
    assert {found[name] for name in ("mean_change", "sd_change", "t", "df", "p_t")} == {None}
    assert found["ci95"] is None
    assert found["wilcoxon"]["p"] is None
    assert found["responders"]["ge2"] == {"k": 0, "n": 0, "rate": None, "ci95": None}


def test_pairs_have_every_number(logbook: Logbook) -> None:
    cases = [a_case(f"S-{n}", before=9, after=n) for n in range(8)]
    save_many(logbook, [*cases, a_case("alone", after=None)])
    found = ask(logbook)
    assert (found["from"], found["to"], found["scale"]["code"]) == (
        "baseline",
        "latest",
        "nrs_0_10",
    )
    assert (found["n_cases"], found["n_pairs"], found["missing"]) == (
        9,
        8,
        {"no_followup_score": 1},
    )
    assert (found["mean_before"], found["mean_after"], found["mean_change"]) == (9.0, 3.5, -5.5)
    assert found["ci95"][0] < -5.5 < found["ci95"][1]
    assert found["wilcoxon"]["method"] == "exact"
    assert found["hodges_lehmann"] == -5.5
    assert found["hodges_lehmann_method"] == "exact"
    assert set(found["responders"]) == CRITERIA
    assert (found["responders"]["ge2"]["k"], found["responders"]["acceptable"]["k"]) == (8, 4)
    assert "groups" not in found
    before, *_, after = found["course"]
    assert (before["time_point"], before["n"], before["mean"]) == ("baseline", 9, 80 / 9)
    assert (after["n"], after["mean"], after["iqr"], after["n_ranges"]) == (8, 3.5, [1.75, 5.25], 0)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_or_equal_pairs_leave_null_where_nothing_is_defined(logbook: Logbook, n: int) -> None:
    save_many(logbook, [a_case(f"S-{number}", before=8, after=2) for number in range(n)])
    found = ask(logbook)
    assert found["n_pairs"] == n
    assert found["p_t"] is None
    assert found["ci95"] == ([-6.0, -6.0] if n == 2 else None)


def test_groups_carry_the_same_names(logbook: Logbook) -> None:
    save_many(
        logbook, [a_case("S-1"), a_case("S-2", technique=Technique.VERTEBROPLASTY, after=None)]
    )
    found = ask(logbook, by="technique")
    groups = found["groups"]
    assert list(groups) == ["balloon_kyphoplasty", "vertebroplasty"]
    assert all(set(group) >= NAMES for group in groups.values())
    assert sum(group["n_cases"] for group in groups.values()) == found["n_cases"]
    assert groups["vertebroplasty"]["label"] == "Vertebroplasty"


def test_a_time_point_is_named_by_its_code(logbook: Logbook) -> None:
    save_many(logbook, [a_case("S-1")])
    assert ask(logbook, to="1m")["n_pairs"] == 1
    assert ask(logbook, to="24h")["missing"] == {"no_followup_score": 1}


def test_an_unknown_time_point_is_an_error_in_words(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="There is no time point 5w"):
        outcomes_json(logbook, to="5w")


def test_every_section_is_told_and_is_json(logbook: Logbook) -> None:
    save_many(logbook, [a_case(f"S-{n}", before=9, after=n) for n in range(8)])
    found = ask(logbook, by="operator")
    assert set(found["function"]) == {"odi", "rmdq", "eq5d", "eq_vas"}
    assert found["function"]["odi"]["n_pairs"] == 0
    assert found["analgesics"]["n_pairs"] == 0
    assert found["height"]["walls"]["anterior"]["of_lost"]["n"] == 0
    assert found["cement"]["n"] == 8
    assert found["followed"]["answered"]["k"] == 8
    assert sum(bar["n"] for bar in found["distribution"]["bars"]) == 8
    assert found["median_change"] == -5.5
    assert "comparison" not in found


def test_the_published_cases_claim_nothing_in_any_section(logbook: Logbook) -> None:
    add_example(logbook)
    found = ask(logbook)
    assert [one["n_pairs"] for one in found["function"].values()] == [0, 0, 0, 0]
    assert (found["analgesics"]["n_pairs"], found["mobility"]["n_pairs"]) == (0, 0)
    assert (found["height"]["n_measured"], found["height"]["reported"]["n_range"]) == (0, 1)
    assert found["cement"]["spearman"] == {"rho": None, "ci95": None, "p": None}
    assert found["followed"]["bounds"] == {}


def test_the_text_has_both_tests_and_the_robust_estimate_where_there_are_enough_pairs(
    logbook: Logbook,
) -> None:
    save_many(logbook, [a_case(f"S-{n}", before=9, after=n) for n in range(4)])
    few = outcomes_text(logbook, "baseline", "latest", None)
    assert "n 4" in few
    assert "Wilcoxon" not in few
    save_many(logbook, [a_case(f"S-{n}", before=9, after=n) for n in range(4, 9)])
    found = ask(logbook)
    text = outcomes_text(logbook, "baseline", "latest", None)
    low, _high = found["hodges_lehmann_ci95"]
    assert f"Hodges-Lehmann estimate {found['hodges_lehmann']:+.1f} (95 % CI {low:.1f} to" in text
    assert f"paired t {found['t']:.2f}, df 8, p < 0.001; Wilcoxon signed-rank p = " in text
    assert found["wilcoxon"]["method"] in text
