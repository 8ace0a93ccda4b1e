# SPDX-License-Identifier: MIT
"""The lesion at a level, and how it was reached and filled: needle, cement, leakage."""

from __future__ import annotations

from models.fields import Count, Number, TermField, TermsField, Words, when
from models.schema.base import Row
from models.vocabulary import (
    AggressiveFeature,
    Approach,
    CementType,
    ClinicalGroup,
    Diagnosis,
    DiagnosisBasis,
    EndplateContact,
    Enneking,
    Fill,
    Genant,
    HemangiomaType,
    Leakage,
    LeakDetection,
    LesionExtent,
    Level,
    NeuroScale,
    NeuroStatus,
    OfClass,
    PosteriorWall,
    Side,
    Technique,
    VertebraPart,
    YesNo,
)

_IF_HEMANGIOMA = when("diagnosis", Diagnosis.HEMANGIOMA)
_IF_FRACTURE = when(
    "diagnosis",
    Diagnosis.OSTEOPOROTIC_FRACTURE,
    Diagnosis.TRAUMATIC_FRACTURE,
    Diagnosis.FRACTURE_UNSPECIFIED,
)
_IF_OSTEOPOROTIC = when(
    "diagnosis", Diagnosis.OSTEOPOROTIC_FRACTURE, Diagnosis.FRACTURE_UNSPECIFIED
)
_IF_BALLOON = when("technique", *(term for term in Technique if term.uses_balloon))
_IF_LEAK_SOUGHT = when("leakage", Leakage.NONE, Leakage.PRESENT)

_CEMENT_USUAL = {
    "cervical": (0.5, 3),
    "thoracic": (1, 8),
    "lumbar": (1.5, 12),
    "sacral": (1.5, 12),
}


class Lesion(Row):
    """What is treated at the level, and what is known of it."""

    level = TermField(
        "Level",
        Level,
        core=True,
        help="Vertebra that is treated, from C1 to S5; each has its own. T13 and L6 are variants "
        "and ask how levels were counted.",
    )
    level_counting = Words(
        "How levels were counted",
        applies=when("level", *(level for level in Level if level.is_variant)),
        help="Needed where the anatomy is transitional.",
    )
    part = TermsField(
        "Part",
        VertebraPart,
        help="Every part of the vertebra that is affected. The neural arch has been treated too, "
        "as by Fuwa 2006.",
    )
    diagnosis = TermsField(
        "Diagnosis",
        Diagnosis,
        core=True,
        help="What is treated at the level. Two can stand together, as fracture and hemangioma of "
        "T12 in Jones 2009.",
        copied=True,
    )
    diagnosis_basis = TermsField(
        "Proof",
        DiagnosisBasis,
        core=True,
        help="What the diagnosis rests on. In Jones 2009 one hemangioma was proven by biopsy, the "
        "other by MRI.",
    )
    lesion_size_mm = Number(
        "Lesion size",
        "mm",
        hard=(0, 150),
        help="Greatest diameter on MRI or CT. The L5 hemangioma of Jones 2009 measured 7 mm.",
    )
    body_involvement_pct = Count(
        "Body involved",
        "%",
        hard=(0, 100),
        help="Share of the vertebral body that the lesion takes up, estimated on MRI or CT. A body"
        " that is wholly involved is a sign of aggression.",
    )
    lesion_description = Words(
        "Lesion in words",
        long=True,
        help="What the imaging report says beyond the fields: place in the body, signal, "
        "trabeculae, nearness to an endplate.",
    )
    hemangioma_type = TermField(
        "Hemangioma type",
        HemangiomaType,
        core=True,
        applies=_IF_HEMANGIOMA,
        help="Typical: coarse vertical trabeculae, bright in T1 and T2. Aggressive: fast "
        "growth, beyond the body, epidural or paravertebral.",
    )
    clinical_group = TermField(
        "Clinical group",
        ClinicalGroup,
        applies=_IF_HEMANGIOMA,
        help="Symptoms together with signs of aggression in MRI and epidural compression: the "
        "three groups of Guarnieri 2009.",
    )
    enneking = TermField(
        "Enneking stage",
        Enneking,
        core=True,
        applies=_IF_HEMANGIOMA,
        help="1 well demarcated; 2 well defined with thin cortex; 3 indistinct border.",
    )
    aggressive_features = TermsField(
        "Signs of aggression",
        AggressiveFeature,
        applies=_IF_HEMANGIOMA,
        help="All that imaging shows; each counts one point, six at most. T3 to T9 is marked at "
        "any other level.",
    )
    extent = TermField(
        "Extent",
        LesionExtent,
        core=True,
        applies=_IF_HEMANGIOMA,
        help="Whether it grows beyond the bone, and where.",
    )
    posterior_wall = TermField(
        "Posterior wall",
        PosteriorWall,
        help="As imaging shows it. Through a disrupted one cement can reach the canal.",
    )
    neuro_status = TermField(
        "Neurological deficit",
        NeuroStatus,
        core=True,
        help="Deficit before the procedure that comes from this level; no deficit is an answer. "
        "Both patients of Jones 2009 had none.",
    )
    neuro_scale = TermField(
        "Neurological scale",
        NeuroScale,
        help="Frankel or ASIA impairment scale for the cord, Nurick for myelopathy.",
    )
    neuro_grade = Words(
        "Neurological grade",
        help="A to E by Frankel or the ASIA scale, 0 to 5 by Nurick. Name the scale; the grade has"
        " to fit the deficit.",
    )
    fracture_age_days = Count(
        "Fracture age",
        "days",
        hard=(0, 3650),
        usual=(None, 120),
        elsewhere={"weeks": 7},
        applies=_IF_FRACTURE,
        help="From the fracture to the procedure. Up to four months counts as acute, as in the "
        "EVOLVE trial.",
    )
    marrow_edema = TermField(
        "Marrow edema",
        YesNo,
        help="On fat-suppressed MRI; it tells a fresh fracture from an old one.",
    )
    intravertebral_cleft = TermField(
        "Intravertebral cleft",
        YesNo,
        help="A gap in the body that holds gas or fluid on images. It lowers venous and raises "
        "cortical leaks.",
    )
    of_class = TermField(
        "OF class",
        OfClass,
        applies=_IF_OSTEOPOROTIC,
        help="Shape of an osteoporotic fracture, from edema alone to a torn tension band (AO "
        "Spine-DGOU, Schnake 2018). The OF score counts two points a class.",
    )
    genant = TermField(
        "Genant grade",
        Genant,
        applies=_IF_FRACTURE,
        help="By the height that is lost: 1 is 20 to 25 %, 2 is 25 to 40 %, 3 is more (Genant "
        "1993).",
    )


class Needle(Row):
    """How the level was reached and what was put into it."""

    technique = TermField(
        "Technique",
        Technique,
        core=True,
        habitual=True,
        help="What was done at this level; each level has its own.",
    )
    approach = TermField(
        "Approach",
        Approach,
        core=True,
        habitual=True,
        help="The way of the needle into the vertebra, at this level. Not stated is an answer.",
    )
    approach_other = Words(
        "Approach in words",
        applies=when("approach", Approach.OTHER),
        copied=True,
        help="The way of the needle where no term of the list fits, so that it can still be told "
        "from the others.",
    )
    side = TermField(
        "Side",
        Side,
        core=True,
        copied=True,
        help="Side on which the needle went in; bilateral means from both. Case II of Jones 2009 "
        "was reached from the right.",
    )
    needle_gauge = Count(
        "Needle",
        "G",
        hard=(8, 20),
        usual=(8, 15),
        habitual=True,
        help="Gauge: a greater number is a thinner needle.",
    )
    needle_count = Count(
        "Needles",
        hard=(1, 4),
        habitual=True,
        help="Working needles placed at this level. One needle with a bilateral side is marked.",
    )
    balloon_count = Count(
        "Balloons",
        hard=(0, 4),
        core=True,
        applies=_IF_BALLOON,
        copied=True,
        help="How many were inflated at the level; each is listed with size and volume.",
    )
    balloon_words = Words(
        "Balloons as reported",
        applies=_IF_BALLOON,
        help="What a report says where it leaves number or size of the balloons open, as in case I"
        " of Jones 2009. Nothing is counted from it.",
    )
    cement_ml = Number(
        "Cement",
        "mL",
        hard=(0.1, 30),
        usual_by_region=_CEMENT_USUAL,
        core=True,
        help="Total of the level; where sides are given, their sum. Embolism was most frequent "
        "above 7 mL (Hsieh 2019).",
    )
    cement_left_ml = Number(
        "Cement, left",
        "mL",
        hard=(0, 30),
        help="Cement injected on the left. Left and right together have to make the total.",
    )
    cement_right_ml = Number(
        "Cement, right",
        "mL",
        hard=(0, 30),
        help="Cement injected on the right. With cement on both sides, a fill of one side alone is"
        " marked.",
    )
    cement_type = TermField(
        "Cement type",
        CementType,
        core=True,
        help="Viscosity changes how often cement leaks.",
        habitual=True,
    )
    fill = TermField(
        "Fill",
        Fill,
        help="How far the cement spreads through the body, seen from the front: one side, past the"
        " midline, or both sides. It tells what one needle reached.",
    )
    endplate_contact = TermField(
        "Endplates reached",
        EndplateContact,
        help="Endplates that the cement touches on the lateral image; none is an answer. From "
        "there it is close to the disc, a frequent place of leaks (Hsieh 2019).",
    )
    leakage = TermField(
        "Leakage", Leakage, core=True, help="None has to be said; not answered is not none."
    )
    leak_assessed_by = TermsField(
        "Looked for by",
        LeakDetection,
        core=True,
        applies=_IF_LEAK_SOUGHT,
        help="How leaks were looked for, seen or not. CT finds about one and a half times more "
        "than films (Yeom 2003).",
        habitual=True,
    )
    leakage_words = Words(
        "Leakage as reported",
        help="A report's own words, such as that cement spread neither forward nor backward (Jones"
        " 2009). Leak rates go by the answer in Leakage.",
    )
