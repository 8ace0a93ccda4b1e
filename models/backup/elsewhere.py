# SPDX-License-Identifier: MIT
"""Backups in a folder that somebody names, where nothing else is left that could name it."""

from __future__ import annotations

from pathlib import Path

from models.access import Unlocked
from models.access.unlocking import PLAIN, head_of
from models.backup.second import place_for
from models.backup.standing import Found
from models.copies.kept import BACKUPS, listing


def look_in(chosen: Path, logbook_folder: Path) -> list[Found]:
    """The backups that can be meant by a folder, the latest first, each once.

    It may be the second place of the settings, what stands for the logbook there, another copy of
    the logbook, or a folder of backups itself.

    Raises:
        CannotWrite: the folder cannot be looked into.
    """
    places = [place_for(chosen, logbook_folder), chosen]
    if chosen.name == BACKUPS:
        places.append(chosen.parent)
    found = {one.sha256: Found(one, (place,)) for place in places for one in listing(place)}
    return sorted(found.values(), key=lambda one: one.backup.at, reverse=True)


def can_open(found: Found, unlocked: Unlocked | None) -> bool:
    """Whether a backup is in plain, or encrypted with a key that these keys hold."""
    file = found.backup.file
    return head_of(file) == PLAIN or (unlocked is not None and unlocked.belongs_to(file))
