# SPDX-License-Identifier: MIT
"""Who was treated and in what state. What names the person stands in a table of its own."""

from __future__ import annotations

import peewee

from models.fields import Count, Day, Number, TermField, TermsField, Words
from models.schema.base import Record
from models.vocabulary import (
    AnalgesicLevel,
    Asa,
    DurationUnit,
    ExtraVertebra,
    Mobility,
    PainCharacter,
    Sex,
    YesNo,
)

_IN_WEEKS = {
    ("days", "day", "d"): 1 / 7,
    ("months", "month", "mo"): 365.25 / 12 / 7,
    ("years", "year", "y"): 365.25 / 7,
}


class Patient(Record):
    """One person, known by a code that is not derived from name, record number or birth date."""

    version = peewee.IntegerField(default=0)

    patient_code = Words(
        "Patient code",
        core=True,
        unique=True,
        help="Local study code, unique in this logbook. Never derive it from name, record "
        "number or birth date: it is what de-identified exports build on.",
    )
    sex = TermField(
        "Sex",
        Sex,
        core=True,
        help="As the hospital record has it; unknown is an answer. Case series describe their "
        "patients by age and sex.",
    )
    birth_date = Day(
        "Birth date",
        identifier=True,
        index=True,
        help="Year, month or day. The age at the procedure follows from it where it is known.",
    )
    consent_registry = TermField(
        "Consent to registry",
        YesNo,
        core=True,
        help="Whether the patient agreed to be recorded in this logbook. No is an answer; the day "
        "stands in Consented on.",
    )
    consented_on = Day(
        "Consented on",
        help="Day on which the patient agreed to be recorded. Usually before the procedure; a "
        "later day is marked.",
    )
    died_on = Day("Died on", help="A patient who died is not asked for follow-up any more.")
    extra_vertebrae = TermsField(
        "Extra vertebrae",
        ExtraVertebra,
        help="T13 or L6, where this patient has one. The spine then shows it in every case.",
    )
    patient_notes = Words(
        "Notes on the patient",
        long=True,
        identifier=True,
        help="What concerns the person rather than one procedure, such as whom to call. The same "
        "in every case of the patient; only in identified exports.",
    )


class PatientIdentity(Record):
    """What names the person. Kept only where the clinic has switched it on."""

    patient = peewee.ForeignKeyField(Patient, backref="identity", on_delete="CASCADE", unique=True)
    full_name = Words(
        "Name",
        identifier=True,
        help="As the hospital record has it, so that whoever calls asks for the right person. "
        "Stored only where the clinic has switched it on; only in identified exports.",
    )
    record_number = Words(
        "Record number",
        identifier=True,
        help="Number of the patient in the hospital (MRN), by which the chart is found again. Only"
        " in identified exports.",
    )


class Condition(Record):
    """The patient's state at the time of the procedure; it may differ at the next one."""

    age_at_procedure = Count(
        "Age at procedure",
        "years",
        hard=(0, 120),
        usual=(18, 100),
        core=True,
        help="In full years; follows from the birth date where that is known. A patient of 14 with"
        " a hemangioma is published, so an unusual age is marked and kept.",
    )
    height_cm = Number(
        "Body height",
        "cm",
        hard=(50, 250),
        usual=(120, 220),
        elsewhere={"m": 100, "inches": 2.54},
        help="As measured or as the patient states it. With the weight it gives the body mass "
        "index, one of the factors studied for cement embolism.",
    )
    weight_kg = Number(
        "Body weight",
        "kg",
        hard=(2, 400),
        usual=(30, 200),
        elsewhere={"lb": 0.45359237},
        help="At the time of the procedure. A body mass index out of the ordinary is marked, "
        "because height and weight are easily swapped.",
    )
    asa_class = TermField(
        "ASA class",
        Asa,
        help="ASA physical status, I to V, as graded for the anesthesia. Above III it takes a "
        "point off the OF score (Schnake 2018).",
    )
    osteoporosis = TermField(
        "Osteoporosis",
        YesNo,
        help="Known or under treatment, however it was found. A no is marked where the T-score "
        "speaks for osteoporosis.",
    )
    t_score = Number(
        "T-score",
        hard=(-8, 6),
        help="Bone density in standard deviations from young adults. Below -3 it counts in the OF "
        "score (Schnake 2018).",
    )
    steroid_use = TermField(
        "Steroid use",
        YesNo,
        help="Systemic corticosteroids, at the time of the procedure or for long before it. They "
        "weaken the bone, so fractures are read with this answer.",
    )
    malignancy = TermField(
        "Malignancy",
        YesNo,
        help="Any known malignant disease, treated or not. Whether the level itself holds a "
        "metastasis or myeloma stands in its diagnosis.",
    )
    anticoagulation = TermField(
        "Anticoagulant or antiplatelet",
        YesNo,
        help="Taken regularly before the procedure, even if paused for it. It bears on bleeding, "
        "and anticoagulation takes a point off the OF score (Schnake 2018).",
    )
    bleeding_disorder = TermField(
        "Bleeding disorder",
        YesNo,
        help="Inherited or acquired, such as a low platelet count. It counts among the "
        "contraindications, and hemangioma patients have been screened for it.",
    )
    infection = TermField(
        "Infection",
        YesNo,
        help="Active infection, local or systemic, at the time of the procedure. It counts among "
        "the contraindications.",
    )
    cognitive_impairment = TermField(
        "Cognitive impairment",
        YesNo,
        help="Such as dementia, even if mild. Scores then depend on who answers: record it with "
        "each assessment.",
    )
    substance_use = TermField(
        "Substance use disorder",
        YesNo,
        help="Alcohol, opioids or other drugs, now or in the past. It bears on analgesics and pain"
        " scores; one of the two patients of Jones 2009 had such a history.",
    )
    depression = TermField(
        "Depression",
        YesNo,
        help="Diagnosed or under treatment. It bears on how pain and function are scored; one of "
        "the two patients of Jones 2009 had it.",
    )
    smoker = TermField("Smoker", YesNo, help="Smokers answer follow-up less often.")
    history = Words(
        "Medical history",
        long=True,
        help="Other diseases and operations that matter for the spine, the pain or the anesthesia,"
        " as far as no field above asks for them.",
    )


class PainHistory(Record):
    """The pain before the procedure and what was tried against it."""

    pain_onset_on = Day(
        "Pain since",
        help="Year, month or day on which the pain that is treated began. Where none is known, "
        "give the duration.",
    )
    pain_duration = Number(
        "Pain for",
        hard=(0, 1000),
        unit_in="pain_duration_unit",
        core=True,
        help="Duration before the procedure, with its unit, such as 3 weeks.",
    )
    pain_duration_unit = TermField(
        "Unit of duration",
        DurationUnit,
        core=True,
        help="Days, weeks, months or years, as it was told. The number is kept in this unit and "
        "not converted.",
    )
    pain_character = TermsField(
        "Pain character",
        PainCharacter,
        help="As many as hold. A painful hemangioma mostly hurts with movement and does not "
        "radiate, unless it reaches the canal or a foramen (Jones 2009).",
    )
    pain_description = Words(
        "Pain in words",
        long=True,
        help="Where it hurts, how it began and what makes it worse, as the patient tells it. No "
        "score is read from it.",
    )
    concordant_tenderness = TermField(
        "Tenderness at the level",
        YesNo,
        help="Whether pressing on the level brings on the pain. It shows that the level treated is"
        " the one that hurts, as the EVOLVE trial and payers ask.",
    )
    conservative_weeks = Number(
        "Conservative treatment",
        "weeks",
        hard=(0, 1000),
        elsewhere={name: weeks for names, weeks in _IN_WEEKS.items() for name in names},
        core=True,
        help="Weeks of drugs, brace or physical therapy before the procedure. Payers ask for them,"
        " six weeks for instance.",
    )
    any_prior_treatment = TermField(
        "Treated before",
        YesNo,
        help="Whether anything was tried against this pain, from analgesics to surgery; after a "
        "yes each is listed. An explicit no is an answer.",
    )
    analgesic_before = TermField(
        "Analgesics before",
        AnalgesicLevel,
        core=True,
        help="Strongest before the procedure: 0 none, 1 non-opioid, 2 oral opioid as needed, 3 "
        "scheduled, 4 parenteral (scale of the ASSR 2003).",
    )
    analgesic_drug = Words("Drug", help="Scales group drugs differently, so name it.")
    opioid_mg_day = Number(
        "Opioid, oral morphine equivalent",
        "mg/d",
        hard=(0, 2000),
        usual=(None, 90),
        help="All opioids of a day, converted to oral morphine.",
    )
    mobility_before = TermField(
        "Mobility before",
        Mobility,
        help="How the patient got about just before the procedure (scale of the ASSR 2003). Each "
        "assessment asks for the same.",
    )
