# SPDX-License-Identifier: MIT
"""The bin: what goes into it, and which cases lie in it, since when, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peewee import fn

from models.audit import Action, Subject
from models.case import bin_case
from models.errors import LogbookError
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import AuditEntry, CaseRow
from models.speech import say
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


class ChangedMeanwhile(LogbookError):
    """Somebody saved a case after whoever wants it in the bin had looked at it."""


def move_to_bin(
    logbook: Logbook, case_ids: Sequence[str], reason: str, seen: int | None = None
) -> None:
    """Put cases into the bin: all of them or none.

    ``seen`` is the last audit entry that was known when they were chosen; without it they go
    whatever was saved since.

    Raises:
        ChangedMeanwhile: somebody else saved one of them since.
        LogbookError: as ``models.case.bin_case``.
    """
    with logbook.transaction():
        if seen is not None:
            _refuse_changed(logbook, case_ids, seen)
        for case_id in case_ids:
            bin_case(logbook, case_id, reason)


def _refuse_changed(logbook: Logbook, case_ids: Sequence[str], seen: int) -> None:
    query = (
        AuditEntry.select(AuditEntry.number, AuditEntry.subject_id, AuditEntry.user, AuditEntry.at)
        .where(AuditEntry.number > seen, AuditEntry.subject == Subject.CASE.value)
        .order_by(AuditEntry.number)
        .tuples()
    )
    chosen = set(case_ids)
    others = {
        case_id: (user, datetime.fromisoformat(at))
        for number, case_id, user, at in query.execute(logbook.database)
        if case_id in chosen and not logbook.turns.wrote(number)
    }
    if not others:
        return
    (case_id, (user, at)) = list(others.items())[-1]
    codes = CaseRow.select(CaseRow.patient_code).where(CaseRow.case_id == case_id).tuples()
    code = next((code for (code,) in codes.execute(logbook.database) if code), say("a case"))
    raise ChangedMeanwhile(
        say(
            "{user} saved {code} at {at:%H:%M}, after you had chosen it.",
            user=user,
            code=code,
            at=at.astimezone(),
        ),
        say("Look at it once more before you move it to the bin."),
    )


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
