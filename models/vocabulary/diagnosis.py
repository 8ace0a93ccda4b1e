# SPDX-License-Identifier: MIT
"""What is treated: the lesion, its grading and what the diagnosis rests on."""

from __future__ import annotations

from models.speech import say, say_in
from models.vocabulary.base import Vocabulary, abbreviate


class Diagnosis(Vocabulary):
    """What is treated at a level; two can stand together."""

    HEMANGIOMA = "hemangioma", "Vertebral hemangioma", "VH", "haemangioma", "angioma"
    OSTEOPOROTIC_FRACTURE = (
        "osteoporotic_fracture",
        "Osteoporotic compression fracture",
        "VCF",
        "OVCF",
        "compression fracture",
        "OCF",
        "osteoporosis",
        "insufficiency fracture",
        "fragility fracture",
    )
    TRAUMATIC_FRACTURE = (
        "traumatic_fracture",
        "Traumatic compression fracture",
        "burst fracture",
        "trauma",
    )
    FRACTURE_UNSPECIFIED = (
        "fracture_unspecified",
        "Compression fracture, cause not stated",
        "Fx",
        "fracture",
    )
    METASTASIS = "metastasis", "Metastasis", "mets", "metastatic"
    MYELOMA = "myeloma", "Myeloma", "plasmacytoma", "MM", "multiple myeloma"
    OTHER_BENIGN = "other_benign", "Other benign lesion"
    OTHER = "other", "Other"


# As in the tables of the papers; VCF is a vertebral compression fracture.
abbreviate(
    {
        Diagnosis.HEMANGIOMA: "VH",
        Diagnosis.OSTEOPOROTIC_FRACTURE: "OVCF",
        Diagnosis.TRAUMATIC_FRACTURE: say("Traumatic VCF"),
        Diagnosis.FRACTURE_UNSPECIFIED: "VCF",
        Diagnosis.OTHER_BENIGN: say("Other benign"),
    }
)


class DiagnosisBasis(Vocabulary):
    """What the diagnosis rests on."""

    MRI = "mri", "MRI", "MR"
    CT = "ct", "CT"
    RADIOGRAPH = "radiograph", "Radiograph", "x-ray", "film", "XR", "plain film"
    BIOPSY = "biopsy", "Biopsy", "histology", "Bx", "pathology"
    SCINTIGRAPHY = "scintigraphy", "Scintigraphy", "bone scan", "SPECT"


class HemangiomaType(Vocabulary, ordered=True):
    """How the hemangioma looks and behaves."""

    TYPICAL = "typical", "Typical"
    ATYPICAL = "atypical", "Atypical"
    AGGRESSIVE = "aggressive", "Aggressive"


class ClinicalGroup(Vocabulary, ordered=True):
    """Symptoms together with signs of aggression (groups as in Guarnieri 2009)."""

    SYMPTOMATIC = "symptomatic", "Symptomatic, not aggressive"
    AGGRESSIVE_SIGNS = "aggressive_signs", "Symptomatic with aggressive MRI signs"
    EPIDURAL_COMPRESSION = "epidural_compression", "Symptomatic with epidural compression"


abbreviate(
    {
        ClinicalGroup.SYMPTOMATIC: say_in("Short", "Not aggressive"),
        ClinicalGroup.AGGRESSIVE_SIGNS: say_in("Short", "Aggressive signs"),
        ClinicalGroup.EPIDURAL_COMPRESSION: say_in("Short", "Epidural compr."),
    }
)


class Enneking(Vocabulary, ordered=True):
    """Enneking stage of a benign lesion."""

    LATENT = "1", "1 latent", "S1"
    ACTIVE = "2", "2 active", "S2"
    AGGRESSIVE = "3", "3 aggressive", "S3"


class AggressiveFeature(Vocabulary):
    """Signs of aggression, each counting one point."""

    MID_THORACIC = "t3_t9", "T3 to T9"
    WHOLE_BODY = "whole_body", "Whole body involved"
    NEURAL_ARCH = "neural_arch", "Neural arch involved"
    CORTEX = "indistinct_cortex", "Indistinct or expanded cortex"
    HONEYCOMB = "irregular_honeycomb", "Irregular honeycomb"
    SOFT_TISSUE = "soft_tissue_mass", "Soft-tissue mass"


abbreviate(
    {
        AggressiveFeature.WHOLE_BODY: say_in("Short", "Whole body"),
        AggressiveFeature.NEURAL_ARCH: say_in("Short", "Neural arch"),
        AggressiveFeature.CORTEX: say_in("Short", "Cortex"),
        AggressiveFeature.HONEYCOMB: say_in("Short", "Honeycomb"),
        AggressiveFeature.SOFT_TISSUE: say_in("Short", "Soft tissue"),
    }
)


class LesionExtent(Vocabulary, ordered=True):
    """How far the lesion reaches."""

    INTRAOSSEOUS = "intraosseous", "Within the bone"
    EPIDURAL = "epidural", "Epidural", "beyond the bone, epidural", "extraosseous"
    PARAVERTEBRAL = "paravertebral", "Paravertebral", "beyond the bone, paravertebral"
    BOTH = "both", "Epidural and paravertebral"


abbreviate(
    {
        LesionExtent.INTRAOSSEOUS: say_in("Short", "In the bone"),
        LesionExtent.BOTH: say_in("Short", "Epi-, paravert."),
    }
)


class PosteriorWall(Vocabulary, ordered=True):
    """State of the posterior wall."""

    INTACT = "intact", "Intact"
    DISRUPTED = "disrupted", "Disrupted"
    UNKNOWN = "unknown", "Unknown"


class NeuroStatus(Vocabulary, ordered=True):
    """Neurological finding."""

    NONE = "none", "No deficit", "intact", "normal", "nil"
    RADICULOPATHY = "radiculopathy", "Radiculopathy"
    MYELOPATHY = "myelopathy", "Myelopathy"
    CAUDA_EQUINA = "cauda_equina", "Cauda equina syndrome", "CES"


abbreviate(
    {
        NeuroStatus.CAUDA_EQUINA: say_in("Short", "Cauda equina"),
    }
)


class NeuroScale(Vocabulary):
    """Which scale a neurological grade belongs to."""

    FRANKEL = "frankel", "Frankel"
    AIS = "ais", "ASIA impairment scale", "ASIA"
    NURICK = "nurick", "Nurick"


abbreviate(
    {
        NeuroScale.AIS: "AIS",
    }
)


class OfClass(Vocabulary, ordered=True):
    """Osteoporotic fracture classification (AO Spine-DGOU, Schnake 2018)."""

    OF1 = "OF1", "OF1 edema only"
    OF2 = "OF2", "OF2 one endplate, posterior wall under 1/5"
    OF3 = "OF3", "OF3 one endplate, posterior wall over 1/5"
    OF4 = "OF4", "OF4 both endplates, frame lost or pincer"
    OF5 = "OF5", "OF5 tension band or rotation"


abbreviate(
    {
        OfClass.OF1: "OF1",
        OfClass.OF2: "OF2",
        OfClass.OF3: "OF3",
        OfClass.OF4: "OF4",
        OfClass.OF5: "OF5",
    }
)


class Genant(Vocabulary, ordered=True):
    """Genant grade of height loss."""

    NONE = "0", "0 none"
    MILD = "1", "1 mild, 20 to 25 %"
    MODERATE = "2", "2 moderate, 25 to 40 %"
    SEVERE = "3", "3 severe, over 40 %"


abbreviate(
    {
        Genant.MILD: say_in("Short", "1 mild"),
        Genant.MODERATE: say_in("Short", "2 moderate"),
        Genant.SEVERE: say_in("Short", "3 severe"),
    }
)
