# SPDX-License-Identifier: MIT
"""What the list can be sorted by, in words, and which way round it begins."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.caselist import SortBy
from models.schema import Patient, Procedure, TreatedLevel

_GREATEST_FIRST = frozenset(
    {SortBy.DATE, SortBy.CEMENT, SortBy.GAIN, SortBy.PAIN_BEFORE, SortBy.PAIN_LATEST}
)


_BESIDE = {SortBy.SEX: SortBy.AGE, SortBy.PAIN_BEFORE: SortBy.PAIN_LATEST}


def heading_of(sort: SortBy) -> SortBy:
    """What the heading is clicked for that stands over it: some columns say two things."""
    return _BESIDE.get(sort, sort)


def sort_name(sort: SortBy) -> str:
    """What the list is sorted by, as people read it."""
    return _names()[sort]


def first_direction(sort: SortBy) -> bool:
    """Whether the greatest comes first where nobody asked for a direction yet."""
    return sort in _GREATEST_FIRST


def _names() -> dict[SortBy, str]:
    return {
        SortBy.DATE: Procedure.performed_on.label,
        SortBy.PATIENT: Patient.patient_code.label,
        SortBy.AGE: Procedure.age_at_procedure.label,
        SortBy.SEX: Patient.sex.label,
        SortBy.LEVEL: TreatedLevel.level.label,
        SortBy.TECHNIQUE: TreatedLevel.technique.label,
        SortBy.DIAGNOSIS: TreatedLevel.diagnosis.label,
        SortBy.CEMENT: TreatedLevel.cement_ml.label,
        SortBy.LEAKAGE: TreatedLevel.leakage.label,
        SortBy.GAIN: _tr("Height gain"),
        SortBy.PAIN_BEFORE: _tr("Pain before"),
        SortBy.PAIN_LATEST: _tr("Latest pain"),
        SortBy.PAIN_CHANGE: _tr("Change of pain"),
        SortBy.OPERATOR: Procedure.operator.label,
        SortBy.COMPLETE: _tr("Record complete"),
        SortBy.FOLLOW_UP: _tr("Next visit"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)
