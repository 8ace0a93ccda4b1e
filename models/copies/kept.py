# SPDX-License-Identifier: MIT
"""Which copies there are, told by what lies beside each of them; none is opened for it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from models.copies.breaks import Breaks
from models.disk import opened, refuse_no_file, settle_file, settle_folder
from models.errors import CannotWrite
from models.small_files import count_of, moment_of, read_document
from models.speech import say, say_in

BACKUPS = "backups"
"""The folder inside the logbook."""

DATABASE_ENDING, MANIFEST_ENDING, KEYS_ENDING, PART_ENDING = ".db", ".json", ".keys", ".part"
LAST_GIVEN_UP = "given_up"
"""What the entry of a restored backup calls the entries that are no part of the audit any more."""

TROUBLE = "trouble.json"
"""What went wrong with the last backup; it lies among them."""

_FORMAT = 1
_READ = 1 << 20


class Reason(StrEnum):
    """Why a backup was made."""

    BY_HAND = "by hand"
    CLOSING = "closing"
    TIMED = "timed"
    IMPORT = "import"
    MERGE = "merge"
    MIGRATION = "migration"
    KEY_CHANGE = "key change"

    @property
    def shown(self) -> str:
        """The words in the language of the process."""
        return say_in("Reason of a backup", self.value)


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup.

    Attributes:
        file: the copy of the database.
        at: when it was begun, in UTC; later changes are not in it.
        reason: why it was made.
        user: who worked then.
        form: the form of the tables, which is the name of the last migration.
        counts: how many rows each table has.
        cases: how many cases there are, without those in the bin.
        entry: the number of the last entry of the audit.
        size: in bytes.
        sha256: of the file.
        chain: the hash of the first entry of the audit, by which logbooks are told apart; "" where
            there was none.
        head: the hash of the last one.
        checked_at: when it was last found to be what was written.
        proven_at: when it was last restored for proof; None for never.
        breaks: where the audit of the logbook was broken when it was copied; None where it was not.
    """

    file: Path
    at: datetime
    reason: Reason
    user: str
    form: str
    counts: Mapping[str, int] = field(repr=False)
    cases: int
    entry: int
    size: int
    sha256: str = field(repr=False)
    chain: str = field(default="", repr=False)
    head: str = field(default="", repr=False)
    checked_at: datetime | None = None
    proven_at: datetime | None = None
    breaks: Breaks | None = None

    @property
    def name(self) -> str:
        """What people call it on the command line: its file without the ending."""
        return self.file.stem

    @property
    def manifest(self) -> Path:
        """The document beside the file."""
        return self.file.with_suffix(MANIFEST_ENDING)

    @property
    def keys(self) -> Path:
        """The keys as they were then; there is no such file where nothing is encrypted."""
        return self.file.with_suffix(KEYS_ENDING)

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that belongs to it, what the others are no use without first."""
        return self.file, self.manifest, self.keys

    def moved_to(self, folder: Path) -> Backup:
        """The same in another folder."""
        return replace(self, file=folder / self.file.name)

    def told(self) -> str:
        """What the audit says of it, which is the same in every language."""
        said = f"Backup {self.name} ({self.reason.value}), cases: {self.cases}."
        if self.breaks is None:
            return said
        return f"{said} The audit trail is broken at entry {self.breaks.entry}."

    def as_json(self) -> dict[str, object]:
        """What the document says."""
        return {
            "format": _FORMAT,
            "file": self.file.name,
            "at": self.at.isoformat(),
            "reason": self.reason.value,
            "user": self.user,
            "form": self.form,
            "cases": self.cases,
            "last_audit_entry": self.entry,
            "rows": dict(self.counts),
            "bytes": self.size,
            "sha256": self.sha256,
            "chain": self.chain,
            "head": self.head,
            "checked": self.checked_at.isoformat() if self.checked_at else None,
            "proven": self.proven_at.isoformat() if self.proven_at else None,
            "audit_broken": self.breaks.as_json() if self.breaks else None,
        }


def folder_of(logbook_folder: Path) -> Path:
    """Where the backups of a logbook lie."""
    return logbook_folder / BACKUPS


def listing(logbook_folder: Path) -> list[Backup]:
    """The backups of the logbook in a folder, the latest first.

    A database without a legible document beside it is none that this program made, or it was
    tampered with; it is left out, and never removed.

    Raises:
        CannotWrite: the folder cannot be looked into.
    """
    folder = folder_of(logbook_folder)
    try:
        # A search by pattern takes a folder that may not be read for an empty one.
        every = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise CannotWrite(
            say("{folder} cannot be looked into: {reason}.", folder=folder, reason=error.strerror),
            say("Ask whoever owns it."),
        ) from error
    manifests = (path for path in every if path.name.endswith(MANIFEST_ENDING))
    found = [backup for backup in map(read_manifest, manifests) if backup is not None]
    return sorted(found, key=lambda backup: (backup.at, backup.name), reverse=True)


def left_out(logbook_folder: Path, found: Iterable[Backup]) -> dict[str, str]:
    """What lies among the backups of a logbook and is none of ``found``: its name, and why.

    The document beside it is missing or damaged, or it is no file at all.
    """
    listed = {path for backup in found for path in backup.files}
    said: dict[str, str] = {}
    for ending in (MANIFEST_ENDING, DATABASE_ENDING):
        for path in sorted(folder_of(logbook_folder).glob(f"*{ending}")):
            if path in listed or path.name == TROUBLE or path.name.startswith("."):
                continue
            try:
                refuse_no_file(path)
                if ending == DATABASE_ENDING:
                    why = say("the document beside it is missing or damaged")
                    said.setdefault(path.stem, say("{path}: {why}.", path=path.name, why=why))
            except OSError as error:
                said[path.stem] = say("{path}: {why}.", path=path.name, why=error.strerror)
    return said


def read_manifest(manifest: Path) -> Backup | None:
    """The backup that a document tells of; None where it tells of none, or the copy is gone."""
    file = manifest.with_suffix(DATABASE_ENDING)
    try:
        said = read_document(manifest)
        if said["format"] != _FORMAT or not file.is_file():
            return None
        counts = {str(table): count_of(rows) for table, rows in said["rows"].items()}
        return Backup(
            file,
            moment_of(said["at"]),
            Reason(said["reason"]),
            str(said["user"]),
            str(said["form"]),
            counts,
            count_of(said["cases"]),
            count_of(said["last_audit_entry"]),
            count_of(said["bytes"]),
            str(said["sha256"]),
            str(said.get("chain", "")),
            str(said.get("head", "")),
            _moment(said.get("checked")),
            _moment(said.get("proven")),
            Breaks.of_json(said.get("audit_broken")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_manifest(backup: Backup) -> None:
    """Write the document beside a copy, whole or not at all, in place of what was there.

    Raises:
        OSError: the disk does not take it; what was there stays.
    """
    part = backup.manifest.with_name(f".{secrets.token_hex(8)}{PART_ENDING}")
    try:
        part.write_text(json.dumps(backup.as_json(), indent=2), encoding="utf-8")
        settle_file(part)
        part.replace(backup.manifest)
        settle_folder(backup.manifest.parent)
    finally:
        part.unlink(missing_ok=True)


def _moment(said: object) -> datetime | None:
    return moment_of(said) if isinstance(said, str) else None


def sha256_of(file: Path) -> str:
    """The checksum of a file, read piece by piece."""
    with opened(file) as stream:
        found = hashlib.sha256()
        while piece := stream.read(_READ):
            found.update(piece)
    return found.hexdigest()
