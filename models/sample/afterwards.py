# SPDX-License-Identifier: MIT
"""What is noted of a synthetic case beside its course: lungs, discharge, calls, later heights.

It draws from dice of its own, so that all the rest of a case is what it was before this was added.
"""

from __future__ import annotations

from datetime import date, timedelta

from models.case import Case
from models.partial_date import PartialDate
from models.sample.dice import Dice, Odds
from models.sample.heights import wedge_of
from models.sample.rows import add_assessment, add_later_measure
from models.schema import Patient, TreatedLevel
from models.timepoints import STANDARD
from models.vocabulary import (
    AssessmentMissing,
    AssessmentMode,
    ExtraVertebra,
    Leakage,
    LeakDetection,
    LeakLocation,
)

_EXTRA = Odds({(ExtraVertebra.L6,): 75, (ExtraVertebra.T13,): 25})
_LUNGS_SEEN_BY = Odds(
    {
        (LeakDetection.RADIOGRAPH,): 60,
        (LeakDetection.FLUOROSCOPY,): 25,
        (LeakDetection.CHEST_CT,): 15,
    }
)
_AFTER_CALLS = (AssessmentMissing.LAPSED, AssessmentMissing.LOST)
_LOST_LATER = ((0.9, 0.8, -0.4, 4.0), (0.7, 0.7, -0.4, 3.5), (0.2, 0.3, -0.4, 1.2))
"""Mean, standard deviation, least and most mm lost at each wall after the procedure."""

_LATER_DAYS = Odds({(91, 10): 60, (365, 21): 40})
"""Mean and standard deviation of the days after which it is measured again."""


def note_extra_vertebrae(dice: Dice, patient: Patient) -> None:
    """Give few patients a vertebra more than most have."""
    if dice.chance(0.02):
        patient.extra_vertebrae = dice.pick(_EXTRA)


def note_afterwards(dice: Dice, case: Case, today: date) -> None:
    """Fill in what is noted of the case up to ``today``, or up to the death."""
    died = case.patient.died_on.exact if case.patient.died_on else None
    until = min(died or today, today)
    _look_at_lungs(dice, case)
    _note_discharge(dice, case)
    _note_calls(dice, case)
    if died is None:
        _call_in_vain(dice, case, today)
    for row in case.levels:
        _measure_again(dice, case, row, until)


def _look_at_lungs(dice: Dice, case: Case) -> None:
    procedure = case.procedure
    found = [leak.detected_by for leak in case.leaks if leak.location is LeakLocation.PULMONARY]
    if found:
        procedure.lung_cement, procedure.lung_cement_assessed_by = Leakage.PRESENT, (found[0],)
    elif dice.chance(0.7):
        procedure.lung_cement = Leakage.NONE
        procedure.lung_cement_assessed_by = dice.pick(_LUNGS_SEEN_BY)
    elif dice.chance(0.5):
        procedure.lung_cement = Leakage.NOT_ASSESSED


def _note_discharge(dice: Dice, case: Case) -> None:
    procedure = case.procedure
    if procedure.discharged_on and dice.chance(0.6):
        stayed = procedure.discharged_on != procedure.performed_on
        hour = dice.whole(9, 15) if stayed else dice.whole(14, 18)
        procedure.discharged_at = f"{hour:02d}:{15 * dice.whole(0, 3):02d}"


def _note_calls(dice: Dice, case: Case) -> None:
    for row in case.assessments:
        if row.mode is AssessmentMode.PHONE and dice.chance(0.5):
            row.call_attempts = dice.whole(1, 3)
        elif row.missing_reason in _AFTER_CALLS and dice.chance(0.6):
            row.call_attempts = dice.whole(2, 6)


def _call_in_vain(dice: Dice, case: Case, today: date) -> None:
    """Whose window is open may have been called already, and not been reached."""
    days = (today - case.procedure.performed_on.exact).days
    noted = {row.time_point for row in case.assessments}
    for window in STANDARD.windows:
        is_due = window.target_day <= days <= window.last_day and window.time_point not in noted
        if is_due and dice.chance(0.5):
            add_assessment(
                dice,
                case,
                time_point=window.time_point,
                missing_reason=AssessmentMissing.NOT_REACHED,
                call_attempts=dice.whole(1, 3),
            )


def _measure_again(dice: Dice, case: Case, row: TreatedLevel, until: date) -> None:
    if row.anterior_after_mm is None or not dice.chance(0.5):
        return
    mean, spread = dice.pick(_LATER_DAYS)
    days = int(dice.normal(mean, spread, mean - 2 * spread, mean + 2 * spread, 0))
    day = case.procedure.performed_on.exact + timedelta(days=days)
    if day > until:
        return
    after = (row.anterior_after_mm, row.middle_after_mm, row.posterior_after_mm)
    heights = [
        round(max(was - dice.normal(*lost), 5.0), 1)
        for was, lost in zip(after, _LOST_LATER, strict=True)
    ]
    anterior, middle, posterior = heights
    later = add_later_measure(
        dice,
        case,
        row,
        measured_on=PartialDate.from_date(day),
        anterior_mm=anterior,
        middle_mm=middle,
        posterior_mm=posterior,
        measure_modality=row.measure_modality,
    )
    if row.wedge_after_deg is not None:
        later.wedge_deg = wedge_of(heights)
    if row.kyphosis_after_deg is not None:
        bent = row.kyphosis_after_deg - row.wedge_after_deg
        later.kyphosis_deg = round(later.wedge_deg + bent, 1)
        later.kyphosis_method = row.kyphosis_method
