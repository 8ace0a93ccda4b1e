# SPDX-License-Identifier: MIT
"""How the numbers and dates of a column are written, decided by the whole column at once.

"3/4/2026" alone could be two days, and "1,234" two numbers; other cells of the column tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.importing.months import Named, named_month
from models.importing.synonyms import MARKS
from models.speech import say
from models.typed import plain
from models.vocabulary import Vocabulary

_COMMA = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})|[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_POINT = re.compile(r"[+-]?\d+\.(?:\d{1,2}|\d{4,})|[+-]?\d{1,3}(?:,\d{3})+\.\d+")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_DAY = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
_SHORT = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{2})")
"""A day whose year has two digits; 21-4-3 is none, because it may begin with the year."""
_EAST_ASIAN = re.compile(
    r"(\d{4})\s*[\u5e74\ub144]\s*(\d{1,2})\s*[\u6708\uc6d4]\s*(\d{1,2})\s*[\u65e5\uc77c]"
)
_SERIAL = re.compile(r"(\d{5})(?:[.,]0+)?")
_TIME = re.compile(
    r"[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?: ?(?:Z|[AP]M))?$", re.IGNORECASE
)
_LAST_MONTH = 12
_YEARS_AHEAD = 20
"""So far ahead may a day lie, such as that on which cement expires."""
_FIRST_SERIAL, _LAST_SERIAL = 3_654, 73_050
_SERIAL_ZERO = date(1899, 12, 30)
"""Excel counts 29 February 1900, which never was; from March 1900 on days are counted from here."""

_FROM_1904 = 1462
"""So many days later is day 0 where a workbook counts from 1904."""


UNCOMPUTED = "#UNCOMPUTED!"
"""Stands for a formula whose value a workbook does not hold; Excel has no such error."""


class Certain(str):
    """A number that a sheet holds as a number: its point stands before decimals for sure."""

    __slots__ = ()

    def strip(self, chars: str | None = None, /) -> str:
        """It has nothing around it."""
        return self


@dataclass(slots=True)
class Numbers:
    """How the numbers of a column are written.

    Attributes:
        stated: "point" or "comma" where a person said so.
        commas, points: cells that have such a decimal sign without doubt.
        either: cells such as "1,234" that could be two numbers.
    """

    stated: str = ""
    commas: int = 0
    points: int = 0
    either: int = 0

    def see(self, cell: str) -> None:
        """Take a cell into account."""
        if isinstance(cell, Certain):
            return
        typed = plain(cell)
        self.commas += bool(_COMMA.fullmatch(typed))
        self.points += bool(_POINT.fullmatch(typed))
        self.either += bool(_EITHER.fullmatch(typed))

    @property
    def sign(self) -> str:
        """The sign before decimals: "point", "comma", or "" where the column does not settle it."""
        if self.stated:
            return self.stated
        if self.commas and not self.points:
            return "comma"
        return "point" if self.points and not self.commas else ""

    @property
    def question(self) -> str:
        """What a person has to settle, as a sentence; ""."""
        if self.sign or not self.either:
            return ""
        return say("Numbers such as 1,234 could be two. Say which sign stands before decimals.")

    def plain_number(self, cell: str) -> str:
        """The cell with a decimal point and without signs between thousands."""
        if isinstance(cell, Certain):
            return _with_decimals(cell)
        typed = plain(cell)
        if self.sign == "comma" and (_COMMA.fullmatch(typed) or _EITHER.fullmatch(typed)):
            return _with_decimals(typed.replace(".", "").replace(",", "."))
        if self.sign == "point" and (_POINT.fullmatch(typed) or _EITHER.fullmatch(typed)):
            return _with_decimals(typed.replace(",", ""))
        return cell


@dataclass(slots=True)
class Dates:
    """How the dates of a column are written.

    Attributes:
        stated: "day_first" or "month_first" where a person said so.
        day_first, month_first: cells that can only be read so.
        either: cells such as 3/4/2026 that could be two days.
        serial: cells that count days as Excel does.
        timed: cells with a time of day.
        short: the first cell whose year has two digits and can be one year only; "".
        is_from_1904: days are counted from 1904.
        is_of_birth: people can be more than a hundred years old.
    """

    stated: str = ""
    day_first: int = 0
    month_first: int = 0
    either: int = 0
    serial: int = 0
    timed: int = 0
    short: str = ""
    is_from_1904: bool = False
    is_of_birth: bool = False

    def see(self, cell: str) -> None:
        """Take a cell into account."""
        typed, is_timed = _without_time(plain(cell))
        self.timed += is_timed
        found, short = _DAY.fullmatch(typed), _SHORT.fullmatch(typed)
        if short is not None and not self.short and self._year(short[4]):
            self.short = typed
        if short is not None and short[2] == "/":
            found = short
        if found is not None:
            first, second = int(found[1]), int(found[3])
            self.day_first += first > _LAST_MONTH >= second
            self.month_first += second > _LAST_MONTH >= first
            self.either += first <= _LAST_MONTH and second <= _LAST_MONTH and first != second
        self.serial += self._serial(typed) is not None

    @property
    def order(self) -> str:
        """What comes first: "day_first", "month_first", or "" where it is not settled."""
        if self.stated:
            return self.stated
        if self.day_first and not self.month_first:
            return "day_first"
        return "month_first" if self.month_first and not self.day_first else ""

    @property
    def question(self) -> str:
        """What a person has to settle, as a sentence; ""."""
        if self.order or not self.either:
            return ""
        why = say("both orders are used") if self.day_first else say("no day is above 12")
        return say(
            "Dates such as 3/4/2026 could be two days: {why}. Say which comes first.", why=why
        )

    def plain_date(self, cell: str) -> str:
        """The cell as year-month-day where the column settles it, without the time of day."""
        typed, _ = _without_time(plain(cell))
        if (day := self._serial(typed)) is not None:
            return day.isoformat()
        if found := _EAST_ASIAN.fullmatch(typed):
            return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"
        if named := named_month(typed):
            return self._plain_named(typed, named)
        found, year = _DAY.fullmatch(typed), ""
        if found is None and self.short and (found := _SHORT.fullmatch(typed)):
            year = self._year(found[4])
        elif found is not None:
            year = found[4]
        # With points the day comes first everywhere.
        order = "day_first" if found is not None and found[2] == "." else self.order
        if found is None or not year:
            return typed
        if not order:
            return f"{found[1]}/{found[3]}/{year}"
        first, second = (found[1], found[3]) if order == "day_first" else (found[3], found[1])
        return f"{year}-{second:0>2}-{first:0>2}"

    def _plain_named(self, typed: str, named: Named) -> str:
        year = named.year if len(named.year) > len("24") else self._year(named.year)
        if not year:
            return typed
        month = f"{year}-{named.month:02}"
        return f"{month}-{named.day:0>2}" if named.day else month

    def _year(self, digits: str) -> str:
        """The only year that two digits can stand for; "" where there are two."""
        year, this_year = 2000 + int(digits), date.today().year
        if self.is_of_birth:
            return str(year - 100) if year > this_year else ""
        return str(year if year <= this_year + _YEARS_AHEAD else year - 100)

    def _serial(self, typed: str) -> date | None:
        found = _SERIAL.fullmatch(typed)
        days = int(found[1]) if found else 0
        if self.is_from_1904 and days:
            days += _FROM_1904
        if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
            return None
        return _SERIAL_ZERO + timedelta(days=days)


@dataclass(slots=True)
class Format:
    """What was seen of one column.

    Attributes:
        unit: the one in the heading, where the field is kept in another; "".
        stated_unit: the one in which numbers without a unit are, as a person said; "".
        is_own_named: the heading names the unit in which the field is kept.
        behind: the units behind numbers, with how many different cells have them; "" for none.
            Only where the field can be converted to.
        unit_field: the unit in the heading, where the unit is a field of its own; None for none.
        marks: cells seen beside which another one of the column may mean something else.
        shares, percents: cells of a percentage between 0 and 1, and above 1; a spreadsheet that
            shows 62% holds 0.62.
    """

    numbers: Numbers = field(default_factory=Numbers)
    dates: Dates = field(default_factory=Dates)
    unit: str = ""
    stated_unit: str = ""
    is_own_named: bool = False
    behind: dict[str, int] = field(default_factory=dict)
    unit_field: Vocabulary | None = None
    marks: set[str] = field(default_factory=set)
    shares: int = 0
    percents: int = 0

    @property
    def is_of_one(self) -> bool:
        """Whether all percentages of the column seem to be shares of 1."""
        return bool(self.shares) and not self.percents

    def see_percentage(self, cell: str) -> None:
        """Take a percentage into account."""
        self.numbers.see(cell)
        try:
            number = float(self.numbers.plain_number(cell).strip().replace(",", "."))
        except ValueError:
            self.percents += "%" in cell
            return
        self.shares += 0 < number < 1
        self.percents += number > 1

    def see_mark(self, cell: str) -> None:
        """Take a cell into account that may change what others of its column mean."""
        if (mark := cell.strip().casefold()) in MARKS:
            self.marks.add(mark)

    def told(self, *, is_date: bool) -> Iterable[str]:
        """What was recognized, for people; what goes without saying is left out."""
        if is_date:
            order = {"day_first": say("day before month"), "month_first": say("month before day")}
            if (self.dates.day_first or self.dates.month_first or self.dates.either) and (
                told := order.get(self.dates.order)
            ):
                yield told
            if self.dates.short and (read := self.dates.plain_date(self.dates.short)):
                yield say("years of two digits: {cell} is {read}", cell=self.dates.short, read=read)
            if self.dates.serial:
                year = 1904 if self.dates.is_from_1904 else 1900
                yield say("days counted as Excel does, from {year}", year=year)
            if self.dates.timed:
                yield say("the time of day is left out")
        elif self.numbers.sign == "comma":
            yield say("decimal comma")


def _without_time(typed: str) -> tuple[str, bool]:
    """A date without the time of day behind it, and whether that was another than midnight."""
    found = _TIME.search(typed)
    if found is None:
        return typed, False
    return typed[: found.start()], any(part and part.strip("0") for part in found.groups())


def _with_decimals(number: str) -> str:
    """With so many places that nobody takes the point for a sign between thousands."""
    whole, _, decimals = number.partition(".")
    return f"{whole}.{decimals}0" if decimals else whole
