# SPDX-License-Identifier: MIT
"""The small language in which cases are asked for: ``level:T12 leak:yes pain:>=7 -complete``.

It knows the record and no database: text becomes a ``Filter``, a ``Filter`` becomes text again.
What reads and writes it is loaded when it is first named: a list of which nothing is asked needs no
more than the ``Filter``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from models.query.field import Kind, QueryField, Value, folded
from models.query.filter import EVERYTHING, Filter, Op, QueryError, Term, Understood

if TYPE_CHECKING:
    from models.query.amounts import days_of
    from models.query.completion import Completion, complete
    from models.query.parsing import parse, parse_partial
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

_ROOMS = {
    "amounts": ("days_of",),
    "completion": ("Completion", "complete"),
    "parsing": ("parse", "parse_partial"),
    "registry": ("FIELDS", "field_of", "find_field"),
    "wording": ("words_of", "words_of_term"),
    "writing": ("text_of", "text_of_term"),
}
_ROOM_OF = {name: f"{__name__}.{room}" for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_ROOM_OF[name]), name)
    # The next time it is found without asking.
    globals()[name] = found
    return found
