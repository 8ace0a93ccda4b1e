# SPDX-License-Identifier: MIT
"""A clinic's own published rates in its logbook, and rates laid beside its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.literature import (
    PublishedRate,
    RateAsked,
    add_rates,
    own_rates,
    published_beside,
    put_back,
    remove_rates,
    shipped_rates,
)
from models.logbook import Logbook
from models.schema import AuditEntry, LiteratureRow
from models.verify import verify
from models.vocabulary import CountUnit, LeakDetection, Measure, Technique

ONE = PublishedRate("Own 2025", Measure.LEAKAGE, numerator=1, denominator=20, unit=CountUnit.LEVEL)
TWO = PublishedRate("Own 2026", Measure.RELIEF, numerator=3, denominator=4)


def test_rates_are_added_once_and_known_ones_are_counted(logbook: Logbook) -> None:
    first = add_rates(logbook, [ONE, TWO, ONE])
    assert ([kept.rate for kept in first.rates], first.n_known) == ([ONE, TWO], 1)
    again = add_rates(logbook, [TWO, shipped_rates()[0]], shipped_rates())
    assert (again.rates, again.n_known) == ((), 2)
    assert [kept.rate for kept in own_rates(logbook)] == [ONE, TWO]
    assert verify(logbook) == []


def test_rates_are_taken_away_and_come_back(logbook: Logbook) -> None:
    added = add_rates(logbook, [ONE, TWO]).rates
    gone = remove_rates(logbook, [added[0].id, "nothing"])
    assert gone == (added[0],)
    assert [kept.rate for kept in own_rates(logbook)] == [TWO]
    put_back(logbook, gone)
    put_back(logbook, gone)
    assert own_rates(logbook) == list(added)
    assert verify(logbook) == []


def test_what_was_added_and_taken_away_is_in_the_audit(logbook: Logbook) -> None:
    def entries() -> int:
        with logbook.session():
            return int(AuditEntry.select().count(logbook.database))

    before = entries()
    (kept,) = add_rates(logbook, [ONE]).rates
    add_rates(logbook, [ONE])
    remove_rates(logbook, [kept.id])
    remove_rates(logbook, [kept.id])
    assert entries() - before == 2


def test_a_rate_of_a_later_program_stays_and_is_not_shown(logbook: Logbook) -> None:
    add_rates(logbook, [ONE])
    with logbook.transaction():
        row = {"id": "later", "content": '{"source": "A", "measure": "of_tomorrow"}'}
        LiteratureRow.insert(row).execute(logbook.database)
    assert [kept.rate for kept in own_rates(logbook)] == [ONE]
    with logbook.session():
        assert LiteratureRow.select().count(logbook.database) == 2


ASKED = RateAsked(
    Measure.LEAKAGE,
    CountUnit.LEVEL,
    frozenset({Technique.BALLOON_KYPHOPLASTY}),
    frozenset({LeakDetection.CT}),
)


def test_like_comes_first_and_what_differs_is_told() -> None:
    found = published_beside(shipped_rates(), ASKED)
    first, second = found[:2]
    assert first.is_alike
    assert first.rate.counts == (157, 214)
    assert first.result is not None
    assert first.result.ci95 == pytest.approx((0.6707, 0.7884), abs=5e-5)
    assert second.rate.counts == (164, 201)
    assert second.unlike == ("vertebroplasty, not kyphoplasty",)


def test_rates_without_counts_come_last_and_nothing_is_made_of_their_words() -> None:
    found = published_beside(shipped_rates(), ASKED)
    results = [one.result is None for one in found]
    assert results == sorted(results)
    assert any(results)
    assert {one.rate.reported for one in found if one.result is None} >= {"up to 65 %"}


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (frozenset(), "way of looking not stated here"),
        (frozenset({LeakDetection.CT}), "way of looking here not always stated"),
    ],
)
def test_what_is_not_stated_of_the_own_cases_is_alike_to_nothing(
    own: frozenset[LeakDetection], said: str
) -> None:
    asked = replace(ASKED, detections=own, detections_unstated=True)
    found = {one.rate.counts: one for one in published_beside(shipped_rates(), asked)}
    assert found[157, 214].unlike == (said,)
    assert not any(one.is_alike for one in found.values())


def test_of_what_neither_states_it_is_told_once() -> None:
    asked = replace(ASKED, detections=frozenset(), detections_unstated=True)
    [found] = published_beside([ONE], asked)
    assert found.unlike == ("technique not stated", "way of looking stated by neither")
    asked = replace(asked, techniques=frozenset(), techniques_unstated=True)
    [found] = published_beside([ONE], asked)
    assert found.unlike == ("technique stated by neither", "way of looking stated by neither")
    asked = replace(ASKED, detections_unstated=True)
    [found] = published_beside([ONE], asked)
    assert found.unlike == ("technique not stated", "way of looking not stated, here not always")


def test_the_way_of_looking_does_not_matter_where_nothing_was_looked_for() -> None:
    asked = RateAsked(
        Measure.NEW_FRACTURE, CountUnit.PATIENT, frozenset({Technique.VERTEBROPLASTY})
    )
    assert [
        one.rate.counts for one in published_beside(shipped_rates(), asked) if one.is_alike
    ] == [
        (57, 131),
        (64, 111),
    ]


@given(
    st.sampled_from(Measure),
    st.sampled_from(CountUnit),
    st.frozensets(st.sampled_from(Technique)),
    st.frozensets(st.sampled_from(LeakDetection)),
)
def test_measures_are_never_mixed_and_nothing_is_hidden(
    measure: Measure,
    unit: CountUnit,
    techniques: frozenset[Technique],
    detections: frozenset[LeakDetection],
) -> None:
    found = published_beside(shipped_rates(), RateAsked(measure, unit, techniques, detections))
    assert {one.rate for one in found} == {r for r in shipped_rates() if r.measure is measure}
    for one in found:
        if one.is_alike:
            assert one.rate.unit is unit
            assert not techniques or set(one.rate.techniques) == techniques
            assert not (measure.is_leakage and detections) or detections == {one.rate.detection}
