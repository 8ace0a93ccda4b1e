# SPDX-License-Identifier: MIT
"""What is done from time to time while somebody works, or by a scheduler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from models.backup.making import Made, back_up
from models.backup.proof import prove
from models.backup.standing import standing
from models.backup.trouble import Kind
from models.copies.kept import Backup, Reason
from models.logbook import Logbook


@dataclass(frozen=True, slots=True)
class Regular:
    """What was done.

    Attributes:
        made: a backup, where something was changed.
        proven: what was restored for proof, where that was due.
        trouble: what is wrong with the audit of the logbook, although nothing had to be done.
    """

    made: Made | None = None
    proven: Backup | None = None
    trouble: str = ""


def regular(
    logbook: Logbook,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    now: datetime | None = None,
) -> Regular:
    """Make a backup if anything was changed since the last one, and prove the latest once a month.

    Raises:
        LogbookDamaged, CannotWrite, LogbookBusy, Stopped: as with ``back_up`` and ``prove``.
    """
    how = standing(logbook)
    made = None
    if how.changed_at is not None:
        made = back_up(logbook, Reason.TIMED, progress, cancelled)
    trouble = ""
    if made is None and how.trouble is not None and how.trouble.kind is Kind.AUDIT:
        trouble = how.trouble.said
    # One in which the audit is broken would prove nothing, and the last one before it is what
    # somebody would go back to.
    whole = made.backup if made is not None and made.backup.breaks is None else how.whole
    if whole is None or not how.needs_proof(now or datetime.now(UTC)):
        return Regular(made, trouble=trouble)
    return Regular(made, prove(logbook, whole, progress, cancelled), trouble)
