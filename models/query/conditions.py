# SPDX-License-Identifier: MIT
"""What stands behind the colon of a field, read by the kind of the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from models.query.amounts import DASHES, RANGE_SIGN, read_dates, read_numbers
from models.query.field import Kind, QueryField, folded
from models.query.filter import Op, QueryError
from models.query.lexing import Piece
from models.query.naming import read_field_that_can_be_missing, read_value, values_meant
from models.quick import dataclass, pattern
from models.speech import say

MOST_VALUES = 100
"""Values that a condition can name. No database takes any number of them."""

OPERATORS = {
    ">=": Op.AT_LEAST,
    "=>": Op.AT_LEAST,
    "\u2265": Op.AT_LEAST,
    "<=": Op.AT_MOST,
    "=<": Op.AT_MOST,
    "\u2264": Op.AT_MOST,
    ">": Op.MORE,
    "<": Op.LESS,
    "==": Op.EXACTLY,
    "=": Op.EXACTLY,
}
"""How comparisons are typed, longer ones first."""

OPERATOR = pattern("|".join(map(re.escape, OPERATORS)))


@dataclass(frozen=True, slots=True)
class Condition:
    """How a field is compared, and with what; ``problems`` are of values that were left out."""

    op: Op
    values: tuple[str, ...]
    problems: tuple[QueryError, ...] = ()


def read_condition(field: QueryField, piece: Piece) -> Condition:
    """What the text behind the colon asks of the field.

    Of several values, the ones that are understood are kept and the others become problems.

    Raises:
        QueryError: nothing of it is understood.
    """
    found = OPERATOR.match(piece.mask)
    op = OPERATORS[found[0]] if found else Op.IS
    rest = piece.cut(found.end()) if found else piece
    if not rest.words:
        said = say("{field}: nothing stands behind the sign.", field=field.name)
        raise QueryError(
            said, say("Write {example}.", example=field.example), start=piece.start, end=piece.end
        )
    if field.kind is Kind.WORDS and op in (Op.IS, Op.EXACTLY):
        return _several(op, rest, lambda item: iter((_words(field, item),)))
    if op is Op.EXACTLY:
        op = Op.IS
    if field.kind is Kind.NUMBER:
        return Condition(*read_numbers(field, op, rest))
    if field.kind is Kind.DATE:
        return Condition(*read_dates(field, op, rest))
    if op is not Op.IS and not (field.kind is Kind.TERMS and field.is_ordered):
        said = say(
            "{field}: {words} compares what has no order.", field=field.name, words=piece.words
        )
        raise QueryError(
            said, say("Write {example}.", example=field.example), start=piece.start, end=piece.end
        )
    if field.kind is Kind.FIELDS:
        return _several(op, rest, lambda item: iter((_field(field, item),)))
    read = _several(op, rest, lambda item: _codes(field, op, item))
    return Condition(Op.IS, field.in_order(set(read.values)), read.problems)


def _several(op: Op, piece: Piece, read: Callable[[Piece], Iterator[str]]) -> Condition:
    values: dict[str, None] = {}
    problems: list[QueryError] = []
    items = piece.split(",")
    if len(items) > MOST_VALUES:
        said = say(
            "There are more than {most_values} values in one condition.", most_values=MOST_VALUES
        )
        raise QueryError(said, say("Name fewer."), start=piece.start, end=piece.end)
    for item in items:
        try:
            values |= dict.fromkeys(read(item))
        except QueryError as problem:
            problems.append(problem)
    if not values:
        raise problems[0]
    return Condition(op, tuple(values), tuple(problems))


def _codes(field: QueryField, op: Op, piece: Piece) -> Iterator[str]:
    """The code that is named, or those of a range or a comparison."""
    if not piece.words:
        raise _nothing_at_comma(piece)
    codes = [value.code for value in field.values]
    if op is not Op.IS:
        at = codes.index(read_value(field, piece).code)
        first, end = {
            Op.LESS: (0, at),
            Op.AT_MOST: (0, at + 1),
            Op.MORE: (at + 1, len(codes)),
        }.get(op, (at, len(codes)))
        if first == end:
            said = say(
                "{field}: there is nothing {beyond} {words}.",
                field=field.name,
                beyond=_BEYOND[op],
                words=piece.words,
            )
            raise QueryError(
                said,
                say("Write {example}.", example=field.example),
                start=piece.start,
                end=piece.end,
            )
        return iter(codes[first:end])
    if field.is_ordered and not values_meant(field, piece.words) and (ends := _parted(piece)):
        places = sorted(codes.index(read_value(field, end).code) for end in ends)
        return iter(codes[places[0] : places[1] + 1])
    return iter((read_value(field, piece).code,))


_BEYOND = {Op.LESS: "before", Op.MORE: "after"}


def _parted(piece: Piece) -> tuple[Piece, Piece] | None:
    """Both ends of a range such as T10-L2 or T10..L2."""
    at = piece.mask.find(RANGE_SIGN)
    if at >= 0:
        return piece.cut(0, at), piece.cut(at + len(RANGE_SIGN))
    places = [at for at, character in enumerate(piece.mask) if character in DASHES]
    if not places:
        return None
    return piece.cut(0, places[0]), piece.cut(places[0] + 1)


def _field(field: QueryField, piece: Piece) -> str:
    if not piece.words:
        raise _nothing_at_comma(piece)
    return read_field_that_can_be_missing(field, piece).name


def _words(field: QueryField, piece: Piece) -> str:
    if not folded(piece.text):
        raise _nothing_at_comma(piece)
    return piece.words


def _nothing_at_comma(piece: Piece) -> QueryError:
    said = say("Nothing stands beside the comma.")
    return QueryError(
        said, say("Write a value there, or take the comma out."), start=piece.start, end=piece.end
    )
