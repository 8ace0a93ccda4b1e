# SPDX-License-Identifier: MIT
"""What every row of the record has: a lasting id, and words on what is missing or unusual."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Mapping
from copy import copy
from functools import cache
from typing import Self

import peewee

from models.fields import ClinicalField, Part
from models.vocabulary import MissingReason

_LAST = [f"{number:02x}" for number in range(0x100)]
_VARIANTS = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}


def new_id() -> str:
    """A fresh UUID of version 7 (RFC 9562) as text: unique across logbooks, ordered by time."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """As many fresh ids, each behind the one before it.

    One draw of the system, and a counter that goes on from there (RFC 9562, 6.2, method 2).
    """
    begin = f"{time.time_ns() // 1_000_000:012x}"
    drawn = secrets.token_hex(10)
    # The first digit behind the third dash holds the variant in its upper two bits.
    variant = _VARIANTS[drawn[0]]
    head = f"{begin[:8]}-{begin[8:]}-7{drawn[1:4]}-{variant}{drawn[4:7]}-"
    # Half of what there is, so that no counter comes to its end.
    first = int(drawn[7:19], 16) >> 1
    behind, ids = first + count, []
    while first < behind:
        # Up to the next of them whose last two digits are 00, nothing else differs.
        begun, until = f"{head}{first >> 8:010x}", min(behind, (first | 0xFF) + 1)
        ids += [begun + last for last in _LAST[first & 0xFF : (until - 1 & 0xFF) + 1]]
        first = until
    return ids


class ByFieldColumn(peewee.TextField):
    """Something said of fields of a row: field name to words, as sorted JSON."""

    def __deepcopy__(self, memo: object) -> Self:
        # Of each table that has it from another; nothing in it changes.
        return copy(self)

    def db_value(self, value: Mapping[str, str] | None) -> str | None:
        """JSON text, or None when nothing is said of any field."""
        if not value:
            return None
        return json.dumps(dict(value), sort_keys=True, ensure_ascii=False)

    def python_value(self, value: str | None) -> dict[str, str]:
        """A fresh dict."""
        said: dict[str, str] = json.loads(value) if value else {}
        return said


class ReasonsColumn(ByFieldColumn):
    """Why fields of a row hold nothing: field name to reason."""

    def python_value(self, value: str | None) -> dict[str, str]:
        """A fresh dict of MissingReason."""
        return {name: MissingReason(why) for name, why in super().python_value(value).items()}


class Record(peewee.Model):
    """A row of the clinical record.

    ``missing`` says why fields hold nothing (field name to MissingReason), ``explained`` why an
    unusual value stands as it is (field name to words).
    """

    id = peewee.CharField(36, primary_key=True, default=new_id)
    missing = ReasonsColumn(null=True, default=dict)
    explained = ByFieldColumn(null=True, default=dict)

    class Meta:
        """Tables are named as the record is spoken of: treated_level, not treatedlevel."""

        legacy_table_names = False

    @classmethod
    def made(cls, **values: object) -> Self:
        """A new row with these values in its columns, all others at their defaults.

        The same as calling the class, for thousands of rows: no id is drawn where one is given,
        and values are set at once rather than one by one.
        """
        row = cls(__no_default__=True)
        data = row.__data__
        plain, made_anew = _defaults(cls)
        data.update(plain)
        for name, make in made_anew:
            data[name] = make()
        data.update(values)
        data["id"] = data["id"] or new_id()
        return row

    @classmethod
    def clinical_fields(cls) -> tuple[ClinicalField, ...]:
        """The fields that people fill in, in the order of their declaration."""
        return _clinical_fields(cls)

    @classmethod
    def reported(cls, stem: str) -> Mapping[Part, str]:
        """The fields that hold a reported number of this name, by what of it they hold."""
        return _reported(cls, stem)


@cache
def _reported(table: type[Record], stem: str) -> Mapping[Part, str]:
    own = (field for field in table.clinical_fields() if field.stem == stem)
    return {field.part: field.name for field in own if field.part is not None}


@cache
def _clinical_fields(table: type[Record]) -> tuple[ClinicalField, ...]:
    return tuple(field for field in table._meta.sorted_fields if isinstance(field, ClinicalField))


@cache
def _defaults(
    table: type[Record],
) -> tuple[dict[str, object], list[tuple[str, Callable[[], object]]]]:
    """What the columns of a table hold before anything is entered, in the order of the schema.

    The id is left empty; what has to be made anew for each row is told by name.
    """
    meta = table._meta
    held = {field.name: value for field, value in meta.defaults.items()}
    anew = [(name, value) for name, value in held.items() if callable(value) and name != "id"]
    plain = {name: None if callable(held[name]) else held[name] for name in meta.get_default_dict()}
    return {**plain, "id": ""}, anew


class Row(Record):
    """A row that belongs to a list, and keeps its place in it."""

    position = peewee.IntegerField(default=0)
