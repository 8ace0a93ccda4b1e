# SPDX-License-Identifier: MIT
"""New fractures over time: from the first procedure, by distance, with who was not followed."""

from __future__ import annotations

import pytest

from models.case import Case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.safety.fractures import Distance, FractureCurve, FractureNumbers, levels_between
from models.safety.rates import share
from models.vocabulary import AssessmentMissing, EventKind, Level, TimePoint, YesNo
from tests.builders import add_score
from tests.models.safety.clinic import ask, same_patient, treated, with_event


def seen(case: Case, on: str) -> Case:
    add_score(case, 3, on)
    return case


def curves(found: FractureNumbers) -> dict[FractureCurve, tuple[int, int]]:
    return {code: (curve.n, curve.n_events) for code, curve in found.curves}


def fractures(logbook: Logbook, *cases: Case) -> FractureNumbers:
    return ask(logbook, *cases).fractures


@pytest.mark.parametrize(
    ("one", "other", "extra", "away"),
    [
        (Level.T12, Level.L1, (), 1),
        (Level.T12, Level.L1, (Level.T13,), 2),
        (Level.T13, Level.L1, (), 1),
        (Level.L5, Level.S1, (), 1),
        (Level.L5, Level.S1, (Level.L6,), 2),
        (Level.C7, Level.T2, (), 2),
        (Level.L3, Level.L3, (), 0),
    ],
)
def test_levels_between_follow_the_spine_that_the_patient_has(
    one: Level, other: Level, extra: tuple[Level, ...], away: int
) -> None:
    assert levels_between(one, other, extra) == levels_between(other, one, extra) == away


def test_distance_follows_from_the_level_and_else_from_the_name(logbook: Logbook) -> None:
    near = EventKind.FRACTURE_ADJACENT
    found = fractures(
        logbook,
        with_event(treated(Level.T12), near, "2024-05-04", level=Level.L1),
        with_event(treated(Level.T12), near, "2024-05-04", level=Level.L4),
        with_event(treated(Level.T12), EventKind.FRACTURE_REMOTE, "2024-05-04"),
        with_event(treated(Level.T12), EventKind.REFRACTURE, "2024-05-04", level=Level.T12),
    )
    assert dict(found.distances) == {
        Distance.TREATED: 1,
        Distance.ADJACENT: 1,
        Distance.REMOTE: 2,
    }
    assert found.levels_away == ((0, 1), (1, 1), (4, 1))
    assert found.n_contradicting == 1
    assert curves(found) == {
        FractureCurve.ANY: (4, 3),
        FractureCurve.ADJACENT: (4, 1),
        FractureCurve.REMOTE: (4, 2),
    }


def test_days_run_from_the_first_procedure_to_the_last_contact(logbook: Logbook) -> None:
    broken = seen(treated(Level.T12), "2025-03-04")
    with_event(broken, EventKind.FRACTURE_ADJACENT, "2024-03-14", level=Level.T11)
    found = fractures(logbook, broken, seen(treated(), "2024-03-09"), treated())
    assert (found.n_patients, found.n_followed, found.n_no_followup) == (3, 2, 1)
    curve = dict(found.curves)[FractureCurve.ADJACENT]
    [step] = curve.steps
    assert (step.day, step.at_risk, step.free) == (10, 1, 0.0)
    start = curve.at(0)
    assert start is not None
    assert (start.at_risk, curve.last_day) == (2, 10)


def test_a_visit_without_an_answer_is_no_contact_and_death_ends_it(logbook: Logbook) -> None:
    lost, dead = treated(), treated()
    lost.add_assessment(
        time_point=TimePoint.M3,
        assessed_on=PartialDate("2024-06-04"),
        missing_reason=AssessmentMissing.NOT_REACHED,
    )
    dead.patient.died_on = PartialDate("2024-04-04")
    found = fractures(logbook, lost, dead)
    assert (found.n_no_followup, found.n_followed, found.n_died) == (1, 1, 1)
    assert dict(found.curves)[FractureCurve.ANY].last_day == 31


def test_a_fracture_that_only_a_visit_tells_has_no_distance(logbook: Logbook) -> None:
    told = treated()
    told.add_assessment(
        time_point=TimePoint.M3, assessed_on=PartialDate("2024-06-04"), new_fracture=YesNo.YES
    )
    found = fractures(logbook, told)
    assert dict(found.distances) == {Distance.NOT_STATED: 1}
    assert curves(found)[FractureCurve.ANY] == (1, 1)
    assert curves(found)[FractureCurve.ADJACENT] == (1, 0)


def test_the_first_day_that_visits_tell_counts_and_a_visit_without_one_does_not(
    logbook: Logbook,
) -> None:
    told, in_part, never = treated(), treated(), treated()
    visits = [(told, "2024-08-04"), (told, "2024-06"), (told, "2024-06-04"), (in_part, "2024-06")]
    for case, on in visits:
        case.add_assessment(assessed_on=PartialDate(on), new_fracture=YesNo.YES)
    never.add_assessment(new_fracture=YesNo.YES)
    found = fractures(logbook, told, seen(in_part, "2024-09-04"), seen(never, "2024-09-04"))
    assert (found.n_undated, found.n_followed) == (2, 1)
    [step] = dict(found.curves)[FractureCurve.ANY].steps
    assert step.day == 92


def test_a_fracture_that_a_visit_tells_before_the_listed_one_comes_first(
    logbook: Logbook,
) -> None:
    before, after = (
        with_event(treated(Level.T12), EventKind.FRACTURE_ADJACENT, "2024-09-04", level=Level.L1)
        for _ in range(2)
    )
    for case, on in ((before, "2024-06-04"), (after, "2024-12-04")):
        case.add_assessment(assessed_on=PartialDate(on), new_fracture=YesNo.YES)
    found = fractures(logbook, before, after)
    assert dict(found.distances) == {Distance.ADJACENT: 2, Distance.NOT_STATED: 1}
    assert [step.day for step in dict(found.curves)[FractureCurve.ANY].steps] == [92, 184]


def test_a_visit_without_a_day_takes_no_listed_fracture_out_of_the_curve(logbook: Logbook) -> None:
    listed = with_event(treated(Level.T12), EventKind.FRACTURE_ADJACENT, "2024-06-04")
    of_old = with_event(seen(treated(), "2024-09-04"), EventKind.REFRACTURE, "2024-06-04")
    for case in (listed, of_old):
        case.add_assessment(new_fracture=YesNo.YES)
    found = fractures(logbook, listed, of_old)
    assert (found.n_undated, found.n_followed) == (1, 1)
    assert curves(found)[FractureCurve.ADJACENT] == (1, 1)


def test_what_has_no_day_is_left_out_and_counted(logbook: Logbook) -> None:
    undated = with_event(seen(treated(), "2024-06-04"), EventKind.FRACTURE_ADJACENT, "2024-04")
    never = seen(treated(on="2024"), "2024-06-04")
    found = fractures(logbook, undated, never)
    assert (found.n_undated, found.n_no_start, found.n_followed) == (1, 1, 0)
    assert curves(found)[FractureCurve.ANY] == (0, 0)


def test_cement_of_an_earlier_procedure_counts_for_the_distance(logbook: Logbook) -> None:
    first, second = treated(Level.L4), treated(Level.T8, on="2024-06-01")
    with_event(second, EventKind.FRACTURE_REMOTE, "2024-07-01", level=Level.L3)
    found = fractures(logbook, *same_patient(first, second))
    assert found.levels_away == ((1, 1),)
    assert (found.n_patients, found.n_contradicting) == (1, 1)
    [step] = dict(found.curves)[FractureCurve.ADJACENT].steps
    assert step.day == 119


def test_no_patient_has_no_curve(logbook: Logbook) -> None:
    found = fractures(logbook)
    assert (found.n_patients, found.n_followed, found.distances) == (0, 0, ())


def test_who_was_seen_at_a_visit_counts_there_and_nobody_else(logbook: Logbook) -> None:
    near = EventKind.FRACTURE_ADJACENT
    whole = seen(treated(Level.T12), "2025-03-04")
    early = with_event(seen(treated(Level.T12), "2025-03-04"), near, "2024-04-04", level=Level.L1)
    broken_and_lost = with_event(treated(Level.T12), near, "2024-04-04", level=Level.L1)
    later = with_event(seen(treated(Level.T12), "2026-03-04"), near, "2026-01-04", level=Level.L1)
    found = dict(fractures(logbook, whole, early, broken_and_lost, later).by_visit)
    assert (found[12].k, found[12].n) == (1, 3)
    assert (found[24].k, found[24].n) == (1, 1)
    assert found[12] == share(1, 3)


def test_a_visit_of_twelve_months_is_from_day_305_to_day_425(logbook: Logbook) -> None:
    near = EventKind.FRACTURE_ADJACENT
    too_early, first = seen(treated(), "2025-01-02"), seen(treated(), "2025-01-03")
    last = with_event(treated(Level.T12), near, "2025-05-03", level=Level.L1)
    too_late = with_event(treated(Level.T12), near, "2025-05-04", level=Level.L1)
    found = dict(fractures(logbook, too_early, first, last, too_late).by_visit)
    assert found[12] == share(1, 3)


def test_a_fracture_on_the_day_of_the_procedure_is_one_after_it(logbook: Logbook) -> None:
    case = with_event(seen(treated(Level.T12), "2024-05-04"), EventKind.FRACTURE_ADJACENT)
    found = fractures(logbook, case)
    assert dict(found.distances) == {Distance.ADJACENT: 1}
    assert curves(found)[FractureCurve.ADJACENT] == (1, 1)


def test_a_vertebra_that_is_treated_on_the_day_it_breaks_held_no_cement(logbook: Logbook) -> None:
    first, second = treated(Level.L4), treated(Level.L3, on="2024-06-01")
    with_event(first, EventKind.FRACTURE_ADJACENT, "2024-06-01", level=Level.L3)
    found = fractures(logbook, *same_patient(first, second))
    assert (found.levels_away, found.n_contradicting) == (((1, 1),), 0)
