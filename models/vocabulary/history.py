# SPDX-License-Identifier: MIT
"""The patient before the procedure: person, pain so far and what was tried."""

from __future__ import annotations

from models.speech import say, say_in
from models.vocabulary.base import Vocabulary, abbreviate


class Sex(Vocabulary):
    """Sex as recorded."""

    FEMALE = "female", "Female", "f", "w", "woman"
    MALE = "male", "Male", "m", "man"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Unknown"


class Asa(Vocabulary, ordered=True):
    """ASA physical status."""

    I = "1", "I healthy"  # noqa: E741
    II = "2", "II mild systemic disease"
    III = "3", "III severe systemic disease"
    IV = "4", "IV constant threat to life"
    V = "5", "V moribund"


abbreviate(
    {
        Asa.II: say_in("Short", "II mild"),
        Asa.III: say_in("Short", "III severe"),
        Asa.IV: say_in("Short", "IV threat to life"),
    }
)


class DurationUnit(Vocabulary, ordered=True):
    """Unit of a duration."""

    DAYS = "days", "days", "d", "day"
    WEEKS = "weeks", "weeks", "wk", "week", "wks", "w"
    MONTHS = "months", "months", "mo", "month", "mos", "m"
    YEARS = "years", "years", "y", "year", "yr", "yrs"


class PainCharacter(Vocabulary):
    """What the pain is like."""

    AXIAL = "axial", "Axial"
    MECHANICAL = "mechanical", "Mechanical, worse with movement"
    AT_REST = "at_rest", "At rest"
    RADICULAR = "radicular", "Radicular", "radiating"
    NOCTURNAL = "nocturnal", "At night"


abbreviate(
    {
        PainCharacter.MECHANICAL: say_in("Short", "Mechanical"),
    }
)


class PriorTreatmentKind(Vocabulary):
    """Treatment tried before the procedure."""

    ANALGESIC = "analgesic", "Analgesic", "medication", "meds", "NSAID", "opioid", "pain medication"
    BRACE = "brace", "Brace", "corset", "orthosis", "TLSO"
    PHYSICAL_THERAPY = "physical_therapy", "Physical therapy", "PT", "physiotherapy", "physio"
    SPINAL_INJECTION = (
        "spinal_injection",
        "Spinal injection, kind not stated",
        "injection",
        "spinal injection",
    )
    EPIDURAL_STEROID = "epidural_steroid", "Epidural steroid injection", "ESI", "TFESI", "epidural"
    FACET_OR_MBB = (
        "facet_mbb",
        "Facet or medial branch block",
        "MBB",
        "medial branch block",
        "facet injection",
        "median branch block",
    )
    RADIOFREQUENCY = (
        "radiofrequency",
        "Radiofrequency ablation",
        "RFA",
        "RFN",
        "neurotomy",
        "rhizotomy",
    )
    TRIGGER_POINT = "trigger_point", "Trigger point injection", "TPI", "TP"
    SPINAL_CORD_STIMULATOR = (
        "spinal_cord_stimulator",
        "Spinal cord stimulator",
        "SCS",
        "dorsal column stimulator",
        "dorsal column nerve stimulator",
        "DCS",
    )
    BIOPSY = "biopsy", "Biopsy", "Bx"
    EMBOLIZATION = "embolization", "Transarterial embolization", "TAE", "embolisation"
    ETHANOL = "ethanol", "Ethanol injection", "alcohol", "EtOH", "ethanol ablation"
    PHENOL = "phenol", "Phenol injection"
    RADIOTHERAPY = "radiotherapy", "Radiotherapy", "radiation", "XRT", "RT", "irradiation", "SBRT"
    LAMINECTOMY = "laminectomy", "Laminectomy or other decompression", "decompression"
    SURGERY = "surgery", "Other surgery", "surgery", "fusion"
    AUGMENTATION = (
        "augmentation",
        "Earlier augmentation",
        "VP",
        "BKP",
        "vertebroplasty",
        "kyphoplasty",
    )
    OTHER = "other", "Other"


abbreviate(
    {
        PriorTreatmentKind.SPINAL_INJECTION: say_in("Short", "Spinal injection"),
        PriorTreatmentKind.EPIDURAL_STEROID: say_in("Short", "Epidural steroid"),
        PriorTreatmentKind.FACET_OR_MBB: say_in("Short", "Facet block, MBB"),
        PriorTreatmentKind.TRIGGER_POINT: say_in("Short", "Trigger point"),
        PriorTreatmentKind.PHENOL: say_in("Short", "Phenol"),
        PriorTreatmentKind.LAMINECTOMY: say_in("Short", "Decompression"),
        PriorTreatmentKind.AUGMENTATION: say_in("Short", "Augmentation"),
        PriorTreatmentKind.ETHANOL: say_in("Short", "Ethanol"),
        PriorTreatmentKind.EMBOLIZATION: say_in("Short", "Embolization"),
        PriorTreatmentKind.RADIOFREQUENCY: say_in("Short", "Radiofrequency"),
        PriorTreatmentKind.SPINAL_CORD_STIMULATOR: say_in("Short", "Cord stimulator"),
    }
)


class AnalgesicLevel(Vocabulary, ordered=True):
    """Strongest analgesic in use (scale of the ASSR 2003)."""

    NONE = "0", "0 none", "none"
    NON_OPIOID = (
        "1",
        "1 NSAID or non-opioid",
        "nsaid",
        "paracetamol",
        "acetaminophen",
        "Tylenol",
        "non-opioid",
    )
    OPIOID_AS_NEEDED = "2", "2 oral opioid as needed", "prn"
    OPIOID_SCHEDULED = "3", "3 oral opioid, scheduled"
    PARENTERAL = "4", "4 parenteral", "IV"


# The step with its first word.
abbreviate(
    {
        AnalgesicLevel.NON_OPIOID: say("1 non-opioid"),
        AnalgesicLevel.OPIOID_AS_NEEDED: say("2 opioid prn"),
        AnalgesicLevel.OPIOID_SCHEDULED: say("3 opioid sched."),
    }
)


class Mobility(Vocabulary, ordered=True):
    """How the patient gets about (scale of the ASSR 2003)."""

    AMBULATORY = "1", "1 ambulatory", "walks"
    ASSISTED = "2", "2 with assistance", "walker", "cane"
    WHEELCHAIR = "3", "3 wheelchair"
    BEDRIDDEN = "4", "4 bedridden", "bedbound"
