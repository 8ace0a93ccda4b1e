# SPDX-License-Identifier: MIT
"""The second place of backups: another drive, a network folder, a USB stick.

There they lie in a folder with the name of the logbook, as they do in the logbook itself, so that
``restore`` can be told of that folder when nothing else is left.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Iterable
from pathlib import Path

from models.backup.thinning import Plan, thin
from models.copies.kept import (
    KEYS_ENDING,
    PART_ENDING,
    Backup,
    folder_of,
    listing,
    sha256_of,
)
from models.copies.renewing import renew_keys
from models.copies.writing import Progress, put_in_place, remove_old_parts
from models.disk import opened, plain_errors
from models.errors import CannotWrite
from models.speech import say

_PIECE = 1 << 22


def place_for(place: Path, logbook_folder: Path) -> Path:
    """The folder in the second place that stands for the logbook."""
    return place / logbook_folder.name


def bring_to(place: Path, logbook_folder: Path, backup: Backup, plan: Plan, told: Progress) -> Path:
    """Copy a backup to the second place, read it back, and thin what lies there.

    Those that were made while the place was not there are brought along.

    Args:
        place: what the settings name; it has to be there, what is in it is made.
        logbook_folder: whose backup it is.
        backup: the latest one.
        plan: what is kept there.
        told: hears how many bytes of how many are copied, and may raise to stop.

    Returns:
        Where the copy lies.

    Raises:
        CannotWrite: the place is not there, full, protected, or holds another logbook's backups.
    """
    target = place_for(place, logbook_folder)
    with plain_errors(target):
        _refuse(place, target, logbook_folder)
        here, there = listing(logbook_folder), listing(target)
        _refuse_others(target, [backup, *here], there)
        known = {one.sha256 for one in there}
        newest = max((one.at for one in there), default=backup.at)
        missing = [
            one
            for one in here
            if one.sha256 not in known and (one.at > newest or one.sha256 == backup.sha256)
        ]
        folder = folder_of(target)
        folder.mkdir(parents=True, exist_ok=True)
        remove_old_parts(folder)
        copies = [copy_to(folder, one, told) for one in reversed(missing)]
        thin(target, plan)
        renew_keys(logbook_folder, target)
    if copies:
        return copies[-1].file
    # Nothing was changed since an earlier one, which has the same content under its own name.
    return next(one.file for one in there if one.sha256 == backup.sha256)


def check_place(place: Path, logbook_folder: Path) -> None:
    """Whether backups of the logbook could go to a second place.

    Raises:
        CannotWrite: the place is not named in full, is not there, or is the first one.
    """
    target = place_for(place, logbook_folder)
    with plain_errors(target):
        _refuse(place, target, logbook_folder)


def _refuse(place: Path, target: Path, logbook_folder: Path) -> None:
    if not place.is_absolute():
        raise CannotWrite(
            say("The second place of backups, {place}, is not named in full.", place=place), _SET
        )
    if not place.is_dir():
        raise CannotWrite(
            say("The second place of backups, {place}, is not there.", place=place),
            say("Connect the drive or the network, or name another folder in the settings."),
        )
    own, named = Path(os.path.realpath(logbook_folder)), Path(os.path.realpath(place))
    if own in (Path(os.path.realpath(target)), named, *named.parents):
        raise CannotWrite(
            say("The second place of backups, {place}, is the first one.", place=place), _SET
        )


_SET = say("Name a folder on another drive in the settings.")


def is_ours(one: Backup, here: Iterable[Backup]) -> bool:
    """Whether it is no backup of another logbook of the same name, as far as that can be told.

    Any of those ``here`` tells: without its first entry, a tampered audit begins like no other.
    """
    chains = {each.chain for each in here if each.chain}
    return not one.chain or not chains or one.chain in chains


def _refuse_others(target: Path, here: Collection[Backup], there: Iterable[Backup]) -> None:
    """Thinning must not mix two logbooks of the same name."""
    if not all(is_ours(one, here) for one in there):
        raise CannotWrite(
            say("{target} holds the backups of another logbook of that name.", target=target),
            say("Name another folder as the second place in the settings."),
        )


def copy_to(folder: Path, backup: Backup, told: Progress) -> Backup:
    """Copy a backup into a folder of backups, and read it back; that copy.

    Raises:
        CannotWrite: it is not what was written.
        OSError: the disk does not take it.
    """
    part = folder / f".{secrets.token_hex(8)}{PART_ENDING}"
    keys = part.with_name(part.name + KEYS_ENDING)
    try:
        _copy_file(backup.file, part, told)
        if sha256_of(part) != backup.sha256:
            raise CannotWrite(
                say("The copy in {folder} is not what was written there.", folder=folder),
                say("Check the drive."),
            )
        has_keys = backup.keys.exists()
        if has_keys:
            _copy_file(backup.keys, keys, told)
        moved = backup.moved_to(folder)
        return put_in_place(moved, part, keys if has_keys else None)
    finally:
        for left in (part, keys):
            left.unlink(missing_ok=True)


def _copy_file(source: Path, target: Path, told: Progress) -> None:
    total, done = source.stat().st_size, 0
    target.touch(mode=0o600)
    with opened(source) as reading, target.open("wb") as writing:
        while piece := reading.read(_PIECE):
            writing.write(piece)
            done += len(piece)
            told(done, total)
        writing.flush()
        os.fsync(writing.fileno())
