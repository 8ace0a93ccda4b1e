# SPDX-License-Identifier: MIT
"""Any case with a follow-up, any day and any plan, for hypothesis."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from models.case import Case
from models.derived import work_out
from models.partial_date import PartialDate
from models.timepoints import FOLLOW_UPS, LAST_DAY, STANDARD, VisitPlan
from models.vocabulary import AssessmentMissing, GlobalOutcome, PainScale, TimePoint
from tests.builders import a_case
from tests.models.any_case import take_out_what_cannot_be

_EDGES = (
    date(2008, 2, 28),
    date(2008, 2, 29),
    date(2008, 3, 1),
    date(2007, 2, 28),
    date(2007, 12, 31),
    date(2008, 1, 1),
    date(2008, 1, 31),
    date(2000, 2, 29),
)
# Long enough ago for every day that is counted from there to lie in the past.
DAYS = st.one_of(st.sampled_from(_EDGES), st.dates(date(1990, 1, 1), date(2010, 6, 30)))
_STATED = st.sampled_from([*FOLLOW_UPS, TimePoint.UNDATED, TimePoint.LATER, None])
_LENGTHS = st.sampled_from([4, 7, 10, 10, 10])
_KINDS = ("number", "range", "words", "outcome", "reason", "reason", "nothing")


@st.composite
def plans(draw: st.DrawFn) -> VisitPlan:
    """Any plan that can be used, the standard one often."""
    if draw(st.booleans()):
        return STANDARD
    rows, first = [], 0
    for place, point in enumerate(FOLLOW_UPS):
        longest = draw(st.sampled_from([0, 1, 2, 9, 40, 400]))
        most = min(first + longest, LAST_DAY - len(FOLLOW_UPS) + place)
        last = draw(st.integers(first, most))
        target = draw(st.integers(first, last))
        tolerance = draw(st.integers(0, min(target - first, last - target)))
        rows.append((point, target, tolerance, last, draw(st.booleans())))
        first = last + 1
    if not any(row[-1] for row in rows):
        rows[-1] = (*rows[-1][:-1], True)
    return VisitPlan.of(*rows)


@st.composite
def days_around(draw: st.DrawFn, performed: date, plan: VisitPlan) -> date:
    """A day at an edge of a window, beside it, or anywhere from before the procedure on."""
    edges = {0}
    for window in plan.windows:
        edges |= {window.first_day, window.last_day, window.ideal_first, window.ideal_last}
        edges |= {window.target_day, window.target_day - 7, window.target_day - 30}
    near = st.builds(int.__add__, st.sampled_from(sorted(edges)), st.integers(-1, 1))
    far = st.integers(-40, plan.last_day + 40)
    return performed + timedelta(draw(st.one_of(near, far)))


@st.composite
def followed(draw: st.DrawFn, plan: VisitPlan, code: str = "P-1") -> Case:
    """A case of any procedure date, with scores, words and reasons, and maybe a death."""
    performed = draw(DAYS)
    case = a_case(code, on=performed.isoformat()[: draw(_LENGTHS)], before=None, after=None)
    for _ in range(draw(st.integers(0, 5))):
        _assess(draw, case, performed, plan)
    if draw(st.integers(0, 3)) == 0:
        died = max(performed, draw(days_around(performed, plan)))
        case.patient.died_on = PartialDate(died.isoformat()[: draw(_LENGTHS)])
    work_out(case, plan)
    take_out_what_cannot_be(case)
    work_out(case, plan)
    return case


def _assess(draw: st.DrawFn, case: Case, performed: date, plan: VisitPlan) -> None:
    row = case.add_assessment(time_point=draw(_STATED))
    what = draw(st.sampled_from(_KINDS))
    if draw(st.booleans()):
        day = draw(days_around(performed, plan))
        row.assessed_on = PartialDate(day.isoformat()[: draw(_LENGTHS)])
    if what in ("number", "range"):
        row.pain_scale = PainScale.NRS
        row.pain_low = draw(st.integers(0, 5))
        row.pain_high = row.pain_low + (what == "range")
    elif what == "words":
        row.pain_words = "better"
    elif what == "outcome":
        row.global_outcome = GlobalOutcome.IMPROVED
    elif what == "reason":
        row.missing_reason = draw(st.sampled_from(list(AssessmentMissing)))
