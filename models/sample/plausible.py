# SPDX-License-Identifier: MIT
"""How often what occurs in the synthetic cases. Rough clinical orders of magnitude, no evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from models.sample.dice import Odds
from models.vocabulary import (
    Approach,
    CementType,
    Diagnosis,
    LeakDetection,
    LeakLocation,
    Level,
    PainScale,
    Technique,
)


class Course(Enum):
    """How the pain goes after the procedure."""

    RELIEF = "relief"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of patient.

    Attributes:
        diagnosis: what is treated.
        women: share of women.
        age: mean, standard deviation, lowest and highest age in years.
        pain_weeks: the same for the weeks of pain before the procedure.
        first_level: where the first level lies.
        level_count: how many levels are treated in one session.
        technique: what is done; cervical and sacral levels have techniques of their own.
        course: how the pain goes.
        dies: share of patients who die within two years.
        again: share of patients who come back with another level.
    """

    diagnosis: Diagnosis
    women: float
    age: tuple[float, float, float, float]
    pain_weeks: tuple[float, float, float, float]
    first_level: Odds[Level]
    level_count: Odds[int]
    technique: Odds[Technique]
    course: Odds[Course]
    dies: float = 0.0
    again: float = 0.0


_THORACOLUMBAR = Odds(
    {
        Level.T4: 1,
        Level.T5: 2,
        Level.T6: 3,
        Level.T7: 6,
        Level.T8: 6,
        Level.T9: 4,
        Level.T10: 5,
        Level.T11: 9,
        Level.T12: 20,
        Level.L1: 22,
        Level.L2: 11,
        Level.L3: 8,
        Level.L4: 6,
        Level.L5: 3,
    }
)
_HEMANGIOMA_LEVELS = Odds(
    {
        Level.C2: 0.5,
        Level.C3: 0.5,
        Level.C4: 1,
        Level.C5: 1,
        Level.C6: 1,
        Level.C7: 0.5,
        Level.T3: 2,
        Level.T4: 3,
        Level.T5: 4,
        Level.T6: 5,
        Level.T7: 6,
        Level.T8: 7,
        Level.T9: 7,
        Level.T10: 7,
        Level.T11: 8,
        Level.T12: 11,
        Level.L1: 10,
        Level.L2: 8,
        Level.L3: 8,
        Level.L4: 6,
        Level.L5: 3,
        Level.S1: 1,
    }
)
_TUMOR_LEVELS = Odds(
    {
        Level.C2: 1,
        Level.C5: 1,
        Level.T4: 3,
        Level.T6: 6,
        Level.T8: 8,
        Level.T10: 9,
        Level.T11: 8,
        Level.T12: 14,
        Level.L1: 14,
        Level.L2: 12,
        Level.L3: 11,
        Level.L4: 8,
        Level.L5: 4,
        Level.S1: 2,
    }
)
_SACRAL_LEVELS = Odds({Level.S1: 80, Level.S2: 20})

_MOSTLY_ONE = Odds({1: 92, 2: 7, 3: 1})
_OFTEN_ONE = Odds({1: 74, 2: 17, 3: 6, 4: 2, 5: 0.6, 6: 0.4})
_OFTEN_MORE = Odds({1: 50, 2: 27, 3: 13, 4: 6, 5: 2.5, 6: 1.5})

_GOOD = Odds({Course.RELIEF: 78, Course.PARTIAL: 14, Course.NONE: 8})
_FAIR = Odds({Course.RELIEF: 64, Course.PARTIAL: 23, Course.NONE: 13})

KINDS = Odds(
    {
        Kind(
            Diagnosis.OSTEOPOROTIC_FRACTURE,
            0.76,
            (76, 8, 56, 97),
            (7, 5, 1, 26),
            _THORACOLUMBAR,
            _OFTEN_ONE,
            Odds(
                {
                    Technique.BALLOON_KYPHOPLASTY: 60,
                    Technique.VERTEBROPLASTY: 33,
                    Technique.MECHANICAL_IMPLANT: 4,
                    Technique.RF_KYPHOPLASTY: 2,
                    Technique.MESH_CONTAINER: 1,
                }
            ),
            _GOOD,
            dies=0.09,
            again=0.1,
        ): 57,
        Kind(
            Diagnosis.HEMANGIOMA,
            0.64,
            (48, 13, 18, 84),
            (70, 60, 6, 520),
            _HEMANGIOMA_LEVELS,
            _MOSTLY_ONE,
            Odds(
                {
                    Technique.VERTEBROPLASTY: 62,
                    Technique.BALLOON_KYPHOPLASTY: 35,
                    Technique.PEDICULOPLASTY: 3,
                }
            ),
            _GOOD,
            dies=0.005,
            again=0.02,
        ): 15,
        Kind(
            Diagnosis.METASTASIS,
            0.52,
            (65, 10, 32, 88),
            (9, 6, 1, 40),
            _TUMOR_LEVELS,
            _OFTEN_ONE,
            Odds({Technique.VERTEBROPLASTY: 58, Technique.BALLOON_KYPHOPLASTY: 42}),
            _FAIR,
            dies=0.45,
            again=0.06,
        ): 10,
        Kind(
            Diagnosis.MYELOMA,
            0.46,
            (67, 9, 38, 88),
            (11, 7, 1, 45),
            _TUMOR_LEVELS,
            _OFTEN_MORE,
            Odds({Technique.BALLOON_KYPHOPLASTY: 60, Technique.VERTEBROPLASTY: 40}),
            _GOOD,
            dies=0.2,
            again=0.12,
        ): 6,
        Kind(
            Diagnosis.TRAUMATIC_FRACTURE,
            0.4,
            (47, 15, 19, 85),
            (2, 2, 1, 12),
            _THORACOLUMBAR,
            _MOSTLY_ONE,
            Odds({Technique.BALLOON_KYPHOPLASTY: 70, Technique.MECHANICAL_IMPLANT: 30}),
            _GOOD,
            dies=0.01,
        ): 7,
        Kind(
            Diagnosis.OSTEOPOROTIC_FRACTURE,
            0.85,
            (79, 8, 58, 97),
            (6, 4, 1, 20),
            _SACRAL_LEVELS,
            Odds({1: 82, 2: 18}),
            Odds({Technique.SACROPLASTY: 82, Technique.SACROPLASTY_BALLOON: 18}),
            _GOOD,
            dies=0.1,
            again=0.02,
        ): 5,
    }
)
"""Kinds of patients by their share of the procedures."""

OPERATORS = Odds(
    {
        "Operator A": 30,
        "Operator B": 22,
        "Operator C": 18,
        "Operator D": 14,
        "Operator E": 10,
        "Operator F": 6,
    }
)

CEMENT_ML = {
    "cervical": (1.7, 0.5, 0.6, 2.9),
    "thoracic": (4.0, 1.2, 1.2, 7.8),
    "lumbar": (5.6, 1.5, 2.0, 11.5),
    "sacral": (6.0, 1.7, 2.0, 11.5),
}
"""Mean, standard deviation, least and most cement of a level by region, in mL."""

APPROACH = {
    "cervical": Odds(
        {Approach.ANTEROLATERAL: 78, Approach.POSTERIOR: 12, Approach.OPEN_ANTERIOR: 10}
    ),
    "thoracic": Odds(
        {Approach.TRANSPEDICULAR: 71, Approach.EXTRAPEDICULAR: 27, Approach.NOT_STATED: 2}
    ),
    "lumbar": Odds(
        {
            Approach.TRANSPEDICULAR: 90,
            Approach.POSTEROLATERAL: 5,
            Approach.EXTRAPEDICULAR: 3,
            Approach.NOT_STATED: 2,
        }
    ),
    "sacral": Odds(
        {
            Approach.SACRAL_SHORT_AXIS: 48,
            Approach.SACRAL_LONG_AXIS: 36,
            Approach.TRANSILIAC: 9,
            Approach.POSTERIOR: 7,
        }
    ),
}

CEMENT_TYPE = Odds(
    {
        CementType.PMMA_HIGH: 52,
        CementType.PMMA_LOW: 32,
        CementType.PMMA: 11,
        CementType.PMMA_ANTIBIOTIC: 4,
        CementType.CALCIUM_PHOSPHATE: 1,
    }
)

LEAKS_SOUGHT_BY = Odds(
    {
        (LeakDetection.FLUOROSCOPY,): 62,
        (LeakDetection.FLUOROSCOPY, LeakDetection.RADIOGRAPH): 20,
        (LeakDetection.FLUOROSCOPY, LeakDetection.CT): 12,
        (LeakDetection.CT,): 6,
    }
)

LEAKS = {
    Technique.BALLOON_KYPHOPLASTY: 0.12,
    Technique.VERTEBROPLASTY: 0.26,
    Technique.CERVICAL_VERTEBROPLASTY: 0.2,
    Technique.SACROPLASTY: 0.16,
}
"""Share of levels with a leak seen on fluoroscopy; CT sees more."""

LEAKS_OTHERWISE = 0.14
LEAKS_MORE_BY_CT = 2.0

LEAK_LOCATION = {
    "cervical": Odds(
        {
            LeakLocation.PREVERTEBRAL: 40,
            LeakLocation.DISC_SUPERIOR: 20,
            LeakLocation.EPIDURAL: 20,
            LeakLocation.PARAVERTEBRAL_VEIN: 20,
        }
    ),
    "sacral": Odds(
        {LeakLocation.SACRAL: 70, LeakLocation.PARAVERTEBRAL_VEIN: 20, LeakLocation.EPIDURAL: 10}
    ),
}
LEAK_LOCATION["thoracic"] = LEAK_LOCATION["lumbar"] = Odds(
    {
        LeakLocation.DISC_SUPERIOR: 24,
        LeakLocation.DISC_INFERIOR: 10,
        LeakLocation.PARAVERTEBRAL_TISSUE: 22,
        LeakLocation.PARAVERTEBRAL_VEIN: 21,
        LeakLocation.BASIVERTEBRAL_VEIN: 9,
        LeakLocation.EPIDURAL: 7,
        LeakLocation.FORAMINAL: 2.5,
        LeakLocation.NEEDLE_TRACK: 3,
        LeakLocation.GREAT_VESSEL: 0.5,
        LeakLocation.PULMONARY: 1,
    }
)

LEAK_SYMPTOMS = {"canal": 0.4, "venous": 0.09, "cortical": 0.06, "disc": 0.03}
"""Share of leaks with symptoms by group of location: about two in a hundred levels."""

PAIN_SCALES = Odds({PainScale.NRS: 70, PainScale.VAS_10: 21, PainScale.VAS_100: 9})
