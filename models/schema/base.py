# SPDX-License-Identifier: MIT
"""What every row of the record has: a lasting id and the reasons for what is missing."""

from __future__ import annotations

import json
import secrets
import time
import uuid
from collections.abc import Iterator, Mapping

import peewee

from models.fields import ClinicalField
from models.vocabulary import MissingReason


def new_id() -> str:
    """A fresh UUID of version 7 (RFC 9562) as text: unique across logbooks, ordered by time."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


class ReasonsField(peewee.TextField):
    """Why fields of a row hold nothing: field name to reason, as sorted JSON."""

    def db_value(self, value: Mapping[str, str] | None) -> str | None:
        """JSON text, or None when there is no reason to keep."""
        return json.dumps(dict(value), sort_keys=True) if value else None

    def python_value(self, value: str | None) -> dict[str, MissingReason]:
        """A fresh dict of reasons."""
        stored = json.loads(value) if value else {}
        return {name: MissingReason(reason) for name, reason in stored.items()}


class Record(peewee.Model):
    """A row of the clinical record."""

    id = peewee.CharField(36, primary_key=True, default=new_id)
    missing = ReasonsField(null=True, default=dict)

    class Meta:
        """Tables are named as the record is spoken of: treated_level, not treatedlevel."""

        legacy_table_names = False

    @classmethod
    def clinical_fields(cls) -> Iterator[ClinicalField]:
        """The fields that people fill in, in the order of their declaration."""
        for field in cls._meta.sorted_fields:
            if isinstance(field, ClinicalField):
                yield field


class Row(Record):
    """A row that belongs to a list, and keeps its place in it."""

    position = peewee.IntegerField(default=0)
