# SPDX-License-Identifier: MIT
"""What a row says of its fields, as cells: why they are empty, and why they stand as they are."""

from __future__ import annotations

import json
from functools import lru_cache

from models.exchange.columns import Cell


@lru_cache(4096)
def reasons(stored: Cell) -> str | None:
    """Field and reason as field:reason, joined by "|"."""
    if not stored:
        return None
    return "|".join(f"{name}:{reason}" for name, reason in json.loads(str(stored)).items())


def explanations(stored: Cell) -> str | None:
    """As stored; None where nothing is said."""
    if not stored:
        return None
    said = json.loads(str(stored))
    return json.dumps(said, ensure_ascii=False) if said else None
