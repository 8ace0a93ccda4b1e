# SPDX-License-Identifier: MIT
"""That lists, figures and copied rows left the program is in the audit."""

from __future__ import annotations

from models import audit
from models.access import Right
from models.audit import Action, Event, Subject
from models.logbook import Logbook
from models.query import EVERYTHING, Filter, text_of

CLIPBOARD = "clipboard"


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
    _note(logbook, Action.PRINT, f"{what}, {where}. Rows: {rows}.")


def note_handed_on(
    logbook: Logbook,
    what: str,
    where: str,
    asked: Filter = EVERYTHING,
    rows: int | None = None,
) -> None:
    """Write down that a figure or copied rows leave the program, without anything of a patient.

    Args:
        logbook: whose data it holds.
        what: such as "Figure: Height gain".
        where: where it goes, such as ``CLIPBOARD`` or "PDF file gain.pdf".
        asked: which cases it tells of.
        rows: how many there are; None for what has none.

    Raises:
        LogbookError: it cannot be written down; then nothing may leave.
    """
    counted = "" if rows is None else f" Rows: {rows}."
    only = f" Filter: {text}." if (text := text_of(asked)) else ""
    _note(logbook, Action.EXPORT, f"{what}, {where}.{counted}{only}")


def _note(logbook: Logbook, action: Action, said: str) -> None:
    with logbook.transaction(Right.LOOK):
        event = Event(logbook.user, action, Subject.LOGBOOK, reason=said)
        audit.append(logbook.database, [event])
