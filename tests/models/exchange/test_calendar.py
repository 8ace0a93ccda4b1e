# SPDX-License-Identifier: MIT
"""The calendar file, read back by the rules of RFC 5545."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.audit import Action
from models.case import Case, save_case
from models.errors import CannotWrite, LogbookError
from models.exchange.calendar import MOST_OCTETS, escaped, folded, write_calendar
from models.followup.recording import Answer, record_score
from models.followup.spans import Which
from models.logbook import DATABASE_NAME, Logbook
from models.schema import AuditEntry, PatientIdentity
from models.settings import STORE_IDENTITY, change_setting
from models.vocabulary import PainScale, TimePoint
from tests.builders import a_case
from tests.fresh import NewLogbook, beside

OPERATED = date(2024, 1, 31)
TODAY = OPERATED + timedelta(20)
NOW = datetime(2024, 2, 20, 8, 30, 5, tzinfo=timezone(timedelta(hours=2)))

Event = dict[str, str]


def unfolded(raw: bytes) -> list[str]:
    """The lines of a calendar; each ends with CRLF, and one that begins with a blank goes on."""
    text = raw.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines: list[str] = []
    for line in text.removesuffix("\r\n").split("\r\n"):
        assert len(line.encode()) <= MOST_OCTETS
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def unescaped(value: str) -> str:
    signs, told = iter(value), ""
    for sign in signs:
        told += {"n": "\n", "N": "\n"}.get(after := next(signs), after) if sign == "\\" else sign
    return told


def events_in(target: Path) -> list[Event]:
    """The events; a property is its name without parameters, with its value."""
    lines = unfolded(target.read_bytes())
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    events: list[Event] = []
    for line in lines:
        name, value = line.split(":", 1)
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in ("END", "BEGIN"):
            assert name.split(";")[0] not in events[-1]
            events[-1][name.split(";")[0]] = unescaped(value)
    return events


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog", "Nurse")
    yield opened
    opened.close()


def stored(logbook: Logbook, code: str = "P-1", on: date = OPERATED, name: str = "") -> Case:
    case = a_case(code, on=on.isoformat(), before=8, after=None)
    if name:
        case.identity = PatientIdentity(
            patient=case.patient.id, full_name=name, record_number="00-47,11"
        )
    save_case(logbook, case)
    return case


def written(
    logbook: Logbook, which: Which = Which.ALL, today: date = TODAY, names: bool = False
) -> list[Event]:
    target = beside(logbook) / "visits.ics"
    write_calendar(logbook, target, which, today, NOW, names=names)
    return events_in(target)


def test_every_visit_to_come_is_an_event_of_a_whole_day(logbook: Logbook) -> None:
    case = stored(logbook)
    month, three, *_, last = events = written(logbook)
    assert len(events) == 5
    assert month == {
        "UID": f"{case.id}-1m@kypholog",
        "DTSTAMP": "20240220T063005Z",
        "DTSTART": "20240301",
        "DTEND": "20240302",
        "SUMMARY": "Follow-up 1 month: P-1",
        "DESCRIPTION": "On time from 2024-02-16 to 2024-03-15, counts until 2024-03-30.",
        "TRANSP": "TRANSPARENT",
    }
    assert three["DTSTART"] == "20240501"
    assert (last["UID"], last["DTSTART"]) == (f"{case.id}-24m@kypholog", "20260130")


def test_of_a_list_only_the_visits_in_it_are_written(logbook: Logbook) -> None:
    stored(logbook)
    stored(logbook, "P-2", OPERATED - timedelta(30))
    assert [event["SUMMARY"] for event in written(logbook, Which.OVERDUE)] == [
        "Follow-up 1 month: P-2"
    ]


def test_a_later_file_replaces_what_an_earlier_one_brought(logbook: Logbook) -> None:
    case = stored(logbook)
    before = {event["UID"] for event in written(logbook)}
    record_score(logbook, case.id, TimePoint.M1, Answer("2", PainScale.NRS), TODAY)
    after = {event["UID"] for event in written(logbook, today=TODAY + timedelta(1))}
    assert after == before - {f"{case.id}-1m@kypholog"}


def test_no_name_is_in_it_unless_it_is_asked_for_and_stored(logbook: Logbook) -> None:
    change_setting(logbook, STORE_IDENTITY, True)
    stored(logbook, name="Example, Ann; née \\Muster")
    assert "Ann" not in str(written(logbook))
    (event, *_) = written(logbook, names=True)
    assert event["SUMMARY"] == "Follow-up 1 month: P-1, Example, Ann; née \\Muster, 00-47,11"
    assert event["CLASS"] == "PRIVATE"
    change_setting(logbook, STORE_IDENTITY, False)
    target = beside(logbook) / "visits.ics"
    before = target.read_bytes()
    with pytest.raises(LogbookError, match="not stored"):
        write_calendar(logbook, target, Which.ALL, TODAY, NOW, names=True)
    assert target.read_bytes() == before


def test_the_audit_tells_of_the_file(logbook: Logbook) -> None:
    stored(logbook)
    written(logbook)
    query = AuditEntry.select().where(AuditEntry.action == Action.EXPORT.value)
    (entry,) = query.execute(logbook.database)
    assert (entry.user, entry.reason) == ("Nurse", "Calendar file. Visits: 5, cases: 1.")


def test_without_a_visit_there_is_no_file(logbook: Logbook, tmp_path: Path) -> None:
    with pytest.raises(LogbookError, match="No visits to come"):
        write_calendar(logbook, tmp_path / "visits.ics", Which.ALL, TODAY, NOW)
    assert not (tmp_path / "visits.ics").exists()


@pytest.mark.sqlite_only("is about the file of a logbook")
def test_a_file_never_takes_the_place_of_the_logbook(logbook: Logbook) -> None:
    stored(logbook)
    with pytest.raises(CannotWrite, match="logbook itself"):
        write_calendar(logbook, logbook.folder / DATABASE_NAME, Which.ALL, TODAY, NOW)


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2024, 2, 29), date(2023, 2, 28)])
def test_an_event_ends_on_the_next_day_of_the_calendar(logbook: Logbook, day: date) -> None:
    stored(logbook, on=day - timedelta(30))
    (event, *_) = written(logbook, today=day)
    assert event["DTSTART"] == day.strftime("%Y%m%d")
    assert event["DTEND"] == (day + timedelta(1)).strftime("%Y%m%d")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_comes_back_from_its_escaped_and_folded_line(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    (read,) = unfolded(f"{folded(line)}\r\n".encode())
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    expected = "".join(c for c in expected if c == "\n" or not (c < " " or "\x7f" <= c <= "\x9f"))
    assert unescaped(read.removeprefix("SUMMARY:")) == expected


def test_the_moment_is_that_of_utc(logbook: Logbook) -> None:
    stored(logbook)
    target = beside(logbook) / "visits.ics"
    write_calendar(logbook, target, Which.ALL, TODAY, NOW.astimezone(UTC))
    assert events_in(target)[0]["DTSTAMP"] == "20240220T063005Z"
