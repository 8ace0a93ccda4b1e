# SPDX-License-Identifier: MIT
"""What one value says in the row of a patient or of a procedure, spelled out once for all cases.

Each column of the case list, each word and each tag that a plain case owes to its patient or its
procedure follows from one of their fields alone. So what a value means is worked out when it first
comes, by the same functions that see the whole case elsewhere, and looked up from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from models import caserow
from models.bulk.lines import HEAD_COLUMNS, NULL, cell_of, line_cells
from models.bulk.table import NOTHING, Cell, tables
from models.schema import Patient, Procedure, Record
from models.tags.found_by import text_of
from models.tags.rows import tags_of_value
from models.tags.whole import Whole
from models.tags.words import words_in

R = TypeVar("R", bound=Record)

_SYNTHETIC = "synthetic"
_NO_IMAGES = Whole({"images": ("no",)})


class Told(NamedTuple):
    """A value of a field of patient or procedure.

    Attributes:
        name: of the field.
        stored: as the table holds it.
        text, change: as JSON of a document, and of a change.
        tags, words: what the case is found by.
        line: the cells of the case list that it fills, by their place.
        asked: the text that can be asked a part of, behind its place; None for none.
    """

    name: str
    stored: Cell
    text: str
    change: str
    tags: tuple[str, ...]
    words: tuple[str, ...]
    line: tuple[tuple[int, Cell], ...]
    asked: tuple[int, str] | None


def told(table: type[Record], name: str, value: object) -> Told | None:
    """What a value of a field of ``Patient`` or ``Procedure`` says; None where it is nothing.

    Raises:
        Refused: the field cannot hold it.
    """
    if not value and value != 0:
        return None
    known, text, change = tables()[table].judged(name, value)
    if known is None or known == NOTHING:
        return None
    # The driver takes long over whatever is not exactly text or a number.
    if isinstance(known, bool):
        known = int(known)
    elif isinstance(known, str):
        known = str(known)
    said = text_of(table, name, value)
    return Told(
        name,
        known,
        text,
        change,
        tags_of_value(table, name, value),
        tuple(words_in(str(value))) if name in _RANKS else (),
        tuple([(place, cell_of(made(value))) for place, made in _columns_of(table, name)]),
        said,
    )


class Said(NamedTuple):
    """Several values of patient or procedure, joined once for all cases that have them all.

    Attributes:
        names, stored: the fields, and what the table holds in them.
        texts: as JSON of a document, one a field.
        changes: as JSON of a change, with a comma before each.
        tags, words, line, asked: see ``Told``.
        is_synthetic: whether they say that the case is a generated one.
    """

    names: tuple[str, ...]
    stored: tuple[Cell, ...]
    texts: tuple[str, ...]
    changes: str
    tags: tuple[str, ...]
    words: tuple[str, ...]
    line: tuple[tuple[int, Cell], ...]
    asked: tuple[tuple[int, str], ...]
    is_synthetic: bool


class Heads(NamedTuple):
    """What is said of patient and procedure, in the order of its words.

    What differs from case to case, as the code and the day do, stands apart from what many share.
    """

    code: Said
    person: Said
    before_day: Said
    day: Said
    behind_day: Said


def said(values: Sequence[Told]) -> Said:
    """Join values, in the order of their words."""
    if len(values) == 1:
        # Such as a patient code, which hardly comes again.
        ((name, stored, text, change, tags, words, line, asked),) = values
        asks = () if asked is None else (asked,)
        is_synthetic = name == _SYNTHETIC and bool(stored)
        return Said(
            (name,), (stored,), (text,), f",{change}", tags, words, line, asks, is_synthetic
        )
    return Said(
        tuple([each.name for each in values]),
        tuple([each.stored for each in values]),
        tuple([each.text for each in values]),
        "".join([f",{each.change}" for each in values]),
        tuple([tag for each in values for tag in each.tags]),
        tuple([word for each in values for word in each.words]),
        tuple([cell for each in values for cell in each.line]),
        tuple([each.asked for each in values if each.asked is not None]),
        any(each.name == _SYNTHETIC and each.stored for each in values),
    )


@cache
def _columns_of(table: type[Record], name: str) -> list[tuple[int, Callable[..., Cell]]]:
    """The columns of the case list that follow from a field: their places, and how."""
    return [
        (HEAD_COLUMNS.index(column), made)
        for column, of, field, made in caserow.OF_ONE_FIELD
        if (of, field) == (table, name)
    ]


def always(table: type[Record]) -> list[Told]:
    """What every row says of which nothing was entered, such as that it is no generated case."""
    blank, known = _blank(table), tables()[table]
    fields, _, _ = known.read(blank)
    names = [name for name in fields if name not in ("patient", "procedure")]
    found = (known.judged(name, blank.__data__[name]) for name in names)
    return [
        Told(name, int(bool(stored)), text, change, (), (), (), None)
        for name, (stored, text, change) in zip(names, found, strict=True)
    ]


def is_answered(names: frozenset[str], table: type[Record]) -> bool:
    """Whether the fields of these names are all core fields of a patient, or of a procedure.

    None of their core fields depends on what another one says.
    """
    return names >= _core(table)


@cache
def _core(table: type[Record]) -> frozenset[str]:
    return frozenset(field.name for field in table.clinical_fields() if field.core)


@cache
def blank_line() -> tuple[Cell, ...]:
    """The columns of patient and procedure in the case list where nothing is known of them.

    Those of ids come first.
    """
    return line_cells(caserow.line_of_head(_blank(Patient), _blank(Procedure)), HEAD_COLUMNS)


@lru_cache(4)
def tags_of_state(*, complete: bool, synthetic: bool) -> frozenset[str]:
    """The tags that follow from what a procedure is rather than from what was entered."""
    head = Procedure.made(complete=complete, synthetic=synthetic)
    whole = (*caserow.whole_of_head(head).tags(), *_NO_IMAGES.tags())
    return frozenset(whole)


def rank_of_words(name: str) -> int:
    """Where the words of a field of this name stand among those of its patient or procedure."""
    return _RANKS.get(name, len(_RANKS))


_RANKS = {name: rank for rank, (_, name) in enumerate(caserow.WORDS_OF_HEAD)}


def _blank(table: type[R]) -> R:
    """A row that holds nothing, with ids that no value is compared with."""
    row = table.made(id=NULL)
    if isinstance(row, Procedure):
        row.__data__["patient"] = NULL
    return row
