# SPDX-License-Identifier: MIT
"""A row of a sheet with its columns: what it holds by name, and as components of an Observation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from models.exchange.columns import Cell, Column, Holds
from models.exchange.deidentify import MOVED
from models.exchange.fhir.codes import Json, absent, own, quantity, term
from models.exchange.sheet import Cells, Sheet
from models.vocabulary.base import Vocabulary

_NO_VALUE = (Holds.ID, Holds.REASONS, Holds.SAYINGS)


class FhirRow:
    """One row.

    Attributes:
        sheet: where it stands.
    """

    def __init__(self, sheet: Sheet, cells: Cells) -> None:
        self.sheet = sheet
        self._cells = dict(zip(sheet.columns, cells, strict=True))
        self._named = dict(zip(sheet.names, cells, strict=True))

    def get(self, name: str) -> Cell:
        """The cell of a column; None where it is empty or was taken out."""
        return self._named.get(name)

    def text(self, name: str) -> str:
        """The same as a text, "" for None."""
        cell = self.get(name)
        return "" if cell is None else str(cell)

    def number(self, name: str) -> float | None:
        """The same where it is a number."""
        cell = self.get(name)
        return cell if isinstance(cell, int | float) else None

    def date(self, name: str) -> str:
        """A date of its own precision, true or moved, or the year that is left; "" for none."""
        return self.text(name) or self.text(f"{name}{MOVED}") or self.text(f"{name}_year")

    @property
    def id(self) -> str:
        """The id of the row."""
        return self.text(self.sheet.key[0])

    @property
    def reasons(self) -> dict[str, str]:
        """Why fields are empty, by their names."""
        said = "|".join(self._all_of(Holds.REASONS))
        return dict(part.split(":", 1) for part in said.split("|")) if said else {}

    @property
    def explained(self) -> list[tuple[str, str]]:
        """Why unusual values stand: names of fields, and words as they were typed."""
        of_cells = map(json.loads, self._all_of(Holds.SAYINGS))
        return [(str(name), str(words)) for said in of_cells for name, words in said.items()]

    def _all_of(self, holds: Holds) -> list[str]:
        return [str(cell) for column, cell in self._cells.items() if cell and column.holds is holds]

    def components(self) -> Iterator[Json]:
        """Every field of the record that holds something, or of which is said why it does not."""
        reasons = self.reasons
        for column, cell in self._cells.items():
            if column.holds in _NO_VALUE or (column.field is None and column.made_of is None):
                continue
            if cell is not None:
                yield {"code": own(column.name, column.label), **_value(column, cell)}
            elif column.name in reasons:
                why = absent(reasons[column.name])
                yield {"code": own(column.name, column.label), "dataAbsentReason": why}


def urn(row_id: str, part: str = "") -> str:
    """The address of a resource in the bundle: the id of its row, or one derived from it."""
    return f"urn:uuid:{row_id if not part else uuid5(NAMESPACE_URL, f'{row_id}/{part}')}"


def _value(column: Column, cell: Cell) -> Json:
    if column.is_number and isinstance(cell, int | float):
        if column.holds is Holds.FLAG:
            return {"valueBoolean": bool(cell)}
        return {"valueQuantity": quantity(cell, column.shown_unit)}
    known: dict[str, Vocabulary] = {each.value: each for each in column.vocabulary or ()}
    if known:
        chosen = [known[code] for code in str(cell).split("|") if code in known]
        coded = [coding for each in chosen for coding in _codings(each)]
        text = ", ".join(each.label for each in chosen)
        return {"valueCodeableConcept": {"coding": coded, "text": text}}
    if column.holds is Holds.CLOCK:
        return {"valueTime": f"{cell}:00"}
    if column.holds is Holds.DAY:
        return {"valueDateTime": str(cell)}
    return {"valueString": str(cell)}


def _codings(value: Vocabulary) -> list[object]:
    coding = term(value)["coding"]
    return coding if isinstance(coding, list) else []
