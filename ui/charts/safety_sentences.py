# SPDX-License-Identifier: MIT
"""Numbers about safety as people read them, and the captions of the figures. Plain text, no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.query import Filter, words_of
from models.speech import lowered, numeral, numerals, say
from ui.charts.kinds import SafetyFigure
from ui.charts.number_words import NONE

if TYPE_CHECKING:
    from models.analysis.statistics import Interval, Proportion
    from models.safety.fractures import FractureNumbers
    from models.safety.numbers import SafetyNumbers
    from models.safety.rates import LevelRate


def percent(rate: float | None) -> str:
    """As in "8.2 %"; with two decimals where there is less than 1 %."""
    if rate is None:
        return NONE
    if rate in (0, 1):
        return numerals("{value:.0f} %", value=100 * rate)
    return (
        numerals("{value:.2f} %", value=100 * rate)
        if rate < 0.01
        else numerals("{value:.1f} %", value=100 * rate)
    )


def interval(limits: Interval | None) -> str:
    """As in "5.5–12.1"; "" where there is none."""
    if limits is None:
        return ""
    return f"{_number(limits.low)}–{_number(limits.high)}"


def of(found: LevelRate | Proportion) -> str:
    """As in "22 of 268"."""
    return say("{k:,} of {n:,}", k=found.k, n=found.n) if found.n else NONE


def rate(found: LevelRate | Proportion) -> str:
    """As in "8.2 % (5.5–12.1)"."""
    if found.rate is None:
        return NONE
    limits = interval(found.ci95)
    return f"{percent(found.rate)} ({limits})" if limits else percent(found.rate)


def in_full(found: LevelRate | Proportion, none: str = say("none assessed")) -> str:
    """As in "22 of 268 · 95 % CI 5.5 to 12.1 %"; ``none`` where nothing counts."""
    if found.ci95 is None:
        return say("{of} · no interval", of=of(found)) if found.n else none
    low, high = found.ci95
    return say(
        "{of} · 95 % CI {number} to {number2} %",
        of=of(found),
        number=_number(low),
        number2=_number(high),
    )


def cases_in_words(asked: Filter) -> str:
    """Which cases count, fit for print; "" where all do.

    Words that were searched for can be the name of a patient, so they are not repeated.
    """
    terms = tuple(term for term in asked.terms if term.field)
    said = [words_of(Filter(terms))] if terms else []
    if len(terms) < len(asked.terms):
        said.append(say("words that were searched for"))
    return ", ".join(said)


def caption(kind: SafetyFigure, numbers: SafetyNumbers) -> str:
    """What stands below a figure on paper, with its methods; a screen reader says the same."""
    said = {
        SafetyFigure.LEAKAGE: _leakage,
        SafetyFigure.SPINE: _spine,
        SafetyFigure.CUSUM: _cusum,
        SafetyFigure.FRACTURES: _fractures,
    }[kind](numbers)
    return " ".join([*said, *about(numbers)])


def about(numbers: SafetyNumbers) -> list[str]:
    """Which cases count where not all do, and how many of them are synthetic."""
    words = cases_in_words(numbers.question.asked)
    said = [say("Cases: {words}.", words=words)] if words else []
    if numbers.n_synthetic:
        said.append(
            say(
                "Synthetic data: {n_synthetic:,} of {n_cases:,} cases.",
                n_synthetic=numbers.n_synthetic,
                n_cases=numbers.n_cases,
            )
        )
    return said


def not_followed(found: FractureNumbers) -> str:
    """Who is not in the curves, as in "81 without follow-up"; "" if everybody is."""
    left_out = (
        (found.n_no_followup, say("without follow-up")),
        (found.n_no_start, say("without a dated procedure")),
        (found.n_undated, say("with a fracture without a date")),
    )
    return ", ".join(numerals("{n:,} {what}", n=n, what=what) for n, what in left_out if n)


def _leakage(numbers: SafetyNumbers) -> list[str]:
    found = numbers.leakage
    said = [
        say(
            "Levels with a leak of those in which leakage was assessed: {in_full}; "
            "patients: {in_full2}.",
            in_full=in_full(found.per_level),
            in_full2=in_full(found.per_patient),
        ),
        say(
            "Intervals of levels allow for several levels in one patient (ratio estimator, "
            "t), those of patients are Wilson's."
        ),
    ]
    if found.n_not_assessed or found.n_not_answered:
        said.append(
            say(
                "Left out: {n_not_assessed:,} levels not assessed, {n_not_answered:,} not "
                "answered.",
                n_not_assessed=found.n_not_assessed,
                n_not_answered=found.n_not_answered,
            )
        )
    ways = ", ".join(
        numerals("{part} {n:,}", part=lowered(part.label), n=part.levels.n)
        for part in found.by_detection
    )
    if ways:
        said.append(say("Levels by how leaks were looked for: {ways}.", ways=ways))
    return said


def _spine(numbers: SafetyNumbers) -> list[str]:
    found = numbers.leakage
    said = [
        say(
            "Levels with a leak of those in which leakage was assessed, by level; the "
            "darker, the more levels leaked; 95 % intervals are Wilson's. All levels: "
            "{in_full}.",
            in_full=in_full(found.per_level),
        )
    ]
    left_out = sum(mark.n_not_assessed for mark in found.spine)
    if left_out:
        said.append(say("Not assessed: {left_out:,} levels.", left_out=left_out))
    return said


def _cusum(numbers: SafetyNumbers) -> list[str]:
    return numbers.watched.sentences()


def _fractures(numbers: SafetyNumbers) -> list[str]:
    found = numbers.fractures
    said = [
        say(
            "Share of patients with a new fracture by time since their first procedure "
            "(Kaplan-Meier, 95 % log-log interval of any new fracture as a band). Death "
            "ends follow-up."
        ),
        say(
            "{n_followed:,} of {n_patients:,} patients followed, {n_died:,} of them to "
            "their death.",
            n_followed=found.n_followed,
            n_patients=found.n_patients,
            n_died=found.n_died,
        )
        if found.n_patients
        else say("No patient yet."),
    ]
    left_out = not_followed(found)
    if left_out:
        said.append(say("Left out: {left_out}.", left_out=left_out))
    for code, curve in found.curves:
        said.append(numerals("{code}: {n_events:,}.", code=code.label, n_events=curve.n_events))
    return said


def _number(share: float) -> str:
    value = 100 * share
    if share in (0, 1):
        return numeral(value, ".0f")
    return numeral(value, ".2f") if value < 1 else numeral(value, ".1f")
