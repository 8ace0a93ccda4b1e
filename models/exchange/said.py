# SPDX-License-Identifier: MIT
"""What a row says of its fields, as cells: why they are empty, and why they stand as they are."""

from __future__ import annotations

import json
from functools import lru_cache

from models.exchange.columns import Cell
from models.schema import RECORD_TABLES

_IDENTIFIERS = frozenset(
    field.name for table in RECORD_TABLES for field in table.clinical_fields() if field.identifier
)


@lru_cache(4096)
def reasons(stored: Cell) -> str | None:
    """Field and reason as field:reason, joined by "|"."""
    if not stored:
        return None
    return "|".join(f"{name}:{reason}" for name, reason in json.loads(str(stored)).items())


def explanations(stored: Cell) -> str | None:
    """As stored, without what is said of fields that can identify a person."""
    if not stored:
        return None
    said = json.loads(str(stored))
    kept = {name: words for name, words in said.items() if name not in _IDENTIFIERS}
    return json.dumps(kept, ensure_ascii=False) if kept else None
