# SPDX-License-Identifier: MIT
"""In which unit the numbers of a column are, by its heading, a row of units, or its cells.

Nothing is converted unseen: where the unit is another than the logbook's, the cells are refused
with what to enter, until a person says once for the column that they are to be converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from models.errors import InvalidValue
from models.fields import ClinicalField, Number
from models.importing.formats import Certain, Format
from models.numbers import read_number
from models.speech import say
from models.typed import plain, quoted
from models.vocabulary import Vocabulary

_SPELLED = {
    "s": "s sec secs second seconds sek sekunden seg segundos",
    "min": "min mins minute minutes minuten minutos",
    "h": "h hr hrs hour hours std stunden heures horas",
    "days": "d day days tage jours dias días",
    "weeks": "w wk wks week weeks wo wochen semaines semanas",
    "months": "mo mos mth mths month months mon monate mois meses",
    "years": "y yr yrs year years jahre ans anos años",
    "mL": "ml cc cm3 milliliter milliliters",
    "g": "g gram grams gramm",
    "kg": "kg",
    "lb": "lb lbs pounds",
    "mm": "mm",
    "cm": "cm",
    "m": "m",
    "inches": "in inch inches zoll",
    "%": "% percent pct prozent",
    "°": "° deg degree degrees grad",
    "mGy": "mgy",
    "Gy": "gy",
    "Gy.cm2": "gycm2",
    "mGy.cm2": "mgycm2",
    "cGy.cm2": "cgycm2",
    "dGy.cm2": "dgycm2",
    "uGy.m2": "ugym2",
    "Gy.m2": "gym2",
}
"""Each unit as the fields write it, with what headings say for it, without signs between."""

_UNITS = {said: unit for unit, words in _SPELLED.items() for said in words.split()}
_IN_BRACKETS = re.compile(r"[(\[]\s*(?:in\s+)?([^)\]]*)[)\]]", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s.*\u00b7\u22c5]")
_OTHERWISE = str.maketrans({"\u00b2": "2", "\u00b3": "3", "\u00b5": "u", "\u03bc": "u"})
_MOST_WORDS = 4
"""In so many words can a unit be written: "Gy cm 2"."""

_OF_TIME = frozenset({"s", "min", "h", "days", "weeks", "months", "years"})

_NOT_EXACT = frozenset({"months", "years"})
"""They are not always equally many days."""

_WITH_UNIT = re.compile(r"(.*?\d[\d.,\s]*)\s*([^\W\d].*|%)?")
_NUMBER_ALONE = re.compile(r"[\d.,\s+\-\u2212\u2013]*\d[.,]?")


@dataclass(frozen=True, slots=True)
class UnitOffer:
    """A column whose numbers can be converted exactly, if a person wants it.

    Attributes:
        unit, own: that of the column, and that of the logbook.
        factor: what makes one the other.
    """

    column: str
    unit: str
    own: str
    factor: float

    @property
    def told(self) -> str:
        """What is offered, for people."""
        return say(
            "{column}: the numbers are in {unit}, and the logbook keeps {own}. They are refused, "
            "unless you have them converted: taken times {factor:.10g}.",
            column=self.column,
            unit=self.unit,
            own=self.own,
            factor=self.factor,
        )


def exact_units(field: ClinicalField | None) -> dict[str, float]:
    """The other units that can be made the field's own, each with the factor that does it."""
    if not isinstance(field, Number):
        return {}
    named = ((unit_named(said), factor) for said, factor in field.elsewhere.items())
    return {unit: factor for unit, factor in named if unit and unit not in _NOT_EXACT}


def own_unit(field: ClinicalField | None) -> str:
    """The unit in which the field is kept, as it is called here; ""."""
    return unit_named(field.unit) if field is not None and field.unit else ""


@cache
def other_unit(heading: str, field: ClinicalField | None) -> str:
    """The unit that a heading names where the field is kept in another one; "" else."""
    own = own_unit(field)
    if not own:
        return ""
    # In "Height 24 h" it is the time of the height.
    others = {"", own} if own in _OF_TIME else {"", own, *_OF_TIME}
    return next((unit for unit in _named(heading) if unit not in others), "")


@cache
def names_own(heading: str, field: ClinicalField | None) -> bool:
    """Whether a heading names the unit in which the field is kept."""
    return own_unit(field) in (own for own in _named(heading) if own)


def unit_of_field(heading: str, field: ClinicalField | None) -> Vocabulary | None:
    """The unit that a heading names, where the field keeps it in another one; None else."""
    if not isinstance(field, Number) or not field.unit_in:
        return None
    units: type[Vocabulary] = field.model._meta.fields[field.unit_in].vocabulary
    said = [*_IN_BRACKETS.findall(heading), *_IN_BRACKETS.sub(" ", heading).split()[-1:]]
    met = (units.meant_by(unit_named(one)) or units.meant_by(one) for one in said)
    return next((unit for unit in met if unit is not None), None)


def in_brackets(heading: str) -> str:
    """The brackets of a heading: where it names a time, nothing else of it is a unit."""
    return " ".join(f"({said})" for said in _IN_BRACKETS.findall(heading))


def without_unit(plain_heading: str) -> str:
    """A heading, in plain spelling, without the unit at its end; "" where there is none."""
    words = plain_heading.split()
    for count in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        if unit_named("".join(words[-count:])):
            return " ".join(words[:-count])
    return ""


def unit_named(cell: str) -> str:
    """The unit that is all a cell says, as in a row of units below the headings; ""."""
    return _UNITS.get(_plain(cell.strip("[]() \t")), "")


def with_unit(cell: str, unit: str) -> str:
    """A cell with the unit of its heading; what says more than a number stays as it is."""
    return f"{cell} {unit}" if unit and _NUMBER_ALONE.fullmatch(cell) else cell


def see_unit(form: Format, cell: str) -> None:
    """Take into account which unit stands behind a number; "" is none."""
    found = _WITH_UNIT.fullmatch(plain(cell))
    if found is not None:
        unit = unit_named(found[2] or "")
        if unit or not found[2]:
            form.behind[unit] = form.behind.get(unit, 0) + 1


def offered(column: str, form: Format, field: ClinicalField | None) -> UnitOffer | None:
    """The conversion that a column needs and nobody has decided on; None for none."""
    factors = exact_units(field)
    if form.stated_unit or not factors:
        return None
    seen = [form.unit] if form.unit else [unit for unit in form.behind if unit in factors]
    if len(seen) != 1 or seen[0] not in factors:
        return None
    return UnitOffer(column, seen[0], own_unit(field), factors[seen[0]])


def told_of_unit(column: str, form: Format, field: ClinicalField | None) -> str:
    """That the numbers of a column are converted, and how; "" where they are not."""
    unit = form.stated_unit
    if unit in ("", own_unit(field)):
        return ""
    return say(
        "{column}: converted from {unit} to {own}, times {factor:.10g}.",
        column=column,
        unit=unit,
        own=own_unit(field),
        factor=exact_units(field)[unit],
    )


def refuse_without_unit(text: str, form: Format, field: Number) -> None:
    """Refuse a number alone, where others of the column have another unit behind them.

    Raises:
        InvalidValue: nothing says whether it is in that one too.
    """
    others = [unit for unit in form.behind if unit in exact_units(field)]
    if form.stated_unit or form.is_own_named or not others or not _NUMBER_ALONE.fullmatch(text):
        return
    raise InvalidValue(
        field.name,
        say(
            "{text} names no unit, and other cells of the column are in {unit}.",
            text=quoted(text),
            unit=others[0],
        ),
        say("Write the unit behind each number."),
    )


def converted(text: str, form: Format, field: Number) -> float | None:
    """The number of a cell in the field's own unit, where the column is converted; None else.

    It is rounded to the places that the field keeps. A cell with another unit behind it than that
    of the column speaks for itself.

    Raises:
        InvalidValue: it could be two numbers, or is impossible.
    """
    if not form.stated_unit:
        return None
    factor = exact_units(field).get(form.stated_unit)
    found = _WITH_UNIT.fullmatch(plain(text))
    if factor is None or found is None:
        return None
    if found[2] and unit_named(found[2]) != form.stated_unit:
        return None
    typed = text if isinstance(text, Certain) else found[1].strip()
    typed = form.numbers.plain_number(typed)
    try:
        number = read_number(typed)
    except ValueError as error:
        raise InvalidValue(field.name, f"{field.label}: {error}") from error
    if number is None:
        return None
    field.refuse_two_readings(typed, number)
    return field.parse(f"{number * factor:.{field.decimals}f}")


def _named(heading: str) -> list[str]:
    """The units in the brackets of a heading, and the one at its end."""
    found = [unit_named(said) for said in _IN_BRACKETS.findall(heading)]
    words = _IN_BRACKETS.sub(" ", heading).replace("_", " ").split()
    for count in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        if unit := unit_named("".join(words[-count:])):
            return [*found, unit]
    return found


def _plain(said: str) -> str:
    return _BETWEEN.sub("", said.casefold().translate(_OTHERWISE))
