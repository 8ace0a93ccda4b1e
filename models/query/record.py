# SPDX-License-Identifier: MIT
"""Every term, number and date of the record as something to ask for, named from its declaration.

Label, help, unit and terms come from the schema. Written here are only short names and aliases,
and labels that need the part of the record which the form tells by its heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.fields import ClinicalField, Count, Day, Number, TermField, TermsField, Words
from models.query.field import Kind, QueryField, Value
from models.quick import dataclass, pattern
from models.schema import (
    Adjunct,
    AdverseEvent,
    Assessment,
    Balloon,
    Image,
    LaterMeasure,
    Leak,
    Patient,
    PriorTreatment,
    Procedure,
    Record,
    TreatedLevel,
)
from models.speech import say


@dataclass(frozen=True, slots=True)
class _Named:
    """What the declaration in the schema does not say of a field."""

    name: str
    aliases: tuple[str, ...] = ()
    label: str = ""
    help: str = ""
    example: str = ""
    is_common: bool = False


def _named(
    *names: str, label: str = "", help: str = "", example: str = "", common: bool = False
) -> _Named:
    return _Named(names[0], names[1:], label, help, example, common)


PARTS: dict[type[Record], str] = {
    Patient: say("Patient"),
    Procedure: say("Procedure"),
    TreatedLevel: say("Treated level"),
    LaterMeasure: say("Measured at follow-up"),
    Leak: say("Leak"),
    AdverseEvent: say("Adverse event"),
    Balloon: say("Balloon"),
    Adjunct: say("Adjunct"),
    PriorTreatment: say("Prior treatment"),
    Assessment: say("Assessment"),
    Image: say("Image"),
}
"""The tables that can be asked about, and how people call a row of them."""

_WORDS = {
    Patient: ("patient_code",),
    Procedure: ("operator", "supervisor", "cement_product", "cement_lot"),
}
"""The texts that can be asked for by name; the others are found by searching."""

_LEFT_OUT: dict[type[Record], tuple[str, ...]] = {
    Procedure: ("pain_duration",),
    Balloon: ("pressure",),
    TreatedLevel: ("leakage",),
}
"""Numbers that mean nothing without the unit beside them, and what the case as a whole answers."""

_NAMES: dict[type[Record], dict[str, _Named]] = {
    Patient: {
        "patient_code": _named("patient", "code", "patient_code", example="patient:P-1"),
        "sex": _named("sex", common=True),
        "consent_registry": _named("consent", common=True),
        "died_on": _named("died"),
    },
    Procedure: {
        "performed_on": _named(
            "date",
            "performed_on",
            help=say(
                "Day of the procedure: 2026, 2026-03, 2026-03-14, >=2026-03, "
                "2025-06..2026-02, today, or the last 30d, 8w, 6m, 1y. A date known only "
                "in part has to lie within as a whole."
            ),
            example="date:2026",
            common=True,
        ),
        "age_at_procedure": _named("age", example="age:60..75", common=True),
        "operator": _named("operator", "op", "surgeon", example="op:smith", common=True),
        "supervisor": _named("supervisor", "sup", example="supervisor:jones", common=True),
        "anesthesia": _named("anesthesia", "anaesthesia", common=True),
        "guidance": _named("guidance", common=True),
        "discharge": _named("discharge", "stay", common=True),
        "minutes": _named("minutes", "duration", example="minutes:>60", common=True),
        "fluoro_time_s": _named("fluoro", "fluoroscopy_time", example="fluoro:>600", common=True),
        "kap_gycm2": _named("kap", "dap", example="kap:>50", common=True),
        "air_kerma_mgy": _named("air_kerma", "kerma"),
        "any_complication": _named(
            "complication",
            "complications",
            help=say(
                "What was answered to whether there was any. For a kind, ask event:infection."
            ),
            common=True,
        ),
        "any_prior_treatment": _named("treated_before"),
        "asa_class": _named("asa"),
        "steroid_use": _named("steroids"),
        "cognitive_impairment": _named("cognitive"),
        "substance_use": _named("substance"),
        "pain_onset_on": _named("pain_since", label=say("Pain since")),
        "conservative_weeks": _named("conservative"),
        "opioid_mg_day": _named("opioid", "ome"),
        "table_position": _named("position"),
        "technical_success": _named("success"),
        "cement_product": _named("product", "brand", example="product:kyphon"),
        "cement_lot": _named("lot", "cement_lot", example="lot:=A1234", common=True),
        "cement_expiry": _named("expiry"),
        "image_frames": _named("frames"),
    },
    TreatedLevel: {
        "level": _named(
            "level",
            "vertebra",
            help=say(
                "A treated level: T12, T11,T12 for any of them, or T10-L2 for all from one "
                "to the other."
            ),
            example="level:T10-L2",
            common=True,
        ),
        "technique": _named("technique", "tech", example="technique:kyphoplasty", common=True),
        "approach": _named("approach", "access", common=True),
        "diagnosis": _named("diagnosis", "dx", example="diagnosis:hemangioma", common=True),
        "diagnosis_basis": _named("proof", label=say("Proof of the diagnosis")),
        "leak_assessed_by": _named(
            "detected",
            "looked_for_by",
            label=say("Leaks looked for by"),
            example="detected:CT",
            common=True,
        ),
        "cement_type": _named("cement_type", common=True),
        "cement_ml": _named("level_cement", label=say("Cement of one level")),
        "aggressive_features": _named("aggressive"),
        "neuro_status": _named("neuro"),
        "body_involvement_pct": _named("body_involved"),
        "fracture_age_days": _named("fracture_age"),
        "marrow_edema": _named("edema"),
        "intravertebral_cleft": _named("cleft"),
        "of_class": _named("of"),
        "endplate_contact": _named("endplates"),
        "needle_gauge": _named("gauge", label=say("Needle gauge")),
        "needle_count": _named("needles"),
        "balloon_count": _named("balloons"),
        "measure_modality": _named("measured_on"),
    },
    LaterMeasure: {
        "measured_on": _named("later_date", label=say("Date of a later measurement")),
        "anterior_mm": _named("later_anterior", label=say("Anterior height at follow-up")),
        "middle_mm": _named("later_middle", label=say("Middle height at follow-up")),
        "posterior_mm": _named("later_posterior", label=say("Posterior height at follow-up")),
        "wedge_deg": _named("later_wedge", label=say("Wedge angle at follow-up")),
        "kyphosis_deg": _named("later_kyphosis", label=say("Kyphotic angle at follow-up")),
        "kyphosis_method": _named("later_method", label=say("Kyphosis method at follow-up")),
        "measure_modality": _named("later_modality", label=say("Measured on at follow-up")),
    },
    Leak: {
        "location": _named("location", label=say("Leak location"), common=True),
        "yeom_type": _named("yeom", common=True),
        "symptomatic": _named("symptomatic", label=say("Leak symptomatic"), common=True),
        "symptoms_on": _named("leak_symptoms", label=say("Leak symptoms since")),
        "detected_by": _named("seen_on", label=say("Leak seen on")),
        "moment": _named("seen_when", label=say("Leak seen when")),
    },
    AdverseEvent: {
        "kind": _named("event", "ae", label=say("Adverse event"), common=True),
        "level": _named("event_level"),
        "onset_on": _named("event_onset", label=say("Event onset")),
        "phase": _named("event_phase", label=say("Event phase")),
        "causality": _named("causality", label=say("Event relation")),
        "cause": _named("event_cause", label=say("Event related to")),
        "sir_2017": _named("sir"),
        "clavien_dindo": _named("clavien"),
        "outcome": _named("event_outcome", label=say("Event outcome")),
    },
    Balloon: {
        "side": _named("balloon_side", label=say("Balloon side")),
        "size_mm": _named("balloon_size", label=say("Balloon size")),
        "volume_ml": _named("balloon_volume", label=say("Balloon volume")),
        "pressure_unit": _named("pressure_unit", label=say("Unit of balloon pressure")),
        "ruptured": _named("ruptured", label=say("Balloon ruptured")),
    },
    Adjunct: {
        "kind": _named("adjunct", example="adjunct:ethanol", common=True),
        "volume_ml": _named("adjunct_volume", label=say("Adjunct volume")),
        "dose_gy": _named("adjunct_dose", label=say("Adjunct dose")),
    },
    PriorTreatment: {
        "kind": _named("prior", label=say("Prior treatment"), example="prior:brace", common=True),
        "treated_on": _named("prior_date", label=say("Date of prior treatment")),
        "dose_gy": _named("prior_dose", label=say("Dose of prior treatment")),
    },
    Assessment: {
        "time_point": _named(
            "assessed",
            label=say("Assessed at"),
            help=say("The case has an assessment of this time point, with or without a score."),
        ),
        "respondent": _named("respondent"),
        "mode": _named("asked_by", label=say("Asked by")),
        "pain_scale": _named("scale"),
        "analgesic_level": _named("analgesic", label=say("Analgesics at an assessment")),
        "mobility": _named("mobility", label=say("Mobility at an assessment")),
        "neuro_status": _named(
            "assessed_neuro", label=say("Neurological deficit at an assessment")
        ),
        "work": _named("work"),
        "global_outcome": _named("outcome"),
        "missing_reason": _named("no_score", label=say("Why no score")),
    },
    Image: {
        "phase": _named("image_phase", label=say("Image phase")),
        "kind": _named("image_kind", label=say("Image kind")),
        "level": _named("image_level", label=say("Image level")),
    },
}

_UNIT_AT_THE_END = pattern(r"_(?:mm|ml|cm|kg|deg|pct)$")


def record_fields() -> Iterator[QueryField]:
    """The fields in the order of ``PARTS`` and of their declaration."""
    for table in PARTS:
        for field in table.clinical_fields():
            if _can_be_asked(table, field):
                yield _query_field(table, field)


def _can_be_asked(table: type[Record], field: ClinicalField) -> bool:
    if isinstance(field, Words):
        return field.name in _WORDS.get(table, ())
    if field.identifier or field.part or field.name in _LEFT_OUT.get(table, ()):
        return False
    if isinstance(field, TermField | TermsField):
        return True
    # Scores and their dates are asked for as the course of the case, not one by one.
    return isinstance(field, Number | Day) and table is not Assessment


def _query_field(table: type[Record], field: ClinicalField) -> QueryField:
    named = _NAMES[table].get(field.name) or _Named(_UNIT_AT_THE_END.sub("", field.name))
    label = named.label or field.label
    values: tuple[Value, ...] = ()
    is_ordered = False
    if isinstance(field, TermField | TermsField):
        values = tuple(Value.of(term) for term in field.vocabulary)
        is_ordered = field.vocabulary.is_ordered
    kind = _kind(field)
    return QueryField(
        name=named.name,
        label=label,
        kind=kind,
        help=named.help or field.help,
        example=named.example or f"{named.name}:{_example(field, values)}",
        aliases=named.aliases,
        values=values,
        is_ordered=is_ordered,
        unit=field.unit,
        source=field,
        part=PARTS[table],
        is_common=named.is_common,
        is_whole=isinstance(field, Count),
    )


def _kind(field: ClinicalField) -> Kind:
    if isinstance(field, Number):
        return Kind.NUMBER
    if isinstance(field, Day):
        return Kind.DATE
    return Kind.WORDS if isinstance(field, Words) else Kind.TERMS


def _example(field: ClinicalField, values: tuple[Value, ...]) -> str:
    if values:
        return values[0].code
    if isinstance(field, Number):
        low, high = (
            usual if usual is not None else hard
            for usual, hard in zip(field.usual, field.hard, strict=True)
        )
        return f">={((low or 0) + (high or 0)) // 2:g}"
    return "2026" if isinstance(field, Day) else "word"
