# SPDX-License-Identifier: MIT
"""What goes wrong: cement leakage, adverse events and their grades."""

from __future__ import annotations

from models.speech import say, say_in
from models.vocabulary.base import Vocabulary, abbreviate


class Leakage(Vocabulary, ordered=True):
    """Whether cement left the vertebra. Empty is not answered, which is not the same as none."""

    NONE = "none", "None", "no"
    PRESENT = "present", "Present", "yes"
    NOT_ASSESSED = "not_assessed", "Not assessed"


class LeakLocation(Vocabulary):
    """Where the cement went."""

    DISC_SUPERIOR = (
        "disc_superior",
        "Disc above",
        "intradiscal",
        "disk above",
        "upper disc",
        "superior disc",
    )
    DISC_INFERIOR = "disc_inferior", "Disc below", "disk below", "lower disc", "inferior disc"
    EPIDURAL = "epidural", "Spinal canal", "epidural"
    FORAMINAL = "foraminal", "Foramen", "foraminal"
    PARAVERTEBRAL_TISSUE = "paravertebral_tissue", "Paravertebral soft tissue", "paraspinal"
    PARAVERTEBRAL_VEIN = "paravertebral_vein", "Paravertebral vein", "segmental vein"
    BASIVERTEBRAL_VEIN = "basivertebral_vein", "Basivertebral vein"
    NEEDLE_TRACK = "needle_track", "Needle track", "needle tract"
    FACET = "facet", "Facet joint"
    GREAT_VESSEL = "great_vessel", "Aorta or vena cava", "IVC"
    PULMONARY = "pulmonary", "Lung", "pulmonary", "PE", "PCE"
    SACRAL = "sacral", "Presacral, SI joint or sacral foramen"
    PREVERTEBRAL = "prevertebral", "Prevertebral or pharyngeal"

    @property
    def group(self) -> str:
        """disc, canal, venous or cortical: how leaks are counted together."""
        return _LEAKLOCATION_GROUPS[self]

    @property
    def usual_yeom(self) -> Yeom | None:
        """The Yeom type that follows from the place; None where cement gets by several ways."""
        return _YEOM_OF.get(self)

    @property
    def short(self) -> str:
        """The place with its longest word cut."""
        return _LEAKLOCATION_SHORT.get(self, self.label)


_LEAKLOCATION_GROUPS = {
    LeakLocation.DISC_SUPERIOR: "disc",
    LeakLocation.DISC_INFERIOR: "disc",
    LeakLocation.EPIDURAL: "canal",
    LeakLocation.FORAMINAL: "canal",
    LeakLocation.PARAVERTEBRAL_TISSUE: "cortical",
    LeakLocation.PARAVERTEBRAL_VEIN: "venous",
    LeakLocation.BASIVERTEBRAL_VEIN: "venous",
    LeakLocation.NEEDLE_TRACK: "cortical",
    LeakLocation.FACET: "cortical",
    LeakLocation.GREAT_VESSEL: "venous",
    LeakLocation.PULMONARY: "venous",
    LeakLocation.SACRAL: "cortical",
    LeakLocation.PREVERTEBRAL: "cortical",
}

_LEAKLOCATION_SHORT = {
    LeakLocation.DISC_SUPERIOR: say_in("Short", "Disc above"),
    LeakLocation.DISC_INFERIOR: say_in("Short", "Disc below"),
    LeakLocation.PARAVERTEBRAL_TISSUE: say("Paravert. tissue"),
    LeakLocation.PARAVERTEBRAL_VEIN: say("Paravert. vein"),
    LeakLocation.BASIVERTEBRAL_VEIN: say("Basivert. vein"),
    LeakLocation.GREAT_VESSEL: say("Aorta, cava"),
    LeakLocation.SACRAL: say("Presacral, SI"),
    LeakLocation.PREVERTEBRAL: say("Prevertebral"),
}

# The place in a word.
abbreviate(
    {
        LeakLocation.PARAVERTEBRAL_TISSUE: say_in("Short", "Soft tissue"),
        LeakLocation.PARAVERTEBRAL_VEIN: say_in("Short", "Segm. vein"),
        LeakLocation.EPIDURAL: say_in("Short", "Canal"),
        LeakLocation.NEEDLE_TRACK: say_in("Short", "Needle"),
        LeakLocation.FACET: say_in("Short", "Facet"),
        LeakLocation.SACRAL: say_in("Short", "Presacral"),
    }
)


class Yeom(Vocabulary, ordered=True):
    """Leak type after Yeom 2003, with D for the disc."""

    B = "B", "B via basivertebral vein"
    S = "S", "S via segmental vein"
    C = "C", "C cortical defect"
    D = "D", "D into the disc"


abbreviate({kind: kind.value for kind in Yeom})


_YEOM_OF = {
    LeakLocation.DISC_SUPERIOR: Yeom.D,
    LeakLocation.DISC_INFERIOR: Yeom.D,
    LeakLocation.BASIVERTEBRAL_VEIN: Yeom.B,
    LeakLocation.PARAVERTEBRAL_VEIN: Yeom.S,
    LeakLocation.PARAVERTEBRAL_TISSUE: Yeom.C,
}


class LeakDetection(Vocabulary):
    """How a leak was looked for. CT finds about one and a half times more than films."""

    FLUOROSCOPY = "fluoroscopy", "Fluoroscopy", "fluoro"
    RADIOGRAPH = "radiograph", "Radiograph", "x-ray", "film", "XR"
    CT = "ct", "CT"
    CHEST_CT = "chest_ct", "Chest CT", "CTPA", "thorax CT"


class LeakMoment(Vocabulary):
    """When a leak was found."""

    INTRAPROCEDURAL = "intraprocedural", "During the procedure"
    AFTER = "after", "After the procedure"


abbreviate(
    {
        LeakMoment.INTRAPROCEDURAL: say_in("Short", "During"),
        LeakMoment.AFTER: say_in("Short", "After"),
    }
)


class EventKind(Vocabulary):
    """Adverse events. A leak without symptoms is a leak, not an event, unless it was treated."""

    HYPOTENSION = (
        "hypotension",
        "Hypotension or arrhythmia",
        "arrhythmia",
        "bradycardia",
        "cardiac arrest",
    )
    CEMENT_REACTION = (
        "cement_reaction",
        "Cement reaction or anaphylaxis",
        "anaphylaxis",
        "allergy",
        "BCIS",
        "bone cement implantation syndrome",
    )
    BLEEDING = "bleeding", "Bleeding or hematoma", "hematoma", "haematoma", "hemorrhage"
    COAGULOPATHY = (
        "coagulopathy",
        "Consumptive coagulopathy",
        "Kasabach-Merritt",
        "Kasabach-Merritt syndrome",
        "DIC",
    )
    PNEUMOTHORAX = (
        "pneumothorax",
        "Pneumothorax or hemothorax",
        "hemothorax",
        "haemothorax",
        "PTX",
        "HTX",
    )
    INFECTION = "infection", "Infection", "discitis", "osteomyelitis", "abscess", "SSI"
    PAIN_FLARE = "pain_flare", "Transient worsening of pain", "pain flare", "transient pain flare"
    RADICULAR_PAIN = (
        "radicular_pain",
        "Radicular or nerve root pain",
        "nerve root pain",
        "radiculopathy",
        "radiculitis",
    )
    DEFICIT_TRANSIENT = (
        "deficit_transient",
        "Transient deficit",
        "transient neurological deficit",
        "transient weakness",
        "transient paralysis",
        "transient paraplegia",
    )
    DEFICIT_PERMANENT = (
        "deficit_permanent",
        "Permanent deficit",
        "permanent neurological deficit",
        "permanent weakness",
        "permanent paralysis",
        "permanent paraplegia",
    )
    BROWN_SEQUARD = (
        "brown_sequard",
        "Brown-Séquard syndrome",
        "Brown-Sequard syndrome",
        "Brown-Sequard",
        "hemicord",
    )
    EMBOLISM_CEMENT = (
        "embolism_cement",
        "Pulmonary cement embolism",
        "cement pulmonary embolism",
        "cement embolism",
        "PCE",
        "PE, cement",
        "cement embolus",
    )
    EMBOLISM_OTHER = (
        "embolism_other",
        "Pulmonary embolism, other",
        "PE, thrombus",
        "thromboembolism",
    )
    FRACTURE_ADJACENT = "fracture_adjacent", "New fracture, adjacent", "adjacent fracture"
    FRACTURE_REMOTE = "fracture_remote", "New fracture, remote", "remote fracture"
    FRACTURE_PATHOLOGICAL = "fracture_pathological", "Pathological fracture"
    FRACTURE_RIB_PEDICLE = (
        "fracture_rib_pedicle",
        "Rib or pedicle fracture",
        "rib fracture",
        "pedicle fracture",
    )
    BALLOON_RUPTURE = "balloon_rupture", "Balloon rupture"
    NEEDLE_OR_IMPLANT = (
        "needle_or_implant",
        "Needle or implant problem",
        "broken needle",
        "retained needle",
    )
    ANESTHESIA = "anesthesia", "Anesthesia problem"
    REFRACTURE = "refracture", "Refracture of the treated level"
    RADIONECROSIS = "radionecrosis", "Radionecrosis", "radiation necrosis"
    SECONDARY_TUMOR = (
        "secondary_tumor",
        "Secondary tumor after radiation",
        "secondary sarcoma",
        "sarcoma",
    )
    DEATH = "death", "Death", "died"
    OTHER = "other", "Other"


abbreviate(
    {
        EventKind.HYPOTENSION: say_in("Short", "BP or rhythm"),
        EventKind.CEMENT_REACTION: say_in("Short", "Cement reaction"),
        EventKind.BLEEDING: say_in("Short", "Bleeding"),
        EventKind.COAGULOPATHY: say_in("Short", "Coagulopathy"),
        EventKind.PNEUMOTHORAX: say_in("Short", "Pneumo-/hemoth."),
        EventKind.PAIN_FLARE: say_in("Short", "Pain flare"),
        EventKind.RADICULAR_PAIN: say_in("Short", "Radicular pain"),
        EventKind.DEFICIT_TRANSIENT: say_in("Short", "Transient deficit"),
        EventKind.DEFICIT_PERMANENT: say_in("Short", "Permanent deficit"),
        EventKind.BROWN_SEQUARD: "Brown-Séquard",
        EventKind.EMBOLISM_CEMENT: say_in("Short", "Cement embolism"),
        EventKind.EMBOLISM_OTHER: say_in("Short", "PE, other"),
        EventKind.FRACTURE_ADJACENT: say_in("Short", "Fract. adjacent"),
        EventKind.FRACTURE_REMOTE: say_in("Short", "Fract. remote"),
        EventKind.FRACTURE_PATHOLOGICAL: say_in("Short", "Pathol. fracture"),
        EventKind.FRACTURE_RIB_PEDICLE: say_in("Short", "Rib or pedicle"),
        EventKind.BALLOON_RUPTURE: say_in("Short", "Balloon rupture"),
        EventKind.NEEDLE_OR_IMPLANT: say_in("Short", "Needle, implant"),
        EventKind.ANESTHESIA: say_in("Short", "Anesthesia"),
        EventKind.REFRACTURE: say_in("Short", "Refracture"),
        EventKind.SECONDARY_TUMOR: say_in("Short", "Secondary tumor"),
    }
)


class EventPhase(Vocabulary, ordered=True):
    """When an event set in."""

    INTRA = "intra", "During the procedure", "intraprocedural", "intraoperative", "intraop"
    WITHIN_24H = "within_24h", "Within 24 hours"
    WITHIN_30D = "within_30d", "Within 30 days"
    AFTER_30D = "after_30d", "After 30 days"


abbreviate(
    {
        EventPhase.INTRA: say_in("Short", "During"),
        EventPhase.WITHIN_24H: say_in("Short", "Within 24 h"),
        EventPhase.WITHIN_30D: say_in("Short", "Within 30 d"),
        EventPhase.AFTER_30D: say_in("Short", "After 30 d"),
    }
)


class Causality(Vocabulary, ordered=True):
    """How surely an event belongs to its cause."""

    DEFINITE = "definite", "Definite"
    PROBABLE = "probable", "Probable"
    POSSIBLE = "possible", "Possible"
    UNRELATED = "unrelated", "Unrelated"


class EventCause(Vocabulary):
    """What an event is related to."""

    DEVICE = "device", "Device"
    PROCEDURE = "procedure", "Procedure"
    ANESTHESIA = "anesthesia", "Anesthesia"
    ADJUNCT = "adjunct", "Adjunct treatment"
    PRIOR_TREATMENT = "prior_treatment", "Earlier treatment"


abbreviate(
    {
        EventCause.ADJUNCT: say_in("Short", "Adjunct"),
        EventCause.PRIOR_TREATMENT: say_in("Short", "Earlier"),
    }
)


class Sir(Vocabulary, ordered=True):
    """SIR 2017 severity."""

    MILD = "1", "1 mild"
    MODERATE = "2", "2 moderate"
    SEVERE = "3", "3 severe"
    LIFE_THREATENING = "4", "4 life-threatening or disabling"
    DEATH = "5", "5 death"


abbreviate(
    {
        Sir.LIFE_THREATENING: say_in("Short", "4 life-threatening"),
    }
)


class Cirse(Vocabulary, ordered=True):
    """CIRSE grade; 1a and 1b and the halves of 3 exist in version 2026 only."""

    G1 = "1", "1"
    G1A = "1a", "1a"
    G1B = "1b", "1b"
    G2 = "2", "2"
    G3 = "3", "3"
    G3A = "3a", "3a"
    G3B = "3b", "3b"
    G4 = "4", "4"
    G5 = "5", "5"
    G6 = "6", "6"


class CirseVersion(Vocabulary, ordered=True):
    """Which edition a CIRSE grade follows."""

    V2017 = "2017", "2017"
    V2026 = "2026", "2026"


class ClavienDindo(Vocabulary, ordered=True):
    """Clavien-Dindo grade."""

    I = "I", "I"  # noqa: E741
    II = "II", "II"
    IIIA = "IIIa", "IIIa"
    IIIB = "IIIb", "IIIb"
    IVA = "IVa", "IVa"
    IVB = "IVb", "IVb"
    V = "V", "V"


class EventOutcome(Vocabulary, ordered=True):
    """How an event ended."""

    RESOLVED = "resolved", "Resolved"
    SEQUELAE = "sequelae", "Resolved with sequelae"
    FATAL = "fatal", "Fatal", "died"
    ONGOING = "ongoing", "Ongoing"


abbreviate(
    {
        EventOutcome.SEQUELAE: say_in("Short", "With sequelae"),
    }
)
