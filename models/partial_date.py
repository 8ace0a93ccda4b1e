# SPDX-License-Identifier: MIT
"""Dates as clinics know them: a year, a month, or a day."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Self

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY_FIRST_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{4})")


class PartialDate(str):
    """A date known to the year, month or day, as ISO 8601 text of that length.

    It is plain text ("2011", "2011-03", "2011-03-14"), so it sorts, stores and exports as it is.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a date as people type it.

        Understood are 2011, 2011-03, 2011-3-14, 14.3.2011, 3/2011, and 14/3/2011 where only one
        order of day and month is possible.

        Raises:
            ValueError: with a sentence, when the text is no date or could be two.
        """
        typed = text.strip()
        if found := _ISO.fullmatch(typed):
            year, month, day = found.groups()
            return cls._of(
                int(year), int(month) if month else None, int(day) if day else None, typed=typed
            )
        if found := _DAY_FIRST_DOTS.fullmatch(typed):
            day, month, year = found.groups()
            return cls._of(int(year), int(month), int(day), typed=typed)
        if found := _MONTH_YEAR.fullmatch(typed):
            month, year = found.groups()
            return cls._of(int(year), int(month), None, typed=typed)
        if found := _SLASHES.fullmatch(typed):
            first, second, year_of = (int(part) for part in found.groups())
            if first <= 12 and second <= 12 and first != second:
                raise ValueError(
                    f"{typed} could be two different days. Write it as year-month-day."
                )
            day_of, month_of = (second, first) if second > 12 else (first, second)
            return cls._of(year_of, month_of, day_of, typed=typed)
        raise ValueError(f"{typed} is not a date. Write 2026, 2026-03 or 2026-03-14.")

    @classmethod
    def _of(cls, year: int, month: int | None, day: int | None, typed: str) -> Self:
        if not 1850 <= year <= 2200:
            raise ValueError(f"{typed} is not a date: the year is out of range.")
        if month is None:
            return cls(f"{year:04d}")
        if not 1 <= month <= 12:
            raise ValueError(f"{typed} is not a date: there is no month {month}.")
        if day is None:
            return cls(f"{year:04d}-{month:02d}")
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            raise ValueError(f"{typed} is not a date: {year}-{month:02d} has no day {day}.")
        return cls(f"{year:04d}-{month:02d}-{day:02d}")

    @classmethod
    def from_date(cls, day: date) -> Self:
        """The partial date that is exactly ``day``."""
        return cls(day.isoformat())

    @property
    def exact(self) -> date | None:
        """The day, or None when only month or year are known."""
        return date.fromisoformat(self) if len(self) == 10 else None

    @property
    def earliest(self) -> date:
        """First day that the date can mean."""
        return date.fromisoformat((self + "-01-01")[:10])

    @property
    def latest(self) -> date:
        """Last day that the date can mean."""
        if len(self) == 10:
            return date.fromisoformat(self)
        month = int(self[5:7]) if len(self) == 7 else 12
        year = int(self[:4])
        return date(year, month, calendar.monthrange(year, month)[1])
