# SPDX-License-Identifier: MIT
"""Numbers and dates behind a colon: one to compare with, two for a range, or a span of days."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from decimal import Decimal

from models.errors import InvalidValue
from models.fields import Number
from models.numbers import Range, other_reading, read_number
from models.partial_date import PartialDate
from models.query.field import Kind, QueryField
from models.query.filter import Op, QueryError, Term
from models.query.lexing import Piece
from models.quick import pattern
from models.speech import say, say_n

TODAY = "today"

RANGE_SIGN = ".."

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
"""What people and programs write for a dash or a minus."""

_SPAN = pattern(
    r"(?:last )?(\d{1,5}) ?(d(?:ays?)?|w(?:eeks?)?|m(?:o(?:nths?)?)?|y(?:ears?)?)", re.IGNORECASE
)
_SPAN_STORED = pattern(r"(\d{1,5})([dwmy])")
_LONGEST = {"d": 36_500, "w": 5_200, "m": 1_200, "y": 100}
_YEARS = pattern(rf"\d{{4}}[{DASHES}]\d{{4}}")


def read_numbers(field: QueryField, op: Op, piece: Piece) -> tuple[Op, tuple[str, ...]]:
    """The number or the two numbers, with a unit or without, as canonical text.

    Raises:
        QueryError: there is none, it could be two, or it cannot be on the scale of the field.
    """
    if ends := _ends(field, op, piece):
        op, parts = ends
    elif len(parts := _parted(field, piece)) == 2:
        if op is not Op.IS:
            raise _both_at_once(field, piece)
        op = Op.RANGE
    numbers = [_number(field, part) for part in parts]
    if op is Op.RANGE and numbers[0] > numbers[1]:
        raise _downwards(field, piece)
    return op, tuple(number_text(number) for number in numbers)


def read_dates(field: QueryField, op: Op, piece: Piece) -> tuple[Op, tuple[str, ...]]:
    """The date, the two dates, or the span up to today, as canonical text.

    Raises:
        QueryError: there is none, or it is no date.
    """
    typed = piece.words
    if found := _SPAN.fullmatch(typed):
        if op is not Op.IS:
            said = say(
                "{field}: {typed} is a span up to today and cannot be compared.",
                field=field.name,
                typed=typed,
            )
            cure = say(
                "Write {field}:{typed} alone, or a date behind the sign.",
                field=field.name,
                typed=typed,
            )
            raise QueryError(said, cure, start=piece.start, end=piece.end)
        return op, (_span(field, piece, int(found[1]), found[2][0].casefold()),)
    if ends := _ends(field, op, piece):
        op, parts = ends
        dates = tuple(_date(field, part) for part in parts)
        return _in_order(field, piece, dates) if op is Op.RANGE else (op, dates)
    return op, (_date(field, piece),)


def is_span(text: str) -> bool:
    """Whether the value of a date is a span up to today, such as "30d"."""
    return _SPAN_STORED.fullmatch(text) is not None


def is_end_of_span(text: str) -> bool:
    """Whether ``text`` goes on with what "last" begins."""
    return _SPAN.fullmatch(text) is not None


def span_in_words(text: str) -> str:
    """A span as people say it: "last 30 days"."""
    n = int(text[:-1])
    match text[-1]:
        case "d":
            return say_n("last day", "last {n} days", n)
        case "w":
            return say_n("last week", "last {n} weeks", n)
        case "m":
            return say_n("last month", "last {n} months", n)
    return say_n("last year", "last {n} years", n)


def days_of(term: Term, today: date) -> tuple[date | None, date | None]:
    """First and last day within which a date has to lie as a whole; None where it is open.

    ``term`` is one of a field of dates. A span includes today and the day on which it begins.
    """
    first, last = term.values[0], term.values[-1]
    if is_span(first):
        return _back(today, first), today
    begins, ends = _earliest(first, today), _latest(last, today)
    match term.op:
        case Op.LESS:
            return None, begins - timedelta(days=1)
        case Op.AT_MOST:
            return None, ends
        case Op.MORE:
            return ends + timedelta(days=1), None
        case Op.AT_LEAST:
            return begins, None
        case _:
            return begins, ends


def number_text(value: float) -> str:
    """A number as it stands in a condition: no needless zeros, no exponent."""
    text = format(Decimal(repr(value)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _ends(field: QueryField, op: Op, piece: Piece) -> tuple[Op, tuple[Piece, ...]] | None:
    """Both ends of "a..b", or the one that is not open; None where it is no range."""
    at = piece.mask.find(RANGE_SIGN)
    if at >= 0:
        low, high = piece.cut(0, at), piece.cut(at + len(RANGE_SIGN))
    elif _YEARS.fullmatch(piece.mask) and field.kind is Kind.DATE:
        low, high = piece.cut(0, 4), piece.cut(5)
    else:
        return None
    if op is not Op.IS:
        raise _both_at_once(field, piece)
    if low.words and high.words:
        return Op.RANGE, (low, high)
    return (Op.AT_LEAST, (low,)) if low.words else (Op.AT_MOST, (high,))


def _parted(field: QueryField, piece: Piece) -> tuple[Piece, ...]:
    """The two numbers that a dash parts, or the piece itself."""
    for at, character in enumerate(piece.mask):
        if at and character in DASHES:
            ends = piece.cut(0, at), piece.cut(at + 1)
            if all(_is_number(field, end) for end in ends):
                return ends
    return (piece,)


def _is_number(field: QueryField, piece: Piece) -> bool:
    try:
        return read_number(piece.words, field.unit) is not None
    except ValueError:
        return False


def _number(field: QueryField, piece: Piece) -> float:
    typed = piece.words
    if not typed:
        raise QueryError(
            say("{field}: a number is missing.", field=field.name),
            say("Write {example}.", example=field.example),
            start=piece.start,
            end=piece.end,
        )
    try:
        value = read_number(typed, field.unit)
    except ValueError as error:
        raise _no_number(field, piece, error) from error
    if value is None:
        raise _no_number(field, piece, ValueError(say("{typed} is not a number.", typed=typed)))
    other = other_reading(typed)
    if other is not None and _could_be(field, other):
        both = say(
            "{number_text} or {number_text2}",
            number_text=number_text(value),
            number_text2=number_text(other),
        )
        said = say("{field}: {typed} could be {both}.", field=field.name, typed=typed, both=both)
        cure = say("Write it without the sign.")
        raise QueryError(said, cure, start=piece.start, end=piece.end)
    if field.is_whole and not value.is_integer():
        said = say("{field}: {typed} is not a whole number.", field=field.name, typed=typed)
        cure = say("For all from one to another write {field}:2..5.", field=field.name)
        raise QueryError(said, cure, start=piece.start, end=piece.end)
    return _fitting(field, piece, value)


def _fitting(field: QueryField, piece: Piece, value: float) -> float:
    if not math.isfinite(value):
        error = ValueError(say("{words} is too large.", words=piece.words))
        raise _no_number(field, piece, error)
    if field.limits is None or value in Range(*field.limits):
        return value
    said = say(
        "{field}: {words} is not possible, expected {range}{value}.",
        field=field.name,
        words=piece.words,
        range=Range(*field.limits),
        value=" " + field.unit if field.unit else "",
    )
    cure = (
        "" if field.unit else say("For the VAS of 0 to 100 mm write {field}_mm.", field=field.name)
    )
    raise QueryError(said, cure, start=piece.start, end=piece.end)


def _could_be(field: QueryField, value: float) -> bool:
    """Whether a number with its sign read as a thousands separator makes sense too."""
    if isinstance(field.source, Number):
        return field.source.decimals < 3 and value in field.source.hard
    return field.limits is None or value in Range(*field.limits)


def _no_number(field: QueryField, piece: Piece, error: ValueError) -> QueryError:
    said, cure = f"{field.name}: {error}", say("An example is {example}.", example=field.example)
    if isinstance(field.source, Number):
        try:
            field.source.parse(piece.words)
        except InvalidValue as better:
            said, cure = f"{field.name}: {better.message}", ""
    return QueryError(said, cure, start=piece.start, end=piece.end)


def _date(field: QueryField, piece: Piece) -> str:
    typed = piece.words
    if not typed:
        said, cure = (
            say("{field}: a date is missing.", field=field.name),
            say("Write {field}:2026.", field=field.name),
        )
        raise QueryError(said, cure, start=piece.start, end=piece.end)
    if typed.casefold() == TODAY:
        return TODAY
    if _SPAN.fullmatch(typed):
        said = say(
            "{field}: {typed} is a span up to today and no end of a range.",
            field=field.name,
            typed=typed,
        )
        cure = say("Write a date there.")
        raise QueryError(said, cure, start=piece.start, end=piece.end)
    try:
        return str(PartialDate.parse(typed))
    except ValueError as error:
        said, cure = (
            f"{field.name}: {error}",
            say("Or a span up to today: {field}:30d.", field=field.name),
        )
        raise QueryError(said, cure, start=piece.start, end=piece.end) from error


def _span(field: QueryField, piece: Piece, count: int, unit: str) -> str:
    if 1 <= count <= _LONGEST[unit]:
        return f"{count}{unit}"
    said = say(
        "{field}: {words} is no span of days, expected 1 to {longest}{unit}.",
        field=field.name,
        words=piece.words,
        longest=_LONGEST[unit],
        unit=unit,
    )
    raise QueryError(said, say("An example is 30d."), start=piece.start, end=piece.end)


def _in_order(
    field: QueryField, piece: Piece, dates: tuple[str, ...]
) -> tuple[Op, tuple[str, ...]]:
    known = [PartialDate(day) for day in dates if day != TODAY]
    if len(known) == 2 and known[0].earliest > known[1].latest:
        raise _downwards(field, piece)
    return Op.RANGE, dates


def _both_at_once(field: QueryField, piece: Piece) -> QueryError:
    said = say("{field}: a range needs no sign before it.", field=field.name)
    cure = say("Write {field}:{words} alone.", field=field.name, words=piece.words)
    return QueryError(said, cure, start=piece.start, end=piece.end)


def _downwards(field: QueryField, piece: Piece) -> QueryError:
    said = say("{field}: {words} runs downwards.", field=field.name, words=piece.words)
    return QueryError(said, say("Write the smaller end first."), start=piece.start, end=piece.end)


def _earliest(text: str, today: date) -> date:
    return today if text == TODAY else PartialDate(text).earliest


def _latest(text: str, today: date) -> date:
    return today if text == TODAY else PartialDate(text).latest


def _back(today: date, span: str) -> date:
    count, unit = int(span[:-1]), span[-1]
    if unit in "dw":
        return today - timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    last = PartialDate(first.isoformat()[:7]).latest
    return first.replace(day=min(today.day, last.day))
