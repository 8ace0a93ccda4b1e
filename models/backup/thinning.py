# SPDX-License-Identifier: MIT
"""Which backups are kept.

The rule: the latest few, the last one of each of the latest days, weeks and months on which any was
made, every one that was made by hand, and whatever seems to come from the future, because then the
clock is wrong. Those in which the audit is broken are counted by themselves: they never take the
place of one in which it is whole. Days, weeks (from Monday) and months are counted in UTC, and only
those with a backup count, so that a logbook left alone for a year loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.copies.kept import Backup, Reason, listing
from models.settings import BACKUP_DAYS, BACKUP_MONTHS, BACKUP_WEEKS, LogbookSettings


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of the latest backups, days, weeks and months are kept; at least one backup is."""

    latest: int = 5
    daily: int = BACKUP_DAYS.default
    weekly: int = BACKUP_WEEKS.default
    monthly: int = BACKUP_MONTHS.default


STANDARD = Plan()

_Period = Callable[[datetime], object]
_PERIODS: tuple[tuple[str, _Period], ...] = (
    ("daily", lambda at: at.date()),
    ("weekly", lambda at: at.isocalendar()[:2]),
    ("monthly", lambda at: (at.year, at.month)),
)


def plan_of(settings: LogbookSettings) -> Plan:
    """What the settings of a logbook say."""
    return Plan(
        daily=settings.get(BACKUP_DAYS),
        weekly=settings.get(BACKUP_WEEKS),
        monthly=settings.get(BACKUP_MONTHS),
    )


def kept_of(backups: Iterable[Backup], now: datetime, plan: Plan = STANDARD) -> set[Path]:
    """The files of the backups that the rule keeps."""
    every = list(backups)
    whole = [backup for backup in every if backup.breaks is None]
    broken = [backup for backup in every if backup.breaks is not None]
    return _kept_of(whole, now, plan) | _kept_of(broken, now, plan)


def _kept_of(backups: Iterable[Backup], now: datetime, plan: Plan) -> set[Path]:
    newest = sorted(backups, key=lambda backup: (backup.at, backup.name), reverse=True)
    past = [one for one in newest if one.at <= now and one.reason is not Reason.BY_HAND]
    kept = {one.file for one in newest if one.at > now or one.reason is Reason.BY_HAND}
    kept.update(one.file for one in past[: max(plan.latest, 1)])
    for name, period in _PERIODS:
        last: dict[object, Path] = {}
        for one in past:
            last.setdefault(period(one.at), one.file)
        kept.update(list(last.values())[: getattr(plan, name)])
    return kept


def thin(logbook_folder: Path, plan: Plan = STANDARD, spared: Backup | None = None) -> list[Path]:
    """Remove the backups that the rule does not keep, but one to spare; the files that went.

    One that cannot be removed stays until the next time.
    """
    backups = listing(logbook_folder)
    kept = kept_of(backups, datetime.now(UTC), plan)
    if spared is not None:
        kept.add(spared.file)
    gone: list[Path] = []
    for backup in backups:
        if backup.file in kept:
            continue
        with suppress(OSError):
            backup.file.unlink()
            gone.append(backup.file)
            for rest in backup.files[1:]:
                rest.unlink(missing_ok=True)
    return gone
