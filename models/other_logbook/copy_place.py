# SPDX-License-Identifier: MIT
"""Where the copy of another logbook lies while it is compared with ours.

Beside a logbook in a folder it lies in that folder, which is where patient data may lie. One on a
server has none here: then the copy lies where this computer keeps what is temporary, in a folder
that only its user can enter, and is encrypted, whatever the other logbook is.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from models.disk import plain_errors
from models.logbook import Logbook

IN_FOLDER, SHARED = ".other-", "kypholog-other-"
"""What the names begin with, within the folder of a logbook and in the place that all share."""
_OLD_SECONDS = 24 * 3_600


def make_place(mine: Logbook) -> Path:
    """A new folder for a copy; what programs that were killed left of theirs is removed.

    Raises:
        CannotWrite: the disk does not take it.
    """
    if mine.has_files:
        _remove_old(mine.folder, IN_FOLDER)
        place = mine.folder / f"{IN_FOLDER}{secrets.token_hex(8)}"
        with plain_errors(mine.folder):
            place.mkdir(mode=0o700)
        return place
    shared = Path(tempfile.gettempdir())
    _remove_old(shared, SHARED)
    with plain_errors(shared):
        # Nobody else may enter it, or can have made it before.
        return Path(tempfile.mkdtemp(prefix=SHARED, dir=shared))


def _remove_old(folder: Path, beginning: str) -> None:
    """A younger one may be in use; what others made in a place that is shared is theirs."""
    for place in folder.glob(f"{beginning}*"):
        with suppress(OSError):
            if _is_own(place) and time.time() - place.lstat().st_mtime > _OLD_SECONDS:
                shutil.rmtree(place, ignore_errors=True)


def _is_own(place: Path) -> bool:
    """Whether it is a folder of this user, and not a way to somewhere else."""
    found = place.lstat()
    is_mine = os.name == "nt" or found.st_uid == os.getuid()
    return stat.S_ISDIR(found.st_mode) and is_mine
