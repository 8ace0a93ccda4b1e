# SPDX-License-Identifier: MIT
"""What anybody can read in the folder of a logbook: databases, journals, what is left of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from models.access import ATTEMPTS_NAME
from models.access.unlocking import PLAIN, head_of
from models.disk import opened
from models.engines.sqlite_errors import JOURNALS
from models.logbook import DATABASE_NAME

_PAGE, _PAGES = 4096, 256
_COMMONEST = 0.02
"""What is encrypted has no byte in a page more often than this; a page in plain always has."""
_SHARE = 0.2
"""So many pages of what was damaged are like that still, images and blocks of zeros aside."""


def plain_files(folder: Path) -> list[Path]:
    """Databases in a folder that anybody can read, such as earlier backups, and their journals.

    Those of the logbook itself go with it when it is encrypted, and are not told.
    """
    own = {folder / f"{DATABASE_NAME}{ending}" for ending in JOURNALS}
    attempts = f"{Path(ATTEMPTS_NAME).stem}."
    return sorted(
        path
        for path in folder.rglob("*")
        if path not in own
        and not (path.parent == folder and path.name.startswith(attempts))
        and path.is_file()
        and _is_plain(path)
    )


def _is_plain(file: Path) -> bool:
    if head_of(file) == PLAIN:
        return True
    database = _database_of(file)
    if database is not None and database.is_file() and _is_plain(database):
        # It may hold nothing but an image, which looks like what is encrypted.
        return file.stat().st_size > 0
    is_one = any(mark in file.name for mark in (".db", ".part"))
    return is_one and not file.name.endswith("-shm") and _is_read(file)


def _database_of(journal: Path) -> Path | None:
    """Whose journal a file is; None where it is none that holds anything."""
    for ending in ("-wal", "-journal"):
        if journal.name.endswith(ending):
            return journal.with_name(journal.name.removesuffix(ending))
    return None


def _is_read(file: Path) -> bool:
    """Whether pages are as they are in plain, whatever became of the first one."""
    try:
        kinds = Counter(_kinds(file))
    except OSError:
        return False
    return kinds[True] > _SHARE * kinds.total()


def _kinds(file: Path) -> Iterator[bool]:
    """For each page that is not one and the same byte whether it can be read."""
    with opened(file) as stream:
        for _ in range(_PAGES):
            page = stream.read(_PAGE)
            if len(page) < _PAGE:
                return
            most = max(Counter(page).values()) / _PAGE
            if most < 1:
                yield most > _COMMONEST
