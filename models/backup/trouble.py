# SPDX-License-Identifier: MIT
"""What went wrong with the last backup, kept where the next one who opens the logbook sees it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from models.copies.kept import TROUBLE, Backup, folder_of
from models.disk import make_way
from models.small_files import moment_of, read_document
from models.speech import say


class Kind(StrEnum):
    """What went wrong: none was made, one is not in the second place, or one cannot be used.

    Or saved changes are missing in the logbook itself, or its audit is broken; neither is kept
    here: they can be seen.
    """

    FAILED = "failed"
    SECOND = "second place"
    PROOF = "proof"
    LOST = "lost"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Trouble:
    """When it was, in UTC, and what it was, in a sentence."""

    at: datetime
    said: str
    kind: Kind = Kind.FAILED


def note_trouble(logbook_folder: Path, said: str, kind: Kind) -> None:
    """Keep it. A disk that takes no backup may not take this either; then it is not kept."""
    kept = {"at": datetime.now(UTC).isoformat(), "kind": kind.value, "said": said}
    text = json.dumps(kept, indent=2)
    file = folder_of(logbook_folder) / TROUBLE
    try:
        make_way(file)
        file.write_text(text, encoding="utf-8")
    except OSError:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def audit_said(backup: Backup, whole: Backup | None) -> str:
    """What to know and to do about an audit that is broken; "" where it is not.

    Args:
        backup: a copy of the logbook.
        whole: the latest backup in which the audit is whole; None where there is none.
    """
    if (breaks := backup.breaks) is None:
        return ""
    said = say(
        "The audit trail of the logbook is broken at entry {entry:,}, first found on "
        "{since:%Y-%m-%d}. Backups are still made, as true copies, and keep what you enter; they "
        "cannot prove who changed what.",
        entry=breaks.entry,
        since=breaks.since.astimezone(),
    )
    kept = say("No backup from before is left.")
    if whole is not None:
        kept = say("The last backup with a whole trail, {backup}, is kept.", backup=whole.name)
    cure = say(
        "Keep the folder as it is, see with Tools > Check the logbook what was changed, and "
        "read the help page about backups."
    )
    return f"{said} {kept} {cure}"


def forget_trouble(logbook_folder: Path) -> None:
    """The last backup went well."""
    with suppress(OSError):
        (folder_of(logbook_folder) / TROUBLE).unlink(missing_ok=True)


def trouble_of(logbook_folder: Path) -> Trouble | None:
    """What went wrong with the last backup; None where nothing did."""
    try:
        said = read_document(folder_of(logbook_folder) / TROUBLE)
        return Trouble(moment_of(said["at"]), str(said["said"]), Kind(said["kind"]))
    except (OSError, ValueError, KeyError):
        return None
