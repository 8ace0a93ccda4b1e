# SPDX-License-Identifier: MIT
"""What follows from the entered values: age, time points, chosen scores, completeness."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from models import checks
from models.partial_date import PartialDate
from models.schema import Assessment
from models.spans import full_years
from models.timepoints import STANDARD, VISITS, VisitPlan, Window
from models.vocabulary import PainScale, TimePoint

if TYPE_CHECKING:
    from models.case import Case

_STOOD_FOR = frozenset(VISITS)
"""Time points that a score can stand for."""


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

    On each scale one: none takes the place of one on another.
    """
    performed_on = case.procedure.performed_on
    performed = performed_on.exact if performed_on else None
    rivals: dict[tuple[TimePoint, object, object], list[Assessment]] = defaultdict(list)
    for row in case.assessments:
        row.chosen = False
        if row.pain_low is not None and row.time_point in _STOOD_FOR:
            top = row.pain_scale_max if row.pain_scale is PainScale.VERBAL else None
            rivals[row.time_point, row.pain_scale, top].append(row)
    for (time_point, _, _), candidates in rivals.items():
        chosen = _stands_for(plan.window(time_point), candidates, performed)
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


def _stands_for(
    window: Window | None, candidates: list[Assessment], performed: date | None
) -> Assessment | None:
    """The candidate that counts; without a window it is the baseline that is asked for."""
    dated = [row for row in candidates if row.assessed_on and row.assessed_on.exact]
    if window is None:
        return max(dated, key=lambda row: str(row.assessed_on)) if dated else candidates[-1]
    if performed is None or not dated:
        return None
    target = window.target_day

    def distance(row: Assessment) -> tuple[int, int]:
        day = (row.assessed_on.exact - performed).days
        return abs(day - target), -day

    return min(dated, key=distance)
