# SPDX-License-Identifier: MIT
"""How a synthetic patient does: pain and function before and after, and who stops answering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.case import Case
from models.partial_date import PartialDate
from models.sample.dice import Dice, Odds
from models.sample.plausible import PAIN_SCALES, Course, Kind
from models.sample.rows import add_assessment
from models.timepoints import STANDARD, Window
from models.vocabulary import (
    AnalgesicLevel,
    AssessmentMissing,
    AssessmentMode,
    EventKind,
    GlobalOutcome,
    Mobility,
    PainContext,
    PainScale,
    PainSite,
    Pgic,
    Respondent,
    TimePoint,
    Work,
    YesNo,
)

_PLANS = Odds({STANDARD.windows[:4]: 30, STANDARD.windows[:6]: 45, STANDARD.windows: 25})
"""How long the clinic asks: for three months, one year or two."""

_ANSWERS = {
    TimePoint.H24: 0.93,
    TimePoint.W1: 0.7,
    TimePoint.M1: 0.82,
    TimePoint.M3: 0.75,
    TimePoint.M6: 0.68,
    TimePoint.M12: 0.64,
    TimePoint.M24: 0.55,
}
"""Share of the patients still followed who answer."""

_NOTED = 0.6
"""Share of the missing scores for which there is a line that says why."""

_SPREAD_DAYS = {TimePoint.H24: 1, TimePoint.W1: 2, TimePoint.M1: 10, TimePoint.M3: 18}
_SPREAD_OTHERWISE = 35
_WHY_NOT = Odds(
    {
        AssessmentMissing.LAPSED: 46,
        AssessmentMissing.LOST: 20,
        AssessmentMissing.DECLINED: 10,
        AssessmentMissing.TOO_ILL: 10,
        AssessmentMissing.NOT_RECORDED: 6,
        AssessmentMissing.MOVED: 5,
        AssessmentMissing.COGNITIVE: 3,
    }
)
_WHY_NOT_AT_ONCE = Odds(
    {
        AssessmentMissing.LAPSED: 60,
        AssessmentMissing.TOO_ILL: 15,
        AssessmentMissing.COGNITIVE: 5,
        AssessmentMissing.NOT_RECORDED: 20,
    }
)
_FOR_GOOD = (AssessmentMissing.LOST, AssessmentMissing.MOVED, AssessmentMissing.DECLINED)
_ASKED = Odds(
    {
        AssessmentMode.PHONE: 52,
        AssessmentMode.IN_PERSON: 34,
        AssessmentMode.PAPER: 8,
        AssessmentMode.WEB: 6,
    }
)
_ANSWERED_BY = Odds({Respondent.PATIENT: 93, Respondent.PROXY: 6, Respondent.CLINICIAN: 1})
_LASTING = {
    Course.RELIEF: (1.9, 1.2),
    Course.PARTIAL: (4.4, 1.2),
    Course.NONE: (7.2, 1.2),
}
"""Mean and standard deviation of the lasting pain, on a scale of ten."""

_IN_WORDS = {
    Course.RELIEF: ("much better", GlobalOutcome.IMPROVED),
    Course.PARTIAL: ("somewhat better", GlobalOutcome.IMPROVED),
    Course.NONE: ("no change", GlobalOutcome.UNCHANGED),
}
_IMPRESSION = {
    Course.RELIEF: Odds({Pgic.VERY_MUCH_IMPROVED: 45, Pgic.MUCH_IMPROVED: 55}),
    Course.PARTIAL: Odds({Pgic.MUCH_IMPROVED: 35, Pgic.MINIMALLY_IMPROVED: 65}),
    Course.NONE: Odds({Pgic.NO_CHANGE: 75, Pgic.MINIMALLY_WORSE: 25}),
}


_LATE = 90
"""Days after which it is asked for more than the pain."""

_Answers = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a patient's answers have in common."""

    course: Course
    scale: PainScale
    before: float
    lasting: float
    asks_odi: bool
    mobility: Mobility | None


def follow(dice: Dice, case: Case, kind: Kind, until: date) -> None:
    """Add the score before and what is known after, up to the day ``until``."""
    course = dice.pick(kind.course)
    told = _Told(
        course,
        dice.pick(PAIN_SCALES),
        dice.normal(7.9, 1.1, 4.5, 10),
        dice.normal(*_LASTING[course], 0, 9.5),
        dice.chance(0.4),
        case.procedure.mobility_before,
    )
    performed = case.procedure.performed_on.exact
    _assess_before(dice, case, told, performed)
    died = case.patient.died_on.exact if case.patient.died_on else None
    for window in dice.pick(_PLANS):
        day = _day(dice, window, performed)
        if day > until:
            break
        if died is not None and day >= died:
            add_assessment(
                dice,
                case,
                time_point=window.time_point,
                missing_reason=AssessmentMissing.DIED,
            )
            break
        if dice.chance(_ANSWERS[window.time_point]):
            _assess_after(dice, case, told, window, day)
        elif dice.chance(_NOTED) and _is_gone_for_good(dice, case, window):
            break


def _day(dice: Dice, window: Window, performed: date) -> date:
    spread = _SPREAD_DAYS.get(window.time_point, _SPREAD_OTHERWISE)
    after = int(dice.normal(window.target_day, spread / 2, window.first_day, window.last_day, 0))
    return performed + timedelta(days=max(after, 1))


def _assess_before(dice: Dice, case: Case, told: _Told, performed: date) -> None:
    if dice.chance(0.03):
        add_assessment(
            dice,
            case,
            time_point=TimePoint.BASELINE,
            missing_reason=AssessmentMissing.NOT_RECORDED,
        )
        return
    days = 0 if dice.chance(0.45) else dice.whole(1, 24)
    said: _Answers = {
        "time_point": TimePoint.BASELINE,
        "assessed_on": PartialDate.from_date(performed - timedelta(days=days)),
        "respondent": dice.pick(_ANSWERED_BY),
        "mode": AssessmentMode.IN_PERSON,
        **_score(dice, told, told.before),
    }
    if told.asks_odi:
        said["odi_pct"] = dice.normal(62, 13, 20, 96, 0)
    if told.mobility is not None:
        said["mobility"] = told.mobility
    add_assessment(dice, case, **said)


def _assess_after(dice: Dice, case: Case, told: _Told, window: Window, day: date) -> None:
    first_days = window.time_point is TimePoint.H24
    said: _Answers = {
        "time_point": window.time_point,
        "assessed_on": PartialDate.from_date(day),
        "respondent": dice.pick(_ANSWERED_BY),
        "mode": AssessmentMode.IN_PERSON if first_days else dice.pick(_ASKED),
    }
    if dice.chance(0.02):
        said["pain_words"], said["global_outcome"] = _IN_WORDS[told.course]
        if told.lasting < 1 and not first_days:
            said["pain_words"], said["global_outcome"] = "pain free", GlobalOutcome.RESOLVED
    else:
        sore = dice.normal(1.3, 0.8, 0, 3) if first_days else dice.normal(0, 0.8, -2, 2)
        said |= _score(dice, told, min(told.lasting + sore, 10))
    if told.asks_odi and not first_days:
        said["odi_pct"] = dice.normal(12 + 6.2 * told.lasting, 8, 0, 96, 0)
    if dice.chance(0.6):
        said["analgesic_level"] = _analgesic(dice, told)
    if told.mobility is not None and dice.chance(0.6):
        better = told.course is Course.RELIEF and dice.chance(0.7)
        said["mobility"] = Mobility.AMBULATORY if better else told.mobility
    if window.target_day >= _LATE:
        said |= _ask_late(dice, told, _broke_before(case, day))
    add_assessment(dice, case, **said)


def _broke_before(case: Case, day: date) -> bool:
    return any(
        event.kind is EventKind.FRACTURE_ADJACENT and event.onset_on.exact <= day
        for event in case.adverse_events
    )


def _ask_late(dice: Dice, told: _Told, broke: bool) -> _Answers:
    said: _Answers = {}
    if dice.chance(0.7):
        said["new_fracture"] = YesNo.YES if broke else YesNo.NO
        said["retreatment"] = YesNo.NO
    if dice.chance(0.4):
        failed = told.course is Course.NONE
        said["pgic"] = dice.pick(_IMPRESSION[told.course])
        said["satisfied"] = YesNo.NO if failed else YesNo.YES
        said["work"] = Work.NOT_RETURNED if failed else Work.RETURNED
    return said


def _score(dice: Dice, told: _Told, pain: float) -> _Answers:
    """``pain``, from 0 to 10, on the patient's scale, now and then as a range."""
    value = max(pain, 0.0)
    if told.scale is PainScale.VAS_100:
        low = float(round(value * 10))
    else:
        low = round(value, 1) if told.scale is PainScale.VAS_10 else float(round(value))
    said: _Answers = {"pain_scale": told.scale, "pain_low": low, "pain_high": low}
    if dice.chance(0.015) and told.scale is not PainScale.VAS_100:
        below = float(int(low))
        above = min(below + 1, 10.0)
        said |= {"pain_low": below, "pain_high": above, "pain_words": f"{below:g} to {above:g}"}
    if dice.chance(0.5):
        said["pain_context"], said["pain_site"] = PainContext.AVERAGE, PainSite.BACK
    return said


def _analgesic(dice: Dice, told: _Told) -> AnalgesicLevel:
    if told.course is Course.RELIEF:
        return AnalgesicLevel.NONE if dice.chance(0.55) else AnalgesicLevel.NON_OPIOID
    need_more = dice.chance(0.5)
    return AnalgesicLevel.OPIOID_AS_NEEDED if need_more else AnalgesicLevel.NON_OPIOID


def _is_gone_for_good(dice: Dice, case: Case, window: Window) -> bool:
    """Note why there is no score, and tell whether nobody will ask again."""
    at_once = window.time_point is TimePoint.H24
    reason = dice.pick(_WHY_NOT_AT_ONCE if at_once else _WHY_NOT)
    add_assessment(dice, case, time_point=window.time_point, missing_reason=reason)
    return reason in _FOR_GOOD
