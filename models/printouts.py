# SPDX-License-Identifier: MIT
"""That a list left the program on paper or as a PDF file is in the audit."""

from __future__ import annotations

from models import audit
from models.access import Right
from models.audit import Action, Event, Subject
from models.logbook import Logbook


def note_printout(logbook: Logbook, what: str, rows: int, where: str) -> None:
    """Write down that a list is printed, without anything of a patient.

    Args:
        logbook: whose data it holds.
        what: name of the list, such as "List of cases".
        rows: how many there are on it.
        where: where it goes, such as "printer" or "PDF file".

    Raises:
        LogbookError: it cannot be written down; then nothing may be printed.
    """
    said = f"{what}, {where}. Rows: {rows}."
    with logbook.transaction(Right.LOOK):
        event = Event(logbook.user, Action.PRINT, Subject.LOGBOOK, reason=said)
        audit.append(logbook.database, [event])
