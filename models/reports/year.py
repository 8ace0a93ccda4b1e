# SPDX-License-Identifier: MIT
"""The yearly review: volume, outcomes, safety, completeness, and published rates beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.analysis.outcome import PairedOutcome
from models.analysis.paired import pain_outcome
from models.analysis.question import Question
from models.errors import LogbookError
from models.followup.tally import Completeness, tally
from models.logbook import Logbook
from models.query import EVERYTHING, Filter, parse
from models.reports.completeness import completeness_table
from models.reports.content import (
    Block,
    Circumstances,
    Column,
    Heading,
    Paragraph,
    Report,
    Table,
    synthetic_sentence,
)
from models.reports.numbering import Numbering
from models.reports.other_outcomes import outcomes_table
from models.reports.other_rates import other_rates_table
from models.reports.pain_words import course_table, methods_of_pain, pain_sentences
from models.reports.reading import CaseTold, Progress, cases_told
from models.reports.safety_part import (
    SafetyTold,
    events_table,
    leakage_table,
    literature_tables,
    safety_methods,
    safety_of,
)
from models.reports.series import filter_told, pain_figures
from models.reports.series_summary import levels_of, n_patients
from models.reports.series_text import made_with
from models.speech import numeral, say, say_in, say_n
from models.spellings import one_spelling
from models.vocabulary import Technique

TITLE = say("Yearly review")
YEARS = 1900, 9999
_OF_A_PATIENT = "patient"

_MONTHS = (
    say("Jan"),
    say("Feb"),
    say("Mar"),
    say("Apr"),
    say("May"),
    say("Jun"),
    say("Jul"),
    say("Aug"),
    say("Sep"),
    say("Oct"),
    say("Nov"),
    say("Dec"),
)


def yearly_review(
    logbook: Logbook,
    around: Circumstances,
    year: int,
    narrowed: Filter = EVERYTHING,
    progress: Progress | None = None,
) -> Report:
    """The review of the cases whose procedure was in one calendar year.

    Args:
        logbook: where they are recorded.
        around: where, when and by whom the report is made.
        year: the year.
        narrowed: which of its cases count.
        progress: hears cases read and in all.

    Raises:
        LogbookError: that is no year.
    """
    if not YEARS[0] <= year <= YEARS[1]:
        raise LogbookError(
            say("{year} is no year.", year=year), say("Write it with four digits, such as 2026.")
        )
    asked = Filter((*parse(f"date:{year}").terms, *narrowed.terms))
    told = _filter_told(narrowed)
    filtered = say("Filter: {told}.", told=told) if told else ""
    between = date(year, 1, 1), date(year, 12, 31)
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        cases = cases_told(logbook, asked, progress)
        question = Question(filter=asked)
        printed = replace(question, filter=_without_codes(asked))
        safety = safety_of(logbook, asked)
        among = [case.line.case_id for case in cases] if narrowed.terms else None
        pain = pain_outcome(logbook, question)
        visits = tuple(tally(logbook, around.at.date(), between, among).completeness())
        found = Found(
            year,
            filtered,
            around.at.date(),
            cases,
            replace(pain, apart=(), question=printed),
            visits,
            safety,
            outcomes_table(logbook, question, ""),
            tuple(_beside(logbook, question, safety, pain, visits, around.at.date())),
        )
    synthetic = sum(case.line.synthetic for case in cases)
    said = synthetic_sentence(synthetic, len(cases))
    return Report(
        title=f"{TITLE} {year}",
        subtitle=tuple(filter(None, (_about(cases), filtered, said, around.sentence()))),
        blocks=tuple(_blocks(found)),
        footer=" ".join(filter(None, (say("Clinic data, no names and no patient codes."), said))),
        file_stem=say("{logbook} yearly review {year}", logbook=around.logbook, year=year),
        n_cases=len(cases),
        n_synthetic=synthetic,
    )


def _filter_told(narrowed: Filter) -> str:
    """The filter in words; a patient's code is not repeated, as no single patient is told of."""
    printed = _without_codes(narrowed)
    told, _typed = filter_told(printed)
    hidden = say("patients by their codes") if printed != narrowed else ""
    return ", ".join(filter(None, (told, hidden)))


def _without_codes(asked: Filter) -> Filter:
    return Filter(tuple(term for term in asked.terms if term.field != _OF_A_PATIENT))


def _about(cases: Sequence[CaseTold]) -> str:
    if not cases:
        return say("No case.")
    levels = say_n("{n:,} treated level", "{n:,} treated levels", len(levels_of(cases)))
    patients = say_n("{n:,} patient", "{n:,} patients", n_patients(cases))
    return say(
        "{n} of {patients}, {levels}.",
        n=say_n("{n:,} case", "{n:,} cases", len(cases)),
        patients=patients,
        levels=levels,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that a review tells, of one state of the logbook. No single case is in it."""

    year: int
    filtered: str
    today: date
    cases: list[CaseTold]
    outcome: PairedOutcome
    visits: tuple[Completeness, ...]
    safety: SafetyTold
    others: Table | None
    beside: tuple[Table, ...]


def _blocks(found: Found) -> Iterator[Block]:
    number, outcome = Numbering(), found.outcome
    if not found.cases:
        yield Paragraph(
            say("No case of {year} that the filter finds is in the logbook.", year=found.year)
            if found.filtered
            else say("No case of {year} is in the logbook.", year=found.year)
        )
        return
    yield Heading(say_in("Report", "Volume"))
    yield _volume(found.cases, number.table(say("Cases by month and technique.")))
    yield _operators(found.cases, number.table(say("Cases by operator.")))
    yield Heading(say("Outcomes"))
    yield Paragraph(" ".join(pain_sentences(outcome)))
    course = course_table(outcome)
    if course is not None:
        yield replace(course, caption=number.table(say("Pain by time point.")))
    yield from pain_figures(outcome, number)
    if found.others is not None:
        yield replace(found.others, caption=number.table(say("Other outcomes.")))
    yield Heading(say("Safety"))
    yield leakage_table(found.safety.leakage, number.table(say("Cement leakage.")))
    yield events_table(found.safety.events, number.table(say("Adverse events.")))
    yield Heading(say("Completeness of follow-up"))
    caption = number.table(say("Visits of the year's cases."))
    yield completeness_table(found.visits, found.today, caption)
    yield from _literature(found, number)
    yield Heading(say("Methods"))
    which = say("Cases whose procedure is dated within {year}.", year=found.year)
    yield Paragraph(" ".join(filter(None, (which, found.filtered, made_with()))))
    yield Paragraph(" ".join(methods_of_pain(outcome)))
    yield Paragraph(safety_methods(found.safety))


def _beside(
    logbook: Logbook,
    question: Question,
    safety: SafetyTold,
    pain: PairedOutcome,
    visits: Sequence[Completeness],
    today: date,
) -> Iterator[Table]:
    yield from literature_tables(logbook, safety)
    others = other_rates_table(logbook, question, pain, visits, today)
    if others is not None:
        yield others


def _literature(found: Found, number: Numbering) -> Iterator[Block]:
    if found.beside:
        yield Heading(say("Literature"))
        yield from (replace(table, caption=number.table(table.caption)) for table in found.beside)


def _volume(cases: Sequence[CaseTold], caption: str) -> Table:
    present = {term for case in cases for term in case.line.techniques}
    techniques = [term for term in Technique if term in present]
    columns = (
        Column(say("Month"), 0.8),
        Column(say("Cases"), 0.6, is_right=True),
        Column(say("Levels"), 0.6, is_right=True),
        *(Column(term.in_text, 0.9, is_right=True) for term in techniques),
    )
    by_month = Counter(_month(case) for case in cases)
    months = [*range(1, 13), *([0] if by_month[0] else [])]
    rows = [_volume_row(_MONTHS[month - 1] if month else say('Month not stated'),
                        [case for case in cases if _month(case) == month], techniques)
            for month in months]  # fmt: skip
    rows.append(_volume_row(say("All"), cases, techniques))
    note = say("A case with several techniques counts once for each of them.")
    return Table(columns, tuple(rows), caption, note, frozenset({len(rows) - 1}))


def _volume_row(
    name: str, cases: Sequence[CaseTold], techniques: Sequence[Technique]
) -> tuple[str, ...]:
    counts = Counter(term for case in cases for term in case.line.techniques)
    numbers = (len(cases), len(levels_of(cases)), *(counts[term] for term in techniques))
    return (name, *(numeral(n, ",") for n in numbers))


def _month(case: CaseTold) -> int:
    """The month of the procedure; 0 where only the year is known."""
    day = case.line.performed_on
    return int(day[5:7]) if day is not None and len(day) >= len("yyyy-mm") else 0


def _operators(cases: Sequence[CaseTold], caption: str) -> Table:
    spelling = one_spelling(case.line.operator for case in cases)
    counts = Counter(spelling.get(case.line.operator, "") for case in cases)
    named = sorted((name, n) for name, n in counts.items() if name)
    rows = [(name, numeral(n, ",")) for name, n in named]
    if counts[""]:
        rows.append((say("Not recorded"), numeral(counts[""], ",")))
    columns = Column(say("Operator"), 2.0), Column(say("Cases"), 0.6, is_right=True)
    return Table(columns, tuple(rows), caption)
