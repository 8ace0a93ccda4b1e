# SPDX-License-Identifier: MIT
"""The bin: which cases lie in it, since when, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from peewee import fn

from models.audit import Action, Subject
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import AuditEntry, CaseRow
from models.vocabulary import Level


@dataclass(frozen=True, slots=True)
class BinnedCase:
    """A case in the bin; ``at`` is in UTC."""

    case_id: str
    patient_code: str
    performed_on: PartialDate | None
    levels: tuple[Level, ...]
    at: datetime
    user: str
    reason: str


def binned_cases(logbook: Logbook) -> list[BinnedCase]:
    """The cases in the bin, the last one first, in one statement."""
    later = AuditEntry.alias()
    last = later.select(fn.MAX(later.number)).where(
        later.subject_id == CaseRow.case_id,
        later.subject == Subject.CASE.value,
        later.action == Action.DELETE.value,
    )
    query = (
        CaseRow.select(
            CaseRow.case_id,
            CaseRow.patient_code,
            CaseRow.performed_on,
            CaseRow.levels,
            AuditEntry.at,
            AuditEntry.user,
            AuditEntry.reason,
        )
        .join(AuditEntry, on=(AuditEntry.number == last))
        .where(CaseRow.deleted == True)  # noqa: E712 - an expression, not a comparison
        .order_by(AuditEntry.number.desc())
        .tuples()
    )
    with logbook.session():
        return [_binned(*row) for row in query.execute(logbook.database)]


def _binned(
    case_id: str,
    code: str | None,
    day: str | None,
    levels: str,
    at: str,
    user: str,
    reason: str,
) -> BinnedCase:
    return BinnedCase(
        case_id,
        code or "",
        PartialDate(day) if day else None,
        tuple(Level(code) for code in levels.split("|") if code),
        datetime.fromisoformat(at),
        user,
        reason,
    )
