# SPDX-License-Identifier: MIT
"""The mapping of a table: which column stands for what, and how its cells are to be read.

It is plain data: JSON that people can read, change and keep for the next file of the same kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as Read
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from models.disk import opened
from models.errors import LogbookError
from models.importing.headings import rows_stated
from models.importing.hidden import HANDLINGS
from models.importing.layouts import LAYOUTS
from models.importing.recognizing import DELIMITERS, ENCODINGS
from models.importing.targets import DERIVED, SHARED, Kind, targets
from models.importing.units import exact_units, own_unit
from models.speech import say
from models.typed import quoted
from models.vocabulary import PainScale

FORM = 1
_MARK = "kypholog_mapping"
_MOST_BYTES = 1 << 20
DATE_ORDERS = ("day_first", "month_first")
DECIMALS = ("point", "comma")
_OF_FILE = ("encoding", "delimiter", "sheet", "heading", "hidden", "layout")


class UnreadableMapping(LogbookError):
    """A mapping that is none, or names what is not known."""


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What one column stands for.

    Attributes:
        column: its heading.
        target: the name of its target; "" where it is not read.
        how: by what it was matched: "flat", "name", "label", "synonym", "pain", "timed", "content",
            "visit", "shared" or "" for a person's choice.
        dates: one of ``DATE_ORDERS``, or "" to go by the cells.
        decimal: one of ``DECIMALS``, or "" to go by the cells.
        scale: the code of the pain scale of a score; "" where a column names it, or nothing does.
        unit: the one in which numbers without a unit are, where a person said so: that of the
            field, or one that is converted to it.
    """

    column: str
    target: str = ""
    how: str = ""
    dates: str = ""
    decimal: str = ""
    scale: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table becomes cases.

    Attributes:
        columns: one a column of the table.
        terms: by target what its cells mean, e.g. {"treated_level.technique": {"Kyphon":
            "balloon_kyphoplasty"}}; an empty meaning leaves the field empty. Case does not count.
        constants: what holds for every row, by target.
        exact: the table is a flat export of this program: cells hold codes and texts as they are
            stored, and nothing is guessed.
        defused: it is an export for Excel, with a sign before texts that Excel would run.
        encoding, delimiter: of the file, where they are not to be recognized; else "".
        sheet: of a workbook, where a person chose it; else "".
        heading: the rows with the headings, such as "3" or "3-4", where a person chose them; else
            "".
        hidden: one of ``HANDLINGS`` where a person said what is done with the rows and columns
            that a workbook hides; else "".
        layout: one of ``LAYOUTS`` where a person said so; else it is recognized.
    """

    columns: tuple[ColumnUse, ...]
    terms: Read[str, Read[str, str]] = field(default_factory=dict)
    constants: Read[str, str] = field(default_factory=dict)
    exact: bool = False
    defused: bool = False
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    heading: str = ""
    hidden: str = ""
    layout: str = ""

    @property
    def used(self) -> dict[str, ColumnUse]:
        """The columns that alone stand for their target, by that."""
        own = (use for use in self.columns if use.target and use.target not in SHARED)
        return {use.target: use for use in own}

    @property
    def read(self) -> list[ColumnUse]:
        """The columns that are read."""
        return [use for use in self.columns if use.target not in ("", DERIVED)]

    @property
    def unused(self) -> list[str]:
        """The headings of columns that are not read."""
        return [use.column for use in self.columns if not use.target]

    @property
    def conversions(self) -> list[str]:
        """The columns whose numbers are converted, and how, as the audit keeps it: in English."""
        told: list[str] = []
        for use in self.columns:
            field = targets()[use.target].field if use.unit else None
            if factor := exact_units(field).get(use.unit):
                own = own_unit(field)
                told.append(f"{use.column}: from {use.unit} to {own}, times {factor:.10g}.")
        return told

    def having(self, column: str, **changes: str) -> Self:
        """The same with one column changed by a person.

        Raises:
            UnreadableMapping: there is no such column, or the change names what is not known.
        """
        if column not in {use.column for use in self.columns}:
            raise UnreadableMapping(say("There is no column {column}.", column=quoted(column)))
        changed = replace(
            self,
            columns=tuple(
                replace(use, how="", **changes) if use.column == column else use
                for use in self.columns
            ),
            exact=False,
        )
        _check(changed)
        return changed

    def fitting(self, columns: tuple[str, ...]) -> Self:
        """The same for a table with these columns: those it does not name are not read.

        Raises:
            UnreadableMapping: the table lacks columns that the mapping reads.
        """
        by_name = {use.column.casefold(): use for use in self.columns}
        present = {column.casefold() for column in columns}
        read = [use.column for use in self.columns if use.target]
        if lacking := [column for column in read if column.casefold() not in present]:
            told = ", ".join(quoted(column) for column in lacking[:5])
            raise UnreadableMapping(
                say("The mapping reads columns that the file does not have: {told}.", told=told),
                say("Choose the mapping of this kind of file, or take them out of it."),
            )
        uses = (by_name.get(column.casefold(), ColumnUse(column)) for column in columns)
        own = tuple(replace(use, column=column) for use, column in zip(uses, columns, strict=True))
        return replace(self, columns=own)

    def as_json(self) -> str:
        """JSON text, in a stable order."""
        uses = [
            {name: value for name in ColumnUse.__slots__ if (value := getattr(use, name))}
            for use in self.columns
        ]
        said: dict[str, object] = {_MARK: FORM, "columns": uses}
        for name in ("terms", "constants", "exact", "defused", *_OF_FILE):
            if value := getattr(self, name):
                said[name] = value
        return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def read_mapping(file: Path) -> Mapping:
    """A mapping that was saved.

    Raises:
        UnreadableMapping: naming file, place and cure.
    """
    try:
        with opened(file) as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        why = (error.strerror or say("unknown reason")).lower()
        raise UnreadableMapping(
            say("{file} cannot be read: {why}.", file=file, why=why), say("Choose another file.")
        ) from error
    try:
        if len(data) > _MOST_BYTES:
            raise UnreadableMapping(say("it is too large for a mapping."))
        return mapping_from_json(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableMapping(say("{file}: it is not UTF-8.", file=file.name)) from error
    except UnreadableMapping as error:
        raise UnreadableMapping(f"{file.name}: {error.message}", error.cure) from error


def mapping_from_json(text: str) -> Mapping:
    """The inverse of ``Mapping.as_json``.

    Raises:
        UnreadableMapping: it is none, or names what is not known.
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableMapping(say("it is no JSON."), say("Save the mapping anew.")) from error
    if not isinstance(said, dict) or said.get(_MARK) != FORM:
        raise UnreadableMapping(
            say("it is no mapping of this program."), say("Choose another file.")
        )
    known = {_MARK, "columns", *Mapping.__slots__}
    if odd := sorted(said.keys() - known):
        raise UnreadableMapping(say("{odd} is not known.", odd=quoted(odd[0])))
    columns = said.get("columns")
    if not isinstance(columns, list):
        raise UnreadableMapping(say("it has no list of columns."))
    terms = said.get("terms", {})
    if not isinstance(terms, dict):
        raise UnreadableMapping(say("its terms are no object."))
    mapping = Mapping(
        tuple(
            ColumnUse(**_texts(use, say("column {n}", n=n)))
            for n, use in enumerate(columns, start=1)
        ),
        {
            str(target): _texts(known, say("terms of {target}", target=target))
            for target, known in terms.items()
        },
        _texts(said.get("constants", {}), "constants"),
        said.get("exact") is True,
        said.get("defused") is True,
        **{name: str(said.get(name, "")) for name in _OF_FILE},
    )
    _check(mapping)
    return mapping


def _texts(said: object, place: str) -> dict[str, str]:
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise UnreadableMapping(say("{place}: it is no object of texts.", place=place))
    if place.startswith("column "):
        if odd := sorted(said.keys() - set(ColumnUse.__slots__)):
            raise UnreadableMapping(
                say("{place}: {odd} is not known.", place=place, odd=quoted(odd[0]))
            )
        if not said.get("column"):
            raise UnreadableMapping(say("{place}: it names no column.", place=place))
    return {str(name): value for name, value in said.items()}


def _check(mapping: Mapping) -> None:
    known, seen = targets(), dict[str, str]()
    for use in mapping.columns:
        _check_use(use)
        if not use.target or use.target in SHARED:
            continue
        other = seen.setdefault(use.target, use.column)
        if other != use.column:
            label = known[use.target].label
            raise UnreadableMapping(
                say(
                    "The columns {other} and {column} both stand for {label}.",
                    other=quoted(other),
                    column=quoted(use.column),
                    label=label,
                ),
                say("Let one of them stand for something else."),
            )
    for target in (*mapping.terms, *mapping.constants):
        if target not in known:
            raise UnreadableMapping(
                say("{target} is nothing that a column can stand for.", target=quoted(target))
            )
    for target in mapping.constants:
        if known[target].kind not in (Kind.FIELD, Kind.PAIN):
            raise UnreadableMapping(
                say("{target} cannot be the same in every row.", target=quoted(target))
            )
    _check_file(mapping)


def _check_file(mapping: Mapping) -> None:
    if mapping.encoding and mapping.encoding not in ENCODINGS:
        raise UnreadableMapping(
            say("The encoding {encoding} is not known.", encoding=quoted(mapping.encoding))
        )
    if mapping.delimiter and mapping.delimiter not in DELIMITERS:
        raise UnreadableMapping(say("{delimiter!r} parts no cells.", delimiter=mapping.delimiter))
    for said, known in ((mapping.hidden, HANDLINGS), (mapping.layout, LAYOUTS)):
        if said and said not in known:
            raise UnreadableMapping(
                say("{hidden} is none of {told}.", hidden=quoted(said), told=", ".join(known))
            )
    try:
        rows_stated(mapping.heading)
    except LogbookError as error:
        raise UnreadableMapping(error.message, error.cure) from error


def _check_use(use: ColumnUse) -> None:
    place = say("column {column}", column=quoted(use.column))
    if use.target and use.target not in targets():
        raise UnreadableMapping(
            say(
                "{place}: {target} is nothing that a column can stand for.",
                place=place,
                target=quoted(use.target),
            )
        )
    field = targets()[use.target].field if use.target else None
    for value, allowed in (
        (use.unit, (own_unit(field), *exact_units(field))),
        (use.dates, DATE_ORDERS),
        (use.decimal, DECIMALS),
        (use.scale, tuple(scale.value for scale in PainScale)),
    ):
        if value and value not in allowed:
            told = ", ".join(filter(None, allowed))
            raise UnreadableMapping(
                say(
                    "{place}: {value} is none of {told}.",
                    place=place,
                    value=quoted(value),
                    told=told,
                )
            )
