# SPDX-License-Identifier: MIT
"""Adverse events and doses: what is listed, what was answered, what is missing and why."""

from __future__ import annotations

import numpy as np
import pytest

from models.logbook import Logbook
from models.vocabulary import (
    Cirse,
    CirseVersion,
    ClavienDindo,
    EventKind,
    EventOutcome,
    Level,
    MissingReason,
    Sir,
    Technique,
    YesNo,
)
from tests.models.safety.clinic import ask, leaking, treated, with_event


def test_a_leak_without_symptoms_is_no_event_and_an_unlisted_one_with_them_is_told(
    logbook: Logbook,
) -> None:
    found = ask(logbook, leaking(), leaking(hurts=YesNo.YES), treated()).events
    assert (found.any_event.k, found.any_event.n, found.n_events) == (0, 3, 0)
    assert found.n_leaks_unlisted == 1


def test_a_procedure_counts_once_per_kind_and_who_says_nothing_is_left_out(
    logbook: Logbook,
) -> None:
    twice = with_event(with_event(treated(), EventKind.PAIN_FLARE), EventKind.PAIN_FLARE)
    silent, said = treated(), treated()
    silent.procedure.any_complication = None
    said.procedure.any_complication = YesNo.YES
    found = ask(logbook, twice, with_event(treated(), EventKind.INFECTION), silent, said).events
    assert (found.any_event.k, found.any_event.n) == (3, 3)
    assert (found.n_events, found.n_not_answered, found.n_said_only) == (3, 1, 1)
    flare = next(kind for kind in found.kinds if kind.kind is EventKind.PAIN_FLARE)
    assert (flare.n_events, flare.procedures.k, flare.procedures.n) == (2, 1, 3)


def test_grades_stand_with_their_scale_and_edition(logbook: Logbook) -> None:
    graded = (
        {"cirse": Cirse.G3, "cirse_version": CirseVersion.V2017, "sir_2017": Sir.MODERATE},
        {"cirse": Cirse.G3A, "cirse_version": CirseVersion.V2026},
        {"cirse": Cirse.G2},
        {"clavien_dindo": ClavienDindo.IIIA, "outcome": EventOutcome.SEQUELAE},
        {"outcome": None},
    )
    cases = [with_event(treated(), EventKind.BLEEDING, **grade) for grade in graded]
    found = ask(logbook, *cases).events
    assert dict(found.grades) == {
        "CIRSE, edition not stated": (("2", 1),),
        "CIRSE 2017": (("3", 1),),
        "CIRSE 2026": (("3a", 1),),
        "SIR 2017": (("2 moderate", 1),),
        "Clavien-Dindo": (("IIIa", 1),),
    }
    assert found.n_ungraded == 1
    assert found.outcomes == (("Resolved", 3), ("Resolved with sequelae", 1), ("", 1))


def test_doses_are_told_with_what_is_missing_and_why(logbook: Logbook) -> None:
    values = [100, 200, 300, 5000]
    cases = [treated() for _ in range(6)]
    for case, seconds in zip(cases, values, strict=False):
        case.procedure.fluoro_time_s = seconds
    cases[4].procedure.missing = {"fluoro_time_s": MissingReason.NOT_RECORDED}
    time, area, kerma = ask(logbook, *cases).doses
    assert (time.label, time.unit, time.all.spread.n, time.all.n_missing) == (
        "Fluoroscopy time",
        "s",
        4,
        2,
    )
    assert time.all.spread.median == pytest.approx(float(np.median(values)))
    assert (time.all.spread.q1, time.all.spread.q3) == tuple(np.percentile(values, (25, 75)))
    assert dict(time.missing) == {"Not recorded": 1, "": 1}
    assert (time.n_unusual, time.usual_most) == (1, 1800)
    assert (area.all.spread.n, area.all.spread.median, area.unit) == (0, None, "Gy.cm2")
    assert kerma.unit == "mGy"


def test_doses_are_grouped_by_technique_and_number_of_levels(logbook: Logbook) -> None:
    mixed = treated(Level.T12, Level.L1)
    mixed.levels[1].technique = Technique.VERTEBROPLASTY
    five = treated(Level.T8, Level.T9, Level.T10, Level.T11, Level.T12)
    cases = [treated(), treated(technique=Technique.VERTEBROPLASTY), mixed, five]
    for number, case in enumerate(cases):
        case.procedure.fluoro_time_s = 100 * (number + 1)
    time = ask(logbook, *cases).doses[0]
    assert {group.code: group.n_procedures for group in time.by_technique} == {
        "balloon_kyphoplasty": 2,
        "vertebroplasty": 1,
        "several": 1,
    }
    assert {group.label: group.spread.median for group in time.by_levels} == {
        "1 level": 150,
        "2 levels": 300,
        "4 levels or more": 400,
    }
