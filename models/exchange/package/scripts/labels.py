# SPDX-License-Identifier: MIT
"""What a variable is called in programs that show a label beside its name."""

from __future__ import annotations

from models.exchange.columns import Column


def meaning_of(column: Column) -> str:
    """The label of its field; of a column without one, what it holds, since its name says less."""
    return column.told if column.field is None and column.told else column.label
