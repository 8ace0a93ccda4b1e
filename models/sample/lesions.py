# SPDX-License-Identifier: MIT
"""The lesion at a synthetic level, with gradings that agree with each other."""

from __future__ import annotations

from models.sample.dice import Dice, Odds
from models.schema import TreatedLevel
from models.vocabulary import (
    AggressiveFeature,
    ClinicalGroup,
    Diagnosis,
    DiagnosisBasis,
    Enneking,
    HemangiomaType,
    LesionExtent,
    MissingReason,
    NeuroScale,
    NeuroStatus,
    OfClass,
    PosteriorWall,
    Technique,
    VertebraPart,
    YesNo,
)

_BASIS = Odds(
    {
        (DiagnosisBasis.MRI,): 52,
        (DiagnosisBasis.MRI, DiagnosisBasis.CT): 18,
        (DiagnosisBasis.MRI, DiagnosisBasis.RADIOGRAPH): 18,
        (DiagnosisBasis.CT,): 7,
        (DiagnosisBasis.MRI, DiagnosisBasis.BIOPSY): 3,
        (DiagnosisBasis.CT, DiagnosisBasis.SCINTIGRAPHY): 2,
    }
)
_TYPE = Odds(
    {HemangiomaType.TYPICAL: 70, HemangiomaType.ATYPICAL: 20, HemangiomaType.AGGRESSIVE: 10}
)
_QUIET_STAGE = Odds({Enneking.LATENT: 30, Enneking.ACTIVE: 70})
_BEYOND = Odds({LesionExtent.EPIDURAL: 55, LesionExtent.PARAVERTEBRAL: 25, LesionExtent.BOTH: 20})
_SIGNS = Odds(
    {
        (AggressiveFeature.WHOLE_BODY, AggressiveFeature.CORTEX): 40,
        (AggressiveFeature.WHOLE_BODY, AggressiveFeature.NEURAL_ARCH): 30,
        (
            AggressiveFeature.WHOLE_BODY,
            AggressiveFeature.NEURAL_ARCH,
            AggressiveFeature.CORTEX,
            AggressiveFeature.SOFT_TISSUE,
        ): 30,
    }
)
_COMPRESSED = Odds(
    {NeuroStatus.NONE: 60, NeuroStatus.RADICULOPATHY: 25, NeuroStatus.MYELOPATHY: 15}
)
_OF_CLASS = Odds(
    {OfClass.OF1: 6, OfClass.OF2: 46, OfClass.OF3: 33, OfClass.OF4: 14, OfClass.OF5: 1}
)
_FRACTURES = (Diagnosis.OSTEOPOROTIC_FRACTURE, Diagnosis.TRAUMATIC_FRACTURE)


def describe_lesion(dice: Dice, row: TreatedLevel) -> None:
    """Fill in what is known of the lesion at the level."""
    row.diagnosis_basis = dice.pick(_BASIS)
    row.neuro_status = NeuroStatus.NONE
    if dice.chance(0.04):
        row.neuro_status = NeuroStatus.RADICULOPATHY
    if Diagnosis.HEMANGIOMA in row.diagnosis:
        _describe_hemangioma(dice, row)
    elif row.diagnosis[0] in _FRACTURES:
        _describe_fracture(dice, row)
    else:
        row.body_involvement_pct = dice.whole(20, 95)
        if dice.chance(0.7):
            disrupted = dice.chance(0.3)
            row.posterior_wall = PosteriorWall.DISRUPTED if disrupted else PosteriorWall.INTACT
    if row.neuro_status is not NeuroStatus.NONE and dice.chance(0.6):
        row.neuro_scale, row.neuro_grade = NeuroScale.AIS, "D"


def _describe_hemangioma(dice: Dice, row: TreatedLevel) -> None:
    in_pedicle = row.technique is Technique.PEDICULOPLASTY
    row.part = (VertebraPart.PEDICLE_LEFT,) if in_pedicle else (VertebraPart.BODY,)
    if dice.chance(0.7):
        row.lesion_size_mm = dice.normal(21, 7, 6, 44, 0)
        row.body_involvement_pct = int(dice.normal(55, 20, 10, 100, 0))
    if dice.chance(0.05):
        row.missing.update(
            hemangioma_type=MissingReason.NOT_RECORDED,
            enneking=MissingReason.NOT_RECORDED,
            extent=MissingReason.NOT_RECORDED,
        )
        return
    row.hemangioma_type = dice.pick(_TYPE)
    if row.hemangioma_type is not HemangiomaType.AGGRESSIVE:
        row.enneking = dice.pick(_QUIET_STAGE)
        row.extent = LesionExtent.INTRAOSSEOUS
        row.clinical_group = ClinicalGroup.SYMPTOMATIC
        return
    row.enneking = Enneking.AGGRESSIVE
    row.extent = dice.pick(_BEYOND)
    row.aggressive_features = dice.pick(_SIGNS)
    row.clinical_group = ClinicalGroup.AGGRESSIVE_SIGNS
    if row.extent in (LesionExtent.EPIDURAL, LesionExtent.BOTH):
        row.clinical_group = ClinicalGroup.EPIDURAL_COMPRESSION
        row.neuro_status = dice.pick(_COMPRESSED)


def _describe_fracture(dice: Dice, row: TreatedLevel) -> None:
    if dice.chance(0.85):
        row.fracture_age_days = int(dice.normal(38, 24, 2, 118, 0))
        if dice.chance(0.015):
            row.fracture_age_days = dice.whole(121, 260)
    if dice.chance(0.8):
        row.marrow_edema = YesNo.YES if dice.chance(0.88) else YesNo.NO
        row.intravertebral_cleft = YesNo.YES if dice.chance(0.13) else YesNo.NO
    if row.level.region == "sacral":
        row.part = (VertebraPart.SACRAL_ALA_LEFT, VertebraPart.SACRAL_ALA_RIGHT)
        return
    row.part = (VertebraPart.BODY,)
    if row.diagnosis[0] is Diagnosis.OSTEOPOROTIC_FRACTURE and dice.chance(0.6):
        row.of_class = dice.pick(_OF_CLASS)
    if dice.chance(0.7):
        disrupted = dice.chance(0.1) or row.of_class is OfClass.OF3
        row.posterior_wall = PosteriorWall.DISRUPTED if disrupted else PosteriorWall.INTACT
