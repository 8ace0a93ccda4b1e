# SPDX-License-Identifier: MIT
"""Which day it is, wherever the clock stands: midnight, summer time, and a clock that was set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from ui.today import Today

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",  # summer time used to begin and end at midnight
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # half an hour
    "Pacific/Apia",  # left out a whole day, 2011-12-30
    "Pacific/Kiritimati",
)
CHANGES = (
    datetime(2024, 3, 31, tzinfo=UTC),
    datetime(2024, 10, 27, tzinfo=UTC),
    datetime(2018, 2, 18, tzinfo=UTC),
    datetime(2018, 11, 4, tzinfo=UTC),
    datetime(2011, 12, 30, tzinfo=UTC),
    datetime(2024, 2, 29, tzinfo=UTC),
    datetime(2023, 12, 31, tzinfo=UTC),
)
LATE = timedelta(seconds=2)
"""A day that begins is noticed within this."""


class Machine:
    """A machine with a clock on the wall, on which time only passes where the test says so."""

    def __init__(self, instant: datetime, zone: str) -> None:
        self.instant = instant
        self.zone = ZoneInfo(zone)

    def now(self) -> datetime:
        """What a clock on the wall shows."""
        return self.instant.astimezone(self.zone).replace(tzinfo=None)

    def day_begins(self, day: date) -> datetime:
        """The first instant on which the calendar on the wall shows this day, or a later one."""
        return next(
            one
            for one in _minutes(datetime(day.year, day.month, day.day, tzinfo=UTC))
            if one.astimezone(self.zone).date() >= day
        )


def _minutes(around: datetime) -> Iterator[datetime]:
    start = around - timedelta(hours=15)
    return (start + timedelta(minutes=15 * n) for n in range(400))


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.one_of(st.sampled_from(CHANGES), st.datetimes(datetime(2001, 1, 1), timezones=st.just(UTC))),
    st.integers(0, 86_399),
)
def test_every_day_is_noticed_as_it_begins(
    qapp: QApplication, zone: str, around: datetime, second: int
) -> None:
    if around > datetime(2090, 1, 1, tzinfo=UTC):
        around = around.replace(year=2025, day=min(around.day, 28))
    machine = Machine(around - timedelta(seconds=second), zone)
    today = Today(machine.now)
    heard: list[tuple[date, datetime]] = []
    today.changed.connect(lambda day: heard.append((day, machine.instant)))
    end = machine.instant + timedelta(days=2)
    while machine.instant < end:
        assert today.day == machine.now().date()
        assert 0 < today.waits_ms <= 15 * 60_000
        machine.instant += timedelta(milliseconds=today.waits_ms)
        today.look()
    assert len(heard) >= 1
    for day, at in heard:
        assert at - machine.day_begins(day) <= LATE
    today.deleteLater()


@pytest.mark.parametrize("back", [timedelta(hours=13), timedelta(days=1), timedelta(days=400)])
def test_a_clock_that_is_set_back_is_believed(qapp: QApplication, back: timedelta) -> None:
    machine = Machine(datetime(2024, 3, 1, 12, tzinfo=UTC), "UTC")
    today = Today(machine.now)
    heard: list[date] = []
    today.changed.connect(heard.append)
    machine.instant -= back
    today.look()
    assert heard == [machine.now().date()]
    assert today.day == machine.now().date()
    today.look()
    assert len(heard) == 1
