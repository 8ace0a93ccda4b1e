# SPDX-License-Identifier: MIT
"""What publications count, and in which unit."""

from __future__ import annotations

from models.speech import say
from models.vocabulary.base import Vocabulary


class Measure(Vocabulary):
    """What the numerator of a published rate counts."""

    LEAKAGE = "leakage", "Cement leakage", "leak", "extravasation", "cement extravasation"
    LEAKAGE_SYMPTOMATIC = "leakage_symptomatic", "Symptomatic leakage", "symptomatic leak"
    LEAKAGE_ASYMPTOMATIC = "leakage_asymptomatic", "Asymptomatic leakage", "asymptomatic leak"
    LEAKAGE_CANAL = (
        "leakage_canal",
        "Leakage into the spinal canal",
        "canal leak",
        "epidural leak",
        "type B or C posterior",
    )
    PULMONARY_CEMENT = (
        "pulmonary_cement",
        "Cement in the lungs",
        "pulmonary cement embolism",
        "PCE",
    )
    ROOT_PAIN = "root_pain", "Nerve root pain", "radiculopathy", "neuralgia", "sciatica"
    NEW_FRACTURE = "new_fracture", "New vertebral fracture", "subsequent fracture"
    DEFICIT = "deficit", "Neurologic deficit", "paralysis", "weakness"
    BLEEDING = "bleeding", "Bleeding or hematoma", "hematoma", "hemorrhage"
    INFECTION = "infection", "Infection", "discitis", "osteomyelitis", "abscess"
    CIRCULATION = (
        "circulation",
        "Hypotension, arrhythmia or cement reaction",
        "hypotension",
        "cement reaction",
        "anaphylaxis",
    )
    RIB_FRACTURE = "rib_fracture", "Rib or pedicle fracture", "rib fracture", "pedicle fracture"
    REFRACTURE = "refracture", "Refracture of the treated level", "recollapse"
    DEATH = "death", "Death", "mortality", "died"
    COMPLICATION = "complication", "Any complication", "adverse event"
    RELIEF = "relief", "Pain relief", "improvement", "satisfactory", "less pain"
    RELIEF_COMPLETE = "relief_complete", "Complete pain relief", "pain free", "resolved"
    RELIEF_PARTIAL = "relief_partial", "Partial pain relief", "partial remission"
    RELIEF_NONE = "relief_none", "No relief", "failure", "no response"
    ANALGESICS_NOT_LESS = (
        "analgesics_not_less",
        "Same or more analgesics",
        "required same or increased analgesics",
    )
    RECURRENCE = "recurrence", "Recurrence", "repeat procedure"
    FOLLOWED = "followed", "Followed to the end", "completed study"
    OCCURRENCE = "occurrence", "How often it occurs", "prevalence"
    DETECTED = "detected", "Seen by this way of looking", "sensitivity"

    @property
    def is_leakage(self) -> bool:
        """Whether it counts leaks, so that the way of looking for them decides."""
        return self in _LEAKAGES


_LEAKAGES = frozenset(
    {
        Measure.LEAKAGE,
        Measure.LEAKAGE_SYMPTOMATIC,
        Measure.LEAKAGE_ASYMPTOMATIC,
        Measure.LEAKAGE_CANAL,
        Measure.PULMONARY_CEMENT,
    }
)


class CountUnit(Vocabulary):
    """What the denominator of a published rate counts."""

    LEVEL = "level", "Levels", "vertebra", "vertebrae", "segments"
    PATIENT = "patient", "Patients", "people", "subjects"
    PROCEDURE = "procedure", "Procedures", "sessions", "operations"
    LEAK = "leak", "Leaks", "leaks"

    @property
    def one(self) -> str:
        """What a single one is called."""
        return _ONE[self]


_ONE = {
    CountUnit.LEVEL: say("Level"),
    CountUnit.PATIENT: say("Patient"),
    CountUnit.PROCEDURE: say("Procedure"),
    CountUnit.LEAK: say("Leak"),
}
