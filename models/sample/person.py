# SPDX-License-Identifier: MIT
"""Who is treated in a synthetic case: the person, the condition, the pain so far."""

from __future__ import annotations

from datetime import date, timedelta

from models.case import Case
from models.partial_date import PartialDate
from models.sample.dice import Dice, Odds
from models.sample.plausible import Kind
from models.sample.rows import add_prior_treatment, new_patient
from models.schema import Patient
from models.vocabulary import (
    AnalgesicLevel,
    Asa,
    Diagnosis,
    DurationUnit,
    MissingReason,
    Mobility,
    PainCharacter,
    PriorTreatmentKind,
    Sex,
    YesNo,
)

_CHARACTER = Odds(
    {
        (PainCharacter.MECHANICAL,): 50,
        (PainCharacter.AXIAL, PainCharacter.MECHANICAL): 30,
        (PainCharacter.AXIAL,): 8,
        (PainCharacter.MECHANICAL, PainCharacter.NOCTURNAL): 8,
        (PainCharacter.MECHANICAL, PainCharacter.RADICULAR): 4,
    }
)
_ANALGESIC = Odds(
    {
        AnalgesicLevel.NONE: 2,
        AnalgesicLevel.NON_OPIOID: 36,
        AnalgesicLevel.OPIOID_AS_NEEDED: 30,
        AnalgesicLevel.OPIOID_SCHEDULED: 29,
        AnalgesicLevel.PARENTERAL: 3,
    }
)
_ON_OPIOIDS = (AnalgesicLevel.OPIOID_AS_NEEDED, AnalgesicLevel.OPIOID_SCHEDULED)
_MOBILITY = Odds(
    {
        Mobility.AMBULATORY: 52,
        Mobility.ASSISTED: 32,
        Mobility.WHEELCHAIR: 8,
        Mobility.BEDRIDDEN: 8,
    }
)
_TREATMENTS = Odds(
    {
        (PriorTreatmentKind.ANALGESIC,): 46,
        (PriorTreatmentKind.ANALGESIC, PriorTreatmentKind.BRACE): 14,
        (PriorTreatmentKind.ANALGESIC, PriorTreatmentKind.PHYSICAL_THERAPY): 12,
        (PriorTreatmentKind.BRACE,): 6,
        (PriorTreatmentKind.PHYSICAL_THERAPY, PriorTreatmentKind.FACET_OR_MBB): 8,
        (PriorTreatmentKind.ANALGESIC, PriorTreatmentKind.EPIDURAL_STEROID): 7,
        (PriorTreatmentKind.TRIGGER_POINT, PriorTreatmentKind.RADIOFREQUENCY): 3,
        (): 4,
    }
)
_DOSES_GY = Odds({8.0: 40, 20.0: 25, 30.0: 35})
_TUMORS = (Diagnosis.METASTASIS, Diagnosis.MYELOMA)


def make_patient(dice: Dice, kind: Kind, code: str, day: date, today: date) -> tuple[Patient, int]:
    """A person treated on ``day``, and the age on that day in full years."""
    woman = dice.chance(kind.women)
    age = int(dice.normal(*kind.age, decimals=0))
    patient = new_patient(dice, patient_code=code, sex=Sex.FEMALE if woman else Sex.MALE)
    if dice.chance(0.7):
        born = day.replace(year=day.year - age, day=min(day.day, 28))
        patient.birth_date = PartialDate.from_date(born - timedelta(days=dice.whole(1, 360)))
    _consent(dice, patient, day)
    if dice.chance(kind.dies):
        died = day + timedelta(days=dice.whole(20, 730))
        patient.died_on = PartialDate.from_date(died) if died <= today else None
    return patient, age


def describe_condition(dice: Dice, case: Case, kind: Kind, age: int) -> None:
    """Fill in the state of the patient at the procedure; not every clinic asks for everything."""
    procedure = case.procedure
    woman = case.patient.sex is Sex.FEMALE
    procedure.age_at_procedure = age
    brittle = kind.diagnosis is Diagnosis.OSTEOPOROTIC_FRACTURE
    if dice.chance(0.5):
        procedure.height_cm = dice.normal(161 if woman else 174, 7, 140, 198, 0)
        procedure.weight_kg = dice.normal(66 if woman else 79, 12, 41, 135, 0)
    if dice.chance(0.8):
        procedure.asa_class = Asa.I if age < 45 else Asa.III if dice.chance(age / 180) else Asa.II
    if dice.chance(0.6):
        procedure.osteoporosis = _yes_no(brittle or dice.chance(age / 400))
        if brittle and dice.chance(0.6):
            procedure.t_score = dice.normal(-3.1, 0.7, -5.4, -1.2)
        procedure.steroid_use = _yes_no(dice.chance(0.08))
        procedure.malignancy = _yes_no(kind.diagnosis in _TUMORS or dice.chance(0.05))
    if dice.chance(0.65):
        procedure.anticoagulation = _yes_no(dice.chance(age / 300))
        procedure.bleeding_disorder = _yes_no(dice.chance(0.01))
        procedure.infection = YesNo.NO
    if dice.chance(0.3):
        procedure.cognitive_impairment = _yes_no(age > 70 and dice.chance(0.1))
        procedure.depression = _yes_no(dice.chance(0.12))
        procedure.substance_use = _yes_no(dice.chance(0.02))
        procedure.smoker = _yes_no(dice.chance(0.17))


def describe_pain(dice: Dice, case: Case, kind: Kind) -> None:
    """Fill in the pain before the procedure and what was tried against it."""
    procedure = case.procedure
    weeks = int(dice.normal(*kind.pain_weeks, decimals=0))
    procedure.pain_duration, procedure.pain_duration_unit = _duration(weeks)
    procedure.pain_character = dice.pick(_CHARACTER)
    if dice.chance(0.7):
        procedure.concordant_tenderness = _yes_no(dice.chance(0.93))
    if dice.chance(0.92):
        procedure.conservative_weeks = max(0, weeks - dice.whole(0, min(3, weeks)))
    else:
        procedure.missing["conservative_weeks"] = MissingReason.NOT_RECORDED
    procedure.analgesic_before = dice.pick(_ANALGESIC)
    if procedure.analgesic_before in _ON_OPIOIDS and dice.chance(0.5):
        procedure.opioid_mg_day = dice.normal(38, 22, 5, 135, 0)
    if dice.chance(0.65):
        procedure.mobility_before = dice.pick(_MOBILITY)
    treatments = dice.pick(_TREATMENTS)
    procedure.any_prior_treatment = _yes_no(bool(treatments))
    for treatment in treatments:
        add_prior_treatment(dice, case, kind=treatment)
    if kind.diagnosis in _TUMORS and dice.chance(0.35):
        procedure.any_prior_treatment = YesNo.YES
        add_prior_treatment(
            dice,
            case,
            kind=PriorTreatmentKind.RADIOTHERAPY,
            dose_gy=dice.pick(_DOSES_GY),
        )


def _consent(dice: Dice, patient: Patient, day: date) -> None:
    if dice.chance(0.06):
        patient.missing["consent_registry"] = MissingReason.NOT_RECORDED
        return
    patient.consent_registry = _yes_no(dice.chance(0.97))
    if dice.chance(0.6):
        patient.consented_on = PartialDate.from_date(day - timedelta(days=dice.whole(0, 10)))


def _duration(weeks: int) -> tuple[float, DurationUnit]:
    if weeks < 8:
        return float(weeks), DurationUnit.WEEKS
    if weeks < 100:
        return float(round(weeks / 4.35)), DurationUnit.MONTHS
    return float(round(weeks / 52)), DurationUnit.YEARS


def _yes_no(answer: bool) -> YesNo:
    return YesNo.YES if answer else YesNo.NO
