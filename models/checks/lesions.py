# SPDX-License-Identifier: MIT
"""The lesion at a level: its parts, grades and signs fit the level and each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said
from models.schema import TreatedLevel
from models.speech import lowered, say
from models.vocabulary import (
    AggressiveFeature,
    ClinicalGroup,
    Enneking,
    HemangiomaType,
    LesionExtent,
    Level,
    NeuroScale,
    NeuroStatus,
    OfClass,
    PosteriorWall,
    VertebraPart,
)

if TYPE_CHECKING:
    from models.case import Case

_MID_THORACIC = frozenset(Level(f"T{number}") for number in range(3, 10))
_SACRAL_PARTS = frozenset({VertebraPart.SACRAL_ALA_LEFT, VertebraPart.SACRAL_ALA_RIGHT})
_GRADES = {
    NeuroScale.FRANKEL: "ABCDE",
    NeuroScale.AIS: "ABCDE",
    NeuroScale.NURICK: "012345",
}
_NORMAL = {NeuroScale.FRANKEL: "E", NeuroScale.AIS: "E", NeuroScale.NURICK: "0"}


def levels(case: Case) -> Iterator[Said]:
    """A level stands in a case once."""
    seen: set[str] = set()
    for row in case.levels:
        if row.level and row.level in seen:
            yield Said(row, "level", say("{level} is in this case twice.", level=row.level.label))
        seen.add(row.level)


def counting(case: Case) -> Iterator[Said]:
    """A variant needs a note on how the levels were counted."""
    for row in case.levels:
        if row.level and row.level.is_variant and not row.level_counting:
            message = say(
                "{level} is a variant. Note how the levels were counted.", level=row.level.label
            )
            yield Said(row, "level_counting", message)


def parts(case: Case) -> Iterator[Said]:
    """Only the axis has a dens, and only the sacrum has wings."""
    for row in case.levels:
        held = frozenset(row.part or ())
        if row.level and VertebraPart.DENS in held and row.level is not Level.C2:
            yield Said(row, "part", say("Only C2 has a dens."))
        if row.level and held & _SACRAL_PARTS and row.level.region != "sacral":
            yield Said(row, "part", say("Only the sacrum has an ala."))


def hemangiomas(case: Case) -> Iterator[Said]:
    """Type, stage, extent and signs of aggression tell the same."""
    for row in case.levels:
        signs = frozenset(row.aggressive_features or ())
        within = row.extent is LesionExtent.INTRAOSSEOUS
        if row.hemangioma_type is HemangiomaType.AGGRESSIVE and row.enneking is Enneking.LATENT:
            yield Said(
                row, "enneking", say("A latent stage is unusual in an aggressive hemangioma.")
            )
        if within and row.clinical_group is ClinicalGroup.EPIDURAL_COMPRESSION:
            yield Said(
                row, "extent", say("Epidural compression does not go with an extent in bone.")
            )
        elif within and AggressiveFeature.SOFT_TISSUE in signs:
            yield Said(row, "extent", say("A soft-tissue mass does not go with an extent in bone."))
        if row.level and AggressiveFeature.MID_THORACIC in signs and row.level not in _MID_THORACIC:
            message = say("{level} does not lie between T3 and T9.", level=row.level.label)
            yield Said(row, "aggressive_features", message)


def fractures(case: Case) -> Iterator[Said]:
    """OF3 takes more than a fifth of the posterior wall."""
    for row in case.levels:
        if row.of_class is OfClass.OF3 and row.posterior_wall is PosteriorWall.INTACT:
            yield Said(row, "posterior_wall", say("OF3 involves the posterior wall."))


def neurology(case: Case) -> Iterator[Said]:
    """A grade names its scale, is one of it, and fits the deficit."""
    for row in case.levels:
        if message := _grade_problem(row):
            yield Said(row, "neuro_grade", message)


def _grade_problem(row: TreatedLevel) -> str:
    if not row.neuro_grade:
        return ""
    if row.neuro_scale is None:
        return say("Name the scale of the neurological grade.")
    grade, grades = str(row.neuro_grade).strip().upper(), _GRADES[row.neuro_scale]
    if len(grade) != 1 or grade not in grades:
        known = say("{grade} to {grade2}", grade=grades[0], grade2=grades[-1])
        return say(
            "{neuro_scale} has the grades {known}, not {neuro_grade}.",
            neuro_scale=row.neuro_scale.label,
            known=known,
            neuro_grade=row.neuro_grade,
        )
    is_normal = grade == _NORMAL[row.neuro_scale]
    if row.neuro_status is NeuroStatus.NONE and not is_normal:
        return say("Grade {grade} is a deficit, and the answer is no deficit.", grade=grade)
    if row.neuro_status in (NeuroStatus.MYELOPATHY, NeuroStatus.CAUDA_EQUINA) and is_normal:
        return say(
            "Grade {grade} is no deficit, and the answer is {neuro_status}.",
            grade=grade,
            neuro_status=lowered(row.neuro_status.label),
        )
    return ""
