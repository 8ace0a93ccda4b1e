# SPDX-License-Identifier: MIT
"""Keys that are lost or damaged are put back from a backup, which has a copy of them beside it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from models.access.errors import KeysDamaged
from models.access.keyfile import KEYS, SECOND_COPY, KeyFile
from models.access.unlocking import head_of
from models.copies.kept import PART_ENDING, Backup
from models.disk import content_of, plain_errors, settle_file, settle_folder
from models.errors import NewerLogbook
from models.logbook import DATABASE_NAME

_SET_ASIDE = ".damaged"


@dataclass(frozen=True, slots=True)
class Spare:
    """Keys that lie beside a backup.

    Attributes:
        backup: which.
        fits: whether they are those of the database as it is; otherwise they open the backup.
    """

    backup: Backup
    fits: bool


def spare_keys(folder: Path, backups: Iterable[Backup]) -> Spare | None:
    """The keys that can take the place of those of the logbook in a folder; None for none.

    Those that are of the database that is there; where none are, those of the latest backup.

    Args:
        folder: of the logbook.
        backups: the latest first.
    """
    head = head_of(folder / DATABASE_NAME)
    latest: Spare | None = None
    for one in backups:
        keys = _legible(one.keys)
        if keys is None:
            continue
        if head and any(head == ring.salt or head in ring.former for ring in keys.rings):
            return Spare(one, fits=True)
        latest = latest or Spare(one, fits=False)
    return latest


def put_keys_back(keys: Path, folder: Path) -> None:
    """Let a copy of keys be those of the logbook in a folder.

    What is there, and says something else, is set aside beside them; nothing is removed.

    Raises:
        CannotWrite: the disk does not take them.
    """
    with plain_errors(folder):
        raw = content_of(keys)
        for name in (KEYS, SECOND_COPY):
            _set_aside(folder / name, raw)
            _lay(folder / name, raw)
        settle_folder(folder)


def _legible(file: Path) -> KeyFile | None:
    with suppress(OSError, KeysDamaged, NewerLogbook):
        return KeyFile.of_bytes(file, content_of(file))
    return None


def _set_aside(file: Path, raw: bytes) -> None:
    is_file = file.is_file()
    if not file.exists() or (is_file and content_of(file) == raw):
        return
    n, place = 1, file.with_name(file.name + _SET_ASIDE)
    while place.exists():
        n += 1
        place = file.with_name(f"{file.name}{_SET_ASIDE}-{n}")
    if is_file:
        shutil.copy2(file, place)
    else:
        file.rename(place)


def _lay(file: Path, raw: bytes) -> None:
    """Whole or not at all, and for nobody else on the machine."""
    part = file.with_name(f".{secrets.token_hex(8)}{PART_ENDING}")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        part.write_bytes(raw)
        settle_file(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
