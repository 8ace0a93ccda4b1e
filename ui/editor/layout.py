# SPDX-License-Identifier: MIT
"""Where each field stands in the case editor: sections, rows and tables, as data.

Only fields are named here; their labels, units, terms and ranges come from the schema. The panel of
a treated level is in ``layout_level``.
"""

from __future__ import annotations

from models.fields import when
from models.schema import (
    Adjunct,
    AdverseEvent,
    Assessment,
    Image,
    Patient,
    PatientIdentity,
    PriorTreatment,
    Procedure,
)
from models.settings import STORE_IDENTITY
from models.speech import say
from models.vocabulary import YesNo
from ui.editor.blocks import Fields, Listing, Section
from ui.widgets.field_places import Column, Line, place

PATIENT = Section(
    "patient",
    say("Patient"),
    (
        Fields(
            (
                (
                    place(3, Patient.patient_code),
                    place(2, Patient.sex),
                    place(2, Patient.birth_date),
                    place(2, Procedure.age_at_procedure),
                    place(3, Patient.consent_registry),
                ),
            )
        ),
        Fields(
            ((place(7, PatientIdentity.full_name), place(3, PatientIdentity.record_number)),),
            only_with=STORE_IDENTITY,
        ),
        Fields(
            (
                (
                    place(2, Procedure.height_cm),
                    place(2, Procedure.weight_kg),
                    place(4, Procedure.asa_class),
                    place(2, Procedure.smoker),
                    place(2, Procedure.steroid_use),
                ),
                (
                    place(2, Procedure.osteoporosis),
                    place(2, Procedure.t_score),
                    place(2, Procedure.malignancy),
                    place(3, Procedure.anticoagulation),
                    place(3, Procedure.bleeding_disorder),
                ),
                (
                    place(2, Procedure.infection),
                    place(2, Procedure.depression),
                    place(3, Procedure.cognitive_impairment),
                    place(3, Procedure.substance_use),
                ),
                (place(12, Procedure.history),),
                (
                    place(2, Patient.consented_on),
                    place(2, Patient.died_on),
                    place(3, Patient.extra_vertebrae),
                    place(5, Patient.patient_notes),
                ),
            ),
            title=say("General condition and history"),
        ),
    ),
)

HISTORY = Section(
    "history",
    say("Pain before"),
    (
        Fields(
            (
                (
                    place(3, Procedure.pain_duration, Procedure.pain_duration_unit),
                    place(3, Procedure.conservative_weeks),
                    place(4, Procedure.analgesic_before),
                    place(2, Procedure.any_prior_treatment),
                ),
            )
        ),
        Listing(
            PriorTreatment,
            "prior_treatments",
            (
                Column(PriorTreatment.kind, 230),
                Column(PriorTreatment.treated_on, 96, goes=3, last=True),
                Column(PriorTreatment.detail, 240, goes=2),
                Column(PriorTreatment.dose_gy, 60, goes=1),
            ),
            shown=when("any_prior_treatment", YesNo.YES),
            adds=say("Add treatment"),
        ),
        Fields(
            (
                (
                    place(5, Procedure.pain_character),
                    place(3, Procedure.concordant_tenderness),
                    place(2, Procedure.pain_onset_on),
                    place(2, Procedure.mobility_before),
                ),
                (
                    place(5, Procedure.analgesic_drug),
                    place(7, Procedure.opioid_mg_day),
                ),
                (place(12, Procedure.pain_description),),
            ),
            title=say("More about the pain"),
        ),
    ),
)

PROCEDURE = Section(
    "procedure",
    say("Procedure"),
    (
        Fields(
            (
                (
                    place(2, Procedure.performed_on),
                    place(4, Procedure.operator),
                    place(3, Procedure.anesthesia),
                    place(3, Procedure.guidance),
                ),
                (
                    place(3, Procedure.fluoro_time_s),
                    place(3, Procedure.any_adjunct),
                    place(3, Procedure.technical_success),
                    place(3, Procedure.technical_failure_reason),
                ),
            )
        ),
        Listing(
            Adjunct,
            "adjuncts",
            (
                Column(Adjunct.kind, 190),
                Column(Adjunct.volume_ml, 84, goes=1),
                Column(Adjunct.dose_gy, 84, goes=2),
                Column(Adjunct.detail, 240, goes=3),
            ),
            shown=when("any_adjunct", YesNo.YES),
            adds=say("Add adjunct"),
        ),
        Fields(
            (
                (
                    place(4, Procedure.supervisor),
                    place(2, Procedure.trainee_share),
                    place(2, Procedure.table_position),
                    place(2, Procedure.antibiotic),
                    place(2, Procedure.venography),
                ),
                (
                    place(2, Procedure.started_at),
                    place(2, Procedure.ended_at),
                    place(2, Procedure.minutes),
                    place(2, Procedure.discharge),
                    place(2, Procedure.discharged_on),
                    place(2, Procedure.discharged_at),
                ),
                (
                    place(3, Procedure.blood_loss_ml),
                    place(3, Procedure.kap_gycm2),
                    place(3, Procedure.air_kerma_mgy),
                    place(3, Procedure.image_frames),
                ),
                (
                    place(4, Procedure.cement_product),
                    place(2, Procedure.cement_lot),
                    place(2, Procedure.cement_expiry),
                    place(4, Procedure.cement_udi),
                ),
            ),
            title=say("More about the procedure"),
        ),
    ),
)

LEVELS = Section("levels", say("Treated levels"))

EVENTS = Section(
    "events",
    say("Adverse events"),
    (
        Fields(((place(3, Procedure.any_complication),),)),
        Listing(
            AdverseEvent,
            "adverse_events",
            (
                Column(AdverseEvent.kind, 150),
                Column(AdverseEvent.onset_on, 96),
                Column(AdverseEvent.phase, 100, goes=5),
                Column(AdverseEvent.sir_2017, 90, goes=4),
                Column(AdverseEvent.treatment, 110, goes=3),
                Column(AdverseEvent.outcome, 100, goes=2),
                Column(AdverseEvent.reoperation, 80, goes=1),
            ),
            details=(
                (
                    place(4, AdverseEvent.level),
                    place(4, AdverseEvent.causality),
                    place(4, AdverseEvent.cause),
                ),
                (
                    place(2, AdverseEvent.sir_multiple),
                    place(2, AdverseEvent.cirse),
                    place(2, AdverseEvent.cirse_version),
                    place(2, AdverseEvent.clavien_dindo),
                    place(4, AdverseEvent.clavien_disability),
                ),
                (place(12, AdverseEvent.detail),),
            ),
            shown=when("any_complication", YesNo.YES),
            adds=say("Add event"),
        ),
        Fields(((place(3, Procedure.lung_cement), place(4, Procedure.lung_cement_assessed_by)),)),
    ),
)

ASSESSMENTS = Listing(
    Assessment,
    "assessments",
    (
        Column(Assessment.assessed_on, 120),
        Column(Assessment.pain_low, 104),
        Column(Assessment.odi_pct, 52, goes=5),
        Column(Assessment.analgesic_level, 78, goes=4),
        Column(Assessment.global_outcome, 116, goes=3),
        Column(Assessment.respondent, 84, goes=2),
        Column(Assessment.missing_reason, 104, goes=1),
    ),
    details=(
        (
            place(3, Assessment.mode),
            place(3, Assessment.pain_scale),
            place(2, Assessment.pain_scale_max),
            place(2, Assessment.pain_site),
            place(2, Assessment.pain_context),
        ),
        (
            place(6, Assessment.pain_words),
            place(3, Assessment.mobility),
            place(3, Assessment.work),
        ),
        (
            place(2, Assessment.rmdq),
            place(2, Assessment.rmdq_items),
            place(2, Assessment.eq5d_index),
            place(3, Assessment.eq5d_value_set),
            place(3, Assessment.eq5d_vas),
        ),
        (
            place(4, Assessment.other_score_name),
            place(4, Assessment.other_score),
            place(4, Assessment.other_score_range),
        ),
        (
            place(3, Assessment.neuro_status),
            place(2, Assessment.new_fracture),
            place(2, Assessment.retreatment),
            place(2, Assessment.satisfied),
            place(3, Assessment.pgic),
        ),
        (place(10, Assessment.note), place(2, Assessment.call_attempts)),
    ),
)

FOLLOWUP = Section("followup", say("Pain and function"))

IMAGES = Section("images", say("Images"))

IMAGE_LINES: tuple[Line, ...] = (
    (place(4, Image.phase), place(4, Image.kind), place(4, Image.level)),
    (place(12, Image.caption),),
)

NOTES = Section("notes", say("Notes"), (Fields(((place(12, Procedure.notes, bare=True),),)),))

SECTIONS: tuple[Section, ...] = (
    PATIENT,
    HISTORY,
    PROCEDURE,
    LEVELS,
    EVENTS,
    FOLLOWUP,
    IMAGES,
    NOTES,
)
"""The form, from top to bottom."""
