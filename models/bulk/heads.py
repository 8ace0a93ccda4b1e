# SPDX-License-Identifier: MIT
"""What one value says in the row of a patient or of a procedure, spelled out once for all cases.

Each column of the case list, each word and each tag that a plain case owes to its patient or its
procedure follows from one of their fields alone. So what a value means is worked out when it first
comes, by the same functions that see the whole case elsewhere, and looked up from then on.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from models import caserow
from models.bulk.lines import HEAD_COLUMNS, NULL, line_cells
from models.bulk.table import NOTHING, Cell, tables
from models.schema import Patient, Procedure, Record
from models.tags.found_by import texts_of
from models.tags.rows import tags_of_rows
from models.tags.whole import Whole
from models.tags.words import words_in

_NO_IMAGES = Whole({"images": ("no",)})


class Told(NamedTuple):
    """A value of a field of patient or procedure.

    Attributes:
        name: of the field.
        stored: as the table holds it.
        text, change: as JSON of a document, and of a change.
        tags, words: what the case is found by.
        line: the cells of the case list that it fills, by their place.
        texts: the texts that can be asked a part of, by their place.
    """

    name: str
    stored: Cell
    text: str
    change: str
    tags: tuple[str, ...]
    words: tuple[str, ...]
    line: tuple[tuple[int, Cell], ...]
    texts: tuple[tuple[int, str], ...]


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
    stored = int(known) if isinstance(known, bool) else str(known) if isinstance(known, str) else known
    row = _row(table)
    row.__data__[name] = value
    line = zip(_line_of(row), blank_line(), strict=True)
    return Told(
        name,
        stored,
        text,
        change,
        tuple(tags_of_rows((row,)) - _tags_of_blank(table)),
        tuple(words_in(caserow.words_of_head(*_both(row)))),
        tuple((place, own) for place, (own, blank) in enumerate(line) if own != blank),
        tuple((place, text) for place, text in enumerate(texts_of((row,))) if text is not None),
    )


def always(table: type[Record]) -> list[Told]:
    """What every row says of which nothing was entered, such as that it is no generated case."""
    blank, known = _row(table), tables()[table]
    fields, _, _ = known.read(blank)
    names = [name for name in fields if name not in ("patient", "procedure")]
    found = (known.judged(name, blank.__data__[name]) for name in names)
    return [
        Told(name, int(bool(stored)), text, change, (), (), (), ())
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
    return _line_of(_row(Patient))


@lru_cache(4)
def tags_of_state(*, complete: bool, synthetic: bool) -> frozenset[str]:
    """The tags that follow from what a procedure is rather than from what was entered."""
    head = Procedure.made(complete=complete, synthetic=synthetic)
    whole = (*caserow.whole_of_head(head).tags(), *_NO_IMAGES.tags())
    blank = _tags_of_blank(Procedure) | _tags_of_blank(Patient)
    return frozenset((*whole, *blank))


def rank_of_words(name: str) -> int:
    """Where the words of a field of this name stand among those of its patient or procedure."""
    return _RANKS.get(name, len(_RANKS))


_RANKS = {name: rank for rank, (_, name) in enumerate(caserow.WORDS_OF_HEAD)}


def _row(table: type[Record]) -> Record:
    """A row that holds nothing, with ids that no value is compared with."""
    row = table.made(id=NULL)
    if table is Procedure:
        row.__data__["patient"] = NULL
    return row


def _both(row: Record) -> tuple[Patient, Procedure]:
    if isinstance(row, Patient):
        blank = _row(Procedure)
        assert isinstance(blank, Procedure)
        return row, blank
    assert isinstance(row, Procedure)
    person = _row(Patient)
    assert isinstance(person, Patient)
    return person, row


def _line_of(row: Record) -> tuple[Cell, ...]:
    return line_cells(caserow.line_of_head(*_both(row)), HEAD_COLUMNS)


@cache
def _tags_of_blank(table: type[Record]) -> frozenset[str]:
    return frozenset(tags_of_rows((_row(table),)))

