# SPDX-License-Identifier: MIT
"""The assessments of the case in which every clinical field holds something."""

from __future__ import annotations

from collections.abc import Mapping

from models.partial_date import PartialDate
from models.vocabulary import (
    AnalgesicLevel,
    AssessmentMissing,
    AssessmentMode,
    GlobalOutcome,
    Mobility,
    NeuroStatus,
    PainContext,
    PainScale,
    PainSite,
    Pgic,
    Respondent,
    TimePoint,
    Work,
    YesNo,
)

Facts = Mapping[str, object]

BASELINE: Facts = {
    "time_point": TimePoint.BASELINE,
    "assessed_on": PartialDate("2024-03-13"),
    "respondent": Respondent.PATIENT,
    "mode": AssessmentMode.IN_PERSON,
    "pain_scale": PainScale.NRS,
    "pain_low": 7,
    "pain_high": 8,
    "pain_words": "Hardly to be borne",
    "pain_context": PainContext.WORST,
    "pain_site": PainSite.BACK,
    "odi_pct": 68.9,
    "rmdq": 18,
    "rmdq_items": 24,
    "eq5d_index": 0.312,
    "eq5d_value_set": "Germany",
    "eq5d_vas": 35,
    "other_score_name": "Karnofsky",
    "other_score": 60,
    "other_score_range": "0-100",
    "analgesic_level": AnalgesicLevel.OPIOID_SCHEDULED,
    "mobility": Mobility.ASSISTED,
    "neuro_status": NeuroStatus.MYELOPATHY,
    "new_fracture": YesNo.NO,
    "retreatment": YesNo.NO,
    "work": Work.NOT_RETURNED,
    "satisfied": YesNo.UNKNOWN,
    "pgic": Pgic.NO_CHANGE,
    "global_outcome": GlobalOutcome.UNCHANGED,
    "note": "Asked by Qzasker on the ward",
}

ON_THE_NEXT_DAY: Facts = {
    "time_point": TimePoint.H24,
    "assessed_on": PartialDate("2024-03-15"),
    "pain_scale": PainScale.VERBAL,
    "pain_scale_max": 4,
    "pain_low": 2,
    "pain_high": 2,
}

NOT_REACHED: Facts = {
    "time_point": TimePoint.M1,
    "missing_reason": AssessmentMissing.LAPSED,
    "call_attempts": 4,
}

AFTER_HALF_A_YEAR: Facts = {
    "time_point": TimePoint.M6,
    "assessed_on": PartialDate("2024-09-10"),
    "respondent": Respondent.PROXY,
    "mode": AssessmentMode.PHONE,
    "pain_scale": PainScale.NRS,
    "pain_low": 2,
    "pain_high": 2,
    "global_outcome": GlobalOutcome.IMPROVED,
}
