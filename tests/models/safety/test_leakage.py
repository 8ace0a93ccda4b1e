# SPDX-License-Identifier: MIT
"""Leakage counts what was looked for, levels and patients apart, and says how it was looked for."""

from __future__ import annotations

from typing import Any

import pytest

from models.logbook import Logbook
from models.query import parse
from models.safety.columns import as_set
from models.safety.leakage import Part
from models.safety.numbers import safety_numbers
from models.vocabulary import (
    Leakage,
    LeakDetection,
    LeakLocation,
    Level,
    Technique,
    Yeom,
    YesNo,
)
from tests.models.safety.clinic import CT, FLUORO, ask, leaking, same_patient, treated
from tests.models.safety.known import KNOWN


def counts(parts: tuple[Part, ...]) -> dict[str, tuple[int, int]]:
    return {part.code: (part.levels.k, part.levels.n) for part in parts}


def test_an_empty_logbook_has_no_rate(logbook: Logbook) -> None:
    with logbook.session():
        found = safety_numbers(logbook).leakage
    assert (found.per_level.rate, found.per_patient.rate, found.per_level.n) == (None, None, 0)
    assert (found.by_location, found.by_detection, found.spine) == ((), (), ())
    assert (found.test, found.remark) == (None, "")


def test_the_known_cluster_rate_comes_out_of_a_logbook(logbook: Logbook) -> None:
    entry = KNOWN["cluster"]
    spine = [Level.T7, Level.T9, Level.T11, Level.L1]
    cases = [
        leaking(*spine[:n], first=k) if k else treated(*spine[:n])
        for n, k in zip(entry["levels"], entry["leaks"], strict=True)
    ]
    found = ask(logbook, *cases).leakage
    assert found.per_level.ci95 == pytest.approx(entry["ci95"], abs=1e-4)
    assert [found.per_patient.k, found.per_patient.n] == entry["per_patient"]


def test_what_was_not_assessed_is_no_none(logbook: Logbook) -> None:
    found = ask(
        logbook,
        leaking(Level.T12, Level.L1),
        treated(Level.L2, leakage=Leakage.NOT_ASSESSED),
        treated(Level.L3, leakage=None),
    ).leakage
    assert (found.per_level.k, found.per_level.n) == (1, 2)
    assert (found.n_levels, found.n_not_assessed, found.n_not_answered) == (4, 1, 1)
    assert (found.per_patient.k, found.per_patient.n) == (1, 1)
    mark = {mark.level: (mark.k, mark.n, mark.n_not_assessed) for mark in found.spine}
    assert mark[Level.T12] == (1, 1, 0)
    assert mark[Level.L2] == (0, 0, 1)


def test_all_missing_is_no_rate(logbook: Logbook) -> None:
    found = ask(logbook, treated(leakage=None), treated(leakage=Leakage.NOT_ASSESSED)).leakage
    assert (found.per_level.rate, found.per_patient.rate) == (None, None)
    assert (found.n_not_assessed, found.n_not_answered) == (1, 1)


@pytest.mark.parametrize(("n", "high"), [(1, 0.7935), (2, 0.6576)])
def test_one_or_two_patients_claim_little(logbook: Logbook, n: int, high: float) -> None:
    found = ask(logbook, *(treated() for _ in range(n))).leakage
    assert found.per_level.rate == 0
    assert found.per_level.ci95 == pytest.approx((0, high), abs=1e-4)


def test_a_patient_with_two_procedures_counts_once(logbook: Logbook) -> None:
    first, second = leaking(Level.T12), treated(Level.L2, on="2025-01-10")
    found = ask(logbook, *same_patient(first, second), treated()).leakage
    assert (found.per_patient.k, found.per_patient.n) == (1, 2)
    assert (found.per_level.k, found.per_level.n, found.per_level.n_patients) == (1, 3, 2)


def test_a_level_stands_under_each_place_of_its_leaks_and_once_in_all(logbook: Logbook) -> None:
    case = leaking(at=LeakLocation.EPIDURAL, yeom=Yeom.B)
    for location in (LeakLocation.EPIDURAL, LeakLocation.PULMONARY):
        case.add_leak(case.levels[0], location=location, symptomatic=YesNo.NO, detected_by=CT)
    unlisted = treated(leakage=Leakage.PRESENT)
    found = ask(logbook, case, unlisted, treated()).leakage
    assert (found.per_level.k, found.per_level.n) == (2, 3)
    assert counts(found.by_location) == {
        "epidural": (1, 3),
        "pulmonary": (1, 3),
        "not_stated": (1, 3),
    }
    assert counts(found.by_group) == {"canal": (1, 3), "venous": (1, 3), "not_stated": (1, 3)}
    assert counts(found.by_yeom) == {"B": (1, 3), "not_stated": (2, 3)}


def test_symptoms_that_nobody_asked_for_are_left_out(logbook: Logbook) -> None:
    found = ask(
        logbook,
        leaking(hurts=YesNo.YES),
        leaking(hurts=YesNo.NO),
        leaking(hurts=YesNo.UNKNOWN),
        leaking(hurts=None),
        treated(leakage=Leakage.PRESENT),
        treated(),
    ).leakage
    assert (found.symptomatic.k, found.symptomatic.n, found.n_symptoms_unknown) == (1, 3, 3)
    assert (found.symptomatic_patients.k, found.symptomatic_patients.n) == (1, 3)


def test_ways_of_looking_stand_apart_and_mixing_is_said(logbook: Logbook) -> None:
    cases = [leaking(by=(FLUORO, CT), seen=CT), treated(by=(CT,)), treated(), treated(by=())]
    found = ask(logbook, *cases).leakage
    assert counts(found.by_detection) == {
        "ct": (0, 1),
        "fluoroscopy": (0, 1),
        "fluoroscopy|ct": (1, 1),
        "not_stated": (0, 1),
    }
    assert found.is_mixed
    assert "Compare rates within one way only" in found.remark
    with logbook.session():
        from models.safety.numbers import SafetyQuestion

        alone = safety_numbers(logbook, SafetyQuestion(sought=as_set([CT]))).leakage
    assert (alone.per_level.k, alone.per_level.n, alone.remark) == (0, 1, "")


def test_techniques_are_tested_only_where_they_were_looked_at_alike(logbook: Logbook) -> None:
    vertebroplasty: dict[str, Any] = {"technique": Technique.VERTEBROPLASTY}
    alike = [treated() for _ in range(6)] + [leaking(**vertebroplasty) for _ in range(6)]
    both = same_patient(leaking(), leaking(Level.L3, on="2024-05-05", **vertebroplasty))
    found = ask(logbook, *alike, *both).leakage
    assert found.test is not None
    assert [(one.k, one.n) for one in found.test.shares] == [(0, 6), (6, 6)]
    assert found.test.n_both == 1
    assert found.test.p == pytest.approx(0.002165, abs=1e-5)
    assert found.test.labels == ("Balloon kyphoplasty", "Vertebroplasty")


@pytest.mark.parametrize("mixed", [False, True])
def test_techniques_that_were_looked_at_otherwise_are_not_tested(
    logbook: Logbook, mixed: bool
) -> None:
    cases = [treated(by=(CT,)) for _ in range(6)]
    cases += [leaking(technique=Technique.VERTEBROPLASTY) for _ in range(6)]
    if mixed:
        cases += [treated(), leaking(by=(CT,), seen=CT, technique=Technique.VERTEBROPLASTY)]
    test = ask(logbook, *cases).leakage.test
    assert test is not None
    assert test.p is None
    assert "one and the same way" in test.why_not


def test_cement_in_the_lungs_counts_where_it_was_looked_for(logbook: Logbook) -> None:
    cases = [treated() for _ in range(4)]
    for case, answer in zip(
        cases, (Leakage.PRESENT, Leakage.NONE, Leakage.NOT_ASSESSED), strict=False
    ):
        case.procedure.lung_cement = answer
        if answer is not Leakage.NOT_ASSESSED:
            case.procedure.lung_cement_assessed_by = (LeakDetection.CHEST_CT,)
    found = ask(logbook, *cases).leakage
    assert [(code, rate.k, rate.n) for code, _, rate in found.lungs] == [
        ("all", 1, 2),
        ("chest_ct", 1, 2),
    ]
    assert (found.n_lungs_not_assessed, found.n_lungs_not_answered) == (1, 1)


def test_a_filter_says_whose_cases_count(logbook: Logbook) -> None:
    found = ask(logbook, leaking(Level.T12), treated(Level.L3), asked=parse("level:T12"))
    assert (found.n_cases, found.leakage.per_level.k, found.leakage.per_level.n) == (1, 1, 1)
    assert [mark.level for mark in found.leakage.spine] == [Level.T12]
