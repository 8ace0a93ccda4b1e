# SPDX-License-Identifier: MIT
"""What is said of an assessment beside its boxes: when it is, whether it counts, its scale. No Qt.

``tr`` puts a sentence into the user's language.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from models.numbers import show_number
from models.partial_date import PartialDate
from models.schema import Assessment
from models.timepoints import BASELINE_DAYS, VISITS, VisitPlan
from models.vocabulary import PainScale, TimePoint

Tr = Callable[[str], str]

NO_SCALE = "?"
"""Stands behind a score whose scale nobody named."""


def due_on(row: Assessment, performed: PartialDate | None, plan: VisitPlan) -> date | None:
    """The day on which a time point is due; None where there is none."""
    window = plan.window(row.time_point)
    if performed is None or performed.exact is None or window is None:
        return None
    return performed.exact + timedelta(window.target_day)


def is_left_out(row: Assessment) -> bool:
    """Whether the row has a score that does not stand for its time point."""
    return row.time_point in VISITS and row.pain_low is not None and not row.chosen


def lead_of(row: Assessment, tr: Tr) -> str:
    """The words before the boxes of a row, on one line or two."""
    point = row.time_point
    # Before the boxes there is no room for a sentence; the tool tip says it.
    label = point.abbreviation or point.label if point else ""
    return f"{label}\n{tr('not counted')}" if is_left_out(row) else label


def tip_of(row: Assessment, performed: PartialDate | None, plan: VisitPlan, tr: Tr) -> str:
    """What the time point covers, on which day the row lies, and why it may not count."""
    parts = (_span(row, plan, tr), _day(row, performed, tr), _why_left_out(row, performed, tr))
    scale = scale_name(row)
    return "\n".join(filter(None, (*parts, scale)))


def scale_name(row: Assessment) -> str:
    """The scale of a score in full, with its top where it has one of its own."""
    if row.pain_low is None or not isinstance(row.pain_scale, PainScale):
        return ""
    top = row.pain_scale_max
    own_top = row.pain_scale is PainScale.VERBAL and top is not None
    return f"{row.pain_scale.label}, 0-{show_number(top)}" if own_top else row.pain_scale.label


def scale_mark(row: Assessment, scale: PainScale | None, top: float | None) -> str:
    """What stands behind a score that is not on the scale over the table; "" for one that is.

    Args:
        row: the assessment.
        scale: the scale over the table; None where there is none or are several.
        top: its top, if it is a scale with a top of its own.
    """
    if row.pain_low is None:
        return ""
    if not isinstance(row.pain_scale, PainScale):
        return NO_SCALE
    if row.pain_scale is scale and (scale is not PainScale.VERBAL or row.pain_scale_max == top):
        return ""
    match row.pain_scale:
        case PainScale.NRS:
            return "NRS"
        case PainScale.VAS_10:
            return "VAS"
    highest = row.pain_scale.maximum or row.pain_scale_max
    return f"/{show_number(highest)}" if highest else NO_SCALE


def _span(row: Assessment, plan: VisitPlan, tr: Tr) -> str:
    if row.time_point is TimePoint.BASELINE:
        said = tr("The last score in the {n} days before the procedure.")
        return said.format(n=BASELINE_DAYS)
    window = plan.window(row.time_point)
    if window is None:
        return ""
    said = tr("Days {first} to {last} after the procedure count as {label}; due on day {target}.")
    return said.format(
        first=window.first_day,
        last=window.last_day,
        label=window.time_point.label,
        target=window.target_day,
    )


def _day(row: Assessment, performed: PartialDate | None, tr: Tr) -> str:
    asked = row.assessed_on.exact if row.assessed_on else None
    if performed is None or performed.exact is None or asked is None:
        return ""
    return tr("Asked on day {n}.").format(n=(asked - performed.exact).days)


def _why_left_out(row: Assessment, performed: PartialDate | None, tr: Tr) -> str:
    if not is_left_out(row):
        return ""
    if row.time_point is not TimePoint.BASELINE:
        if performed is None or performed.exact is None:
            return tr("Not counted: the day of the procedure is not known.")
        if row.assessed_on is None or row.assessed_on.exact is None:
            return tr("Not counted: its day is not known.")
    return tr("Not counted: another score is nearer to the day that is due.")
