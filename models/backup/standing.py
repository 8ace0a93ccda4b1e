# SPDX-License-Identifier: MIT
"""How a logbook stands with its backups: what is there, whether one is due, whether all is well."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models import head_mark
from models.audit import Action
from models.backup.second import is_ours, place_for
from models.backup.trouble import Kind, Trouble, audit_said, trouble_of
from models.copies.kept import Backup, keep_manifest, left_out, listing
from models.copies.proving import followed, follows, problem_of
from models.copies.writing import Stopped
from models.engines.engine import Engine
from models.engines.stopping import Interrupted
from models.errors import CannotWrite
from models.logbook import Logbook
from models.schema import AuditEntry, Draft
from models.settings import BACKUP_PLACE, read_settings
from models.small_files import moment_of
from models.speech import say

LEFT_ALONE = timedelta(days=7)
"""So long may a change be in no backup before somebody is told."""

PROOF = timedelta(days=31)
"""So often a backup is restored for proof."""

_NO_CHANGE = [Action.BACKUP.value, Action.SIGN_IN.value, Action.SIGN_OUT.value]
"""What is in the audit and needs no backup by itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things are.

    Attributes:
        latest: the latest backup; None where there is none.
        changed_at: since when something is in no backup; None where all is in the latest.
        trouble: what went wrong with the last backup, that saved changes are missing, or that the
            audit is broken.
        proven_at: when one was last restored for proof; None for never.
        whole: the latest backup in which the audit is whole; None where there is none.
    """

    latest: Backup | None
    changed_at: datetime | None
    trouble: Trouble | None
    proven_at: datetime | None
    whole: Backup | None = None

    def is_old(self, now: datetime) -> bool:
        """Whether changes are in no backup for so long that somebody should know."""
        return self.changed_at is not None and now - self.changed_at > LEFT_ALONE

    def needs_proof(self, now: datetime) -> bool:
        """Whether a backup should be restored for proof; a clock that was wrong counts as never."""
        return self.proven_at is None or not now - PROOF < self.proven_at <= now


@dataclass(frozen=True, slots=True)
class Found:
    """A backup, and the folders of the logbook, or of what stands for it, in which it lies."""

    backup: Backup
    places: tuple[Path, ...]


def standing(logbook: Logbook) -> Standing:
    """How things are with the backups in the folder of the logbook."""
    found = listing(logbook.folder)
    latest = found[0] if found else None
    with logbook.session():
        changed_at = _changed_at(logbook.database, latest)
        lost = head_mark.loss(logbook.database, logbook.file)
        before = followed(logbook.database, found)
    whole = latest_whole(found)
    trouble = Trouble(datetime.now(UTC), lost, Kind.LOST) if lost else trouble_of(logbook.folder)
    if before is not None and not lost:
        trouble = _with_audit(trouble, before, whole)
    proven = [one.proven_at for one in found if one.proven_at is not None]
    return Standing(latest, changed_at, trouble, max(proven, default=None), whole)


def latest_whole(found: Iterable[Backup]) -> Backup | None:
    """Of backups, the latest first, the first in which the audit is whole; None for none."""
    return next((one for one in found if one.breaks is None), None)


def _with_audit(trouble: Trouble | None, before: Backup, whole: Backup | None) -> Trouble | None:
    """What went wrong, and that the audit is broken where it is, which is not over with it."""
    if before.breaks is None:
        return trouble
    said = audit_said(before, whole)
    if trouble is None:
        return Trouble(before.breaks.since, said, Kind.AUDIT)
    kind = trouble.kind if trouble.kind is Kind.FAILED else Kind.AUDIT
    return Trouble(trouble.at, f"{trouble.said} {said}", kind)


def is_changed(logbook: Logbook, latest: Backup | None) -> bool:
    """Whether something is in the logbook that the backup lacks; a few quick statements."""
    with logbook.session():
        return _changed_at(logbook.database, latest) is not None


def everywhere(logbook: Logbook) -> tuple[list[Found], str]:
    """The backups here and in the second place, the latest first; what keeps one from looking.

    Raises:
        CannotWrite: the folder of the logbook itself cannot be looked into.
    """
    here = {one.sha256: one for one in listing(logbook.folder)}
    place = read_settings(logbook).get(BACKUP_PLACE).strip()
    there: list[Backup] = []
    trouble = ""
    if place:
        target = place_for(Path(place), logbook.folder)
        try:
            if not Path(place).is_dir():
                trouble = say("The second place, {place}, is not there.", place=place)
            there = [one for one in listing(target) if is_ours(one, here.values())]
        except (OSError, CannotWrite) as error:
            trouble = str(error)
    stray = left_out(logbook.folder, here.values()).values()
    trouble = " ".join([*([trouble] if trouble else []), *stray])
    copies = {one.sha256: one for one in there}
    found = [
        Found(one, (logbook.folder, target) if one.sha256 in copies else (logbook.folder,))
        for one in here.values()
    ]
    found += [Found(one, (target,)) for one in there if one.sha256 not in here]
    found.sort(key=lambda one: (one.backup.at, one.backup.name), reverse=True)
    return found, trouble


def check(
    backup: Backup, passphrase: str = "", cancelled: Callable[[], bool] | None = None
) -> str | None:
    """``problem_of``; that there is none is kept beside the backup where the disk takes it.

    Raises:
        Stopped: ``cancelled`` said so.
    """
    try:
        problem = problem_of(backup, passphrase=passphrase, cancelled=cancelled)
    except Interrupted as error:
        raise Stopped from error
    if problem is None:
        with suppress(OSError):
            note_checked(backup)
    return problem


def note_checked(backup: Backup, *, proven: bool = False) -> Backup:
    """Keep beside a backup that it was found whole just now, or restored for proof.

    Raises:
        OSError: the disk does not take it.
    """
    now = datetime.now(UTC)
    checked = replace(backup, checked_at=now, proven_at=now if proven else backup.proven_at)
    keep_manifest(checked)
    return checked


def _changed_at(database: Engine, latest: Backup | None) -> datetime | None:
    """Since when something is in the logbook that is not in the backup."""
    after = latest.entry if latest is not None and follows(database, latest) else 0
    newer = (
        AuditEntry.select(AuditEntry.at)
        .where(AuditEntry.number > after, AuditEntry.action.not_in(_NO_CHANGE))
        .order_by(AuditEntry.number)
        .limit(1)
    )
    before = latest.at if latest is not None else datetime.now(UTC)
    with database.reading_broken_text(lambda raw: raw.decode(errors="replace")):
        rows = database.execute_sql(*database.get_sql_context().sql(newer).query()).fetchall()
    moments = [_moment_or(before, at) for (at,) in rows]
    drafts = Draft.select(Draft.kept_at).order_by(Draft.kept_at.desc()).limit(1)
    kept = [datetime.fromisoformat(at) for (at,) in drafts.tuples().execute(database)]
    moments += [at for at in kept if latest is None or at > latest.at]
    return min(moments, default=None)


def _moment_or(before: datetime, at: object) -> datetime:
    """When an entry was made; what was tampered with is still a change, and keeps no backup off."""
    try:
        return moment_of(at)
    except ValueError:
        return before
