# SPDX-License-Identifier: MIT
"""The small language in which cases are asked for: ``level:T12 leak:yes pain:>=7 -complete``.

It knows the record and no database: text becomes a ``Filter``, a ``Filter`` becomes text again.
"""

from models.query.amounts import days_of
from models.query.completion import Completion, complete
from models.query.field import Kind, QueryField, Value, folded
from models.query.filter import EVERYTHING, Filter, Op, QueryError, Term
from models.query.parsing import Understood, parse, parse_partial
from models.query.registry import FIELDS, field_of, find_field
from models.query.wording import words_of, words_of_term
from models.query.writing import text_of, text_of_term

__all__ = [
    "EVERYTHING",
    "FIELDS",
    "Completion",
    "Filter",
    "Kind",
    "Op",
    "QueryError",
    "QueryField",
    "Term",
    "Understood",
    "Value",
    "complete",
    "days_of",
    "field_of",
    "find_field",
    "folded",
    "parse",
    "parse_partial",
    "text_of",
    "text_of_term",
    "words_of",
    "words_of_term",
]
