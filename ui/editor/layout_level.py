# SPDX-License-Identifier: MIT
"""Where each field of a treated level stands in the case editor, as data."""

from __future__ import annotations

from models.fields import when
from models.schema import Balloon, LaterMeasure, Leak, TreatedLevel
from models.speech import say
from models.vocabulary import Leakage
from ui.editor.blocks import Block, Fields, HeightGain, Listing, WithLeakPicture
from ui.editor.later_heights import told_since
from ui.widgets.field_places import Column, place

LEVEL_BLOCKS: tuple[Block, ...] = (
    Fields(
        (
            (
                place(2, TreatedLevel.level),
                place(5, TreatedLevel.diagnosis),
                place(3, TreatedLevel.diagnosis_basis),
                place(2, TreatedLevel.lesion_size_mm),
            ),
            (place(12, TreatedLevel.level_counting),),
            (
                place(3, TreatedLevel.neuro_status),
                place(3, TreatedLevel.hemangioma_type),
                place(3, TreatedLevel.enneking),
                place(3, TreatedLevel.extent),
            ),
        )
    ),
    Fields(
        (
            (
                place(4, TreatedLevel.part),
                place(2, TreatedLevel.body_involvement_pct),
                place(2, TreatedLevel.posterior_wall),
                place(2, TreatedLevel.marrow_edema),
                place(2, TreatedLevel.intravertebral_cleft),
            ),
            (
                place(4, TreatedLevel.clinical_group),
                place(8, TreatedLevel.aggressive_features),
            ),
            (
                place(2, TreatedLevel.fracture_age_days),
                place(4, TreatedLevel.of_class),
                place(3, TreatedLevel.genant),
            ),
            (
                place(3, TreatedLevel.neuro_scale),
                place(3, TreatedLevel.neuro_grade),
            ),
            (place(12, TreatedLevel.lesion_description),),
        ),
        title=say("More about the lesion"),
    ),
    Fields(
        (
            (
                place(4, TreatedLevel.technique),
                place(4, TreatedLevel.approach),
                place(2, TreatedLevel.side),
                place(2, TreatedLevel.balloon_count),
            ),
            (place(12, TreatedLevel.approach_other),),
        )
    ),
    Listing(
        Balloon,
        "balloons",
        (
            Column(Balloon.side, 104),
            Column(Balloon.size_mm, 80, goes=2),
            Column(Balloon.volume_ml, 80),
            Column(Balloon.pressure, 100, goes=4),
            Column(Balloon.pressure_unit, 110, goes=3),
            Column(Balloon.ruptured, 90, goes=1),
        ),
        shown=TreatedLevel.balloon_count.applies,
        adds=say("Add balloon"),
        count=TreatedLevel.balloon_count,
    ),
    WithLeakPicture(
        (
            Fields(
                (
                    (
                        place(2, TreatedLevel.cement_ml),
                        place(3, TreatedLevel.cement_type),
                        place(3, TreatedLevel.leakage),
                        place(4, TreatedLevel.leak_assessed_by),
                    ),
                )
            ),
            Listing(
                Leak,
                "leaks",
                (
                    Column(Leak.location, 136),
                    Column(Leak.symptomatic, 84, goes=4),
                    Column(Leak.detected_by, 72, goes=3),
                    Column(Leak.yeom_type, 104, goes=2),
                    Column(Leak.moment, 96, goes=1),
                ),
                details=((place(3, Leak.symptoms_on), place(9, Leak.detail)),),
                shown=when("leakage", Leakage.PRESENT),
                adds=say("Add leak"),
            ),
            Fields(
                (
                    (
                        place(2, TreatedLevel.needle_gauge),
                        place(2, TreatedLevel.needle_count),
                        place(4, TreatedLevel.balloon_words),
                        place(2, TreatedLevel.cement_left_ml),
                        place(2, TreatedLevel.cement_right_ml),
                    ),
                    (
                        place(3, TreatedLevel.fill),
                        place(3, TreatedLevel.endplate_contact),
                        place(6, TreatedLevel.leakage_words),
                    ),
                ),
                title=say("More about needle, cement and leakage"),
            ),
        )
    ),
    Fields(
        (
            (
                place(3, TreatedLevel.anterior_before_mm, TreatedLevel.anterior_after_mm),
                place(3, TreatedLevel.middle_before_mm, TreatedLevel.middle_after_mm),
                place(3, TreatedLevel.posterior_before_mm, TreatedLevel.posterior_after_mm),
                place(3, TreatedLevel.kyphosis_before_deg, TreatedLevel.kyphosis_after_deg),
            ),
        )
    ),
    Fields(
        (
            (
                place(3, TreatedLevel.height_gain_low_mm),
                place(9, TreatedLevel.height_gain_words),
            ),
            (
                place(3, TreatedLevel.wedge_before_deg, TreatedLevel.wedge_after_deg),
                place(3, TreatedLevel.kyphosis_method),
                place(4, TreatedLevel.measure_modality),
            ),
            (
                place(4, TreatedLevel.cranial_anterior_mm),
                place(4, TreatedLevel.cranial_middle_mm),
                place(4, TreatedLevel.cranial_posterior_mm),
            ),
            (
                place(4, TreatedLevel.caudal_anterior_mm),
                place(4, TreatedLevel.caudal_middle_mm),
                place(4, TreatedLevel.caudal_posterior_mm),
            ),
        ),
        title=say("Reported gain, angles, neighbors"),
    ),
    HeightGain(),
    Listing(
        LaterMeasure,
        "later_measures",
        (
            Column(LaterMeasure.measured_on, 96),
            Column(LaterMeasure.anterior_mm, 88, head=say("Anterior")),
            Column(LaterMeasure.middle_mm, 78, goes=5, head=say("Middle")),
            Column(LaterMeasure.posterior_mm, 90, goes=4, head=say("Posterior")),
            Column(LaterMeasure.kyphosis_deg, 82, goes=3, head=say("Kyphosis")),
            Column(LaterMeasure.kyphosis_method, 116, goes=2, head=say("Method")),
            Column(LaterMeasure.measure_modality, 110, goes=1),
        ),
        details=((place(3, LaterMeasure.wedge_deg),),),
        adds=say("Add date"),
        title=say("Heights at follow-up"),
        tells=told_since,
    ),
)

NOT_COPIED = frozenset({"level"})
"""What copying a level leaves out; everything else is copied for the user to look through."""
