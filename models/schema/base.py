# SPDX-License-Identifier: MIT
"""What every row of the record has: a lasting id, and words on what is missing or unusual."""

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
    def clinical_fields(cls) -> Iterator[ClinicalField]:
        """The fields that people fill in, in the order of their declaration."""
        for field in cls._meta.sorted_fields:
            if isinstance(field, ClinicalField):
                yield field


class Row(Record):
    """A row that belongs to a list, and keeps its place in it."""

    position = peewee.IntegerField(default=0)
