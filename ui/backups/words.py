# SPDX-License-Identifier: MIT
"""Backups in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from models.backup import Backup, Found, Reason, Standing
from models.backup.trouble import Kind
from models.speech import ENGLISH, numeral, shown_day, shown_moment, spoken

NOTHING = "–"


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("backups", text)


def why(reason: Reason) -> str:
    """Why a backup was made."""
    words = {
        Reason.BY_HAND: tr("By hand"),
        Reason.CLOSING: tr("On closing"),
        Reason.TIMED: tr("While working"),
        Reason.IMPORT: tr("Before an import"),
        Reason.MERGE: tr("Before a merge"),
        Reason.MIGRATION: tr("Before an update"),
        Reason.KEY_CHANGE: tr("Before a new key"),
    }
    return words[reason]


def when(at: datetime) -> str:
    """Day and time as the clock on the wall shows them."""
    return shown_moment(at.astimezone())


def day(at: datetime | None) -> str:
    """The day."""
    return shown_day(at.astimezone().date()) if at is not None else NOTHING


def size(number: int) -> str:
    """Of a file."""
    # Of the program's language, not of the system's: without one, numbers are English.
    ways = QLocale.c() if spoken() == ENGLISH else QLocale()
    return ways.formattedDataSize(number, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def where(found: Found, logbook_folder: Path, *, is_named: bool = False) -> str:
    """In the logbook, in the second place, or in both; another place by its name, if asked for."""
    is_here = logbook_folder in found.places
    if is_named and not is_here:
        return str(found.places[0])
    if len(found.places) > 1:
        return tr("Here and second place")
    return tr("Here") if is_here else tr("Second place")


def line_of(found: Found, logbook_folder: Path, *, is_named: bool = False) -> tuple[str, ...]:
    """A backup as the list shows it; ``is_named`` as in ``where``."""
    one = found.backup
    return (
        when(one.at),
        why(one.reason),
        one.user or NOTHING,
        numeral(one.cases, ","),
        size(one.size),
        where(found, logbook_folder, is_named=is_named),
        day(one.checked_at),
        proven(one),
    )


def proven(backup: Backup) -> str:
    """When it was restored for proof; that it cannot be, where the audit in it is broken."""
    if backup.breaks is None:
        return day(backup.proven_at)
    return tr("Audit broken at entry {n}").format(n=numeral(backup.breaks.entry, ","))


def state_of(how: Standing) -> str:
    """Whether everything is in a backup."""
    if how.latest is None and how.changed_at is None:
        return tr("There is nothing to back up yet.")
    if how.changed_at is None:
        return tr("Everything in the logbook is in the latest backup.")
    if how.latest is None:
        return tr("What is in the logbook is in no backup yet.")
    said = tr("What was changed since {when} is in no backup yet.")
    return said.format(when=when(how.changed_at))


def proof_of(how: Standing) -> str:
    """When a backup was last restored for proof."""
    if how.proven_at is None:
        return tr("None was restored for proof yet; that is done once a month.")
    return tr("Last restored for proof on {day}.").format(day=day(how.proven_at))


def notice_of(how: Standing, now: datetime) -> tuple[str, str]:
    """What the status bar has to say, in a few words and in full; "" where all is well."""
    if how.trouble is not None:
        said = tr("{when}: {trouble}").format(when=when(how.trouble.at), trouble=how.trouble.said)
        words = {
            Kind.FAILED: tr("Last backup failed"),
            Kind.SECOND: tr("No backup in the second place"),
            Kind.PROOF: tr("A backup cannot be used"),
            Kind.LOST: tr("Saved changes are missing"),
            Kind.AUDIT: tr("The audit trail is broken"),
        }
        return words[how.trouble.kind], said
    if how.is_old(now):
        return tr("No backup for days"), state_of(how)
    return "", ""
