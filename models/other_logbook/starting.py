# SPDX-License-Identifier: MIT
"""Writes a merge as it was decided on: a backup first where it is ours to make, then one step."""

from __future__ import annotations

from dataclasses import dataclass

from models.backup import Backup, Reason, make
from models.backup import Stopped as BackupStopped
from models.logbook import Logbook
from models.other_logbook.choices import Choices
from models.other_logbook.lines import Preview
from models.other_logbook.opening import Cancelled, Other, Progress, Stopped
from models.other_logbook.writing import Merged, merge


@dataclass(frozen=True, slots=True)
class Done:
    """How it ended.

    Attributes:
        name: of the other logbook.
        backup: ours as it was before; None where nothing was written, or a server looks after it.
        is_served: whether a server does.
    """

    name: str
    merged: Merged
    backup: Backup | None = None
    is_served: bool = False


def start(
    mine: Logbook,
    other: Other,
    shown: Preview,
    choices: Choices,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    with_backup: bool = True,
) -> Done:
    """Merge, with a backup of our logbook before.

    Raises:
        LogbookError: as with ``merge`` and ``make``; nothing is written then.
        Stopped: ``cancelled`` said so. Nothing is written then either.
    """
    backup = None
    if with_backup and mine.has_files and not shown.is_empty and not shown.open_with(choices):
        try:
            backup = make(mine, Reason.MERGE, progress, cancelled)
        except BackupStopped as stopped:
            raise Stopped from stopped
    merged = merge(mine, other, shown, choices, progress, cancelled)
    return Done(other.name, merged, backup, not mine.has_files)
