# SPDX-License-Identifier: MIT
"""The audit as a CSV file: a row for every value that changed, or for an entry without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models import audit
from models.access import Right
from models.audit import Action, Event, Subject
from models.disk import settle
from models.exchange.columns import Column, Holds
from models.exchange.dialects import MACHINE, Dialect, write_sheet
from models.exchange.files import refuse_database, replacing
from models.exchange.sheet import Cells, Sheet
from models.logbook import Logbook
from models.speech import say
from models.trail.asking import Asked
from models.trail.reading import all_numbers
from models.trail.telling import Told, local_time, tell

_AT_ONCE = 500

COLUMNS = (
    Column("entry", meaning=say("Number of the entry in the audit."), made_of=Holds.COUNT),
    Column("at_utc", meaning=say("When, in UTC."), made_of=Holds.WORDS),
    Column("at_local", meaning=say("The same by the clock of this machine."), made_of=Holds.WORDS),
    Column("user", meaning=say("Who."), made_of=Holds.WORDS),
    Column("action", meaning=say("What was done, as a code."), made_of=Holds.WORDS),
    Column("subject", meaning=say("case, patient or logbook."), made_of=Holds.WORDS),
    Column("patient_code", meaning=say("Whose case it is."), made_of=Holds.WORDS),
    Column("case_id", meaning=say("Id of the case."), made_of=Holds.ID),
    Column("version", meaning=say("Of case or patient since then."), made_of=Holds.COUNT),
    Column("place", meaning=say("Where in the case."), made_of=Holds.WORDS),
    Column("field", meaning=say("Which field."), made_of=Holds.WORDS),
    Column("old", meaning=say("What it said before."), made_of=Holds.WORDS),
    Column("new", meaning=say("What it says since."), made_of=Holds.WORDS),
    Column("reason", meaning=say("Why, or what the program says of it."), made_of=Holds.WORDS),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: so many entries in so many rows."""

    entries: int
    rows: int
    target: Path


class Stopped(Exception):
    """Nobody wants the file any more; what was in it is as before."""


def write_trail(
    logbook: Logbook,
    asked: Asked,
    target: Path,
    dialect: Dialect = MACHINE,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Written:
    """Write what is asked for into ``target``, and that it was written into the audit.

    Names and record numbers of patients never go into it. ``progress`` hears how many entries are
    written.

    Raises:
        CannotWrite: the file cannot be written. What was in it is as before.
        Stopped: ``cancelled`` said so.
    """
    refuse_database(logbook, target)
    entries = 0

    def rows() -> Iterator[Cells]:
        nonlocal entries
        for numbers in all_numbers(logbook.database, asked, _AT_ONCE):
            if cancelled is not None and cancelled():
                raise Stopped
            for told in tell(logbook.database, numbers, hides_names=True):
                yield from cells_of(told)
            entries += len(numbers)
            if progress is not None:
                progress(entries)

    with logbook.session(), replacing(target) as file:
        with logbook.database.atomic("DEFERRED"):
            count = write_sheet(
                file, Sheet("audit", say("Entry of the audit"), COLUMNS, rows), dialect
            )
        settle(file)
        _note(logbook, asked, entries, target)
    return Written(entries, count, target)


def cells_of(told: Told) -> Iterator[Cells]:
    """The rows of an entry."""
    at = told.at.isoformat(timespec="milliseconds") if told.at is not None else ""
    head = (
        *(told.number, at.replace("+00:00", "Z"), local_time(told), told.user),
        *(told.action.value if told.action is not None else told.deed, told.subject),
        *(told.about, told.case_id, told.version or None),
    )
    for one in told.changes:
        yield (*head, one.place, one.label, one.before, one.after, told.reason)
    if not told.changes:
        yield (*head, "", "", "", "", told.reason)


def _note(logbook: Logbook, asked: Asked, entries: int, target: Path) -> None:
    told = asked.told()
    said = (
        f"Audit trail. Entries: {entries}.{f' Asked: {told}.' if told else ''} File: {target.name}"
    )
    event = Event(logbook.user, Action.EXPORT, Subject.LOGBOOK, reason=said)
    with logbook.transaction(Right.LOOK):
        audit.append(logbook.database, [event])
