# SPDX-License-Identifier: MIT
"""Numbers and lists as they stand in the sentences and tables of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import quantiles
from typing import TYPE_CHECKING

from models.numbers import show_number
from models.speech import begun_small, numeral, numerals, say, say_n, shown_number

if TYPE_CHECKING:
    from models.analysis.statistics import Interval, Proportion
    from models.vocabulary import Vocabulary

FEW = 5
"""Below so many values a list of them says more than a mean, and no percentage is given."""

NOT_RECORDED = say("not recorded")


def listed(parts: Sequence[str]) -> str:
    """As in "a, b and c"."""
    return say(" and ").join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def begun(text: str) -> str:
    """With a capital letter to begin with, and no other letter changed."""
    return text[:1].upper() + text[1:]


def small(label: str) -> str:
    """A label within a sentence: its first letter small, unless it begins an abbreviation."""
    return begun_small(label)


def labels(terms: Iterable[Vocabulary]) -> str:
    """Labels of terms, parted by commas; those after the first begin small."""
    said = [term.label for term in terms]
    return ", ".join([*said[:1], *map(small, said[1:])])


def share(k: int, n: int) -> str:
    """As in "14 of 20 (70 %)"; without a percentage where there are few."""
    return (
        say("{k:,} of {n:,}", k=k, n=n)
        if n < FEW
        else say("{k:,} of {n:,} ({percent})", k=k, n=n, percent=percent(k / n))
    )


def share_of_levels(k: int, n: int) -> str:
    """As in "14 of 20 (70 %) levels" and "1 of 1 level"."""
    if n < FEW:
        return say_n("{k:,} of {n:,} level", "{k:,} of {n:,} levels", n, k=k)
    return say("{k:,} of {n:,} ({percent}) levels", k=k, n=n, percent=percent(k / n))


def share_of_cases(k: int, n: int) -> str:
    """As in "14 of 20 (70 %) cases" and "1 of 1 case"."""
    if n < FEW:
        return say_n("{k:,} of {n:,} case", "{k:,} of {n:,} cases", n, k=k)
    return say("{k:,} of {n:,} ({percent}) cases", k=k, n=n, percent=percent(k / n))


def percent(rate: float) -> str:
    """As in "70 %"; only none is 0 % and only all is 100 %."""
    whole = round(100 * rate)
    if whole == 0 and rate > 0:
        return "<1 %"
    return ">99 %" if whole == 100 and rate < 1 else f"{whole} %"


def with_interval(found: Proportion, none: str = "–") -> str:
    """As in "14 of 157 (8.9 %, 95 % CI 5.4 to 14.4 %)"; counts alone where there are few.

    ``none`` says what is the case where nothing counts.
    """
    if not found.n:
        return none
    if found.rate is None or found.ci95 is None or found.n < FEW:
        return say("{k:,} of {n:,}", k=found.k, n=found.n)
    low, high = (numeral(100 * limit, ".1f") for limit in found.ci95)
    return say(
        "{k:,} of {n:,} ({value:.1f} %, 95 % CI {low} to {high} %)",
        k=found.k,
        n=found.n,
        value=100 * found.rate,
        low=low,
        high=high,
    )


def fixed(value: float, decimals: int = 1) -> str:
    """A number that keeps its decimals, with a true minus sign; never "−0.0"."""
    text = f"{value:.{decimals}f}"
    return shown_number(text.lstrip("-") if float(text) == 0 else text.replace("-", "−"))


def interval(limits: Interval | None, decimals: int = 1) -> str:
    """As in "95 % CI −6.5 to −5.5"; "no interval" where there is none."""
    if limits is None:
        return say("no interval")
    return say(
        "95 % CI {fixed} to {fixed2}",
        fixed=fixed(limits.low, decimals),
        fixed2=fixed(limits.high, decimals),
    )


def p_value(p: float) -> str:
    """As in "p < 0.001" and "p = 0.04"."""
    if p < 0.001:
        return numerals("p < {limit:.3f}", limit=0.001)
    return numerals("p = {p:.3f}", p=p) if p < 0.1 else numerals("p = {p:.2f}", p=p)


def values(found: Sequence[float], unit: str = "") -> str:
    """A few values one by one, of many the median, the quartiles and the range."""
    unit = f" {unit}" if unit else ""
    ordered = sorted(found)
    if len(ordered) < FEW:
        return f"{listed([show_number(value) for value in ordered])}{unit}" if ordered else "–"

    q1, median, q3 = quantiles(ordered, n=4, method="inclusive")
    return say(
        "median {median}{unit} (quartiles {q1} to {q3}, range {ordered} to {ordered2})",
        median=show_number(median),
        unit=unit,
        q1=show_number(q1),
        q3=show_number(q3),
        ordered=show_number(ordered[0]),
        ordered2=show_number(ordered[-1]),
    )


def tallied(terms: Iterable[Vocabulary]) -> list[tuple[Vocabulary, int]]:
    """How often each term occurs, in the order of its vocabulary."""
    found = Counter(terms)
    return sorted(found.items(), key=lambda entry: entry[0].rank)
