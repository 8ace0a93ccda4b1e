# SPDX-License-Identifier: MIT
"""peewee fields that know what they hold: label, unit, ranges, terms, and how to read typed text.

Everything that shows, checks, exports or explains a field asks the field; nothing repeats it.
"""

from models.fields.base import ClinicalField, Part, When, when
from models.fields.moments import Clock, Day, Stamp
from models.fields.number import Count, Number, reported
from models.fields.sections import PercentOfSections
from models.fields.terms import TermField, TermsField
from models.fields.words import Words

__all__ = [
    "ClinicalField",
    "Clock",
    "Count",
    "Day",
    "Number",
    "Part",
    "PercentOfSections",
    "Stamp",
    "TermField",
    "TermsField",
    "When",
    "Words",
    "reported",
    "when",
]
