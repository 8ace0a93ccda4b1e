# SPDX-License-Identifier: MIT
"""Every field that can be asked for, found by any of its names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from models.query.field import QueryField
from models.query.record import record_fields
from models.query.whole import whole_fields

_FIRST = (
    "level",
    "region",
    "technique",
    "approach",
    "diagnosis",
    "leak",
    "location",
    "date",
    "operator",
    "pain",
    "latest",
    "change",
    "followup",
    "patient",
    "age",
    "sex",
    "cement",
    "gain",
)
"""What is offered first, in this order; the others follow as the record has them."""


def _sorted(fields: Iterable[QueryField]) -> tuple[QueryField, ...]:
    def place(field: QueryField) -> tuple[int, bool]:
        known = _FIRST.index(field.name) if field.name in _FIRST else len(_FIRST)
        return known, not field.is_common

    return tuple(sorted(fields, key=place))


def _by_name(fields: Iterable[QueryField]) -> Mapping[str, QueryField]:
    found: dict[str, QueryField] = {}
    for field in fields:
        for name in field.names:
            if found.setdefault(name, field) is not field:
                raise ValueError(f"two fields of queries are called {name}")
    return MappingProxyType(found)


FIELDS = _sorted((*whole_fields(), *record_fields()))
"""All fields, the ones that are asked for most first."""

_NAMED = _by_name(FIELDS)


def find_field(name: str) -> QueryField | None:
    """The field with this name or alias, in any case; None where there is none."""
    return _NAMED.get(name.casefold())


def field_of(name: str) -> QueryField:
    """The field with this name, which is known to exist."""
    return _NAMED[name]


def names_of_fields() -> tuple[str, ...]:
    """Every name and alias."""
    return tuple(_NAMED)
