# SPDX-License-Identifier: MIT
"""Methods and results of a case series in sentences, and the flow of its patients.

Every sentence carries its n. Nothing is said of what nobody recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from models import VERSION
from models.numbers import show_number
from models.reports.content import Column, Table
from models.reports.pain_words import at_random_sentences, methods_of_pain, pain_sentences
from models.reports.reading import CaseTold
from models.reports.series_summary import ages, cement_volumes, levels_of, n_patients
from models.reports.wording import (
    FEW,
    begun,
    labels,
    listed,
    share,
    share_of_cases,
    share_of_levels,
    small,
    tallied,
    values,
)
from models.speech import numeral, numerals, say, say_in, say_n, shown_day
from models.vocabulary import Leakage, YesNo

if TYPE_CHECKING:
    from models.analysis.at_random import AtRandom
    from models.analysis.outcome import PairedOutcome

_FLOW = (
    Column(say("Step"), 1.6),
    Column(say("Cases"), 0.5, is_right=True),
    Column(say("Left out"), 2.6),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the cases of a series come from.

    Attributes:
        n_entered: cases in the logbook, outside the bin.
        n_in_bin: cases in the bin, which no report tells of.
        asked: the filter in words; "" where there is none.
        query: the filter as it can be typed again; "" where it is not to be repeated.
    """

    n_entered: int
    n_in_bin: int
    asked: str
    query: str

    def sentence(self) -> str:
        """Which cases are in the report."""
        if not self.asked:
            return say("All cases of the logbook; no filter was set.")
        typed = f" ({self.query})" if self.query else ""
        return say("Filter: {asked}{typed}.", asked=self.asked, typed=typed)


def flow_table(drawn: Drawn, outcome: PairedOutcome, caption: str) -> Table:
    """From the cases that were entered to those with a score before and after."""
    numbers = outcome.numbers
    in_bin = (
        say("{n_in_bin} in the bin", n_in_bin=say_n("{n:,} case", "{n:,} cases", drawn.n_in_bin))
        if drawn.n_in_bin
        else ""
    )
    filtered = drawn.n_entered - numbers.n_cases
    by_filter = (
        say(
            "{filtered} that the filter leaves out",
            filtered=say_n("{n:,} case", "{n:,} cases", filtered),
        )
        if filtered
        else ""
    )
    no_before = numbers.n_cases - outcome.n_before
    without_before = (
        say(
            "{no_before} without a number before",
            no_before=say_n("{n:,} case", "{n:,} cases", no_before),
        )
        if no_before
        else ""
    )
    no_after = numbers.n_cases - outcome.n_after
    without_after = (
        say(
            "{no_after} without a number after",
            no_after=say_n("{n:,} case", "{n:,} cases", no_after),
        )
        if no_after
        else ""
    )
    reasons = "; ".join(
        say("{n:,} with {missing}", n=n, missing=missing.label) for missing, n in numbers.missing
    )
    rows = (
        (say("Entered in the logbook"), numeral(drawn.n_entered, ","), in_bin),
        (say("In this report"), numeral(numbers.n_cases, ","), by_filter),
        (say("With a number for pain before"), numeral(outcome.n_before, ","), without_before),
        (say("With a number for pain after"), numeral(outcome.n_after, ","), without_after),
        (say("With a complete pair"), numeral(numbers.n_pairs, ","), reasons),
    )
    note = say(
        "A number is an exact score or a range. A complete pair is an exact score "
        "before and one with a date after, on the same scale. Both numbers are counted "
        "among the cases in this report, each by itself."
    )
    return Table(_FLOW, rows, caption, note)


def methods(drawn: Drawn, outcome: PairedOutcome, at_random: AtRandom) -> Iterator[str]:
    """How the cases were chosen and the numbers worked out, a paragraph each."""
    yield (
        say(
            "Cases were recorded in a case log and are reported as they stand there. "
            "{sentence} Missing values are counted and never filled in. Of fewer than "
            "{few} values each is listed instead of a mean, and no percentage is given.",
            sentence=drawn.sentence(),
            few=FEW,
        )
    )
    yield " ".join(filter(None, (*methods_of_pain(outcome), *at_random.methods_in_words)))


def made_with() -> str:
    """The program and the libraries that the numbers come from."""
    return say(
        "Numbers by Kypholog {version}, with NumPy {version2} and SciPy {version3}.",
        version=VERSION,
        version2=version("numpy"),
        version3=version("scipy"),
    )


def results(
    cases: Sequence[CaseTold], outcome: PairedOutcome, at_random: AtRandom
) -> Iterator[str]:
    """What the cases show, a paragraph each."""
    if not cases:
        yield say("No case is in this report.")
        return
    yield " ".join(_who(cases))
    yield " ".join(_what(cases))
    yield " ".join((*pain_sentences(outcome), *at_random_sentences(at_random)))
    yield _harm(cases)


def _who(cases: Sequence[CaseTold]) -> Iterator[str]:
    patients = say_n("{n:,} patient", "{n:,} patients", n_patients(cases))
    yield say(
        "The report has {n} of {patients}.",
        n=say_n("{n:,} case", "{n:,} cases", len(cases)),
        patients=patients,
    )
    known = [case.line.sex for case in cases if case.line.sex is not None]
    if known:
        told = listed(
            [numerals("{n:,} {sex}", n=n, sex=small(sex.label)) for sex, n in tallied(known)]
        )
        yield say(
            "Sex was recorded in {share}: {told}.", share=share(len(known), len(cases)), told=told
        )
    years = ages(cases)
    if years:
        yield say(
            "Age was recorded in {share}: {values}.",
            share=share(len(years), len(cases)),
            values=values(years, say("years")),
        )
    days = [str(day) for case in cases if (day := case.line.performed_on)]
    if not days:
        yield say("No date of a procedure was recorded.")
    elif len(days) == len(cases):
        yield _between(days)
    else:
        yield say(
            "{between}, {n} without a date.",
            between=_between(days)[:-1],
            n=say_n("{n:,} case", "{n:,} cases", len(cases) - len(days)),
        )


def _between(days: Sequence[str]) -> str:
    first, last = shown_day(min(days)), shown_day(max(days))
    when = (
        say("on {first}", first=first)
        if first == last
        else say("between {first} and {last}", first=first, last=last)
    )
    return say("Procedures were performed {when}.", when=when)


def _what(cases: Sequence[CaseTold]) -> Iterator[str]:
    levels = levels_of(cases)
    rows = [level.row for level in levels]
    named = [row.level for row in rows if row.level is not None]
    told = listed(
        [numerals("{level} ({n:,})", level=level.label, n=n) for level, n in tallied(named)]
    )
    yield say_n(
        "{n:,} level was treated{value}.",
        "{n:,} levels were treated{value}.",
        len(levels),
        value=f": {told}" if told else "",
    )
    techniques = [row.technique for row in rows if row.technique is not None]
    if techniques:
        told = listed(
            [say("{term} at {n:,}", term=small(term.label), n=n) for term, n in tallied(techniques)]
        )
        known = share_of_levels(len(techniques), len(levels))
        yield say("Technique was recorded at {known}: {told}.", known=known, told=told)
    found = [term for row in rows for term in row.diagnosis or ()]
    if found:
        told = listed(
            [say("{term} at {n:,}", term=small(term.label), n=n) for term, n in tallied(found)]
        )
        yield say("Diagnoses: {told}.", told=told)
    volumes = cement_volumes(levels)
    if volumes:
        yield (
            say(
                "Cement volume was recorded at {share_of}: {values}.",
                share_of=share_of_levels(len(volumes), len(levels)),
                values=values(volumes, "mL"),
            )
        )
    gains = [level.gain for level in levels if level.gain is not None]
    if gains:
        told = ", ".join(
            show_number(low)
            if low == high
            else say("{low} to {high}", low=show_number(low), high=show_number(high))
            for low, high, _ in gains[: FEW - 1]
        )
        told = say(": {told} mm", told=told) if len(gains) < FEW else say(", see the summary table")
        known = share_of_levels(len(gains), len(levels))
        yield say("A gain in height was recorded at {known}{told}.", known=known, told=told)


def _harm(cases: Sequence[CaseTold]) -> str:
    return " ".join([*_leaks(cases), *_complications(cases)])


def _leaks(cases: Sequence[CaseTold]) -> Iterator[str]:
    rows = [level.row for level in levels_of(cases)]
    answers = [row.leakage for row in rows if row.leakage in tuple(Leakage)]
    if not answers:
        yield say("Whether cement leaked was not answered at any level.")
        return
    told = listed(
        [say("{term} at {n:,}", term=small(term.label), n=n) for term, n in tallied(answers)]
    )
    yield say(
        "Cement leakage was answered at {share_of}: {told}.",
        share_of=share_of_levels(len(answers), len(rows)),
        told=told,
    )
    looked = [row for row in rows if row.leakage in (Leakage.NONE.value, Leakage.PRESENT.value)]
    ways = [labels(row.leak_assessed_by) for row in looked if row.leak_assessed_by]
    if looked and not ways:
        yield say("How it was looked for was not recorded.")
    elif looked:
        yield say(
            "How it was looked for was recorded at {share_of}.",
            share_of=share_of_levels(len(ways), len(looked)),
        )


def _complications(cases: Sequence[CaseTold]) -> Iterator[str]:
    answers = [
        case.procedure.any_complication
        for case in cases
        if case.procedure.any_complication is not None
        and case.procedure.any_complication is not YesNo.UNKNOWN
    ]
    if not answers:
        yield say("Whether there was any complication was not answered.")
    else:
        yes = sum(answer is YesNo.YES for answer in answers)
        told = say_in("Complications", "none") if not yes else say("yes in {yes:,}", yes=yes)
        yield (
            say(
                "Whether there was any complication was answered in {share_of}: {told}.",
                share_of=share_of_cases(len(answers), len(cases)),
                told=told,
            )
        )
    kinds = [event.kind for case in cases for event in case.events if event.kind is not None]
    if kinds:
        told = listed(
            [numerals("{kind} ({n:,})", kind=small(kind.label), n=n) for kind, n in tallied(kinds)]
        )
        yield f"{begun(say('adverse events'))}: {told}."
