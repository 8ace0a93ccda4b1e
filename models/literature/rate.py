# SPDX-License-Identifier: MIT
"""One published rate, from the cells of a table and back into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from models.errors import LogbookError
from models.speech import say
from models.vocabulary import CountUnit, LeakDetection, Measure, Technique, Vocabulary

COLUMNS = (
    "source",
    "year",
    "indication",
    "technique",
    "measure",
    "numerator",
    "denominator",
    "unit",
    "detection",
    "time_point",
    "reported",
    "remark",
)
"""The columns of the table, in the order in which it is written."""

NEEDED = ("source", "measure")
BETWEEN_TERMS = "|"
"""Between techniques that were counted together."""

T = TypeVar("T", bound=Vocabulary)

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MOST_COUNTED = 1_000_000_000
_MOST_LETTERS = 2_000


class UnreadableRates(LogbookError):
    """A cell or a file that holds no published rates."""


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """What a publication counted.

    Attributes:
        source: the publication.
        year: of the publication; None where it is not known.
        indication: in whom, in the words of the source.
        techniques: what was done; () where it is not stated, or no augmentation.
        measure: what is counted.
        numerator: how many; None where it is not stated.
        denominator: of how many; None where it is not stated.
        unit: what the denominator counts; None where it is not stated.
        detection: how it was looked for; None where it is not stated.
        time_point: when, in the words of the source.
        reported: the rate as it was printed, where counts do not say it all.
        remark: what a reader has to know.
    """

    source: str
    measure: Measure
    year: int | None = None
    indication: str = ""
    techniques: tuple[Technique, ...] = ()
    numerator: int | None = None
    denominator: int | None = None
    unit: CountUnit | None = None
    detection: LeakDetection | None = None
    time_point: str = ""
    reported: str = ""
    remark: str = ""

    @property
    def counts(self) -> tuple[int, int] | None:
        """Numerator and denominator where both are stated, and there is anything to count."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator, self.denominator

    def cells(self) -> dict[str, str]:
        """The text of every column; "" for what is not stated."""
        told = {"technique": BETWEEN_TERMS.join(self.techniques)}
        for name in COLUMNS:
            if name not in told:
                value = getattr(self, name)
                told[name] = "" if value is None else str(value)
        return {name: told[name] for name in COLUMNS}


def rate_of(cells: Mapping[str, str]) -> PublishedRate:
    """The rate that the cells of a row tell, by the names of the columns.

    Raises:
        UnreadableRates: naming the column and the cure.
    """
    told = {name: " ".join(cells.get(name, "").split()) for name in COLUMNS}
    for name, text in told.items():
        if len(text) > _MOST_LETTERS:
            raise UnreadableRates(
                say(
                    "{name}: it has more than {most_letters:,} letters.",
                    name=name,
                    most_letters=_MOST_LETTERS,
                ),
                say("Shorten it."),
            )
    for name in NEEDED:
        if not told[name]:
            raise UnreadableRates(
                say("{name}: it is empty.", name=name), say("Every rate needs one.")
            )
    measure = _term(Measure, "measure", told["measure"])
    assert measure is not None
    rate = PublishedRate(
        source=told["source"],
        year=_number("year", told["year"], _FIRST_YEAR, _LAST_YEAR),
        indication=told["indication"],
        techniques=_techniques(told["technique"]),
        measure=measure,
        numerator=_number("numerator", told["numerator"], 0, _MOST_COUNTED),
        denominator=_number("denominator", told["denominator"], 0, _MOST_COUNTED),
        unit=_term(CountUnit, "unit", told["unit"]),
        detection=_term(LeakDetection, "detection", told["detection"]),
        time_point=told["time_point"],
        reported=told["reported"],
        remark=told["remark"],
    )
    if rate.counts is not None and rate.counts[0] > rate.counts[1]:
        raise UnreadableRates(
            say(
                "numerator: {numerator:,} of {denominator:,} is more than all.",
                numerator=rate.numerator,
                denominator=rate.denominator,
            ),
            say("Correct one of the two, or write what was printed into the column reported."),
        )
    return rate


def _techniques(text: str) -> tuple[Technique, ...]:
    found = (_term(Technique, "technique", part.strip()) for part in text.split(BETWEEN_TERMS))
    return tuple(dict.fromkeys(term for term in found if term is not None))


def _term(vocabulary: type[T], column: str, text: str) -> T | None:
    if not text:
        return None
    if (term := vocabulary.meant_by(text)) is not None:
        return term
    known = ", ".join(term.value for term in vocabulary)
    raise UnreadableRates(
        say("{column}: “{text}” is not known.", column=column, text=text),
        say("Write one of: {known}.", known=known),
    )


def _number(column: str, text: str, least: int, most: int) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise UnreadableRates(
            say("{column}: “{text}” is no whole number.", column=column, text=text),
            say("Write digits only."),
        )
    if not least <= int(text) <= most:
        raise UnreadableRates(
            say(
                "{column}: {text} is not between {least} and {most}.",
                column=column,
                text=text,
                least=least,
                most=most,
            ),
            say("Correct it."),
        )
    return int(text)
