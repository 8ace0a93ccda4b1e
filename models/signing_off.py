# SPDX-License-Identifier: MIT
"""Signing cases off, which locks them, and unlocking them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.access import Right
from models.case import load_case, set_signature
from models.errors import LogbookError
from models.history import Deed, History, Line, Version
from models.logbook import Logbook
from models.signoff import ReasonMissing
from models.speech import say


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of a case after it was signed off; ``at`` is in UTC."""

    number: int
    at: datetime
    user: str
    reason: str
    lines: tuple[Line, ...]


def sign_off(logbook: Logbook, case_ids: Sequence[str], note: str = "") -> int:
    """Sign cases off, all of them or none; how many were not signed off before.

    From then on their values change only by amendments. Who may enter cases may sign them off.

    Raises:
        LogbookError: there is no such case, or it lies in the bin.
        NotAllowed, LogbookBusy, CannotWrite: as their names say.
    """
    signed = 0
    with logbook.transaction(Right.ENTER):
        for case_id in case_ids:
            procedure = load_case(logbook, case_id).procedure
            if procedure.deleted_at is not None:
                raise LogbookError(
                    say("A case in the bin cannot be signed off."),
                    say("Take it out of the bin first."),
                )
            if procedure.signed_at is None:
                set_signature(logbook, case_id, logbook.user, note)
                signed += 1
    return signed


def unlock(logbook: Logbook, case_ids: Sequence[str], reason: str) -> int:
    """Take the sign-off back, of all these cases or none; how many were signed off.

    Only an administrator may, and has to say why.

    Raises:
        ReasonMissing: nobody says why.
        NotAllowed, LogbookError, LogbookBusy, CannotWrite: as their names say.
    """
    if not reason.strip():
        raise ReasonMissing(say("Unlocking a case"))
    unlocked = 0
    with logbook.transaction(Right.ADMINISTER):
        for case_id in case_ids:
            if load_case(logbook, case_id).procedure.signed_at is not None:
                set_signature(logbook, case_id, None, reason.strip())
                unlocked += 1
    return unlocked


def amendments_in(history: History) -> list[Amendment]:
    """The amendments of a case, oldest first; those of its patient with it."""
    return [_amendment(version) for version in history.versions if version.deed is Deed.AMENDED]


def _amendment(version: Version) -> Amendment:
    return Amendment(version.number, version.at, version.user, version.reason, version.lines)
