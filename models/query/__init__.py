# SPDX-License-Identifier: MIT
"""The small language in which cases are asked for: ``level:T12 leak:yes pain:>=7 -complete``.

It knows the record and no database: text becomes a ``Filter``, a ``Filter`` becomes text again.
"""

from models.query.field import Kind, QueryField, Value, folded
from models.query.filter import Filter, Op, QueryError, Term
from models.query.registry import FIELDS, field_of, find_field

__all__ = [
    "FIELDS",
    "Filter",
    "Kind",
    "Op",
    "QueryError",
    "QueryField",
    "Term",
    "Value",
    "field_of",
    "find_field",
    "folded",
]
