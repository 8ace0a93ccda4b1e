# SPDX-License-Identifier: MIT
"""Days, times of day, and moments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import peewee

from models.errors import InvalidValue
from models.fields.base import ClinicalField
from models.partial_date import PartialDate
from models.quick import pattern
from models.speech import say
from models.typed import plain, quoted

_CLOCK = pattern(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?: ?([ap])\.?m\.?)?", re.IGNORECASE)
_STORED_CLOCK = pattern(r"(?:[01]\d|2[0-3]):[0-5]\d")


class Day(ClinicalField, peewee.TextField):
    """A date, possibly known only to the month or year. ``future`` allows days to come."""

    def __init__(self, label: str, *, future: bool = False, **knows: object) -> None:
        super().__init__(label, **knows)  # type: ignore[arg-type]
        self.future = future

    def db_value(self, value: str | None) -> str | None:
        """ISO text of its own precision."""
        return None if not value else str(PartialDate.parse(value))

    def python_value(self, value: str | None) -> PartialDate | None:
        """A PartialDate."""
        return None if value is None else PartialDate(value)

    def parse(self, text: str) -> PartialDate | None:
        """Read a date as typed."""
        if not text.strip():
            return None
        try:
            value = PartialDate.parse(text)
        except ValueError as error:
            raise InvalidValue(self.name, f"{self.label}: {error}") from error
        return self._accept(value)

    def show(self, value: object) -> str:
        """As the language writes it."""
        return value.shown if isinstance(value, PartialDate) else super().show(value)

    def refusal(self, value: object) -> str:
        """A day to come, where none is allowed."""
        if not isinstance(value, PartialDate) or self.future or value.earliest <= date.today():
            return ""
        return say("{label} {value} lies in the future.", label=self.label, value=value)


class Clock(ClinicalField, peewee.TextField):
    """A time of day by the 24-hour clock, as hours:minutes."""

    def db_value(self, value: str | None) -> str | None:
        """Empty text is stored as missing."""
        return value or None

    def parse(self, text: str) -> str | None:
        """Read 8:05, 08.05, 0805, 8h05, 5:30 pm or a full hour such as 8."""
        typed = plain(text)
        if not typed:
            return None
        if not (found := _CLOCK.fullmatch(typed)):
            raise InvalidValue(self.name, self._no_time(text))
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
        if half:
            if not 1 <= hour <= 12:
                raise InvalidValue(self.name, self._no_time(text))
            hour = hour % 12 + (12 if half == "p" else 0)
        return self._accept(f"{hour:02d}:{minute:02d}")

    def refusal(self, value: object) -> str:
        """Not two digits for the hour, a colon and two for the minute, or beyond 23:59."""
        if not isinstance(value, str):
            return ""
        if not _STORED_CLOCK.fullmatch(value):
            return self._no_time(value)
        return ""

    def _no_time(self, typed: str) -> str:
        return say(
            "{label}: {typed} is no time of day. Write 8:05 or 17:30.",
            label=self.label,
            typed=quoted(typed),
        )


class Stamp(peewee.TextField):
    """A moment in UTC, as ISO 8601 text to the millisecond with a trailing Z."""

    def db_value(self, value: datetime | str | None) -> str | None:
        """The text form; naive datetimes are a bug and refused."""
        if value is None or isinstance(value, str):
            return value
        if value.utcoffset() is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
