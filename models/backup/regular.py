# SPDX-License-Identifier: MIT
"""What is done from time to time while somebody works, or by a scheduler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from models.backup.making import Made, back_up
from models.backup.proof import prove
from models.backup.standing import standing
from models.copies.kept import Backup, Reason
from models.logbook import Logbook


@dataclass(frozen=True, slots=True)
class Regular:
    """What was done: a backup, where something was changed; a proof, where one was due."""

    made: Made | None = None
    proven: Backup | None = None


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
    latest = made.backup if made is not None else how.latest
    if latest is None or not how.needs_proof(now or datetime.now(UTC)):
        return Regular(made)
    return Regular(made, prove(logbook, latest, progress, cancelled))
