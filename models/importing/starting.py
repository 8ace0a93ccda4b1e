# SPDX-License-Identifier: MIT
"""Writes an import as it was decided on: a backup first, then all of it in one step."""

from __future__ import annotations

from dataclasses import dataclass

from models.backup import Backup, Reason, make
from models.backup import Stopped as BackupStopped
from models.errors import LogbookError
from models.importing.allowed import NotSaidToBeOthers
from models.importing.choices import Choices
from models.importing.lines import Verdict
from models.importing.preview import Cancelled, Preview, Progress, preview
from models.importing.survey import Stopped
from models.importing.writing import Imported, write
from models.logbook import Logbook
from models.speech import say
from models.undo import last_import


class JudgedOtherwise(LogbookError):
    """By what was chosen for conflicts, other rows are judged otherwise; ``preview`` tells how."""

    def __init__(self, found: Preview) -> None:
        super().__init__(
            say("With what was chosen for the conflicts, other rows mean something else."),
            say("Look at the preview again."),
        )
        self.preview = found


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an import.

    Attributes:
        written: how many cases are new, and how many were changed.
        shown: the preview that was written.
        backup: the logbook as it was before; None where nothing was written.
        number: by which the audit, and the field ``import`` of filters, know it; 0 for none.
    """

    written: Imported
    shown: Preview
    backup: Backup | None = None
    number: int = 0


def start(
    logbook: Logbook,
    shown: Preview,
    choices: Choices,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    are_others: bool = False,
) -> Done:
    """Write what was shown, with conflicts as they were chosen since.

    ``are_others`` says that the new patients of a limited data set are none of ours.

    Raises:
        NotSaidToBeOthers: nobody says so. Nothing is written.
        JudgedOtherwise: what was chosen changes what other rows mean. Nothing is written.
        LogbookError, Stopped: as of ``write``. Nothing is written.
    """
    if choices != shown.takes_conflicts:
        again = preview(
            logbook, shown.table, shown.mapping, progress, cancelled, takes_conflicts=choices
        )
        if _verdicts(again) != _verdicts(shown):
            raise JudgedOtherwise(again)
        shown = again
    if shown.adds_others and not are_others:
        raise NotSaidToBeOthers(shown.table.name)
    if not shown.writes:
        return Done(Imported(), shown)
    kept = _backed_up(logbook, cancelled)
    written = write(logbook, shown, progress, cancelled)
    return Done(written, shown, kept, last_import(logbook))


def _backed_up(logbook: Logbook, cancelled: Cancelled | None) -> Backup | None:
    """A copy of the logbook as it was before; a server looks after its own."""
    if not logbook.has_files:
        return None
    try:
        return make(logbook, Reason.IMPORT, cancelled=cancelled)
    except BackupStopped as error:
        raise Stopped from error


def _verdicts(found: Preview) -> list[tuple[int, Verdict]]:
    return [(line.rows[0], line.verdict) for line in found.lines]
