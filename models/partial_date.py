# SPDX-License-Identifier: MIT
"""Dates as clinics know them: a year, a month, or a day."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Self

from models.quick import pattern
from models.speech import say, shown_day
from models.typed import plain, quoted

_ISO = pattern(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_YEAR_FIRST = pattern(r"(\d{4})([./])(\d{1,2})(?:\2(\d{1,2}))?")
_DAY_FIRST_DOTS = pattern(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_EITHER_FIRST = pattern(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
_MONTH_YEAR = pattern(r"(\d{1,2})[./-](\d{4})")
_NAMED = pattern(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.?,? (?:(\d{1,2}),? )?(\d{4})", re.IGNORECASE)
_NO_YEAR = pattern(r"(\d{1,2})\. ?(\d{1,2})\.?")
_SHORT_YEAR = pattern(r"\d{1,2}([./-]) ?\d{1,2}\1 ?(\d{2})")
_REMEMBERED = 20_000
_LEAP_YEAR = 2024
_MONTHS = [name.casefold() for name in calendar.month_name]


class PartialDate(str):
    """A date known to the year, month or day, as ISO 8601 text of that length.

    It is plain text ("2011", "2011-03", "2011-03-14"), so it sorts, stores and exports as it is.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a date as people type it.

        Understood are 2011, 2011-03, 2011-3-14, 2011/3/14, 14.3.2011, 3/2011, 14 March 2011, and
        14/3/2011 where only one order of day and month is possible.

        Raises:
            ValueError: with a sentence, when the text is no date or could be two.
        """
        return cls(_read(text))

    @classmethod
    def _anew(cls, text: str) -> Self:
        shown, typed = quoted(text), plain(text)
        if found := _ISO.fullmatch(typed):
            return cls._of(found[1], found[2], found[3], typed=shown)
        if found := _YEAR_FIRST.fullmatch(typed):
            return cls._of(found[1], found[3], found[4], typed=shown)
        if found := _DAY_FIRST_DOTS.fullmatch(typed):
            return cls._of(found[3], found[2], found[1], typed=shown)
        if found := _MONTH_YEAR.fullmatch(typed):
            return cls._of(found[2], found[1], None, typed=shown)
        if found := _EITHER_FIRST.fullmatch(typed):
            return cls._in_one_order(found[1], found[3], found[4], typed=shown)
        found = _NAMED.fullmatch(typed)
        if found and (month := _month(found[2])) and not (found[1] and found[3]):
            return cls._of(found[4], str(month), found[1] or found[3], typed=shown)
        raise ValueError(_why_no_date(typed, shown))

    @classmethod
    def _in_one_order(cls, one: str, other: str, year: str, typed: str) -> Self:
        first, second = int(one), int(other)
        if 1 <= first <= 12 and 1 <= second <= 12 and first != second:
            raise ValueError(
                say("{typed} could be two different days. Write it as year-month-day.", typed=typed)
            )
        day, month = (other, one) if second > 12 else (one, other)
        return cls._of(year, month, day, typed=typed)

    @classmethod
    def _of(cls, year_of: str, month_of: str | None, day_of: str | None, typed: str) -> Self:
        year = int(year_of)
        if not 1850 <= year <= 2200:
            raise ValueError(say("{typed} is not a date: the year is out of range.", typed=typed))
        if month_of is None:
            return cls(f"{year:04d}")
        month = int(month_of)
        if not 1 <= month <= 12:
            raise ValueError(
                say("{typed} is not a date: there is no month {month}.", typed=typed, month=month)
            )
        if day_of is None:
            return cls(f"{year:04d}-{month:02d}")
        day = int(day_of)
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            name = calendar.month_name[month]
            raise ValueError(
                say(
                    "{typed} is not a date: {name} {year} has no day {day}.",
                    typed=typed,
                    name=name,
                    year=year,
                    day=day,
                )
            )
        return cls(f"{year:04d}-{month:02d}-{day:02d}")

    @classmethod
    def from_date(cls, day: date) -> Self:
        """The partial date that is exactly ``day``."""
        return cls(day.isoformat())

    @property
    def shown(self) -> str:
        """As the language writes it; it reads what it writes."""
        return shown_day(self)

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


@lru_cache(_REMEMBERED)
def _read(text: str) -> PartialDate:
    """Days come again and again: whoever reads a whole table reads each spelling once."""
    return PartialDate._anew(text)


def _month(name: str) -> int:
    """The number of a month by its name or the first letters of it; 0 for any other word."""
    wanted = name.casefold()
    return next((n for n, known in enumerate(_MONTHS) if known.startswith(wanted)), 0)


def _why_no_date(typed: str, shown: str) -> str:
    if found := _NO_YEAR.fullmatch(typed):
        day, month = (int(part) for part in found.groups())
        if not 1 <= month <= 12:
            return say(
                "{shown} is not a date: there is no month {month}.", shown=shown, month=month
            )
        if not 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]:
            return say(
                "{shown} is not a date: {month_name} has no day {day}.",
                shown=shown,
                month_name=calendar.month_name[month],
                day=day,
            )
        return say(
            "{shown} is not a date: the year is missing. Write it with four digits.", shown=shown
        )
    if found := _SHORT_YEAR.fullmatch(typed):
        return say(
            "{shown} is not a date: write the year with four digits, 19{found} or 20{found}.",
            shown=shown,
            found=found[2],
        )
    return say("{shown} is not a date. Write 2026, 2026-03 or 2026-03-14.", shown=shown)
