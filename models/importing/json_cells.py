# SPDX-License-Identifier: MIT
"""Reads the cells in which the export tells of fields, and of lists, as JSON or as a count."""

from __future__ import annotations

import json
from collections.abc import Mapping

from models.errors import InvalidValue
from models.fields import Words
from models.importing.targets import Kind, Target
from models.speech import say
from models.typed import quoted
from models.vocabulary import MissingReason

_MOST_ROWS_OF_A_LIST = 1000


def of_fields(target: Target, cell: str) -> object:
    """A count of rows, or what is said of fields.

    Raises:
        InvalidValue: the cell is nothing that the export writes there.
    """
    if target.kind is Kind.COUNT:
        if not cell.isascii() or not cell.isdigit() or int(cell[:9]) > _MOST_ROWS_OF_A_LIST:
            raise InvalidValue(target.name, say("{cell} is no number of rows.", cell=quoted(cell)))
        return int(cell)
    if target.kind is Kind.REASONS:
        parts = (part.partition(":") for part in cell.split("|"))
        return _reasons(target, {name: why for name, _, why in parts})
    if target.kind is Kind.EXPLANATIONS:
        return _said(target, _json(cell))
    rows = [_said(target, row or {}) for row in _list(cell)]
    if target.kind is Kind.LIST_REASONS:
        return tuple(_reasons(target, row) for row in rows)
    return tuple(rows)


def _json(cell: str) -> object:
    try:
        said: object = json.loads(cell)
    except (ValueError, RecursionError) as error:
        raise InvalidValue("", say("{cell} is no JSON.", cell=quoted(cell))) from error
    return said


def _list(cell: str) -> list[object]:
    said = _json(cell)
    if not isinstance(said, list) or len(said) > _MOST_ROWS_OF_A_LIST:
        raise InvalidValue("", say("{cell} is no list as the export writes it.", cell=quoted(cell)))
    return said


def words_of_list(field: Words, cell: str) -> tuple[str | None, ...]:
    """What a list of texts in one cell holds, each as its field allows; None for what is missing.

    Raises:
        InvalidValue: the cell is no such list.
    """
    found: list[str | None] = []
    for word in _list(cell):
        if word is not None and not isinstance(word, str):
            raise InvalidValue(field.name, say("{cell} is no list of texts.", cell=quoted(cell)))
        if why := field.refusal(word):
            raise InvalidValue(field.name, why)
        found.append(word)
    return tuple(found)


def _said(target: Target, said: object) -> dict[str, str]:
    known = set(target.table._meta.fields) if target.table else set()
    if not isinstance(said, dict) or not all(isinstance(word, str) for word in said.values()):
        raise InvalidValue(target.name, say("It is no object of field and words."))
    if odd := sorted(said.keys() - known):
        raise InvalidValue(target.name, say("There is no field {odd}.", odd=quoted(odd[0])))
    return said


def _reasons(target: Target, said: Mapping[str, str]) -> dict[str, str]:
    try:
        return {name: MissingReason(why) for name, why in _said(target, dict(said)).items()}
    except ValueError as error:
        raise InvalidValue(target.name, f"{error}.") from error
