# SPDX-License-Identifier: MIT
"""A published rate in words, for tables, the panel below them, and the search."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.analysis.statistics import Proportion, wilson
from models.literature import PublishedRate
from models.speech import lowered, numeral, numerals
from models.vocabulary import Vocabulary

NOT_STATED = "–"


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("literature", text)


def technique_of(rate: PublishedRate) -> str:
    """What was done; a dash where it is not stated."""
    return ", ".join(term.in_text for term in rate.techniques) or NOT_STATED


def count_of(rate: PublishedRate) -> str:
    """How many of how many of what; a dash for each that is not stated."""
    if rate.numerator is None and rate.denominator is None:
        return NOT_STATED
    numerator, denominator = (
        NOT_STATED if number is None else numeral(number, ",")
        for number in (rate.numerator, rate.denominator)
    )
    if rate.unit is None:
        return f"{numerator} / {denominator}"
    unit = rate.unit.one if rate.denominator == 1 else rate.unit.label
    return f"{numerator} / {denominator} {lowered(unit)}"


def rate_of(rate: PublishedRate) -> str:
    """The rate with its 95 % interval where there are counts, else as it was printed."""
    if rate.counts is None:
        return rate.reported or NOT_STATED
    return said_rate(wilson(*rate.counts))


def said_rate(found: Proportion) -> str:
    """A rate with its interval; a dash where there is none."""
    if found.rate is None:
        return NOT_STATED
    told = numerals("{value:.1f} %", value=100 * found.rate)
    if found.ci95 is None:
        return told
    low, high = (numeral(100 * end, ".1f") for end in found.ci95)
    return f"{told} ({low}–{high})"


def searched_in(rate: PublishedRate) -> str:
    """Everything that a search looks at: all words of the row, and all names of its terms."""
    terms: list[Vocabulary] = [rate.measure, *rate.techniques]
    terms += [term for term in (rate.unit, rate.detection) if term is not None]
    words = [rate.source, str(rate.year or ""), rate.indication, rate.time_point]
    words += [rate.reported, rate.remark]
    for term in terms:
        words += [term.label, *term.synonyms]
    return " ".join(words)
