# SPDX-License-Identifier: MIT
"""What every row of the record has: a lasting id, and words on what is missing or unusual."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Self

import peewee

from models.fields import ClinicalField
from models.vocabulary import MissingReason


def new_id() -> str:
    """A fresh UUID of version 7 (RFC 9562) as text: unique across logbooks, ordered by time."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class ByFieldColumn(peewee.TextField):
    """Something said of fields of a row: field name to words, as sorted JSON."""

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
        data["id"] = ""
        for name, default in _defaults(cls):
            data[name] = default() if callable(default) else default
        data.update(values)
        data["id"] = data["id"] or new_id()
        return row

    @classmethod
    def clinical_fields(cls) -> Iterator[ClinicalField]:
        """The fields that people fill in, in the order of their declaration."""
        for field in cls._meta.sorted_fields:
            if isinstance(field, ClinicalField):
                yield field


@cache
def _defaults(table: type[Record]) -> list[tuple[str, object]]:
    """What the columns of a table hold before anything is entered, but for the id."""
    meta = table._meta
    held = {field.name: value for field, value in meta.defaults.items()}
    return [(name, held[name]) for name in meta.get_default_dict() if name != "id"]


class Row(Record):
    """A row that belongs to a list, and keeps its place in it."""

    position = peewee.IntegerField(default=0)
