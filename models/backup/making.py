# SPDX-License-Identifier: MIT
"""Makes a backup of an open logbook, brings it to the second place, and thins what is old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from models import audit, head_mark
from models.access import Right
from models.audit import Action, Event, Subject
from models.backup.second import bring_to
from models.backup.standing import latest_whole
from models.backup.thinning import Plan, plan_of, thin
from models.backup.trouble import Kind, audit_said, forget_trouble, note_trouble
from models.copies.kept import Backup, Reason, listing
from models.copies.proving import follows
from models.copies.renewing import renew_keys
from models.copies.writing import Progress, Source, Stopped, write_copy
from models.errors import LogbookError
from models.logbook import Logbook
from models.settings import BACKUP_PLACE, read_settings
from models.speech import say

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    Attributes:
        second: where it lies besides; None where no second place is set, or it was not reached.
        trouble: why it was not reached, and that the audit of the logbook is broken, in sentences;
            "" for nothing to complain of.
    """

    backup: Backup
    second: Path | None = None
    trouble: str = ""


def make(
    logbook: Logbook,
    reason: Reason,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    plan: Plan | None = None,
) -> Backup:
    """As ``back_up``; the backup alone."""
    return back_up(logbook, reason, progress, cancelled, plan).backup


def back_up(
    logbook: Logbook,
    reason: Reason,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    plan: Plan | None = None,
    *,
    tells: bool = True,
) -> Made:
    """Make a proven copy (``write_copy``), and one in the second place where the settings name it.

    That the second place is not there, or that the audit of the logbook is broken, is told, and the
    backup counts all the same. Afterwards older backups are thinned by ``plan``, or by what the
    settings say; where saved changes are missing in the logbook, the last that has them stays.

    Args:
        logbook: what is copied; others may go on working with it.
        reason: why.
        progress: hears how many pages of how many are copied.
        cancelled: asked now and then whether to give up.
        plan: what is kept, if not what the settings say.
        tells: whether it is told of in the audit here. Whoever holds the writer's lock in another
            thread does that himself (``tell_of``).

    Raises:
        LogbookDamaged, CannotWrite, LogbookBusy: as with ``write_copy``.
        Stopped: ``cancelled`` said so. Nothing is left behind then.
    """

    def told(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Stopped
        if progress is not None:
            progress(done, total)

    try:
        with logbook.session():
            settings = read_settings(logbook)
            passphrase = logbook.passphrase_of(logbook.file)
            source = Source(logbook.folder, logbook.database, logbook.user, passphrase)
            backup = write_copy(source, reason, progress, cancelled)
            spared = _with_what_is_lost(logbook)
    except LogbookError as error:
        note_trouble(logbook.folder, str(error), Kind.FAILED)
        raise
    plan = plan or plan_of(settings)
    made = Made(backup)
    if place := settings.get(BACKUP_PLACE).strip():
        made = _in_second(logbook, backup, place, plan, told)
    if made.trouble:
        note_trouble(logbook.folder, made.trouble, Kind.SECOND)
    else:
        forget_trouble(logbook.folder)
    if said := audit_said(backup, latest_whole(listing(logbook.folder))):
        made = replace(made, trouble=f"{made.trouble} {said}".strip())
    if tells:
        with logbook.transaction(Right.LOOK):
            tell_of(logbook, backup)
    thin(logbook.folder, plan, spared)
    renew_keys(logbook.folder)
    return made


def _with_what_is_lost(logbook: Logbook) -> Backup | None:
    """The latest backup that the logbook does not go on from although it should."""
    if not head_mark.loss(logbook.database, logbook.file):
        return None
    every = listing(logbook.folder)
    return next((one for one in every if not follows(logbook.database, one)), None)


def _in_second(logbook: Logbook, backup: Backup, place: str, plan: Plan, told: Progress) -> Made:
    try:
        return Made(backup, bring_to(Path(place), logbook.folder, backup, plan, told))
    except LogbookError as error:
        return Made(backup, trouble=str(error))
    except Stopped:
        return Made(backup, trouble=say("The copy in {place} was given up.", place=place))


def tell_of(logbook: Logbook, backup: Backup) -> None:
    """Write into the audit that a backup was made. Call it inside a transaction."""
    event = Event(logbook.user, Action.BACKUP, Subject.LOGBOOK, reason=backup.told())
    audit.append(logbook.database, [event])
