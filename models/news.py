# SPDX-License-Identifier: MIT
"""What other windows and programs did to an open logbook, read off the end of its audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from types import MappingProxyType

from models.audit import UNRELATED, Action, Subject
from models.logbook import Logbook
from models.quick import dataclass
from models.schema import AuditEntry

MOST_TOLD = 500
"""Where others wrote more entries than that, single cases are not told any more."""

_UNRELATED = frozenset(action.value for action in UNRELATED)
_SETTINGS = (Action.SETTING.value, Action.PLAN.value)


@dataclass(frozen=True, slots=True)
class Doing:
    """Who saved a case or patient last, when (in UTC), and as which version."""

    user: str
    at: datetime
    version: int
    is_binned: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """What others did after an entry of the audit.

    Attributes:
        last: the last entry that was looked at.
        cases, patients: who saved which of them, by their ids.
        is_any: whether the record changed at all.
        is_set: whether settings, filters or what is kept like them changed.
    """

    last: int
    cases: Mapping[str, Doing] = field(default_factory=lambda: MappingProxyType({}))
    patients: Mapping[str, Doing] = field(default_factory=lambda: MappingProxyType({}))
    is_any: bool = False
    is_set: bool = False


def read_news(logbook: Logbook, after: int) -> News:
    """What others wrote after entry ``after``: one statement, and none of the record.

    Raises:
        LogbookError: as its children say.
    """
    columns = (
        *(AuditEntry.number, AuditEntry.at, AuditEntry.user, AuditEntry.action),
        *(AuditEntry.subject, AuditEntry.subject_id, AuditEntry.version),
    )
    query = AuditEntry.select(*columns).where(AuditEntry.number > after)
    query = query.order_by(AuditEntry.number).tuples()
    last, told, is_any, is_set = after, 0, False, False
    found: dict[str, dict[str, Doing]] = {subject.value: {} for subject in Subject}
    with logbook.session():
        for number, at, user, action, subject, of, version in query.execute(
            logbook.database
        ).iterator():
            last = number
            if action in _UNRELATED or logbook.turns.wrote(number):
                continue
            is_set = is_set or action in _SETTINGS
            is_any = is_any or action != Action.SETTING.value
            told += 1
            if told <= MOST_TOLD and subject != Subject.LOGBOOK.value:
                binned = action == Action.DELETE.value
                found[subject][of] = Doing(user, datetime.fromisoformat(at), version, binned)
    if told > MOST_TOLD:
        return News(last, is_any=is_any, is_set=is_set)
    cases, patients = found[Subject.CASE.value], found[Subject.PATIENT.value]
    return News(last, MappingProxyType(cases), MappingProxyType(patients), is_any, is_set)
