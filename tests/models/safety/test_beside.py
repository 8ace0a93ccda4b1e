# SPDX-License-Identifier: MIT
"""Own rates of safety that published ones are laid beside."""

from __future__ import annotations

import pytest

from models.bulk import save_many
from models.example import add_example
from models.literature import PublishedRate, all_rates, published_beside
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.safety.beside import rates_beside
from models.safety.numbers import SafetyQuestion, safety_numbers
from models.sample import make_cases
from models.vocabulary import (
    CountUnit,
    EventKind,
    Leakage,
    LeakDetection,
    Level,
    Measure,
    Technique,
    YesNo,
)
from tests.builders import a_case
from tests.fresh import NewLogbook


@pytest.fixture(scope="module")
def clinic(lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory) -> Logbook:
    logbook = lasting_logbook(tmp_path_factory.mktemp("beside") / "Clinic.kypholog")
    save_many(logbook, make_cases(120, seed=3))
    return logbook


def test_units_and_techniques_are_those_of_the_page(clinic: Logbook) -> None:
    with clinic.session():
        numbers = safety_numbers(clinic)
    own = {one.label: one for one in rates_beside(numbers)}
    found = numbers.leakage
    by_level, by_patient = own["Leakage, by level"], own["Leakage, by patient"]
    assert (by_level.result.k, by_level.result.n) == (found.per_level.k, found.per_level.n)
    assert by_level.result.ci95 == found.per_level.ci95
    assert by_level.asked.unit is CountUnit.LEVEL
    assert by_patient.result == found.per_patient
    assert by_patient.asked.unit is CountUnit.PATIENT
    kyphoplasty = own["Balloon kyphoplasty, by level"]
    assert kyphoplasty.asked.techniques == {Technique.BALLOON_KYPHOPLASTY}
    assert own["Procedures with an event"].result == numbers.events.any_event
    assert len(own) == len(rates_beside(numbers))


def test_only_what_was_looked_for_in_the_same_way_is_alike(clinic: Logbook) -> None:
    with clinic.session():
        mixed = safety_numbers(clinic)
        ct = next(way for way, _ in mixed.leakage.ways if way and _is_ct(way))
        alone = safety_numbers(clinic, SafetyQuestion(sought=ct))
    published = all_rates(clinic)

    def alike(numbers: object) -> list[tuple[int, int] | None]:
        own = {one.label: one for one in rates_beside(numbers)}  # type: ignore[arg-type]
        asked = own["Balloon kyphoplasty, by level"].asked
        return [one.rate.counts for one in published_beside(published, asked) if one.is_alike]

    assert alike(mixed) == []
    assert alike(alone) == [(157, 214)]


def test_a_way_that_is_not_stated_of_the_own_levels_is_alike_to_nothing(logbook: Logbook) -> None:
    add_example(logbook)
    with logbook.session():
        own = rates_beside(safety_numbers(logbook))
    published = all_rates(logbook)
    by_level = next(one for one in own if one.label == "Leakage, by level")
    found = {one.rate.counts: one.unlike for one in published_beside(published, by_level.asked)}
    assert found[157, 214] == ("way of looking not stated here",)
    assert found[0, 2] == ("way of looking stated by neither",)


def test_each_technique_is_compared_by_the_way_in_which_it_was_looked_at(logbook: Logbook) -> None:
    ways = {
        Technique.BALLOON_KYPHOPLASTY: LeakDetection.CT,
        Technique.VERTEBROPLASTY: LeakDetection.FLUOROSCOPY,
    }
    cases = [a_case(f"P-{n}", technique=used) for n, used in enumerate(ways)]
    for case, way in zip(cases, ways.values(), strict=True):
        case.levels[0].leak_assessed_by = (way,)
    cases.append(a_case("P-9", Level.S1, technique=Technique.SACROPLASTY, leakage=None))
    for case in cases:
        case.procedure.any_complication = YesNo.NO
    save_many(logbook, cases)
    with logbook.session():
        own = {one.label: one.asked for one in rates_beside(safety_numbers(logbook))}
    assert own["Balloon kyphoplasty, by level"].detections == {LeakDetection.CT}
    assert own["Vertebroplasty, by patient"].detections == {LeakDetection.FLUOROSCOPY}
    assert own["Leakage, by level"].detections == set(ways.values())
    assert own["Leakage, by level"].techniques == set(ways)
    of_everybody = own["Procedures with an event"].techniques
    assert of_everybody == {*ways, Technique.SACROPLASTY}, "what was not assessed for leaks counts"


def test_events_lungs_and_fractures_have_the_techniques_of_the_cases_they_count(
    logbook: Logbook,
) -> None:
    used = (Technique.BALLOON_KYPHOPLASTY, Technique.VERTEBROPLASTY, Technique.RF_KYPHOPLASTY)
    answers, lungs, seen = (
        a_case(f"P-{n}", on="2024-03-04", after=None, technique=technique)
        for n, technique in enumerate(used)
    )
    answers.procedure.any_complication = YesNo.NO
    lungs.procedure.lung_cement = Leakage.NONE
    seen.add_assessment(assessed_on=PartialDate("2025-03-04"), new_fracture=YesNo.NO)
    save_many(logbook, [answers, lungs, seen])
    with logbook.session():
        own = rates_beside(safety_numbers(logbook))
    asked = {(one.asked.measure, one.asked.months): one for one in own}
    counted = ((Measure.COMPLICATION, 0), (Measure.PULMONARY_CEMENT, 0), (Measure.NEW_FRACTURE, 12))
    for technique, which in zip(used, counted, strict=True):
        assert asked[which].asked.techniques == {technique}
        assert asked[which].result.n == 1
    assert asked[Measure.NEW_FRACTURE, 24].asked.techniques == set()


def test_a_logbook_without_cases_has_rates_without_numbers(logbook: Logbook) -> None:
    with logbook.session():
        own = rates_beside(safety_numbers(logbook))
    assert {one.result.n for one in own} == {0}
    assert {one.asked.measure for one in own} >= {Measure.LEAKAGE, Measure.PULMONARY_CEMENT}


def _is_ct(way: int) -> bool:
    from models.safety.columns import members

    return tuple(members(LeakDetection, way)) == (LeakDetection.CT,)


def test_kinds_of_events_and_new_fractures_stand_beside_what_publications_count(
    clinic: Logbook,
) -> None:
    with clinic.session():
        numbers = safety_numbers(clinic)
    own = {one.asked.measure: one for one in rates_beside(numbers)}
    kinds = {kind.kind: kind.procedures for kind in numbers.events.kinds}
    answered = numbers.events.any_event.n
    for measure, kind in (
        (Measure.ROOT_PAIN, EventKind.RADICULAR_PAIN),
        (Measure.BLEEDING, EventKind.BLEEDING),
        (Measure.REFRACTURE, EventKind.REFRACTURE),
    ):
        told = kinds.get(kind)
        assert (own[measure].result.k, own[measure].result.n) == (told.k if told else 0, answered)
        assert own[measure].asked.unit is CountUnit.PROCEDURE
    beside = published_beside(all_rates(clinic), own[Measure.ROOT_PAIN].asked)
    assert {one.rate.counts for one in beside} == {(5, 148), (3, 868)}
    assert sum(one.asked.measure is Measure.NEW_FRACTURE for one in rates_beside(numbers)) == 2


def test_a_leak_into_a_foramen_is_none_into_the_canal(clinic: Logbook) -> None:
    with clinic.session():
        numbers = safety_numbers(clinic)
    own = {one.asked.measure: one for one in rates_beside(numbers)}[Measure.LEAKAGE_CANAL]
    places = {part.code: part.levels.k for part in numbers.leakage.by_location}
    groups = {part.code: part.levels.k for part in numbers.leakage.by_group}
    assert own.label == "Leakage into the spinal canal, by level"
    assert own.result.k == places["epidural"] < groups["canal"]


def test_a_fracture_is_compared_at_the_same_time_only(clinic: Logbook) -> None:
    with clinic.session():
        numbers = safety_numbers(clinic)
    asked = {
        one.asked.months: one.asked
        for one in rates_beside(numbers)
        if one.asked.measure is Measure.NEW_FRACTURE
    }
    unlike = {
        one.rate.counts: [said for said in one.unlike if said.startswith("at ")]
        for one in published_beside(all_rates(clinic), asked[12])
    }
    assert unlike[50, 140] == []
    assert unlike[54, 110] == ["at 24 months, not at 12 months"]
    years = PublishedRate("Own", Measure.NEW_FRACTURE, time_point="2 years")
    [found] = published_beside([years], asked[24])
    assert not any(said.startswith("at ") for said in found.unlike)
    [found] = published_beside([PublishedRate("Own", Measure.NEW_FRACTURE)], asked[24])
    assert "time not stated" in found.unlike
