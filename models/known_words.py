# SPDX-License-Identifier: MIT
"""Texts that stand in the cases, to choose from while a filter is typed or clicked."""

from __future__ import annotations

from collections.abc import Mapping

from peewee import fn

from models.fields import ClinicalField
from models.logbook import Logbook
from models.query import FIELDS, Kind, folded
from models.schema import Procedure

MOST = 200
"""Texts of one field. Whoever has more operators types a letter of the name."""


def known_words(logbook: Logbook) -> Mapping[str, tuple[str, ...]]:
    """What the fields of words hold in the cases outside the bin, by the names of these fields.

    The texts that stand in most cases come first; of those that differ in case or accents only,
    which are the same to a filter, the one in most cases. One statement a field.
    """
    asked = {
        field.name: field.source
        for field in FIELDS
        if field.kind is Kind.WORDS and field.source is not None and field.source.habitual
    }
    with logbook.session():
        return {name: _used(logbook, column) for name, column in asked.items()}


def _used(logbook: Logbook, column: ClinicalField) -> tuple[str, ...]:
    query = (
        Procedure.select(column)
        .where(column.is_null(False), Procedure.deleted_at.is_null())
        .group_by(column)
        .order_by(fn.COUNT(Procedure.id).desc(), column)
        .limit(MOST)
        .tuples()
    )
    found: dict[str, str] = {}
    for (text,) in query.execute(logbook.database):
        found.setdefault(folded(text), " ".join(text.split()))
    return tuple(found.values())
