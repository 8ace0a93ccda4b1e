# SPDX-License-Identifier: MIT
"""The keys beside the backups are those of today, so that what was taken away opens nothing there.

A password or a recovery key that holds no more, and whoever was removed, would else open the
logbook itself by the keys that lie beside an earlier backup.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from models.access import keyfile
from models.access.errors import KeysDamaged
from models.access.keyfile import KeyFile
from models.access.unlocking import head_of
from models.copies.kept import DATABASE_ENDING, KEYS_ENDING, folder_of
from models.disk import NoFile, content_of
from models.errors import NewerLogbook


def renew_keys(logbook_folder: Path, place: Path | None = None) -> None:
    """Bring the keys of a logbook to those of its backups that they open.

    Keys that are later than these are left, and so are those of another logbook. What the disk
    does not take now is done with the next backup.

    Args:
        logbook_folder: whose keys.
        place: the folder that stands for the logbook in another place; its own otherwise.
    """
    with suppress(OSError, KeysDamaged, NewerLogbook):
        keys = keyfile.read(logbook_folder, mends=False).best
        for file in folder_of(place or logbook_folder).glob(f"*{KEYS_ENDING}"):
            if _opens(keys, file.with_suffix(DATABASE_ENDING)) and _is_earlier(file, keys):
                keyfile.replace(file, keys.as_bytes())


def _opens(keys: KeyFile, database: Path) -> bool:
    head = head_of(database)
    return any(head == ring.salt or head in ring.former for ring in keys.rings)


def _is_earlier(file: Path, keys: KeyFile) -> bool:
    try:
        return KeyFile.of_bytes(file, content_of(file)).generation < keys.generation
    except (KeysDamaged, NoFile):
        return True
