# SPDX-License-Identifier: MIT
"""The calendar file: visits to come as events of a whole day, for any calendar (RFC 5545).

An event has the code of the patient and no name, unless names are asked for and stored. A visit
keeps its identifier, so that a calendar puts a later file in the place of an earlier one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from models import VERSION, audit
from models.access import Right
from models.audit import Action, Event, Subject
from models.disk import settle
from models.errors import LogbookError
from models.exchange.files import refuse_database, replacing
from models.followup.duelist import Dates, DueLine, dates_of, due_lines, due_numbers
from models.followup.spans import Which
from models.followup.states import Visit
from models.identity import Named, names_of
from models.logbook import Logbook
from models.speech import say

MOST_OCTETS = 75
"""A line is folded so that none is longer, in UTF-8 and without its end."""

_AT_ONCE = 250
_END = "\r\n"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: so many visits of so many cases."""

    visits: int
    cases: int
    target: Path


def write_calendar(
    logbook: Logbook,
    target: Path,
    which: Which,
    today: date,
    now: datetime,
    *,
    names: bool = False,
) -> Written:
    """Write the visits of a list into ``target``, each on its target day.

    With ``Which.ALL`` every visit that is to come, of each case; else the next one of each case in
    the list. ``now`` is when the file is made, with its time zone. The audit tells of the file.

    Raises:
        LogbookError: there is no such visit, or names are wanted and the clinic stores none.
        CannotWrite: the file cannot be written. What was in it is as before.
    """
    refuse_database(logbook, target)
    with logbook.session():
        numbers = due_numbers(logbook, which, today)
        if not numbers:
            raise LogbookError(say("No visits to come in this list."), say("No file was written."))
        visits = cases = 0
        with replacing(target) as file:
            file.write(_lines(_head(logbook.name)))
            for start in range(0, len(numbers), _AT_ONCE):
                lines = due_lines(logbook, numbers[start : start + _AT_ONCE], today)
                named = names_of(logbook, [line.patient_id for line in lines]) if names else {}
                for line in lines:
                    events = list(_events(line, which, now, named))
                    file.write("".join(map(_lines, events)))
                    visits += len(events)
                    cases += 1
            file.write(_lines(["END:VCALENDAR"]))
            settle(file)
            _note(logbook, visits, cases, names=names)
    return Written(visits, cases, target)


def _head(name: str) -> list[str]:
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Kypholog//Kypholog {VERSION}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(f'Follow-up {name}')}",
    ]


def _events(
    line: DueLine, which: Which, now: datetime, named: Mapping[str, Named]
) -> Iterator[list[str]]:
    if line.performed is None or line.next is None:
        return
    wanted = [line.next]
    if which is Which.ALL:
        wanted = [visit for visit in line.follow_up.visits if visit.state.is_open]
    who = line.case.patient_code or say("patient without a code")
    person = named.get(line.patient_id)
    for visit in wanted:
        yield _event(line, visit, dates_of(visit.window, line.performed), now, who, person)


def _event(
    line: DueLine, visit: Visit, dates: Dates, now: datetime, who: str, person: Named | None
) -> list[str]:
    title = say("Follow-up {time_point}: {who}", time_point=visit.time_point.label, who=who)
    told = say(
        "On time from {ideal_first} to {ideal_last}, counts until {last}.",
        ideal_first=dates.ideal_first,
        ideal_last=dates.ideal_last,
        last=dates.last,
    )
    if line.case.synthetic:
        told = say("{told}\nSynthetic case.", told=told)
    private = []
    if person is not None:
        title = ", ".join(filter(None, (title, person.full_name, person.record_number)))
        private = ["CLASS:PRIVATE"]
    return [
        "BEGIN:VEVENT",
        f"UID:{line.case.case_id}-{visit.time_point.value}@kypholog",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_day(dates.target)}",
        *(
            [f"DTEND;VALUE=DATE:{_day(dates.target + timedelta(1))}"]
            if dates.target < date.max
            else []
        ),
        f"SUMMARY:{escaped(title)}",
        f"DESCRIPTION:{escaped(told)}",
        "TRANSP:TRANSPARENT",
        *private,
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """``text`` as the value of a property: separators and ends of lines are escaped.

    Control characters, which no value may hold, are left out.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in plain if c == "\n" or unicodedata.category(c) != "Cc")
    for sign in "\\;,":
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line of a calendar in pieces of at most 75 octets, no character torn apart."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > MOST_OCTETS:
            pieces.append(piece)
            # A piece that goes on begins with a blank, which counts.
            piece, size = " ", 1
        piece += sign
        size += octets
    return _END.join([*pieces, piece])


def _lines(lines: list[str]) -> str:
    return "".join(folded(line) + _END for line in lines)


def _day(day: date) -> str:
    # strftime writes years before 1000 without their zeros on some systems.
    return day.isoformat().replace("-", "")


def _note(logbook: Logbook, visits: int, cases: int, *, names: bool) -> None:
    said = f"Calendar file{' with names' if names else ''}. Visits: {visits}, cases: {cases}."
    event = Event(logbook.user, Action.EXPORT, Subject.LOGBOOK, reason=said)
    with logbook.transaction(Right.LOOK):
        audit.append(logbook.database, [event])
