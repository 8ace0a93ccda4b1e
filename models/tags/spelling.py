# SPDX-License-Identifier: MIT
"""How a fact is spelled as a tag: one short word, found in an index of words as any other is.

A term and the presence of a field are tags of ``_LETTERS`` characters. A number or a date is such a
tag of its field with digits behind it, so that a range is a few beginnings of words. In order, the
numbers of a field stand from the least to the greatest, and that there are any stands behind them.

Tags are short because a case has over a hundred of them, and they are reckoned from the names
alone, so that neither another field nor another term changes what is stored already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache

from models.partial_date import PartialDate
from models.quick import dataclass

EVERY = "every"
"""What every case is tagged with. No other tag without digits is as long."""

_LETTERS = 4
"""Of 36 each. A test looks after it that no two tags of this program are the same."""

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_BEHIND_DIGITS = "z"
_PRECISIONS = (4, 6, 8)
_FIRST_DAY, _LAST_DAY = date(1850, 1, 1), date(2200, 12, 31)
_MONTHS = 12
_DAYS_TO_THE_END, _MONTHS_TO_THE_END = 39, 19
"""Ends that make the beginnings fewest: no month has a day 39, no year a month 19."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that is asked for; with ``is_prefix`` any tag that begins so will do."""

    text: str
    is_prefix: bool = False


@cache
def term_tag(field: str, code: str) -> str:
    """The tag of a case that has a term."""
    return _short(f"{field}={code}")


@cache
def presence_tag(field: str) -> str:
    """The tag of a case in which a field holds something."""
    return _short(f"has={field}")


def date_told(field: str, day: str) -> Iterator[str]:
    """The tags of a date of whatever precision, as ISO text: of its year, its month and its day."""
    digits = day.replace("-", "")
    return (_stem(field) + digits[:length] for length in _PRECISIONS if length <= len(digits))


def date_tags(field: str, first: date | None, last: date | None) -> tuple[Tag, ...]:
    """How a date is tagged that lies between two days as a whole; None is an open end.

    Empty where nothing lies between them.
    """
    begins, ends = max(first or _FIRST_DAY, _FIRST_DAY), min(last or _LAST_DAY, _LAST_DAY)
    if begins > ends:
        return ()
    return tuple(
        Tag(_stem(field) + digits, is_prefix=len(digits) not in _PRECISIONS)
        for digits in days(begins, ends)
    )


class Numbers:
    """How the numbers of a field are spelled: in so many digits, the least one first.

    A power of ten is added where they can be negative, so that round numbers stay round: ranges
    between round numbers are few beginnings.

    Args:
        field: its name.
        low: the least number that there can be.
        high: the greatest.
        decimals: places behind the point that are kept.

    Attributes:
        stem: what the tags begin with.
        presence: the tag of a case in which the field holds a number.
    """

    def __init__(self, field: str, low: float, high: float, decimals: int = 1) -> None:
        self.decimals = decimals
        self.stem = _stem(field)
        self._scale = 10**decimals
        self._least, self._greatest = round(low * self._scale), round(high * self._scale)
        self._added = 10 ** len(str(-self._least)) if self._least < 0 else 0
        self.width = len(str(self._greatest + self._added))
        self.presence = self.stem + _BEHIND_DIGITS

    def tag(self, value: float) -> str:
        """The tag of a number."""
        inside = min(max(round(value * self._scale), self._least), self._greatest)
        return self.stem + self._digits(inside)

    def between(self, low: int | None = None, high: int | None = None) -> Between | None:
        """How the numbers between two are tagged, both included; None is an open end.

        Ends are counted in the last kept place. None where there is nothing between them.
        """
        first = self._least if low is None else max(low, self._least)
        last = self._greatest if high is None else min(high, self._greatest)
        if first > last:
            return None
        return Between(self.stem, self.presence, self._digits(first), self._digits(last))

    def at_least(self, value: Decimal) -> int:
        """The first number that is not below ``value``, counted in the last kept place."""
        return int(value.scaleb(self.decimals).to_integral_value(ROUND_CEILING))

    def at_most(self, value: Decimal) -> int:
        """The last number that is not above ``value``, counted in the last kept place."""
        return int(value.scaleb(self.decimals).to_integral_value(ROUND_FLOOR))

    def _digits(self, place: int) -> str:
        return f"{place + self._added:0{self.width}d}"


@dataclass(frozen=True, slots=True)
class Between:
    """The tags of a field of numbers from one to another; their digits are as many.

    Attributes:
        stem: what they begin with.
        presence: the tag that stands behind all of the field.
        first, last: their digits.
    """

    stem: str
    presence: str
    first: str
    last: str

    def tags(self) -> tuple[Tag, ...]:
        """How they begin."""
        found = beginnings(int(self.first), int(self.last), len(self.first))
        return tuple(Tag(self.stem + digits, is_prefix=True) for digits in found)


def beginnings(first: int, last: int, width: int) -> Iterator[str]:
    """How the numbers from one to another begin, written in ``width`` digits.

    As few beginnings as there can be; no other number of so many digits begins so. At least one
    digit is told.
    """
    at = first
    while at <= last:
        size, told = 1, width
        while told > 1 and at % (size * 10) == 0 and at + size * 10 - 1 <= last:
            size, told = size * 10, told - 1
        yield f"{at:0{width}d}"[:told]
        at += size


def days(first: date, last: date) -> Iterator[str]:
    """How the dates begin that lie between two days as a whole, be they days, months or years."""
    begins, ends = _month(first), _month(last)
    whole = PartialDate(last.isoformat()[:7]).latest == last
    if begins == ends and not (first.day == 1 and whole):
        yield from _days_of(begins, first.day, _DAYS_TO_THE_END if whole else last.day)
        return
    if first.day > 1:
        yield from _days_of(begins, first.day, _DAYS_TO_THE_END)
        begins += 1
    if not whole:
        yield from _days_of(ends, 0, last.day)
        ends -= 1
    yield from _months(begins, ends)


def _months(first: int, last: int) -> Iterator[str]:
    """How the dates begin that lie within whole months."""
    if first > last:
        return
    begins, ends = first // _MONTHS, last // _MONTHS
    whole = last % _MONTHS == _MONTHS - 1
    if begins == ends and not (first % _MONTHS == 0 and whole):
        end = _MONTHS_TO_THE_END if whole else last % _MONTHS + 1
        yield from _months_of(begins, first % _MONTHS + 1, end)
        return
    if first % _MONTHS:
        yield from _months_of(begins, first % _MONTHS + 1, _MONTHS_TO_THE_END)
        begins += 1
    if not whole:
        yield from _months_of(ends, 0, last % _MONTHS + 1)
        ends -= 1
    yield from beginnings(begins, ends, 4)


def _months_of(year: int, first: int, last: int) -> Iterator[str]:
    return (f"{year:04d}{digits}" for digits in beginnings(first, last, 2))


def _days_of(month: int, first: int, last: int) -> Iterator[str]:
    year, before = divmod(month, _MONTHS)
    return (f"{year:04d}{before + 1:02d}{digits}" for digits in beginnings(first, last, 2))


def _month(day: date) -> int:
    """The month, counted from the beginning of our era."""
    return day.year * _MONTHS + day.month - 1


@cache
def _stem(field: str) -> str:
    """What the tags of the numbers or dates of a field begin with."""
    return _short(field)


def _short(text: str) -> str:
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    letters = []
    for _ in range(_LETTERS):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)
