# SPDX-License-Identifier: MIT
"""What follows from the entered values: age, time points, chosen scores, completeness."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from models import checks
from models.casescores import asks_alike
from models.partial_date import PartialDate
from models.schema import Assessment
from models.spans import full_years
from models.timepoints import STANDARD, VISITS, VisitPlan, Window
from models.vocabulary import PainScale, TimePoint

if TYPE_CHECKING:
    from models.case import Case

_STOOD_FOR = frozenset(VISITS)
"""Time points that a score can stand for."""

_Rivals = dict[TimePoint, list[Assessment]]
"""The scores of a case on one scale by their time point."""


def work_out(case: Case, plan: VisitPlan = STANDARD) -> None:
    """Bring every derived value of the case up to date with what was entered.

    ``plan`` is that of the logbook that the case belongs to; it decides on the time points.
    """
    procedure = case.procedure
    age = age_on(case.patient.birth_date, procedure.performed_on)
    if age is not None:
        procedure.age_at_procedure = age
    place_scores(case, plan)
    procedure.complete = not checks.open_fields(case)


def place_scores(case: Case, plan: VisitPlan = STANDARD) -> None:
    """Give every assessment its time point, and mark the scores that stand for theirs."""
    performed_on = case.procedure.performed_on
    performed = performed_on.exact if performed_on else None
    for assessment in case.assessments:
        assessed = assessment.assessed_on.exact if assessment.assessed_on else None
        if performed and assessed and not _is_late_baseline(assessment, performed, assessed):
            assessment.time_point = plan.time_point_on(performed, assessed, assessment.time_point)
    choose(case, plan)


def choose(case: Case, plan: VisitPlan = STANDARD) -> None:
    """Mark the one score of each scale that stands for its time point.

    On each scale one: none takes the place of one on another. After the procedure a score of the
    pain that was asked for before goes first, be it at rest or of the leg.
    """
    performed_on = case.procedure.performed_on
    performed = performed_on.exact if performed_on else None
    rivals: dict[tuple[object, object], _Rivals] = defaultdict(lambda: defaultdict(list))
    for row in case.assessments:
        row.chosen = False
        if row.pain_low is not None and row.time_point in _STOOD_FOR:
            top = row.pain_scale_max if row.pain_scale is PainScale.VERBAL else None
            rivals[row.pain_scale, top][row.time_point].append(row)
    for on_scale in rivals.values():
        before = _stands_before(on_scale)
        if before is not None:
            before.chosen = True
        for time_point, candidates in on_scale.items():
            window = plan.window(time_point)
            if window is None:
                continue
            chosen = _stands_for(window, _alike(candidates, before), performed)
            if chosen is not None:
                chosen.chosen = True


def age_on(birth: PartialDate | None, day: PartialDate | None) -> int | None:
    """Full years from birth to ``day``; None where the two do not settle it."""
    if birth is None or day is None:
        return None
    youngest = full_years(birth.latest, day.earliest)
    oldest = full_years(birth.earliest, day.latest)
    return youngest if youngest == oldest and youngest >= 0 else None


def _is_late_baseline(assessment: Assessment, performed: date, assessed: date) -> bool:
    """A score called baseline but dated after the procedure: a contradiction for the checks."""
    return assessment.time_point is TimePoint.BASELINE and assessed > performed


def _stands_before(rivals: _Rivals) -> Assessment | None:
    """The last score before; of several the one whose pain was asked for most often again."""
    candidates = rivals.get(TimePoint.BASELINE, [])
    dated = [row for row in candidates if row.assessed_on and row.assessed_on.exact]
    day = max((str(row.assessed_on) for row in dated), default="")
    last = [row for row in dated if str(row.assessed_on) == day] or candidates[::-1]
    if len(last) < 2:
        return last[0] if last else None
    scores = [row for rows in rivals.values() for row in rows]
    return max(last, key=lambda one: sum(asks_alike(one, row) for row in scores))


def _alike(candidates: list[Assessment], before: Assessment | None) -> list[Assessment]:
    """Those of the pain that was asked for before; all where none is of it."""
    if before is None or len(candidates) == 1:
        return candidates
    return [row for row in candidates if asks_alike(before, row)] or candidates


def _stands_for(
    window: Window, candidates: list[Assessment], performed: date | None
) -> Assessment | None:
    """The candidate that counts: the nearest to the day that is meant, then the later one."""
    dated = [row for row in candidates if row.assessed_on and row.assessed_on.exact]
    if performed is None or not dated:
        return None
    target = window.target_day

    def distance(row: Assessment) -> tuple[int, int]:
        day = (row.assessed_on.exact - performed).days
        return abs(day - target), -day

    return min(dated, key=distance)
