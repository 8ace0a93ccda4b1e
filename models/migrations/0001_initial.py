# SPDX-License-Identifier: MIT
"""The first tables: a frozen copy that stays as it is, whatever the models become."""

from __future__ import annotations

from typing import Any, cast

from peewee import (
    AutoField,
    BlobField,
    BooleanField,
    CharField,
    Database,
    DoubleField,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
    ModelBase,
    TextField,
)


class Measured(Field):
    """A number kept exactly as it was measured."""

    field_type = "NUMERIC"


def texts(names: str) -> dict[str, Field]:
    """Columns of text, each of which may be empty."""
    return {name: TextField(null=True) for name in names.split()}


def measures(names: str) -> dict[str, Field]:
    """Columns of measured numbers."""
    return {name: Measured(null=True) for name in names.split()}


def counts(names: str) -> dict[str, Field]:
    """Columns of whole numbers."""
    return {name: IntegerField(null=True) for name in names.split()}


def table(name: str, /, *indexes: tuple[tuple[str, ...], bool], **columns: Field) -> type[Model]:
    """A table as migrations see it: its name, its columns and its indexes over several columns."""
    meta = type("Meta", (), {"legacy_table_names": False, "indexes": indexes})
    return cast("type[Model]", ModelBase(name, (Model,), {"Meta": meta, **columns}))


ImageContent = table(
    "ImageContent",
    sha256=CharField(64, primary_key=True),
    media_type=TextField(),
    content=BlobField(),
    thumbnail=BlobField(null=True),
)

Patient = table(
    "Patient",
    id=CharField(36, primary_key=True),
    version=IntegerField(),
    patient_code=TextField(null=True, unique=True),
    **texts(
        """
        missing sex birth_date consent_registry consented_on died_on patient_notes
        """
    ),
)

PatientIdentity = table(
    "PatientIdentity",
    id=CharField(36, primary_key=True),
    patient=ForeignKeyField(Patient, unique=True, on_delete="CASCADE"),
    **texts("missing full_name record_number"),
)

Procedure = table(
    "Procedure",
    id=CharField(36, primary_key=True),
    patient=ForeignKeyField(Patient, on_delete="RESTRICT"),
    version=IntegerField(),
    complete=BooleanField(),
    synthetic=BooleanField(),
    **texts(
        """
        missing asa_class osteoporosis steroid_use malignancy anticoagulation bleeding_disorder
        infection cognitive_impairment substance_use depression smoker history pain_onset_on
        pain_duration_unit pain_character pain_description concordant_tenderness
        any_prior_treatment analgesic_before analgesic_drug mobility_before deleted_at
        performed_on operator supervisor anesthesia guidance table_position any_adjunct antibiotic
        venography started_at ended_at cement_product cement_lot cement_expiry cement_udi
        technical_success technical_failure_reason discharge discharged_on any_complication notes
        """
    ),
    **counts(
        """
        age_at_procedure trainee_share minutes blood_loss_ml fluoro_time_s image_frames
        """
    ),
    **measures(
        """
        height_cm weight_kg t_score pain_duration conservative_weeks opioid_mg_day kap_gycm2
        air_kerma_mgy
        """
    ),
)

PriorTreatment = table(
    "PriorTreatment",
    id=CharField(36, primary_key=True),
    position=IntegerField(),
    procedure=ForeignKeyField(Procedure, on_delete="CASCADE"),
    **texts("missing kind treated_on detail"),
    **measures("dose_gy"),
)

Adjunct = table(
    "Adjunct",
    id=CharField(36, primary_key=True),
    position=IntegerField(),
    procedure=ForeignKeyField(Procedure, on_delete="CASCADE"),
    **texts("missing kind detail"),
    **measures("volume_ml dose_gy"),
)

TreatedLevel = table(
    "TreatedLevel",
    id=CharField(36, primary_key=True),
    position=IntegerField(),
    procedure=ForeignKeyField(Procedure, on_delete="CASCADE"),
    **texts(
        """
        missing level level_counting part diagnosis diagnosis_basis lesion_description
        hemangioma_type clinical_group enneking aggressive_features extent posterior_wall
        neuro_status neuro_scale neuro_grade marrow_edema intravertebral_cleft of_class genant
        technique approach approach_other side balloon_words cement_type fill endplate_contact
        leakage leak_assessed_by leakage_words kyphosis_method measure_modality height_gain_words
        """
    ),
    **measures(
        """
        lesion_size_mm cement_ml cement_left_ml cement_right_ml anterior_before_mm
        anterior_after_mm middle_before_mm middle_after_mm posterior_before_mm posterior_after_mm
        cranial_anterior_mm cranial_middle_mm cranial_posterior_mm caudal_anterior_mm
        caudal_middle_mm caudal_posterior_mm wedge_before_deg wedge_after_deg kyphosis_before_deg
        kyphosis_after_deg height_gain_low_mm height_gain_high_mm
        """
    ),
    **counts(
        """
        body_involvement_pct fracture_age_days needle_gauge needle_count balloon_count
        """
    ),
)

Balloon = table(
    "Balloon",
    id=CharField(36, primary_key=True),
    position=IntegerField(),
    treated_level=ForeignKeyField(TreatedLevel, on_delete="CASCADE"),
    **texts("missing side pressure_unit ruptured"),
    **measures("size_mm volume_ml pressure"),
)

Leak = table(
    "Leak",
    id=CharField(36, primary_key=True),
    position=IntegerField(),
    treated_level=ForeignKeyField(TreatedLevel, on_delete="CASCADE"),
    **texts(
        """
        missing location yeom_type symptomatic symptoms_on detected_by moment detail
        """
    ),
)

AdverseEvent = table(
    "AdverseEvent",
    id=CharField(36, primary_key=True),
    position=IntegerField(),
    procedure=ForeignKeyField(Procedure, on_delete="CASCADE"),
    **texts(
        """
        missing kind level onset_on phase causality cause sir_2017 sir_multiple cirse
        cirse_version clavien_dindo clavien_disability treatment outcome reoperation detail
        """
    ),
)

Assessment = table(
    "Assessment",
    id=CharField(36, primary_key=True),
    position=IntegerField(),
    procedure=ForeignKeyField(Procedure, on_delete="CASCADE"),
    chosen=BooleanField(),
    **texts(
        """
        missing time_point assessed_on respondent mode pain_scale pain_words pain_context
        pain_site eq5d_value_set other_score_name other_score_range analgesic_level mobility
        neuro_status new_fracture retreatment work satisfied pgic global_outcome missing_reason
        note
        """
    ),
    **measures("pain_scale_max pain_low pain_high odi_pct eq5d_index other_score"),
    **counts("rmdq rmdq_items eq5d_vas"),
)

Image = table(
    "Image",
    id=CharField(36, primary_key=True),
    position=IntegerField(),
    procedure=ForeignKeyField(Procedure, on_delete="CASCADE"),
    content=ForeignKeyField(ImageContent, on_delete="RESTRICT"),
    added_at=TextField(),
    **texts("missing phase kind level caption"),
)

User = table(
    "User",
    id=CharField(36, primary_key=True),
    name=TextField(unique=True),
    role=TextField(),
    created_at=TextField(),
    closed_at=TextField(null=True),
)

AuditEntry = table(
    "AuditEntry",
    (("subject_id", "number"), False),
    number=IntegerField(primary_key=True),
    at=TextField(),
    user=TextField(),
    action=TextField(),
    subject=TextField(),
    subject_id=CharField(36),
    version=IntegerField(),
    changes=TextField(),
    reason=TextField(),
    content_hash=CharField(64),
    previous_hash=CharField(64),
    hash=CharField(64),
)

Draft = table(
    "Draft",
    (("user", "case_id"), True),
    id=CharField(36, primary_key=True),
    user=TextField(),
    case_id=CharField(36),
    base_version=IntegerField(),
    content=TextField(),
    kept_at=TextField(),
)

SavedFilter = table(
    "SavedFilter",
    id=CharField(36, primary_key=True),
    name=TextField(unique=True),
    query=TextField(),
)

Setting = table(
    "Setting",
    name=TextField(primary_key=True),
    value=TextField(),
)

CaseRow = table(
    "CaseRow",
    (("deleted", "performed_on", "number"), False),
    (("deleted", "patient_code", "number"), False),
    (("deleted", "level_rank", "number"), False),
    number=AutoField(),
    case_id=CharField(36, unique=True),
    patient_id=CharField(36, index=True),
    patient_code=TextField(null=True, index=True),
    performed_on=TextField(null=True, index=True),
    age=IntegerField(null=True),
    sex=TextField(null=True),
    operator=TextField(null=True),
    levels=TextField(),
    level_rank=IntegerField(null=True),
    level_count=IntegerField(),
    techniques=TextField(),
    diagnoses=TextField(),
    cement_ml=DoubleField(null=True),
    leakage=TextField(null=True),
    leak_locations=TextField(),
    gain_low_mm=DoubleField(null=True),
    gain_high_mm=DoubleField(null=True),
    pain_scale=TextField(null=True),
    pain_before_low=DoubleField(null=True),
    pain_before_high=DoubleField(null=True),
    pain_before_words=TextField(),
    pain_latest_low=DoubleField(null=True),
    pain_latest_high=DoubleField(null=True),
    pain_latest_words=TextField(),
    course=TextField(),
    complete=BooleanField(),
    synthetic=BooleanField(),
    deleted=BooleanField(),
)

TABLES = (
    ImageContent,
    Patient,
    PatientIdentity,
    Procedure,
    PriorTreatment,
    Adjunct,
    TreatedLevel,
    Balloon,
    Leak,
    AdverseEvent,
    Assessment,
    Image,
    User,
    AuditEntry,
    Draft,
    SavedFilter,
    Setting,
    CaseRow,
)


def up(migrator: Any, db: Database) -> None:
    """Make every table with its indexes."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
