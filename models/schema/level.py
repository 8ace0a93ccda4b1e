# SPDX-License-Identifier: MIT
"""A treated level: the lesion, the needle, balloons, cement, leakage, heights and later ones."""

from __future__ import annotations

import peewee

from models.fields import Count, Day, Number, TermField, TermsField, Words, reported, when
from models.schema.base import Row
from models.schema.procedure import Procedure
from models.speech import say
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
    KyphosisMethod,
    Leakage,
    LeakDetection,
    LeakLocation,
    LeakMoment,
    LesionExtent,
    Level,
    MeasureModality,
    NeuroScale,
    NeuroStatus,
    OfClass,
    PosteriorWall,
    PressureUnit,
    Side,
    Technique,
    VertebraPart,
    Yeom,
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


_HEIGHT = say("From endplate to endplate on the lateral or midsagittal image.")


def _height(label: str) -> Number:
    return Number(label, "mm", hard=(1, 60), usual=(5, 45), help=_HEIGHT)


def _neighbor(label: str) -> Number:
    return Number(
        label, "mm", hard=(3, 60), usual=(10, 45), help="A neighbor's height, for reference."
    )


def _angle(label: str, help_text: str) -> Number:
    return Number(label, "°", hard=(-90, 90), usual=(-45, 45), help=help_text)


_WEDGE = say("Angle between the two endplates of the vertebra; kyphosis is positive.")
_METHOD = say(
    "Between which endplates the angle was measured; angles of different methods are not alike."
)
_KYPHOSIS = say("Local kyphotic (Cobb) angle; kyphosis is positive. State the method.")


class Lesion(Row):
    """What is treated at the level, and what is known of it."""

    level = TermField("Level", Level, core=True, help="From C1 to S5; T13 and L6 are variants.")
    level_counting = Words(
        "How levels were counted",
        applies=when("level", *(level for level in Level if level.is_variant)),
        help="Needed where the anatomy is transitional.",
    )
    part = TermsField("Part", VertebraPart, help="The part of the vertebra that is affected.")
    diagnosis = TermsField(
        "Diagnosis", Diagnosis, core=True, help="Two can stand together at one level.", copied=True
    )
    diagnosis_basis = TermsField(
        "Proof", DiagnosisBasis, core=True, help="What the diagnosis rests on."
    )
    lesion_size_mm = Number("Lesion size", "mm", hard=(0, 150))
    body_involvement_pct = Count("Body involved", "%", hard=(0, 100))
    lesion_description = Words("Lesion in words", long=True)
    hemangioma_type = TermField(
        "Hemangioma type",
        HemangiomaType,
        core=True,
        applies=_IF_HEMANGIOMA,
        help="Typical: coarse vertical trabeculae, bright in T1 and T2. Aggressive: fast "
        "growth, beyond the body, epidural or paravertebral.",
    )
    clinical_group = TermField(
        "Clinical group", ClinicalGroup, applies=_IF_HEMANGIOMA, help="Groups of Guarnieri 2009."
    )
    enneking = TermField(
        "Enneking stage",
        Enneking,
        core=True,
        applies=_IF_HEMANGIOMA,
        help="1 well demarcated; 2 well defined with thin cortex; 3 indistinct border.",
    )
    aggressive_features = TermsField(
        "Signs of aggression", AggressiveFeature, applies=_IF_HEMANGIOMA
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
    neuro_status = TermField("Neurological deficit", NeuroStatus, core=True)
    neuro_scale = TermField(
        "Neurological scale",
        NeuroScale,
        help="Frankel or ASIA impairment scale for the cord, Nurick for myelopathy.",
    )
    neuro_grade = Words("Neurological grade", help="A to E; name the scale.")
    fracture_age_days = Count(
        "Fracture age",
        "days",
        hard=(0, 3650),
        usual=(None, 120),
        elsewhere={"weeks": 7},
        applies=_IF_FRACTURE,
        help="Up to four months counts as acute.",
    )
    marrow_edema = TermField(
        "Marrow edema",
        YesNo,
        help="On fat-suppressed MRI; it tells a fresh fracture from an old one.",
    )
    intravertebral_cleft = TermField(
        "Intravertebral cleft", YesNo, help="Lowers venous and raises cortical leaks."
    )
    of_class = TermField(
        "OF class", OfClass, applies=_IF_OSTEOPOROTIC, help="AO Spine-DGOU (Schnake 2018)."
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
        help="The way of the needle into the vertebra, at this level.",
    )
    approach_other = Words(
        "Approach in words", applies=when("approach", Approach.OTHER), copied=True
    )
    side = TermField("Side", Side, core=True, copied=True)
    needle_gauge = Count(
        "Needle",
        "G",
        hard=(8, 20),
        usual=(8, 15),
        habitual=True,
        help="Gauge: a greater number is a thinner needle.",
    )
    needle_count = Count("Needles", hard=(1, 4), habitual=True)
    balloon_count = Count(
        "Balloons",
        hard=(0, 4),
        core=True,
        applies=_IF_BALLOON,
        copied=True,
        help="How many were inflated at the level; each is listed with size and volume.",
    )
    balloon_words = Words("Balloons as reported", applies=_IF_BALLOON)
    cement_ml = Number(
        "Cement",
        "mL",
        hard=(0.1, 30),
        usual_by_region=_CEMENT_USUAL,
        core=True,
        help="Total of the level; where sides are given, their sum.",
    )
    cement_left_ml = Number("Cement, left", "mL", hard=(0, 30))
    cement_right_ml = Number("Cement, right", "mL", hard=(0, 30))
    cement_type = TermField(
        "Cement type",
        CementType,
        core=True,
        help="Viscosity changes how often cement leaks.",
        habitual=True,
    )
    fill = TermField("Fill", Fill)
    endplate_contact = TermField("Endplates reached", EndplateContact)
    leakage = TermField(
        "Leakage", Leakage, core=True, help="None has to be said; not answered is not none."
    )
    leak_assessed_by = TermsField(
        "Looked for by",
        LeakDetection,
        core=True,
        applies=_IF_LEAK_SOUGHT,
        help="CT finds about one and a half times more leaks than films.",
        habitual=True,
    )
    leakage_words = Words("Leakage as reported")


class Heights(Row):
    """Heights and angles before and after, and the neighbors to compare with."""

    anterior_before_mm = _height("Anterior height before")
    anterior_after_mm = _height("Anterior height after")
    middle_before_mm = _height("Middle height before")
    middle_after_mm = _height("Middle height after")
    posterior_before_mm = _height("Posterior height before")
    posterior_after_mm = _height("Posterior height after")
    cranial_anterior_mm = _neighbor("Level above, anterior")
    cranial_middle_mm = _neighbor("Level above, middle")
    cranial_posterior_mm = _neighbor("Level above, posterior")
    caudal_anterior_mm = _neighbor("Level below, anterior")
    caudal_middle_mm = _neighbor("Level below, middle")
    caudal_posterior_mm = _neighbor("Level below, posterior")
    wedge_before_deg = _angle("Wedge angle before", _WEDGE)
    wedge_after_deg = _angle("Wedge angle after", _WEDGE)
    kyphosis_before_deg = _angle("Kyphotic angle before", _KYPHOSIS)
    kyphosis_after_deg = _angle("Kyphotic angle after", _KYPHOSIS)
    kyphosis_method = TermField("Kyphosis method", KyphosisMethod, habitual=True, help=_METHOD)
    measure_modality = TermField(
        "Measured on", MeasureModality, help="Posture alone changes the height.", habitual=True
    )
    height_gain_low_mm, height_gain_high_mm, height_gain_words = reported(
        "height_gain",
        "Reported height gain",
        "mm",
        hard=(-60, 60),
        usual=(-15, 15),
        help="Where only a gain is reported and no heights: 4, or a range such as 3-5.",
        words_help="The words of the report: landmark, method and reference, if stated.",
    )


class TreatedLevel(Lesion, Needle, Heights):
    """One level of a case. A case may have several, each with its own everything."""

    procedure = peewee.ForeignKeyField(Procedure, backref="levels", on_delete="CASCADE")


class Balloon(Row):
    """One inflated balloon."""

    treated_level_id: str
    treated_level = peewee.ForeignKeyField(TreatedLevel, backref="balloons", on_delete="CASCADE")
    side = TermField("Side", Side, copied=True)
    size_mm = Number(
        "Size", "mm", hard=(5, 40), usual=(10, 20), help="Length of the balloon.", habitual=True
    )
    volume_ml = Number("Volume", "mL", hard=(0, 10), usual=(None, 6), core=True)
    pressure = Number(
        "Peak pressure",
        hard=(0, 1000),
        usual=(None, 400),
        unit_in="pressure_unit",
        help="The highest while it was inflated, in the unit of the manometer.",
    )
    pressure_unit = TermField("Unit of pressure", PressureUnit, habitual=True)
    ruptured = TermField("Ruptured", YesNo)


class LaterMeasure(Row):
    """Heights and angles of a treated level at a follow-up, to see what was lost again."""

    treated_level_id: str
    treated_level = peewee.ForeignKeyField(
        TreatedLevel, backref="later_measures", on_delete="CASCADE"
    )
    measured_on = Day("Date", help="Day of the images.")
    anterior_mm = _height("Anterior height")
    middle_mm = _height("Middle height")
    posterior_mm = _height("Posterior height")
    wedge_deg = _angle("Wedge angle", _WEDGE)
    kyphosis_deg = _angle("Kyphotic angle", _KYPHOSIS)
    kyphosis_method = TermField("Kyphosis method", KyphosisMethod, habitual=True, help=_METHOD)
    measure_modality = TermField(
        "Measured on", MeasureModality, help="Posture alone changes the height.", habitual=True
    )


class Leak(Row):
    """One place where cement left the vertebra."""

    treated_level_id: str
    treated_level = peewee.ForeignKeyField(TreatedLevel, backref="leaks", on_delete="CASCADE")
    location = TermField("Location", LeakLocation, core=True)
    yeom_type = TermField(
        "Yeom type",
        Yeom,
        help="B by the basivertebral, S by a segmental vein, C through the cortex (Yeom 2003), "
        "D into the disc.",
    )
    symptomatic = TermField(
        "Symptomatic",
        YesNo,
        core=True,
        help="New radicular pain, deficit, respiratory or cardiac symptom due to the leak.",
    )
    symptoms_on = Day("Symptoms since", applies=when("symptomatic", YesNo.YES))
    detected_by = TermField("Seen on", LeakDetection, core=True)
    moment = TermField("Seen when", LeakMoment)
    detail = Words("Detail")
