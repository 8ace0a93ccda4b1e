# SPDX-License-Identifier: MIT
"""A row of a sheet with its columns: what it holds by name, and as components of an Observation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from uuid import NAMESPACE_URL, uuid5

from models.exchange.columns import Cell, Column, Holds
from models.exchange.deidentify import MOVED
from models.exchange.fhir.codes import Json, absent, own, quantity, term
from models.exchange.fhir.texts import as_json
from models.exchange.sheet import Cells, Sheet
from models.vocabulary.base import Vocabulary

_NO_VALUE = (Holds.ID, Holds.REASONS, Holds.SAYINGS)
_MOST_KEPT = 1 << 12


class FhirSheet:
    """A sheet whose columns are asked once what they hold, and not for each cell.

    Attributes:
        name: of the sheet.
        title: what a row is, in words.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.name, self.title = sheet.name, sheet.title
        self._names = sheet.names
        self._key = sheet.key[0]
        self._reasons = _places_of(sheet, Holds.REASONS)
        self._sayings = _places_of(sheet, Holds.SAYINGS)
        self._parts = [
            (place, _Component(column))
            for place, column in enumerate(sheet.columns)
            if column.holds not in _NO_VALUE and (column.field or column.made_of) is not None
        ]

    def row(self, cells: Cells) -> FhirRow:
        """A row of it."""
        return FhirRow(self, cells, dict(zip(self._names, cells, strict=True)))

    def id_of(self, named: Mapping[str, Cell]) -> str:
        """The id of a row."""
        return str(named[self._key])

    def reasons(self, cells: Cells) -> dict[str, str]:
        """Why fields are empty, by their names."""
        said = "|".join([str(cells[place]) for place in self._reasons if cells[place]])
        return dict(part.split(":", 1) for part in said.split("|")) if said else {}

    def explained(self, cells: Cells) -> list[tuple[str, str]]:
        """Why unusual values stand: names of fields, and words as they were typed."""
        of_cells = [json.loads(str(cells[place])) for place in self._sayings if cells[place]]
        return [(str(name), str(words)) for said in of_cells for name, words in said.items()]

    def components(self, cells: Cells, reasons: Mapping[str, str]) -> Iterator[str]:
        """Every field of the record that holds something, or of which is said why it does not."""
        for place, part in self._parts:
            cell = cells[place]
            if cell is not None:
                yield part.text(cell)
            elif part.name in reasons:
                yield part.absent(reasons[part.name])


class FhirRow:
    """One row.

    Attributes:
        sheet: where it stands.
        id: the id of the row.
    """

    def __init__(self, sheet: FhirSheet, cells: Cells, named: Mapping[str, Cell]) -> None:
        self.sheet = sheet
        self.id = sheet.id_of(named)
        self._cells = cells
        self._named = named

    def get(self, name: str) -> Cell:
        """The cell of a column; None where it is empty or was taken out."""
        return self._named.get(name)

    def text(self, name: str) -> str:
        """The same as a text, "" for None."""
        cell = self._named.get(name)
        return "" if cell is None else str(cell)

    def codes(self, name: str) -> list[str]:
        """The codes that stand in a cell."""
        return list(filter(None, self.text(name).split("|")))

    def number(self, name: str) -> float | None:
        """The same where it is a number."""
        cell = self._named.get(name)
        return cell if isinstance(cell, int | float) else None

    def date(self, name: str) -> str:
        """A date of its own precision, true or moved, or the year that is left; "" for none."""
        return self.text(name) or self.text(f"{name}{MOVED}") or self.text(f"{name}_year")

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why fields are empty, by their names."""
        return self.sheet.reasons(self._cells)

    @property
    def explained(self) -> list[tuple[str, str]]:
        """Why unusual values stand: names of fields, and words as they were typed."""
        return self.sheet.explained(self._cells)

    def components(self) -> Sequence[str]:
        """Every field of the record that holds something, or of which is said why it does not.

        Each as the JSON of a component of an Observation.
        """
        return list(self.sheet.components(self._cells, self.reasons))


def urn(row_id: str, part: str = "") -> str:
    """The address of a resource in the bundle: the id of its row, or one derived from it."""
    return f"urn:uuid:{row_id if not part else uuid5(NAMESPACE_URL, f'{row_id}/{part}')}"


class _Component:
    """Writes the cells of a column as components.

    A bundle is all but made of them, and most of their cells are codes and numbers that come again:
    the text of each is kept.
    """

    def __init__(self, column: Column) -> None:
        self.name = column.name
        self._column = column
        self._code = {"code": own(column.name, column.label)}
        self._known = {each.value: each for each in column.vocabulary or ()}
        self._keeps = column.holds is not Holds.WORDS
        self._kept: dict[tuple[type[Cell], Cell], str] = {}

    def text(self, cell: Cell) -> str:
        """What a cell holds."""
        # 1 and 1.0 are one key, and two texts.
        key = cell.__class__, cell
        text = self._kept.get(key)
        if text is None:
            text = as_json({**self._code, **self._value(cell)})
            if self._keeps:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = text
        return text

    def absent(self, reason: str) -> str:
        """Why a cell holds nothing."""
        return as_json({**self._code, "dataAbsentReason": absent(reason)})

    def _value(self, cell: Cell) -> Json:
        column = self._column
        if column.is_number and isinstance(cell, int | float):
            if column.holds is Holds.FLAG:
                return {"valueBoolean": bool(cell)}
            return {"valueQuantity": quantity(cell, column.shown_unit)}
        if self._known:
            chosen = [self._known[code] for code in str(cell).split("|") if code in self._known]
            coded = [coding for each in chosen for coding in _codings(each)]
            text = ", ".join(each.label for each in chosen)
            return {"valueCodeableConcept": {"coding": coded, "text": text}}
        if column.holds is Holds.CLOCK:
            return {"valueTime": f"{cell}:00"}
        if column.holds is Holds.DAY:
            return {"valueDateTime": str(cell)}
        return {"valueString": str(cell)}


def _places_of(sheet: Sheet, holds: Holds) -> list[int]:
    return [place for place, column in enumerate(sheet.columns) if column.holds is holds]


def _codings(value: Vocabulary) -> list[object]:
    coding = term(value)["coding"]
    return coding if isinstance(coding, list) else []
