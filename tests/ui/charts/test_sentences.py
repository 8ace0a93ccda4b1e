# SPDX-License-Identifier: MIT
"""Numbers in words: the sign, the interval, and never more than is known."""

from __future__ import annotations

import pytest

from models.analysis.paired import pain_outcome
from models.analysis.responders import Criterion, Responders
from models.analysis.statistics import Interval, SignedRank, wilson
from models.bulk import save_many
from models.logbook import Logbook
from models.numbers import Reported
from models.vocabulary import PainScale, TimePoint
from tests.builders import a_case
from ui.charts import number_words, sentences


@pytest.mark.parametrize(
    ("value", "text"),
    [(-6.0, "−6.0"), (0.4, "+0.4"), (0.0, "0.0"), (-0.04, "0.0"), (0.04, "0.0"), (None, "–")],
)
def test_a_change_has_its_sign(value: float | None, text: str) -> None:
    assert number_words.change(value) == text


def test_an_interval_of_changes_has_both_signs() -> None:
    assert number_words.interval(Interval(-0.5, 1.0), signed=True) == "95 % CI −0.5 to +1.0"
    assert number_words.interval(None) == "no interval"


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.0, "p < 0.001"), (0.0123, "p = 0.012"), (0.5, "p = 0.50"), (None, "–")],
)
def test_a_p_value_is_not_more_exact_than_it_is_worth(p: float | None, text: str) -> None:
    assert number_words.p_value(p) == text


@pytest.mark.parametrize(
    ("rate", "text"),
    [(0.0, "0 %"), (0.001, "<1 %"), (0.92, "92 %"), (0.999, ">99 %"), (1.0, "100 %"), (None, "–")],
)
def test_only_none_is_0_and_only_all_is_100_percent(rate: float | None, text: str) -> None:
    assert number_words.percent(rate) == text


def test_a_share_has_its_n_and_interval() -> None:
    def share(k: int, n: int, n_undefined: int = 0) -> str:
        found = Responders(Criterion.THIRTY, "≥ 30 %", wilson(k, n), n_undefined)
        return sentences.share(found)

    assert share(59, 64) == "59 of 64 · 95 % CI 83 to 97\N{NO-BREAK SPACE}%"
    assert share(0, 0) == "no complete pair"
    assert share(0, 0, n_undefined=3) == "not defined for any pair"


def test_dropped_zeros_are_told() -> None:
    test = SignedRank(9, 2, 3.0, 0.04, "exact", -0.5)
    assert sentences.test_method(test) == "exact, 2 zeros dropped"


@pytest.mark.parametrize(
    ("reported", "text"),
    [
        (Reported(2, 2), "2"),
        (Reported(0, 1), "0–1"),
        (Reported(words="resolved"), "“resolved”"),
        (Reported(), ""),
    ],
)
def test_a_score_is_told_as_it_was_reported(reported: Reported, text: str) -> None:
    assert sentences.score(reported) == text


def test_time_points_are_short_on_an_axis_and_all_different() -> None:
    labels = [sentences.short_label(point) for point in TimePoint]
    assert labels[:3] == ["Before", "24 h", "1 wk"]
    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) < 12


def test_a_case_on_another_scale_than_the_figure_is_told_with_its_scale(logbook: Logbook) -> None:
    save_many(
        logbook,
        [
            *(a_case(f"P-{n}") for n in range(6)),
            a_case("P-6", after=(1, 2)),
            a_case("P-7", before=7.8, after=(0, 1), scale=PainScale.VAS_10),
        ],
    )
    with logbook.session():
        told = sentences.cases_in_words(pain_outcome(logbook))
    assert told == [
        "P-6: 8 before, after: 1–2.",
        "P-7: 7.8 on VAS 0–10 before, after: 0–1 on VAS 0–10.",
    ]
