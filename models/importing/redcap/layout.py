# SPDX-License-Identifier: MIT
"""Which columns of REDCap's data hold which columns of our linked tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from models.exchange.codebook import described
from models.exchange.columns import Holds
from models.exchange.redcap.variables import Form, forms_of
from models.exchange.shapes import Shape

_CHOSEN = {"1": True, "checked": True, "0": False, "unchecked": False, "": False}
_PLAIN_CHOICES = frozenset({"1", "0", ""})
_FLAGS = {"yes": "1", "no": "0"}


class Laid:
    """A form as the heading of a file has it.

    Args:
        form: with its sheet.
        places: of each column of the data by its name.
    """

    def __init__(self, form: Form, places: Mapping[str, int]) -> None:
        self._names = {each.column.name: each.name for each in form.known()}
        self._plain: list[tuple[str, int, bool]] = []
        self._chosen: list[tuple[str, list[tuple[str, int]]]] = []
        for variable in form.known():
            own = variable.column
            at = [places.get(name, -1) for name in variable.data_columns()]
            if variable.is_checkbox:
                codes = [term.value for term in own.vocabulary or ()]
                told = [pair for pair in zip(codes, at, strict=True) if pair[1] >= 0]
                self._chosen += [(own.name, told)] if told else []
            elif at[0] >= 0:
                self._plain.append((own.name, at[0], own.holds is Holds.FLAG))

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of our table that are not empty; a checkbox that is neither is not chosen."""
        found = {name: cell for name, place, _ in self._plain if (cell := row[place])}
        for name, place, is_flag in self._plain:
            if is_flag and row[place]:
                found[name] = _FLAGS.get(row[place].casefold(), row[place])
        for name, codes in self._chosen:
            chosen = [code for code, place in codes if _is_chosen(row[place])]
            if chosen:
                found[name] = "|".join(chosen)
        return found

    def odd(self, row: Sequence[str]) -> list[int]:
        """The places of checkboxes that are neither chosen nor not."""
        return [
            place
            for _, codes in self._chosen
            for _, place in codes
            if row[place] not in _PLAIN_CHOICES and _is_chosen(row[place]) is None
        ]

    def heading_of(self, name: str) -> str:
        """What the file calls a column of our table."""
        return self._names.get(name, name)


def _is_chosen(cell: str) -> bool | None:
    """Whether a checkbox is chosen; None where the cell says neither."""
    return _CHOSEN.get(cell) if cell in _PLAIN_CHOICES else _CHOSEN.get(cell.strip().casefold())


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
    return {form.sheet.name: Laid(form, places) for form in known_forms()}
