# SPDX-License-Identifier: MIT
"""Lays published rates beside one's own: like with like, and told where they are not alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

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
        criterion: the code of the same, where it has one.
        months: after the procedure, where the rate depends on it; 0 where it does not, or where
            one's own is not told in months.
        when: the time of one's own rate in words, where it depends on it and can be any.
    """

    measure: Measure
    unit: CountUnit
    techniques: frozenset[Technique] = frozenset()
    detections: frozenset[LeakDetection] = frozenset()
    definition: str = ""
    criterion: str = ""
    months: int = 0
    when: str = ""
    techniques_unstated: bool = False
    detections_unstated: bool = False

    @property
    def english(self) -> str:
        """What the audit calls it, as in "Cement leakage, by level"; the same in every language."""
        said = [self.measure.english, f"by {self.unit.english.lower()}"]
        if self.criterion:
            said.append(self.criterion)
        if self.months:
            said.append("at 1 month" if self.months == 1 else f"at {self.months} months")
        return ", ".join(said)


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
        unlike_by: the codes of the same: "unit", "technique", "detection", "time", "definition".
    """

    rate: PublishedRate
    result: Proportion | None
    unlike: tuple[str, ...]
    unlike_by: tuple[str, ...] = ()

    @property
    def is_alike(self) -> bool:
        """Whether unit, technique and way of looking are those of one's own rate."""
        return not self.unlike


def published_beside(rates: Iterable[PublishedRate], asked: RateAsked) -> list[Published]:
    """The rates of the same measure: those alike first, then by how little they differ, and by n.

    Rates without counts come last, because nothing can be drawn of them.
    """
    found = [_beside(rate, asked) for rate in rates if rate.measure is asked.measure]
    return sorted(found, key=_place)


def _beside(rate: PublishedRate, asked: RateAsked) -> Published:
    told = list(_differences(rate, asked))
    codes = dict.fromkeys(code for code, _ in told)
    return Published(rate, _result(rate), tuple(words for _, words in told), tuple(codes))


def _place(one: Published) -> tuple[bool, int, int]:
    return one.result is None, len(one.unlike), -(one.rate.denominator or 0)


def _result(rate: PublishedRate) -> Proportion | None:
    return wilson(*rate.counts) if rate.counts is not None else None


def _differences(rate: PublishedRate, asked: RateAsked) -> Iterator[tuple[str, str]]:
    """The code and the words of each."""
    detections = (rate.detection,) if rate.detection else ()
    for code, told in (
        ("unit", _of_unit(rate, asked)),
        (
            "technique",
            _of_terms(
                *(rate.techniques, asked.techniques, _TECHNIQUE),
                unstated=asked.techniques_unstated,
            ),
        ),
        (
            "detection",
            _of_terms(
                *(detections, asked.detections, _DETECTION),
                unstated=asked.detections_unstated,
            ),
        ),
        ("time", _of_when(rate.time_point, asked)),
    ):
        for words in told:
            yield code, words
    if asked.definition:
        yield "definition", say("not counted by {definition}", definition=asked.definition)


def _of_unit(rate: PublishedRate, asked: RateAsked) -> Iterator[str]:
    if rate.unit is None:
        yield say("unit not stated")
    elif rate.unit is not asked.unit:
        yield say(
            "of {unit}, not of {unit2}",
            unit=lowered(rate.unit.label),
            unit2=lowered(asked.unit.label),
        )


def _of_when(theirs: str, asked: RateAsked) -> Iterator[str]:
    if asked.when:
        yield from _of_moment(theirs, asked)
    elif asked.months:
        yield from _of_time(theirs, asked.months)


def _of_time(theirs: str, months: int) -> Iterator[str]:
    if not theirs:
        yield say("time not stated")
    elif _months(theirs) != months:
        if months == 1:
            yield say("at {theirs}, not at 1 month", theirs=theirs)
        else:
            yield say("at {theirs}, not at {months} months", theirs=theirs, months=months)


def _of_moment(theirs: str, asked: RateAsked) -> Iterator[str]:
    """An outcome without its time cannot be compared, so that it is always told."""
    if not theirs:
        yield say("time not stated")
    elif theirs.casefold() != asked.when.casefold() and not (
        asked.months and _months(theirs) == asked.months
    ):
        yield say("{theirs}, here {when}", theirs=theirs, when=asked.when)


def _months(time_point: str) -> int | None:
    """The months of a time point such as "12 months" or "2 years"; None where it tells others."""
    told = _TIME.fullmatch(time_point.strip().casefold())
    if told is None:
        return None
    return int(told[1]) * (12 if told[2] == "y" else 1)


class _Unstated(NamedTuple):
    """How it is said of a fact that it is not stated: here, by neither, or not always."""

    here: str
    by_neither: str
    here_not_always: str
    there: str
    there_and_here_not_always: str


_TECHNIQUE = _Unstated(
    say("technique not stated here"),
    say("technique stated by neither"),
    say("technique here not always stated"),
    say("technique not stated"),
    say("technique not stated, here not always"),
)
_DETECTION = _Unstated(
    say("way of looking not stated here"),
    say("way of looking stated by neither"),
    say("way of looking here not always stated"),
    say("way of looking not stated"),
    say("way of looking not stated, here not always"),
)


def _of_terms(
    theirs: Collection[Vocabulary],
    own: Collection[Vocabulary],
    words: _Unstated,
    *,
    unstated: bool,
) -> Iterator[str]:
    """In what terms differ; nothing where one's own do not matter.

    ``unstated``: of some of one's own the term is not known.
    """
    if not own:
        if unstated:
            yield words.here if theirs else words.by_neither
    elif not theirs:
        yield words.there_and_here_not_always if unstated else words.there
    else:
        if unstated:
            yield words.here_not_always
        yield from _of_stated(theirs, own)


def _of_stated(theirs: Collection[Vocabulary], own: Collection[Vocabulary]) -> Iterator[str]:
    if set(theirs) < set(own):
        yield say("{and_} only", and_=_and(theirs))
    elif set(theirs) != set(own):
        yield (
            say("{and_}, not {and_2}", and_=_and(theirs), and_2=_and(own))
            if len(own) == 1
            else say("{and_}, unlike here", and_=_and(theirs))
        )


def _and(terms: Collection[Vocabulary]) -> str:
    ranked = sorted(terms, key=lambda term: term.rank)
    return say(" and ").join(lowered(term.in_text) for term in ranked)
