# SPDX-License-Identifier: MIT
"""Lays published rates beside one's own: like with like, and told where they are not alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from models.analysis.statistics import Proportion, wilson
from models.literature.rate import PublishedRate
from models.speech import lowered, say
from models.vocabulary import CountUnit, LeakDetection, Measure, Technique, Vocabulary

_TIME = re.compile(r"(\d{1,3}) ?(m|y)(?:o|onths?|rs?|ears?)?\.?")


@dataclass(frozen=True, slots=True)
class RateAsked:
    """One's own rate, as far as it decides what it may be compared with.

    Attributes:
        measure: what is counted.
        unit: of what.
        techniques: those of the cases that were counted; empty for any.
        detections: how was looked for it in those cases; empty where it does not matter.
        techniques_unstated: whether some of the cases that were counted do not state theirs.
        detections_unstated: whether of some it is not stated how was looked for it.
        definition: by what one's own rate counts, where each publication counts by its own.
        months: after the procedure, where the rate depends on it; 0 where it does not.
    """

    measure: Measure
    unit: CountUnit
    techniques: frozenset[Technique] = frozenset()
    detections: frozenset[LeakDetection] = frozenset()
    definition: str = ""
    months: int = 0
    techniques_unstated: bool = False
    detections_unstated: bool = False


@dataclass(frozen=True, slots=True)
class OwnBeside:
    """One's own rate, to be shown above published ones."""

    label: str
    result: Proportion
    asked: RateAsked


@dataclass(frozen=True, slots=True)
class Published:
    """A published rate beside one's own.

    Attributes:
        result: with its interval (Wilson, 95 %); None where the counts are not stated.
        unlike: in what the two are not alike, each in a few words; () where they are.
    """

    rate: PublishedRate
    result: Proportion | None
    unlike: tuple[str, ...]

    @property
    def is_alike(self) -> bool:
        """Whether unit, technique and way of looking are those of one's own rate."""
        return not self.unlike


def published_beside(rates: Iterable[PublishedRate], asked: RateAsked) -> list[Published]:
    """The rates of the same measure: those alike first, then by how little they differ, and by n.

    Rates without counts come last, because nothing can be drawn of them.
    """
    found = [
        Published(rate, _result(rate), tuple(_differences(rate, asked)))
        for rate in rates
        if rate.measure is asked.measure
    ]
    return sorted(found, key=_place)


def _place(one: Published) -> tuple[bool, int, int]:
    return one.result is None, len(one.unlike), -(one.rate.denominator or 0)


def _result(rate: PublishedRate) -> Proportion | None:
    return wilson(*rate.counts) if rate.counts is not None else None


def _differences(rate: PublishedRate, asked: RateAsked) -> Iterator[str]:
    if rate.unit is None:
        yield say("unit not stated")
    elif rate.unit is not asked.unit:
        yield say(
            "of {unit}, not of {unit2}",
            unit=lowered(rate.unit.label),
            unit2=lowered(asked.unit.label),
        )
    unstated = asked.techniques_unstated
    yield from _of_terms("technique", rate.techniques, asked.techniques, unstated=unstated)
    detections, unstated = (rate.detection,) if rate.detection else (), asked.detections_unstated
    yield from _of_terms(say("way of looking"), detections, asked.detections, unstated=unstated)
    if asked.months:
        yield from _of_time(rate.time_point, asked.months)
    if asked.definition:
        yield say("not counted by {definition}", definition=asked.definition)


def _of_time(theirs: str, months: int) -> Iterator[str]:
    if not theirs:
        yield say("time not stated")
    elif _months(theirs) != months:
        yield say("at {theirs}, not at {months} months", theirs=theirs, months=months)


def _months(time_point: str) -> int | None:
    """The months of a time point such as "12 months" or "2 years"; None where it tells others."""
    told = _TIME.fullmatch(time_point.strip().casefold())
    if told is None:
        return None
    return int(told[1]) * (12 if told[2] == "y" else 1)


def _of_terms(
    name: str, theirs: Collection[Vocabulary], own: Collection[Vocabulary], *, unstated: bool
) -> Iterator[str]:
    """In what terms differ; nothing where one's own do not matter."""
    if not own:
        if unstated:
            yield (
                say("{name} not stated here", name=name)
                if theirs
                else say("{name} stated by neither", name=name)
            )
        return
    if not theirs:
        yield (
            say("{name} not stated, here not always", name=name)
            if unstated
            else say("{name} not stated", name=name)
        )
        return
    if unstated:
        yield say("{name} here not always stated", name=name)
    if set(theirs) < set(own):
        yield say("{and_} only", and_=_and(theirs))
    elif set(theirs) != set(own):
        yield (
            say("{and_}, not {and_2}", and_=_and(theirs), and_2=_and(own))
            if len(own) == 1
            else say("{and_}, unlike here", and_=_and(theirs))
        )


def _and(terms: Collection[Vocabulary]) -> str:
    return say(" and ").join(term.in_text for term in sorted(terms, key=lambda term: term.rank))
