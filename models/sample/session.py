# SPDX-License-Identifier: MIT
"""The session of a synthetic case: who did it, under which anesthesia, with how much radiation."""

from __future__ import annotations

from datetime import date, timedelta

from models.case import Case
from models.partial_date import PartialDate
from models.sample.dice import Dice, Odds
from models.sample.plausible import OPERATORS
from models.sample.rows import add_adjunct
from models.schema import Procedure
from models.vocabulary import (
    AdjunctKind,
    Anesthesia,
    Diagnosis,
    Discharge,
    Guidance,
    LesionExtent,
    MissingReason,
    Position,
    YesNo,
)

_ANESTHESIA = Odds(
    {
        Anesthesia.LOCAL_SEDATION: 52,
        Anesthesia.GENERAL: 30,
        Anesthesia.LOCAL: 17,
        Anesthesia.REGIONAL: 1,
    }
)
_GUIDANCE: Odds[tuple[Guidance, ...]] = Odds(
    {
        (Guidance.FLUOROSCOPY,): 68,
        (Guidance.FLUOROSCOPY_BIPLANE,): 21,
        (Guidance.CONE_BEAM,): 4,
        (Guidance.CT_FLUOROSCOPY,): 4,
        (Guidance.FLUOROSCOPY, Guidance.NAVIGATION): 3,
    }
)
_SACRAL_GUIDANCE: Odds[tuple[Guidance, ...]] = Odds(
    {(Guidance.FLUOROSCOPY,): 55, (Guidance.CT,): 45}
)
_DISCHARGE = Odds({Discharge.SAME_DAY: 46, Discharge.WITHIN_24H: 34, Discharge.ADMITTED: 20})
_TUMOR_ADJUNCT = Odds(
    {AdjunctKind.RADIOFREQUENCY: 50, AdjunctKind.RADIOTHERAPY: 20, AdjunctKind.BIOPSY: 30}
)
_TUMORS = (Diagnosis.METASTASIS, Diagnosis.MYELOMA)


def describe_session(dice: Dice, case: Case, until: date) -> None:
    """Fill in the session of a case whose levels are there already, up to the day ``until``."""
    procedure, first = case.procedure, case.levels[0]
    region = first.level.region
    procedure.operator = dice.pick(OPERATORS)
    if dice.chance(0.25):
        procedure.supervisor = "Operator A" if procedure.operator != "Operator A" else "Operator B"
        procedure.trainee_share = 10 * dice.whole(1, 9)
    procedure.anesthesia = Anesthesia.GENERAL if region == "cervical" else dice.pick(_ANESTHESIA)
    procedure.guidance = dice.pick(_SACRAL_GUIDANCE if region == "sacral" else _GUIDANCE)
    if dice.chance(0.8):
        procedure.table_position = Position.SUPINE if region == "cervical" else Position.PRONE
        procedure.antibiotic = YesNo.YES if dice.chance(0.8) else YesNo.NO
    _measure_session(dice, procedure, len(case.levels))
    _add_adjunct(dice, case)
    success = dice.chance(0.975)
    procedure.technical_success = YesNo.YES if success else YesNo.NO
    if not success:
        procedure.technical_failure_reason = "Cement not placed as planned at one level"
    if dice.chance(0.85):
        procedure.discharge = dice.pick(_DISCHARGE)
        days = dice.whole(1, 6) if procedure.discharge is Discharge.ADMITTED else 0
        day = procedure.performed_on.exact + timedelta(days=days)
        # Who is still in hospital on the last day has no day of discharge yet.
        procedure.discharged_on = PartialDate.from_date(day) if day <= until else None


def _measure_session(dice: Dice, procedure: Procedure, levels: int) -> None:
    if dice.chance(0.8):
        procedure.minutes = int(dice.normal(26 + 12 * levels, 8, 15, 170, 0))
    if dice.chance(0.4):
        procedure.blood_loss_ml = int(dice.normal(8 + 6 * levels, 6, 1, 90, 0))
    if dice.chance(0.06):
        procedure.missing["fluoro_time_s"] = MissingReason.NOT_RECORDED
    else:
        procedure.fluoro_time_s = int(dice.normal(80 + 230 * levels, 90, 45, 2600, 0))
    if procedure.fluoro_time_s and dice.chance(0.65):
        dose = procedure.fluoro_time_s / 60 * dice.normal(4.2, 1.2, 1.5, 8.0)
        procedure.kap_gycm2 = round(dose, 2)
        procedure.air_kerma_mgy = round(dose * dice.normal(9, 1.5, 5, 13), 1)


def _add_adjunct(dice: Dice, case: Case) -> None:
    procedure, first = case.procedure, case.levels[0]
    procedure.any_adjunct = YesNo.NO
    if first.diagnosis[0] in _TUMORS and dice.chance(0.25):
        add_adjunct(dice, case, kind=dice.pick(_TUMOR_ADJUNCT))
    elif first.extent in (LesionExtent.EPIDURAL, LesionExtent.BOTH) and dice.chance(0.4):
        volume = dice.normal(6, 2, 2, 12)
        add_adjunct(dice, case, kind=AdjunctKind.ETHANOL, volume_ml=volume)
        procedure.venography = YesNo.YES
    elif dice.chance(0.04):
        add_adjunct(dice, case, kind=AdjunctKind.BIOPSY)
    if case.adjuncts:
        procedure.any_adjunct = YesNo.YES
