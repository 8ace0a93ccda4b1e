# SPDX-License-Identifier: MIT
"""Adverse events. The procedure is on 2026-03-04."""

from __future__ import annotations

import pytest

from models.vocabulary import (
    Cirse,
    CirseVersion,
    ClavienDindo,
    EventKind,
    EventOutcome,
    EventPhase,
    Level,
    Sir,
    YesNo,
)
from tests.builders import a_case
from tests.models.checks.saying import day, errors_of, warnings_of

V2017, V2026 = CirseVersion.V2017, CirseVersion.V2026


@pytest.mark.parametrize(
    ("grade", "edition", "refused", "marked"),
    [
        (Cirse.G1A, V2017, True, False),
        (Cirse.G3B, V2017, True, False),
        (Cirse.G1A, V2026, False, False),
        (Cirse.G1, V2017, False, False),
        (Cirse.G1, V2026, False, True),
        (Cirse.G3, V2026, False, True),
        (Cirse.G2, V2026, False, False),
    ],
)
def test_a_cirse_grade_is_one_of_its_edition(
    grade: Cirse, edition: CirseVersion, refused: bool, marked: bool
) -> None:
    case = a_case()
    case.add_adverse_event(kind=EventKind.INFECTION, cirse=grade, cirse_version=edition)
    assert bool(errors_of(case, "cirse")) is refused
    assert bool(warnings_of(case, "cirse")) is marked


def test_a_cirse_grade_names_its_edition() -> None:
    case = a_case()
    case.add_adverse_event(kind=EventKind.INFECTION, cirse=Cirse.G2)
    assert warnings_of(case, "cirse_version")


@pytest.mark.parametrize(
    ("phase", "onset", "fits"),
    [
        (EventPhase.INTRA, "2026-03-04", True),
        (EventPhase.INTRA, "2026-03-05", False),
        (EventPhase.WITHIN_24H, "2026-03-05", True),
        (EventPhase.WITHIN_24H, "2026-03-06", False),
        (EventPhase.WITHIN_30D, "2026-04-03", True),
        (EventPhase.WITHIN_30D, "2026-04-04", False),
        (EventPhase.AFTER_30D, "2026-04-04", True),
        (EventPhase.AFTER_30D, "2026-04-03", False),
        (EventPhase.AFTER_30D, "2026-04", True),
        (EventPhase.INTRA, "2026", True),
    ],
)
def test_the_phase_fits_the_onset(phase: EventPhase, onset: str, fits: bool) -> None:
    case = a_case()
    case.add_adverse_event(kind=EventKind.INFECTION, phase=phase, onset_on=day(onset))
    assert (warnings_of(case, "phase") == []) is fits


def test_a_death_is_a_death_on_every_scale() -> None:
    case = a_case(after=None)
    event = case.add_adverse_event(
        kind=EventKind.DEATH,
        outcome=EventOutcome.FATAL,
        onset_on=day("2026-03-05"),
        sir_2017=Sir.SEVERE,
        cirse=Cirse.G5,
        cirse_version=V2017,
        clavien_dindo=ClavienDindo.IVA,
    )
    for field in ("sir_2017", "cirse", "clavien_dindo", "outcome"):
        assert warnings_of(case, field)
    case.patient.died_on = day("2026-03-06")
    assert not warnings_of(case, "outcome")
    assert warnings_of(case, "onset_on")
    case.patient.died_on = day("2026-03-05")
    event.sir_2017, event.cirse, event.clavien_dindo = Sir.DEATH, Cirse.G6, ClavienDindo.V
    for field in ("sir_2017", "cirse", "clavien_dindo", "outcome", "onset_on"):
        assert not warnings_of(case, field)


def test_a_grade_of_death_has_the_outcome_fatal() -> None:
    case = a_case()
    event = case.add_adverse_event(
        kind=EventKind.BLEEDING, outcome=EventOutcome.RESOLVED, sir_2017=Sir.DEATH
    )
    assert warnings_of(case, "sir_2017")
    event.kind = EventKind.DEATH
    assert warnings_of(case, "outcome")


@pytest.mark.parametrize(
    ("kind", "level", "fits"),
    [
        (EventKind.FRACTURE_ADJACENT, Level.L1, True),
        (EventKind.FRACTURE_ADJACENT, Level.T11, True),
        (EventKind.FRACTURE_ADJACENT, Level.L3, False),
        (EventKind.FRACTURE_ADJACENT, Level.T12, False),
        (EventKind.FRACTURE_REMOTE, Level.L3, True),
        (EventKind.FRACTURE_REMOTE, Level.L1, False),
        (EventKind.REFRACTURE, Level.T12, True),
        (EventKind.REFRACTURE, Level.L1, False),
    ],
)
def test_a_new_fracture_is_where_its_kind_says(kind: EventKind, level: Level, fits: bool) -> None:
    case = a_case("P-1", Level.T12)
    case.add_adverse_event(kind=kind, level=level)
    assert (warnings_of(case, "level") == []) is fits


def test_modifiers_have_something_to_modify() -> None:
    case = a_case()
    case.add_adverse_event(
        kind=EventKind.INFECTION, sir_multiple=YesNo.YES, clavien_disability=YesNo.YES
    )
    assert warnings_of(case, "sir_multiple")
    assert warnings_of(case, "clavien_disability")
    case.add_adverse_event(kind=EventKind.BLEEDING)
    assert not warnings_of(case, "sir_multiple")
