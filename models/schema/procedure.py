# SPDX-License-Identifier: MIT
"""One procedure on one patient: the state the patient was in, the pain so far, what was done."""

from __future__ import annotations

import peewee

from models.fields import Clock, Count, Day, Number, TermField, TermsField, Words, when
from models.schema.base import Record, Row
from models.schema.patient import Patient
from models.vocabulary import (
    AdjunctKind,
    AnalgesicLevel,
    Anesthesia,
    Asa,
    Discharge,
    DurationUnit,
    Guidance,
    Leakage,
    LeakDetection,
    Mobility,
    PainCharacter,
    Position,
    PriorTreatmentKind,
    YesNo,
)

_IN_WEEKS = {
    ("days", "day", "d"): 1 / 7,
    ("months", "month", "mo"): 365.25 / 12 / 7,
    ("years", "year", "y"): 365.25 / 7,
}


class Condition(Record):
    """The patient's state at the time of the procedure; it may differ at the next one."""

    age_at_procedure = Count(
        "Age at procedure",
        "years",
        hard=(0, 120),
        usual=(18, 100),
        core=True,
        help="Follows from the birth date where that is known.",
    )
    height_cm = Number(
        "Body height", "cm", hard=(50, 250), usual=(120, 220), elsewhere={"m": 100, "inches": 2.54}
    )
    weight_kg = Number(
        "Body weight", "kg", hard=(2, 400), usual=(30, 200), elsewhere={"lb": 0.45359237}
    )
    asa_class = TermField("ASA class", Asa, help="ASA physical status, I to V.")
    osteoporosis = TermField("Osteoporosis", YesNo)
    t_score = Number(
        "T-score", hard=(-8, 6), help="Bone density; below -3 it counts in the OF score."
    )
    steroid_use = TermField("Steroid use", YesNo)
    malignancy = TermField("Malignancy", YesNo)
    anticoagulation = TermField("Anticoagulant or antiplatelet", YesNo)
    bleeding_disorder = TermField("Bleeding disorder", YesNo)
    infection = TermField("Infection", YesNo, help="Active infection, local or systemic.")
    cognitive_impairment = TermField(
        "Cognitive impairment", YesNo, help="Record who answers each questionnaire."
    )
    substance_use = TermField("Substance use disorder", YesNo)
    depression = TermField("Depression", YesNo)
    smoker = TermField("Smoker", YesNo, help="Smokers answer follow-up less often.")
    history = Words("Medical history", long=True)


class PainHistory(Record):
    """The pain before the procedure and what was tried against it."""

    pain_onset_on = Day("Pain since", help="Year, month or day. Or give the duration.")
    pain_duration = Number(
        "Pain for",
        hard=(0, 1000),
        unit_in="pain_duration_unit",
        core=True,
        help="Duration before the procedure, with its unit, such as 3 weeks.",
    )
    pain_duration_unit = TermField("Unit of duration", DurationUnit, core=True)
    pain_character = TermsField("Pain character", PainCharacter)
    pain_description = Words("Pain in words", long=True)
    concordant_tenderness = TermField(
        "Tenderness at the level", YesNo, help="Whether the pain matches the level."
    )
    conservative_weeks = Number(
        "Conservative treatment",
        "weeks",
        hard=(0, 1000),
        elsewhere={name: weeks for names, weeks in _IN_WEEKS.items() for name in names},
        core=True,
        help="Weeks of conservative treatment before the procedure.",
    )
    any_prior_treatment = TermField("Treated before", YesNo, help="An explicit no is an answer.")
    analgesic_before = TermField(
        "Analgesics before",
        AnalgesicLevel,
        core=True,
        help="0 none, 1 non-opioid, 2 oral opioid as needed, 3 scheduled, 4 parenteral "
        "(scale of the ASSR 2003).",
    )
    analgesic_drug = Words("Drug", help="Scales group drugs differently, so name it.")
    opioid_mg_day = Number(
        "Opioid, oral morphine equivalent",
        "mg/d",
        hard=(0, 2000),
        usual=(None, 90),
        help="All opioids of a day, converted to oral morphine.",
    )
    mobility_before = TermField("Mobility before", Mobility)


class Procedure(Condition, PainHistory):
    """A case: one procedure on one patient; everything else of the case hangs on it.

    ``version`` counts the saves; ``complete`` says whether every core field of the case is
    answered; ``synthetic`` marks generated cases for good; ``deleted_at`` puts it into the bin.
    ``signed_at`` and ``signed_by`` say when and by whom it was signed off; see ``models.signoff``.
    """

    patient_id: str
    patient = peewee.ForeignKeyField(Patient, backref="procedures", on_delete="RESTRICT")
    version = peewee.IntegerField(default=0)
    complete = peewee.BooleanField(default=False)
    synthetic = peewee.BooleanField(default=False)
    deleted_at = peewee.TextField(null=True)
    signed_at = peewee.TextField(null=True)
    signed_by = peewee.TextField(null=True)

    performed_on = Day("Date", core=True, help="Day of the procedure; year or month if not known.")
    operator = Words(
        "Operator", core=True, help="Results and learning curves are per operator.", habitual=True
    )
    supervisor = Words("Supervisor", habitual=True)
    trainee_share = Count(
        "Trainee's share", "%", hard=(0, 100), help="How much of it the trainee did."
    )
    anesthesia = TermField("Anesthesia", Anesthesia, core=True, habitual=True)
    guidance = TermsField("Guidance", Guidance, core=True, habitual=True)
    table_position = TermField("Position", Position, habitual=True)
    any_adjunct = TermField(
        "Adjunct treatment", YesNo, core=True, help="An explicit no is an answer.", copied=True
    )
    antibiotic = TermField("Antibiotic", YesNo, habitual=True)
    venography = TermField(
        "Contrast venography",
        YesNo,
        help="Ethanol needs a contrast wash-out test first.",
        habitual=True,
    )
    started_at = Clock("Start", help="Time of day, 24-hour clock.")
    ended_at = Clock("End", help="Time of day, 24-hour clock.")
    minutes = Count("Duration", "min", hard=(1, 600), usual=(None, 150), elsewhere={"h": 60})
    blood_loss_ml = Count("Blood loss", "mL", hard=(0, 20000), usual=(None, 200))
    fluoro_time_s = Count(
        "Fluoroscopy time",
        "s",
        hard=(0, 14400),
        usual=(None, 1800),
        elsewhere={"min": 60},
        core=True,
        help="Of all runs together, as the console shows it.",
    )
    kap_gycm2 = Number(
        "Kerma-area product",
        "Gy.cm2",
        hard=(0, 5000),
        usual=(None, 300),
        elsewhere={
            "mGy.cm2": 0.001,
            "cGy.cm2": 0.01,
            "dGy.cm2": 0.1,
            "uGy.m2": 0.01,
            "Gy.m2": 10_000,
        },
        decimals=4,
        help="In Gy.cm2. Consoles often show mGy.cm2, a thousand times the number.",
    )
    air_kerma_mgy = Number(
        "Air kerma",
        "mGy",
        hard=(0, 20000),
        usual=(None, 2999.9),
        elsewhere={"Gy": 1000},
        help="Cumulative, at the reference point, as the console shows it.",
    )
    image_frames = Count("Image frames", hard=(0, 100000))
    cement_product = Words("Cement product", habitual=True)
    cement_lot = Words(
        "Cement lot", identifier=True, help="For recalls; only in identified exports.", copied=True
    )
    cement_expiry = Day("Cement expiry", future=True, copied=True)
    cement_udi = Words("Cement UDI", identifier=True, help="Unique device identifier.", copied=True)
    technical_success = TermField(
        "Technical success", YesNo, core=True, help="Cement placed as planned at every level."
    )
    technical_failure_reason = Words("Why not", applies=when("technical_success", YesNo.NO))
    discharge = TermField("Discharge", Discharge, habitual=True)
    discharged_on = Day("Discharged on")
    discharged_at = Clock("Discharged at", help="Time of day, 24-hour clock.")
    any_complication = TermField(
        "Any complication", YesNo, core=True, help="An explicit no is an answer; empty is not."
    )
    lung_cement = TermField(
        "Cement in the lungs",
        Leakage,
        help="None has to be said, as for leakage. A chest CT shows it in about 2 of 100 patients.",
    )
    lung_cement_assessed_by = TermsField(
        "Lungs looked at by",
        LeakDetection,
        applies=when("lung_cement", Leakage.NONE, Leakage.PRESENT),
        help="How cement in the lungs was looked for.",
        habitual=True,
    )
    notes = Words("Notes", long=True, identifier=True)


class PriorTreatment(Row):
    """A treatment tried before this procedure."""

    procedure = peewee.ForeignKeyField(Procedure, backref="prior_treatments", on_delete="CASCADE")
    kind = TermField("Treatment", PriorTreatmentKind, core=True)
    treated_on = Day("Date")
    dose_gy = Number(
        "Dose",
        "Gy",
        hard=(0, 100),
        applies=when("kind", PriorTreatmentKind.RADIOTHERAPY),
    )
    detail = Words("Detail", help="Where, how often, with what result.")


class Adjunct(Row):
    """A treatment given together with the augmentation."""

    procedure = peewee.ForeignKeyField(Procedure, backref="adjuncts", on_delete="CASCADE")
    kind = TermField("Adjunct", AdjunctKind, core=True, copied=True)
    volume_ml = Number(
        "Volume",
        "mL",
        hard=(0, 100),
        usual=(None, 15),
        applies=when("kind", AdjunctKind.ETHANOL, AdjunctKind.PHENOL),
    )
    dose_gy = Number("Dose", "Gy", hard=(0, 100), applies=when("kind", AdjunctKind.RADIOTHERAPY))
    detail = Words("Detail")
