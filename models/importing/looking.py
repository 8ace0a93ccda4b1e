# SPDX-License-Identifier: MIT
"""What is known of a column before its cells are seen, and what looks at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.fields import Number, PercentOfSections
from models.importing.formats import Dates, Format, Numbers
from models.importing.mapping import ColumnUse
from models.importing.reading import SourceRow
from models.importing.targets import BIRTH_DATE, Target
from models.importing.units import (
    exact_units,
    in_brackets,
    names_own,
    other_unit,
    see_unit,
    unit_named,
    unit_of_field,
)

Seen = tuple[int, str, Target]
"""Place, heading and target of a column that is read."""


def format_of(use: ColumnUse, target: Target, *, is_from_1904: bool, is_exact: bool) -> Format:
    """What is known of a column before its cells are seen."""
    dates = Dates(use.dates, is_from_1904=is_from_1904, is_of_birth=target.name == BIRTH_DATE)
    found = Format(Numbers(use.decimal), dates)
    if not is_exact:
        found.unit_field = unit_of_field(use.column, target.field)
        found.stated_unit = use.unit
        heading = use.column if target.point is None else in_brackets(use.column)
        found.unit = "" if use.unit else other_unit(heading, target.field)
        found.is_own_named = names_own(heading, target.field)
    return found


def units_below(row: SourceRow, columns: Sequence[Seen], formats: Mapping[str, Format]) -> bool:
    """Whether the first row says the units of the columns, and nothing else below numbers.

    Then ``formats`` know them.
    """
    measured = {
        name: unit_named(cell)
        for place, name, target in columns
        if isinstance(target.field, Number) and (cell := row.cells[place].strip())
    }
    if not measured or not all(measured.values()):
        return False
    for place, name, target in columns:
        if name not in measured:
            continue
        form, said = formats[name], f"({row.cells[place]})"
        form.is_own_named |= names_own(said, target.field)
        if not form.stated_unit:
            form.unit = form.unit or other_unit(said, target.field)
    return True


def look_at_numbers(form: Format, field: Number) -> Callable[[str], None]:
    """What takes the numbers of a column into account, and their units where these matter."""
    if isinstance(field, PercentOfSections):
        return form.see_percentage
    if not exact_units(field):
        return form.numbers.see

    def see(cell: str) -> None:
        form.numbers.see(cell)
        see_unit(form, cell)

    return see
