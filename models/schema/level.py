# SPDX-License-Identifier: MIT
"""A treated level with its heights and angles, its balloons and leaks, and later heights."""

from __future__ import annotations

import peewee

from models.fields import Day, Number, TermField, Words, reported, when
from models.schema.base import Row
from models.schema.lesion import Lesion, Needle
from models.schema.procedure import Procedure
from models.vocabulary import (
    KyphosisMethod,
    LeakDetection,
    LeakLocation,
    LeakMoment,
    MeasureModality,
    PressureUnit,
    Side,
    Yeom,
    YesNo,
)


def _height(label: str, *, help: str) -> Number:
    return Number(label, "mm", hard=(1, 60), usual=(5, 45), help=help)


def _neighbor(label: str, *, help: str) -> Number:
    return Number(label, "mm", hard=(3, 60), usual=(10, 45), help=help)


def _angle(label: str, *, help: str) -> Number:
    return Number(label, "°", hard=(-90, 90), usual=(-45, 45), help=help)


class Heights(Row):
    """Heights and angles before and after, and the neighbors to compare with."""

    anterior_before_mm = _height(
        "Anterior height before",
        help="Anterior wall before the procedure, from endplate to endplate on the lateral or "
        "midsagittal image. McKiernan 2003 asks for all three heights in mm.",
    )
    anterior_after_mm = _height(
        "Anterior height after",
        help="Anterior wall after the procedure, measured as before and on the same kind of image."
        " The difference is the gain.",
    )
    middle_before_mm = _height(
        "Middle height before",
        help="Middle of the vertebral body before the procedure, from endplate to endplate. In a "
        "biconcave fracture it is the lowest of the three.",
    )
    middle_after_mm = _height(
        "Middle height after",
        help="Middle of the vertebral body after the procedure, between the same points as before."
        " A reported gain is held against the better of middle and anterior.",
    )
    posterior_before_mm = _height(
        "Posterior height before",
        help="Posterior wall before the procedure, from endplate to endplate. Against it the "
        "anterior wall shows the wedging.",
    )
    posterior_after_mm = _height(
        "Posterior height after",
        help="Posterior wall after the procedure, between the same points as before. It completes "
        "the three heights.",
    )
    cranial_anterior_mm = _neighbor(
        "Level above, anterior",
        help="Anterior wall of the vertebra above, if that is intact itself. The mean of above and"
        " below stands for the height before the loss.",
    )
    cranial_middle_mm = _neighbor(
        "Level above, middle",
        help="Middle of the vertebra above, if that is intact itself. It is the reference for the "
        "middle height.",
    )
    cranial_posterior_mm = _neighbor(
        "Level above, posterior",
        help="Posterior wall of the vertebra above, if that is intact itself. It is the reference "
        "for the posterior height.",
    )
    caudal_anterior_mm = _neighbor(
        "Level below, anterior",
        help="Anterior wall of the vertebra below, if that is intact itself. Where only one "
        "neighbor is known, it alone is the reference.",
    )
    caudal_middle_mm = _neighbor(
        "Level below, middle",
        help="Middle of the vertebra below, if that is intact itself. It is the reference for the "
        "middle height, together with the one above.",
    )
    caudal_posterior_mm = _neighbor(
        "Level below, posterior",
        help="Posterior wall of the vertebra below, if that is intact itself. It is the reference "
        "for the posterior height, together with the one above.",
    )
    wedge_before_deg = _angle(
        "Wedge angle before",
        help="Angle between the two endplates of the vertebra before the procedure; kyphosis is "
        "positive.",
    )
    wedge_after_deg = _angle(
        "Wedge angle after",
        help="Angle between the two endplates of the vertebra after the procedure; kyphosis is "
        "positive. A smaller one than before is a correction.",
    )
    kyphosis_before_deg = _angle(
        "Kyphotic angle before",
        help="Local kyphotic (Cobb) angle before the procedure; kyphosis is positive. State the "
        "method.",
    )
    kyphosis_after_deg = _angle(
        "Kyphotic angle after",
        help="Local kyphotic (Cobb) angle after the procedure, between the same endplates as "
        "before; kyphosis is positive.",
    )
    kyphosis_method = TermField(
        "Kyphosis method",
        KyphosisMethod,
        habitual=True,
        help="Between which endplates the angle was measured; angles of different methods are not "
        "alike.",
    )
    measure_modality = TermField(
        "Measured on",
        MeasureModality,
        help="Image on which heights and angles were measured, before and after alike. Posture "
        "alone changes the height.",
        habitual=True,
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
    side = TermField(
        "Side",
        Side,
        copied=True,
        help="Side on which this balloon was inflated. One on the other side than the needle is "
        "marked.",
    )
    size_mm = Number(
        "Size", "mm", hard=(5, 40), usual=(10, 20), help="Length of the balloon.", habitual=True
    )
    volume_ml = Number(
        "Volume",
        "mL",
        hard=(0, 10),
        usual=(None, 6),
        core=True,
        help="Volume at the greatest inflation, as the syringe shows it. It tells how much room "
        "was made for the cement.",
    )
    pressure = Number(
        "Peak pressure",
        hard=(0, 1000),
        usual=(None, 400),
        unit_in="pressure_unit",
        help="The highest while it was inflated, in the unit of the manometer.",
    )
    pressure_unit = TermField(
        "Unit of pressure",
        PressureUnit,
        habitual=True,
        help="Unit of the manometer. The pressure is kept in it as it was read; limits are held "
        "against it in psi.",
    )
    ruptured = TermField(
        "Ruptured",
        YesNo,
        help="Whether this balloon burst, with or without harm. A rupture with consequences is an "
        "adverse event too.",
    )


class LaterMeasure(Row):
    """Heights and angles of a treated level at a follow-up, to see what was lost again."""

    treated_level_id: str
    treated_level = peewee.ForeignKeyField(
        TreatedLevel, backref="later_measures", on_delete="CASCADE"
    )
    measured_on = Day(
        "Date",
        help="Day of the images, not before the procedure. What was lost again is told for this "
        "day.",
    )
    anterior_mm = _height(
        "Anterior height",
        help="Anterior wall at this follow-up, from endplate to endplate as after the procedure. A"
        " lower one tells how much of the gain was lost.",
    )
    middle_mm = _height(
        "Middle height",
        help="Middle of the vertebral body at this follow-up, between the same points as after the"
        " procedure.",
    )
    posterior_mm = _height(
        "Posterior height",
        help="Posterior wall at this follow-up, between the same points as after the procedure.",
    )
    wedge_deg = _angle(
        "Wedge angle",
        help="Angle between the two endplates of the vertebra at this follow-up; kyphosis is "
        "positive. A greater one than after the procedure is a loss of correction.",
    )
    kyphosis_deg = _angle(
        "Kyphotic angle",
        help="Local kyphotic (Cobb) angle at this follow-up; kyphosis is positive. It is compared "
        "only where the method is the one of the procedure.",
    )
    kyphosis_method = TermField(
        "Kyphosis method",
        KyphosisMethod,
        habitual=True,
        help="Between which endplates it was measured at this follow-up. Another method than at "
        "the procedure is marked.",
    )
    measure_modality = TermField(
        "Measured on",
        MeasureModality,
        help="Image on which it was measured at this follow-up. On another kind than at the "
        "procedure, posture alone can look like a loss.",
        habitual=True,
    )


class Leak(Row):
    """One place where cement left the vertebra."""

    treated_level_id: str
    treated_level = peewee.ForeignKeyField(TreatedLevel, backref="leaks", on_delete="CASCADE")
    location = TermField(
        "Location",
        LeakLocation,
        core=True,
        help="Where the cement lies outside the vertebra, a row for each place. Rates group the "
        "places as disc, canal, venous and cortical.",
    )
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
    symptoms_on = Day(
        "Symptoms since",
        applies=when("symptomatic", YesNo.YES),
        help="Day of the first symptom of this leak, never before the procedure. An onset as late "
        "as two months is published.",
    )
    detected_by = TermField(
        "Seen on",
        LeakDetection,
        core=True,
        help="Imaging that showed this leak; it has to be among those under Looked for by. Lateral"
        " films miss or underrate most venous leaks (Yeom 2003).",
    )
    moment = TermField(
        "Seen when",
        LeakMoment,
        help="During the procedure, when filling can still be stopped, or only on images "
        "afterwards.",
    )
    detail = Words(
        "Detail",
        help="How far and how much, and what was done about it. A leak that was treated is an "
        "adverse event too.",
    )
