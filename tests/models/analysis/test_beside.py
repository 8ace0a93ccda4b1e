# SPDX-License-Identifier: MIT
"""Rates of outcomes beside published ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.analysis.beside import followed_beside, medication_beside, rates_beside
from models.analysis.followed import followed
from models.analysis.question import Question
from models.analysis.shifts import medication_of
from models.analysis.treated import treated_with
from models.bulk import save_many
from models.example import add_example
from models.literature import PublishedRate, published_beside, shipped_rates
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import AnalgesicLevel, CountUnit, Level, Measure, Technique
from tests.builders import a_case
from tests.models.analysis.asking import asker


def test_responders_and_no_pain_are_laid_beside_relief(logbook: Logbook) -> None:
    scores = ((8, 0), (8, 2), (7, 7), (9, 0))
    found = asker(logbook)(*(a_case(before=first, after=last) for first, last in scores))
    own = {one.own.asked.measure: one.own for one in reversed(rates_beside(found))}
    points, gone = own[Measure.RELIEF], own[Measure.RELIEF_COMPLETE]
    assert (points.result.k, points.result.n) == (3, 4)
    assert (gone.result.k, gone.result.n) == (2, 4)
    assert points.asked.unit is CountUnit.PROCEDURE
    beside = published_beside(shipped_rates(), points.asked)
    assert beside
    assert all(f"not counted by {points.asked.definition}" in one.unlike for one in beside)


def test_where_nobody_has_a_pair_nothing_is_laid_beside(logbook: Logbook) -> None:
    add_example(logbook)
    assert rates_beside(asker(logbook)()) == []


def test_analgesics_and_follow_up_are_laid_beside_what_publications_count(
    logbook: Logbook,
) -> None:
    cases = [a_case(f"P-{n}", on="2024-03-04", after_on="2025-03-04") for n in range(4)]
    cases[3].assessments.pop()
    levels = (AnalgesicLevel.NONE, AnalgesicLevel.NON_OPIOID, AnalgesicLevel.OPIOID_SCHEDULED)
    for case, after in zip(cases[:3], levels, strict=True):
        case.procedure.analgesic_before = AnalgesicLevel.NON_OPIOID
        case.assessments[-1].analgesic_level = after
    save_many(logbook, cases)
    question = Question.read(to="12m")
    with logbook.session():
        [moved] = (one.own for one in medication_beside(medication_of(logbook, question)))
        seen_by = followed_beside(followed(logbook, question, today=date(2026, 11, 1)))
    [seen] = (one.own for one in seen_by)
    assert (moved.result.k, moved.result.n) == (2, 3)
    [cohen] = published_beside(shipped_rates(), moved.asked)
    assert cohen.rate.counts == (7, 31)
    assert cohen.unlike == ("of patients, not of procedures", "1 week, here 12 months")
    assert (seen.label, seen.result.k, seen.result.n) == ("Answered at 12 months", 3, 4)
    [evolve] = published_beside(shipped_rates(), seen.asked)
    assert (evolve.rate.counts, evolve.unlike) == ((260, 350), ("of patients, not of procedures",))


def test_a_rate_is_compared_by_the_techniques_of_the_cases_it_counts(logbook: Logbook) -> None:
    no_pain = a_case(before=0, after=0, technique=Technique.VERTEBROPLASTY)
    no_pair = a_case("P", Level.S1, after=None, technique=Technique.SACROPLASTY)
    unstated = a_case(after=None)
    unstated.levels[0].technique = None
    found = asker(logbook)(a_case(), no_pain, no_pair, unstated)
    with logbook.session():
        treated = treated_with(logbook)
    own = {one.label: one.asked for one in treated.among(rates_beside(found))}
    assert not any(asked.techniques_unstated for asked in own.values())
    had_pain, everybody = own["Improved, ≥ 30 %"], own["Improved, ≥ 2 points"]
    assert had_pain.techniques == {Technique.BALLOON_KYPHOPLASTY}
    assert everybody.techniques == {Technique.BALLOON_KYPHOPLASTY, Technique.VERTEBROPLASTY}
    said = {one.rate.source: one.unlike for one in published_beside(shipped_rates(), had_pain)}
    unit, definition = "of patients, not of procedures", "not counted by ≥ 30 %"
    assert said["Jones 2009, Pain Physician 12:E297"] == (
        unit, "after the procedure, here the latest follow-up", definition
    )  # fmt: skip
    assert said["Acosta 2006, Neurosurgery 58(2)"] == (
        unit,
        "vertebroplasty, not kyphoplasty",
        "long-term, here the latest follow-up",
        definition,
    )


@pytest.mark.parametrize(
    ("to", "theirs", "told"),
    [
        ("6m", "6 months", ()),
        ("6m", "1 year", ("1 year, here 6 months",)),
        ("1m", "", ("time not stated",)),
        ("24h", "24 hours", ()),
        ("latest", "6 months", ("6 months, here the latest follow-up",)),
    ],
)
def test_a_rate_of_relief_tells_its_time(
    logbook: Logbook, to: str, theirs: str, told: tuple[str, ...]
) -> None:
    day = {"24h": "2024-03-05", "1m": "2024-04-04"}.get(to, "2024-09-04")
    found = asker(logbook)(a_case(on="2024-03-04", after_on=day), to=to)
    asked = replace(rates_beside(found)[0].own.asked, definition="")
    rate = PublishedRate(
        source="S", measure=Measure.RELIEF, unit=CountUnit.PROCEDURE, time_point=theirs
    )
    [beside] = published_beside([rate], asked)
    assert beside.unlike == told


def test_one_level_without_a_technique_is_enough_to_say_so(logbook: Logbook) -> None:
    half = a_case("P", Level.T12, Level.L1)
    half.levels[1].technique = None
    found = asker(logbook)(half)
    with logbook.session():
        [first, *_] = treated_with(logbook).among(rates_beside(found))
    assert first.asked.techniques == {Technique.BALLOON_KYPHOPLASTY}
    assert first.asked.techniques_unstated


def test_analgesics_and_follow_up_have_techniques_of_their_own(logbook: Logbook) -> None:
    cases = [
        a_case(f"P-{n}", on=on, after=None, technique=technique)
        for n, (on, technique) in enumerate(
            (
                ("2024-03-04", Technique.BALLOON_KYPHOPLASTY),
                ("2024-03-04", Technique.VERTEBROPLASTY),
                ("2026-10-04", Technique.RF_KYPHOPLASTY),
            )
        )
    ]
    cases[0].procedure.analgesic_before = AnalgesicLevel.NON_OPIOID
    cases[0].add_assessment(
        assessed_on=PartialDate("2025-03-04"), analgesic_level=AnalgesicLevel.NONE
    )
    save_many(logbook, cases)
    question = Question.read(to="12m")
    with logbook.session():
        treated = treated_with(logbook)
        moved = medication_beside(medication_of(logbook, question))
        seen = followed_beside(followed(logbook, question, today=date(2026, 11, 1)))
    [of_moved], [of_seen] = treated.among(moved), treated.among(seen)
    assert of_moved.asked.techniques == {Technique.BALLOON_KYPHOPLASTY}
    assert of_seen.asked.techniques == {Technique.BALLOON_KYPHOPLASTY, Technique.VERTEBROPLASTY}


def test_an_empty_logbook_lays_nothing_beside(logbook: Logbook) -> None:
    with logbook.session():
        assert medication_beside(medication_of(logbook)) == []
        assert followed_beside(followed(logbook)) == []
