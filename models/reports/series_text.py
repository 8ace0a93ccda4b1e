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
from models.reports.pain_words import methods_of_pain, pain_sentences
from models.reports.reading import CaseTold
from models.reports.series_summary import ages, cement_volumes, levels_of, n_patients
from models.reports.wording import (
    FEW,
    begun,
    counted,
    labels,
    listed,
    share,
    share_of,
    small,
    tallied,
    values,
)
from models.vocabulary import Leakage, YesNo

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome

_FLOW = (Column("Step", 1.6), Column("Cases", 0.5, is_right=True), Column("Left out", 2.6))


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
            return "All cases of the logbook; no filter was set."
        typed = f" ({self.query})" if self.query else ""
        return f"Filter: {self.asked}{typed}."


def flow_table(drawn: Drawn, outcome: PairedOutcome, caption: str) -> Table:
    """From the cases that were entered to those with a score before and after."""
    numbers = outcome.numbers
    in_bin = f"{counted(drawn.n_in_bin, 'case')} in the bin" if drawn.n_in_bin else ""
    filtered = drawn.n_entered - numbers.n_cases
    by_filter = f"{counted(filtered, 'case')} that the filter leaves out" if filtered else ""
    no_before = numbers.n_cases - outcome.n_before
    without_before = f"{counted(no_before, 'case')} without a number before" if no_before else ""
    no_after = numbers.n_cases - outcome.n_after
    without_after = f"{counted(no_after, 'case')} without a number after" if no_after else ""
    reasons = "; ".join(f"{n:,} with {missing.label}" for missing, n in numbers.missing)
    rows = (
        ("Entered in the logbook", f"{drawn.n_entered:,}", in_bin),
        ("In this report", f"{numbers.n_cases:,}", by_filter),
        ("With a number for pain before", f"{outcome.n_before:,}", without_before),
        ("With a number for pain after", f"{outcome.n_after:,}", without_after),
        ("With a complete pair", f"{numbers.n_pairs:,}", reasons),
    )
    note = (
        "A number is an exact score or a range. A complete pair is an exact score before and one "
        "with a date after, on the same scale. Both numbers are counted among the cases in this "
        "report, each by itself."
    )
    return Table(_FLOW, rows, caption, note)


def methods(drawn: Drawn, outcome: PairedOutcome) -> Iterator[str]:
    """How the cases were chosen and the numbers worked out, a paragraph each."""
    yield (
        f"Cases were recorded in a case log and are reported as they stand there. "
        f"{drawn.sentence()} Missing values are counted and never filled in. Of fewer than {FEW} "
        "values each is listed instead of a mean, and no percentage is given."
    )
    yield " ".join(methods_of_pain(outcome))


def made_with() -> str:
    """The program and the libraries that the numbers come from."""
    return (
        f"Numbers by Kypholog {VERSION}, with NumPy {version('numpy')} and "
        f"SciPy {version('scipy')}."
    )


def results(cases: Sequence[CaseTold], outcome: PairedOutcome) -> Iterator[str]:
    """What the cases show, a paragraph each."""
    if not cases:
        yield "No case is in this report."
        return
    yield " ".join(_who(cases))
    yield " ".join(_what(cases))
    yield " ".join(pain_sentences(outcome))
    yield _harm(cases)


def _who(cases: Sequence[CaseTold]) -> Iterator[str]:
    patients = counted(n_patients(cases), "patient")
    yield f"The report has {counted(len(cases), 'case')} of {patients}."
    known = [case.line.sex for case in cases if case.line.sex is not None]
    if known:
        told = listed([f"{n:,} {small(sex.label)}" for sex, n in tallied(known)])
        yield f"Sex was recorded in {share(len(known), len(cases))}: {told}."
    years = ages(cases)
    if years:
        yield f"Age was recorded in {share(len(years), len(cases))}: {values(years, 'years')}."
    days = [str(day) for case in cases if (day := case.line.performed_on)]
    if not days:
        yield "No date of a procedure was recorded."
    elif len(days) == len(cases):
        yield _between(days)
    else:
        yield f"{_between(days)[:-1]}, {counted(len(cases) - len(days), 'case')} without a date."


def _between(days: Sequence[str]) -> str:
    first, last = min(days), max(days)
    when = f"on {first}" if first == last else f"between {first} and {last}"
    return f"Procedures were performed {when}."


def _what(cases: Sequence[CaseTold]) -> Iterator[str]:
    levels = levels_of(cases)
    rows = [level.row for level in levels]
    named = [row.level for row in rows if row.level is not None]
    told = listed([f"{level.label} ({n:,})" for level, n in tallied(named)])
    were = "level was" if len(levels) == 1 else "levels were"
    yield f"{len(levels):,} {were} treated{f': {told}' if told else ''}."
    techniques = [row.technique for row in rows if row.technique is not None]
    if techniques:
        told = listed([f"{small(term.label)} at {n:,}" for term, n in tallied(techniques)])
        known = share_of(len(techniques), len(levels), "level")
        yield f"Technique was recorded at {known}: {told}."
    found = [term for row in rows for term in row.diagnosis or ()]
    if found:
        told = listed([f"{small(term.label)} at {n:,}" for term, n in tallied(found)])
        yield f"Diagnoses: {told}."
    volumes = cement_volumes(levels)
    if volumes:
        yield (
            f"Cement volume was recorded at {share_of(len(volumes), len(levels), 'level')}: "
            f"{values(volumes, 'mL')}."
        )
    gains = [level.gain for level in levels if level.gain is not None]
    if gains:
        told = ", ".join(
            show_number(low) if low == high else f"{show_number(low)} to {show_number(high)}"
            for low, high, _ in gains[: FEW - 1]
        )
        told = f": {told} mm" if len(gains) < FEW else ", see the summary table"
        known = share_of(len(gains), len(levels), "level")
        yield f"A gain in height was recorded at {known}{told}."


def _harm(cases: Sequence[CaseTold]) -> str:
    return " ".join([*_leaks(cases), *_complications(cases)])


def _leaks(cases: Sequence[CaseTold]) -> Iterator[str]:
    rows = [level.row for level in levels_of(cases)]
    answers = [row.leakage for row in rows if row.leakage in tuple(Leakage)]
    if not answers:
        yield "Whether cement leaked was not answered at any level."
        return
    told = listed([f"{small(term.label)} at {n:,}" for term, n in tallied(answers)])
    yield f"Cement leakage was answered at {share_of(len(answers), len(rows), 'level')}: {told}."
    looked = [row for row in rows if row.leakage in (Leakage.NONE.value, Leakage.PRESENT.value)]
    ways = [labels(row.leak_assessed_by) for row in looked if row.leak_assessed_by]
    if looked and not ways:
        yield "How it was looked for was not recorded."
    elif looked:
        yield f"How it was looked for was recorded at {share_of(len(ways), len(looked), 'level')}."


def _complications(cases: Sequence[CaseTold]) -> Iterator[str]:
    answers = [
        case.procedure.any_complication
        for case in cases
        if case.procedure.any_complication is not None
        and case.procedure.any_complication is not YesNo.UNKNOWN
    ]
    if not answers:
        yield "Whether there was any complication was not answered."
    else:
        yes = sum(answer is YesNo.YES for answer in answers)
        told = "none" if not yes else f"yes in {yes:,}"
        yield (
            f"Whether there was any complication was answered in "
            f"{share_of(len(answers), len(cases), 'case')}: {told}."
        )
    kinds = [event.kind for case in cases for event in case.events if event.kind is not None]
    if kinds:
        told = listed([f"{small(kind.label)} ({n:,})" for kind, n in tallied(kinds)])
        yield f"{begun('adverse events')}: {told}."
