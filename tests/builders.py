# SPDX-License-Identifier: MIT
"""Cases for tests, in one line each."""

from __future__ import annotations

from models.audit import Action
from models.case import Case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import AuditEntry
from models.settings import STORE_IDENTITY, change_setting
from models.vocabulary import (
    Approach,
    Diagnosis,
    Leakage,
    Level,
    PainScale,
    Sex,
    Side,
    Technique,
    TimePoint,
)

Score = float | tuple[float, float] | str


def store_names(logbook: Logbook, *, on: bool = True) -> Logbook:
    """Let the logbook store names and record numbers from now on, or no longer."""
    change_setting(logbook, STORE_IDENTITY, on)
    return logbook


def noted(logbook: Logbook, action: Action) -> list[str]:
    """What the audit says of everything of this kind that was done, the first one first."""
    query = AuditEntry.select(AuditEntry.reason).where(AuditEntry.action == action.value)
    with logbook.session():
        rows = query.order_by(AuditEntry.number).tuples().execute(logbook.database)
        return [str(reason) for (reason,) in rows]


def a_case(
    code: str = "P-1",
    *levels: Level,
    on: str | None = "2026-03-04",
    before: Score | None = 8,
    after: Score | None = 2,
    after_on: str | None = "2026-04-04",
    scale: PainScale = PainScale.NRS,
    technique: Technique = Technique.BALLOON_KYPHOPLASTY,
    operator: str = "Dr A. Operator",
    age: int = 75,
    sex: Sex = Sex.FEMALE,
    cement_ml: float | None = 6,
    leakage: Leakage | None = Leakage.NONE,
) -> Case:
    """A plausible case. A score is a number, a (low, high) range, or words; None leaves it out."""
    case = Case.new()
    case.patient.patient_code = code
    case.patient.sex = sex
    case.procedure.performed_on = PartialDate(on) if on else None
    case.procedure.age_at_procedure = age
    case.procedure.operator = operator
    for level in levels or (Level.T12,):
        case.add_level(
            level=level,
            technique=technique,
            diagnosis=(Diagnosis.HEMANGIOMA,),
            approach=Approach.TRANSPEDICULAR,
            side=Side.RIGHT,
            cement_ml=cement_ml,
            leakage=leakage,
        )
    if before is not None:
        add_score(case, before, on, TimePoint.BASELINE, scale)
    if after is not None:
        add_score(case, after, after_on, TimePoint.UNDATED, scale)
    return case


def add_score(
    case: Case,
    score: Score,
    on: str | None = None,
    time_point: TimePoint = TimePoint.UNDATED,
    scale: PainScale = PainScale.NRS,
) -> None:
    """Add a pain score; a date, where given, decides on the time point."""
    assessed_on = PartialDate(on) if on else None
    if isinstance(score, str):
        case.add_assessment(time_point=time_point, assessed_on=assessed_on, pain_words=score)
        return
    low, high = score if isinstance(score, tuple) else (score, score)
    case.add_assessment(
        time_point=time_point,
        assessed_on=assessed_on,
        pain_scale=scale,
        pain_low=low,
        pain_high=high,
    )
