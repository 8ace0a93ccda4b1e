# SPDX-License-Identifier: MIT
"""Which value or field a typed word means, and what to say when it means none or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from models.query.field import Kind, QueryField, Value, folded
from models.query.filter import QueryError
from models.query.lexing import Piece
from models.query.registry import FIELDS, find_field, names_of_fields
from models.speech import say

_MOST_LISTED = 12

_LIKE_A_FIELD = 0.7
"""How like a name has to be to be proposed; of 0.6, robot was like proof."""


def spelled(text: str) -> str:
    """``text`` as names are compared: also whatever sign joins its words."""
    return folded(text.replace("_", " ").replace("-", " "))


def values_meant(field: QueryField, text: str) -> list[Value]:
    """The values that ``text`` can mean, by the surest reading that there is.

    The code goes before the label, the label before synonyms, and a whole name before one that
    only begins so.
    """
    if not spelled(text):
        return []
    return values_named(field, text) or values_beginning(field, text)


def values_named(field: QueryField, text: str) -> list[Value]:
    """The values that answer to ``text`` as it stands, by the surest of their names."""
    wanted = spelled(text)
    for names_of in (_codes, _labels, _synonyms):
        found = [value for value in field.values if wanted in map(spelled, names_of(value))]
        if found:
            return found
    return []


def values_beginning(field: QueryField, text: str) -> list[Value]:
    """The values of which a name begins with ``text``."""
    wanted = spelled(text)
    return [
        value
        for value in field.values
        if any(spelled(name).startswith(wanted) for name in value.names)
    ]


def read_value(field: QueryField, piece: Piece) -> Value:
    """The one value that is meant.

    Raises:
        QueryError: there is none, or several are possible.
    """
    found = values_meant(field, piece.words)
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unknown_value(field, piece)
    said = say(
        "{field}: {words} could be {either}.",
        field=field.name,
        words=piece.words,
        either=_either(v.label for v in found),
    )
    codes = ",".join(value.code for value in found[:2])
    cure = say(
        "Write more of it, or several, such as {field}:{codes}.", field=field.name, codes=codes
    )
    raise QueryError(said, cure, start=piece.start, end=piece.end)


def read_field(piece: Piece) -> QueryField:
    """The field with this name.

    Raises:
        QueryError: there is none, with the names that are like it.
    """
    name = piece.text.replace("-", "_")
    if field := find_field(name):
        return field
    close = get_close_matches(name.casefold(), names_of_fields(), 1, _LIKE_A_FIELD)
    near = [find_field(name) for name in close]
    said = say("There is no field {piece}.", piece=piece.text)
    cure = (
        say("Did you mean {near}?", near=near[0].name)
        if near and near[0]
        else say("To search for it, quote it.")
    )
    raise QueryError(said, cure, start=piece.start, end=piece.end)


def read_field_that_can_be_missing(field: QueryField, piece: Piece) -> QueryField:
    """The field that ``has:`` or ``missing:`` asks for."""
    asked = read_field(piece)
    if asked.can_be_missing:
        return asked
    said = say("{field}: {asked} is known of every case.", field=field.name, asked=asked.name)
    cure = say("Write {example} instead.", example=asked.example)
    raise QueryError(said, cure, start=piece.start, end=piece.end)


def _unknown_value(field: QueryField, piece: Piece) -> QueryError:
    said = say("{field} does not know {words}.", field=field.name, words=piece.words)
    names = {spelled(name): value for value in field.values for name in value.names}
    near = [names[name].label for name in get_close_matches(spelled(piece.words), names, 3)]
    elsewhere = [
        f"{other.name}:{found[0].code}"
        for other in FIELDS
        if other is not field
        and other.is_common
        and other.kind is Kind.TERMS
        and len(found := values_named(other, piece.words)) == 1
    ]
    if near:
        cure = say("Did you mean {either}?", either=_either(dict.fromkeys(near)))
    elif 0 < len(elsewhere) <= 3:
        cure = say("Did you mean {either}?", either=_either(elsewhere))
    else:
        cure = say("Known are: {listed}.", listed=_listed([value.label for value in field.values]))
    return QueryError(said, cure, start=piece.start, end=piece.end)


def _codes(value: Value) -> tuple[str, ...]:
    return (value.code,)


def _labels(value: Value) -> tuple[str, ...]:
    return (value.label,)


def _synonyms(value: Value) -> tuple[str, ...]:
    return value.synonyms


def _either(names: Iterable[str]) -> str:
    known = list(names)
    if len(known) > _MOST_LISTED:
        return _listed(known)
    return say(" or ").join(part for part in (", ".join(known[:-1]), known[-1]) if part)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_LISTED
    shown = ", ".join(names[:_MOST_LISTED])
    return say("{shown} and {more} more", shown=shown, more=more) if more > 0 else shown
