# SPDX-License-Identifier: MIT
"""The unit that stands in the brackets of a heading, such as "Fluoro time (min)".

Nothing is converted unseen: a cell below such a heading is read with that unit behind it, and the
field says what to enter.
"""

from __future__ import annotations

import re
from functools import cache

from models.fields import ClinicalField

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
_NUMBER_ALONE = re.compile(r"[\d.,\s+\-\u2212\u2013]*\d[.,]?")


@cache
def other_unit(heading: str, field: ClinicalField | None) -> str:
    """The unit in the brackets of a heading where the field is kept in another one; "" else."""
    own = unit_named(field.unit) if field is not None and field.unit else ""
    if not own:
        return ""
    named = map(unit_named, _IN_BRACKETS.findall(heading))
    return next((unit for unit in named if unit not in ("", own)), "")


def unit_named(cell: str) -> str:
    """The unit that is all a cell says, as in a row of units below the headings; ""."""
    return _UNITS.get(_plain(cell.strip("[]() \t")), "")


def with_unit(cell: str, unit: str) -> str:
    """A cell with the unit of its heading; what says more than a number stays as it is."""
    return f"{cell} {unit}" if unit and _NUMBER_ALONE.fullmatch(cell) else cell


def _plain(said: str) -> str:
    return _BETWEEN.sub("", said.casefold().translate(_OTHERWISE))
