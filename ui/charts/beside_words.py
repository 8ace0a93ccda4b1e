# SPDX-License-Identifier: MIT
"""What is said of an own rate beside published ones, and the data behind it. Plain text, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.literature import OwnBeside, Published
from models.speech import lowered, say
from ui.charts.methods import software
from ui.charts.safety_sentences import in_full, rate
from ui.widgets.own_cases import OwnCases

HEADING = say("Beside the literature")
FILE_STEM = "beside-the-literature"
MOST_DRAWN = 14
"""Published rates that are drawn; of more those most alike."""

_MOST_UNCOUNTED = 6

_ALL_CASES = OwnCases()
_OWN = "own"
"""The source of the own rate, in the data."""

Row = Sequence[str | int | float | None]


@dataclass(frozen=True, slots=True)
class BesideFound:
    """An own rate, and the published ones of the same measure.

    Attributes:
        published: those alike first.
        about: which of the own cases count and how many are synthetic.
    """

    own: OwnBeside
    published: tuple[Published, ...]
    about: OwnCases = _ALL_CASES

    @property
    def counted(self) -> tuple[Published, ...]:
        """Those with counts, of which something can be drawn."""
        return tuple(one for one in self.published if one.result is not None)

    @property
    def drawn(self) -> tuple[Published, ...]:
        """Those that are drawn."""
        return self.counted[:MOST_DRAWN]

    @property
    def english(self) -> str:
        """What the audit calls the figure, the same in every language."""
        return f"{self.own.asked.english}, beside published rates"

    @property
    def heading(self) -> str:
        """What stands above the figure."""
        return say("{own}, beside published rates", own=self.own.label)


def legend(found: BesideFound) -> str:
    """What its marks mean."""
    said = say(
        "Diamond: these cases. Filled circle: alike in unit, technique and way of "
        "looking. Ring: not alike, and in what."
    )
    left = len(found.counted) - len(found.drawn)
    return (
        say(
            "{said} The {most_drawn} most alike of {n:,}.",
            said=said,
            most_drawn=MOST_DRAWN,
            n=len(found.counted),
        )
        if left
        else said
    )


def caption(found: BesideFound) -> str:
    """What stands below it on paper: the own rate, and what could not be drawn."""
    alike = sum(one.is_alike for one in found.counted)
    said = [
        f"{found.own.label}: {in_full(found.own.result, say('nothing to count'))}.",
        found.about.words,
        say(
            "{rates} of {measure} with counts, {alike:,} of them alike.",
            rates=_rates(len(found.counted)),
            measure=lowered(found.own.asked.measure.label),
            alike=alike,
        )
        if found.counted
        else say("No publication with counts has the same."),
        *_uncounted(found),
    ]
    return " ".join(filter(None, said))


def _rates(n: int) -> str:
    return say("{n:,} published rate", n=n) if n == 1 else say("{n:,} published rates", n=n)


def methods(_found: BesideFound) -> str:
    """How it was worked out."""
    return say(
        "Published rates have 95 % intervals by Wilson, worked out of the printed "
        "counts. A rate counts as alike where its unit, technique and way of looking, "
        "and where it matters its time, are those of the own cases. Nothing was pooled "
        "or tested: patients differ between publications. {software}",
        software=software(),
    )


def rows(found: BesideFound) -> Iterator[Row]:
    """The data: the own rate, then every published one.

    Headings are English and terms are codes, whatever language the window speaks.
    """
    yield (
        *("source", "year", "indication", "measure", "criterion", "technique", "unit"),
        *("detection", "time_point", "k", "n", "rate", "ci95_low", "ci95_high", "reported"),
        *("alike", "not_alike", "own_cases"),
    )
    asked, own = found.own.asked, found.own.result
    techniques = "|".join(sorted(asked.techniques))
    ways = "|".join(sorted(asked.detections))
    when = f"{asked.months} months" if asked.months else ""
    ends = (None, None) if own.ci95 is None else own.ci95
    yield (
        *(_OWN, None, "", asked.measure.value, asked.criterion, techniques, asked.unit.value),
        *(ways, when, own.k, own.n, own.rate, *ends, "", "", "", found.about.asked),
    )
    for one in found.published:
        cells, result = one.rate.cells(), one.result
        limits = (None, None) if result is None or result.ci95 is None else result.ci95
        yield (
            *(cells["source"], one.rate.year, cells["indication"], cells["measure"], ""),
            *(cells["technique"], cells["unit"], cells["detection"], cells["time_point"]),
            *(one.rate.numerator, one.rate.denominator, result.rate if result else None, *limits),
            *(cells["reported"], "yes" if one.is_alike else "no", "|".join(one.unlike_by), ""),
        )


def _uncounted(found: BesideFound) -> list[str]:
    without = [one.rate for one in found.published if one.result is None]
    if not without:
        return []
    told = [
        f"{one.source} ({one.reported})" if one.reported else one.source
        for one in without[:_MOST_UNCOUNTED]
    ]
    more = len(without) - len(told)
    if more:
        told.append(say("{more:,} more", more=more))
    return [say("Printed without counts and not drawn: {told}.", told="; ".join(told))]


def said_rate(one: Published) -> str:
    """As in "73.4 % (67.1–78.8)"."""
    return rate(one.result) if one.result is not None else one.rate.reported
