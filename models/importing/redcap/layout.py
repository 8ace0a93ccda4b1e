# SPDX-License-Identifier: MIT
"""Which columns of REDCap's data hold which columns of our linked tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.exchange.codebook import described
from models.exchange.columns import Holds
from models.exchange.redcap.variables import Form, Variable, forms_of
from models.exchange.shapes import Shape

_CHOSEN = {"1": True, "checked": True, "0": False, "unchecked": False, "": False}
_FLAGS = {"yes": "1", "no": "0"}


@dataclass(frozen=True, slots=True)
class Place:
    """A variable and the columns of the data that hold it: one, or one for each code.

    A code that the file has no column for has the place -1.
    """

    variable: Variable
    places: tuple[int, ...]

    def cell(self, row: Sequence[str]) -> str:
        """What our table would hold; a checkbox that is neither 1 nor 0 counts as not chosen."""
        if not self.variable.is_checkbox:
            text = row[self.places[0]]
            is_flag = self.variable.column.holds is Holds.FLAG
            return _FLAGS.get(text.casefold(), text) if is_flag else text
        codes = [term.value for term in self.variable.column.vocabulary or ()]
        chosen = [
            code
            for code, place in zip(codes, self.places, strict=True)
            if place >= 0 and _CHOSEN.get(row[place].strip().casefold())
        ]
        return "|".join(chosen)

    def odd(self, row: Sequence[str]) -> list[int]:
        """The places of checkboxes that are neither chosen nor not."""
        if not self.variable.is_checkbox:
            return []
        read = (place for place in self.places if place >= 0)
        return [place for place in read if row[place].strip().casefold() not in _CHOSEN]

    def is_said(self, row: Sequence[str]) -> bool:
        """Whether any cell holds anything but what REDCap writes by itself."""
        if self.variable.is_checkbox:
            return bool(self.cell(row) or self.odd(row))
        return bool(row[self.places[0]].strip())


@dataclass(frozen=True, slots=True)
class Laid:
    """A form as the heading of a file has it.

    Attributes:
        form: with its sheet.
        places: of those of its variables that the file has, by the column of our table.
    """

    form: Form
    places: Mapping[str, Place]

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of our table."""
        return {name: place.cell(row) for name, place in self.places.items()}

    def odd(self, row: Sequence[str]) -> list[int]:
        """The places of checkboxes that cannot be read."""
        return [place for own in self.places.values() for place in own.odd(row)]

    def is_said(self, row: Sequence[str]) -> bool:
        """Whether the row says anything of the form."""
        return any(place.is_said(row) for place in self.places.values())


@cache
def known_forms() -> tuple[Form, ...]:
    """The forms of our dictionary, with everything that an identified export has."""
    return forms_of(described(Shape.TABLES))


def known_columns() -> frozenset[str]:
    """Every column of data by our dictionary, but those that REDCap adds."""
    return frozenset(
        column
        for form in known_forms()
        for variable in form.known()
        for column in variable.data_columns()
    )


def laid_out(heading: Sequence[str]) -> dict[str, Laid]:
    """The forms by the name of their sheet, as far as the heading has their variables."""
    places = {name: place for place, name in enumerate(heading)}
    found: dict[str, Laid] = {}
    for form in known_forms():
        own: dict[str, Place] = {}
        for variable in form.known():
            columns = tuple(places.get(name, -1) for name in variable.data_columns())
            if any(place >= 0 for place in columns):
                own[variable.column.name] = Place(variable, columns)
        found[form.sheet.name] = Laid(form, own)
    return found


def heading_of(laid: Laid, name: str) -> str:
    """What the file calls a column of our table."""
    place = laid.places.get(name)
    return place.variable.name if place is not None else name
