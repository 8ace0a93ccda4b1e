# SPDX-License-Identifier: MIT
"""What can be said of a file before its cases are judged: columns, samples, first rows, terms.

All of it is read from the file alone; the logbook is not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping as Read
from dataclasses import dataclass, replace
from itertools import islice

from models.errors import InvalidValue
from models.fields import Day, Number, TermField, TermsField
from models.importing.columns import propose
from models.importing.mapping import ColumnUse, Mapping
from models.importing.opening import Source, open_for, open_table
from models.importing.preview import UnmatchedTerm
from models.importing.reading import SourceRow, Table
from models.importing.survey import Cancelled, Stopped, Survey, survey
from models.importing.targets import DERIVED, targets
from models.importing.values import UnknownTerm, reader

FIRST_ROWS = 50
_SAMPLED_ROWS = 500
_SAMPLES = 6
_ASKED_EVERY = 500


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What a file is.

    Attributes:
        source: the file, and what was said of it.
        mapping: what its columns stand for, proposed or as it was saved.
        seen: how its columns are written, and how many rows and cases there are.
        first: its first rows.
        samples: of each column some cells that differ.
    """

    source: Source
    table: Table
    mapping: Mapping
    seen: Survey
    first: tuple[SourceRow, ...]
    samples: Read[str, tuple[str, ...]]


def first_look(
    source: Source, mapping: Mapping | None = None, cancelled: Cancelled | None = None
) -> FirstLook:
    """Read the file through once; without a ``mapping`` one is proposed.

    What a mapping says of how the file is written holds where ``source`` leaves it open.

    Raises:
        UnreadableTable: the file is no table, or not to its end.
        UnreadableMapping: the mapping reads columns that the file does not have.
        Stopped: ``cancelled`` said so.
    """
    if mapping is None:
        table = open_table(source, cancelled)
        mapping = propose(table, source.encoding, source.delimiter, source.layout)
    else:
        source, table, mapping = open_for(source, mapping, cancelled)
    # To be kept with it.
    mapping = source.kept_in(mapping)
    first = tuple(islice(table.rows(), FIRST_ROWS))
    return FirstLook(
        source, table, mapping, survey(table, mapping, cancelled), first, _samples(table)
    )


def is_date(use: ColumnUse) -> bool:
    """Whether the column is read as dates."""
    return isinstance(_field_of(use), Day)


def is_number(use: ColumnUse) -> bool:
    """Whether the column is read as numbers."""
    return isinstance(_field_of(use), Number)


def settled(mapping: Mapping, *, dates: str | None = None, decimal: str | None = None) -> Mapping:
    """The same with one order of dates, or one decimal sign, for every column that has such.

    "" leaves it to the cells of each column; None leaves it as it is.
    """
    uses = []
    for use in mapping.columns:
        if dates is not None and is_date(use):
            use = replace(use, dates=dates)
        if decimal is not None and is_number(use):
            use = replace(use, decimal=decimal)
        uses.append(use)
    return replace(mapping, columns=tuple(uses))


def with_units(mapping: Mapping, units: Read[str, str]) -> Mapping:
    """The same with the unit in which the numbers of columns are, by heading."""
    uses = (replace(use, unit=units.get(use.column, use.unit)) for use in mapping.columns)
    return replace(mapping, columns=tuple(uses))


def unknown_terms(
    table: Table, mapping: Mapping, seen: Survey, cancelled: Cancelled | None = None
) -> list[UnmatchedTerm]:
    """The cells that are none of the terms of their field, once each, the most frequent first.

    Case does not count. What the mapping says of cells is not looked at again.

    Raises:
        UnreadableTable: it cannot be read to its end.
        Stopped: ``cancelled`` said so.
    """
    asked = [
        column
        for column in seen.columns
        if isinstance(column[2].field, TermField | TermsField | Number)
    ]
    counts: dict[int, Counter[str]] = {place: Counter() for place, _, _ in asked}
    for number, row in enumerate(table.rows()):
        if number % _ASKED_EVERY == 0 and cancelled is not None and cancelled():
            raise Stopped
        if not row.problem and not seen.headed.is_any(row.number):
            for place, cells in counts.items():
                cells[row.cells[place].strip()] += 1
    found: list[UnmatchedTerm] = []
    for place, name, target in asked:
        read = reader(
            target,
            seen.formats[name],
            {},
            exact=mapping.exact,
            defused=mapping.defused,
        )
        unknown: dict[str, UnmatchedTerm] = {}
        for cell, count in counts[place].items():
            if not cell or not _is_unknown(read, cell):
                continue
            before = unknown.get(cell.casefold())
            spelled = before.cell if before else cell
            every = count + (before.count if before else 0)
            unknown[cell.casefold()] = UnmatchedTerm(name, target.name, spelled, every)
        found += unknown.values()
    return sorted(found, key=lambda one: -one.count)


def with_term(mapping: Mapping, target: str, cell: str, meaning: str | None) -> Mapping:
    """The same with what a cell of a target means: a code, "" for nothing, None for not known."""
    known, same = mapping.terms.get(target, {}), cell.casefold()
    own = {name: code for name, code in known.items() if name.strip().casefold() != same}
    if meaning is not None:
        own[cell] = meaning
    terms = {**mapping.terms, target: own}
    return replace(
        mapping, terms={name: known for name, known in terms.items() if known}, exact=False
    )


def meaning_of(mapping: Mapping, term: UnmatchedTerm) -> str | None:
    """What a cell was said to mean: a code, "" for nothing, None where nobody said."""
    known = mapping.terms.get(term.target, {})
    wanted = term.cell.casefold()
    return next((code for cell, code in known.items() if cell.strip().casefold() == wanted), None)


def _is_unknown(read: Callable[[str], object], cell: str) -> bool:
    try:
        read(cell)
    except UnknownTerm:
        return True
    except InvalidValue:
        # No question of terms; the preview says what is wrong.
        return False
    return False


def _field_of(use: ColumnUse) -> object:
    if use.target in ("", DERIVED):
        return None
    return targets()[use.target].field


def _samples(table: Table) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {name: {} for name in table.columns}
    for row in islice(table.rows(), _SAMPLED_ROWS):
        if row.problem:
            continue
        for name, cell in zip(table.columns, row.cells, strict=True):
            kept, own = cell.strip(), found[name]
            if kept and len(own) < _SAMPLES:
                own[kept] = None
    return {name: tuple(cells) for name, cells in found.items()}
