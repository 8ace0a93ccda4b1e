# SPDX-License-Identifier: MIT
"""The case series: from any filter to the table of patients, methods, results and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.analysis.at_random import AtRandom
from models.analysis.instruments import Center
from models.analysis.outcome import PairedOutcome
from models.analysis.paired import pain_outcome
from models.analysis.question import Question
from models.analysis.repeated import repeated_measures
from models.followup.tally import Completeness, tally
from models.logbook import Logbook
from models.query import EVERYTHING, Filter, text_of, words_of
from models.reports.completeness import completeness_table
from models.reports.content import (
    Block,
    Circumstances,
    Figure,
    Gallery,
    Heading,
    PainFigure,
    PainView,
    Paragraph,
    Report,
    Table,
    synthetic_sentence,
)
from models.reports.numbering import Numbering
from models.reports.other_outcomes import outcomes_table
from models.reports.pain_words import course_table
from models.reports.patient_table import MOST_LISTED, patient_table
from models.reports.reading import CaseTold, Progress, cases_told, count_cases
from models.reports.safety_part import (
    SafetyTold,
    events_table,
    leakage_table,
    safety_methods,
    safety_of,
)
from models.reports.series_summary import summary_table
from models.reports.series_text import Drawn, flow_table, made_with, methods, results
from models.reports.wording import FEW
from models.speech import say, say_n

TITLE = say("Case series")
_FIRST_LISTED = 12
"""Cases up to which their table comes first, as in a paper; that of more ends the report."""

FOOTER = say("Patient data: codes and dates, no names. Keep it as you keep the logbook.")


def case_series(
    logbook: Logbook,
    around: Circumstances,
    asked: Filter = EVERYTHING,
    progress: Progress | None = None,
) -> Report:
    """The report on the cases of a filter. All of it shows one state of the logbook.

    No name is in it, and words that were searched for, which may be one, are not repeated.
    """
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        drawn = Drawn(count_cases(logbook), count_cases(logbook, in_bin=True), *filter_told(asked))
        cases = cases_told(logbook, asked, progress)
        question = Question(filter=asked)
        found = Found(
            drawn,
            cases,
            pain_outcome(logbook, question),
            repeated_measures(logbook, question),
            safety_of(logbook, asked),
            outcomes_table(logbook, question, ""),
            _visits(logbook, around.at.date(), asked, cases),
            around.at.date(),
        )
    synthetic = sum(case.line.synthetic for case in cases)
    said = synthetic_sentence(synthetic, len(cases))
    return Report(
        title=TITLE,
        subtitle=tuple(
            filter(
                None,
                (
                    f"{say_n('{n:,} case', '{n:,} cases', len(cases))}. {drawn.sentence()}",
                    said,
                    around.sentence(),
                ),
            )
        ),
        blocks=tuple(_blocks(found)),
        footer=" ".join(filter(None, (FOOTER, said))),
        file_stem=say("{logbook} case series", logbook=around.logbook),
        n_cases=len(cases),
        n_synthetic=synthetic,
        is_across=True,
    )


def filter_told(asked: Filter) -> tuple[str, str]:
    """A filter in words, and as it can be typed again; "" for what must not be repeated.

    Words that were searched for can be the name of a patient.
    """
    terms = Filter(tuple(term for term in asked.terms if term.field))
    is_whole = len(terms.terms) == len(asked.terms)
    searched = "" if is_whole else say("words that were searched for")
    said = words_of(terms) if terms.terms else ""
    return ", ".join(filter(None, (said, searched))), text_of(terms) if is_whole else ""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that a case series tells, of one state of the logbook."""

    drawn: Drawn
    cases: list[CaseTold]
    outcome: PairedOutcome
    at_random: AtRandom
    safety: SafetyTold
    others: Table | None
    visits: tuple[Completeness, ...]
    today: date


def _visits(
    logbook: Logbook, today: date, asked: Filter, cases: Sequence[CaseTold]
) -> tuple[Completeness, ...]:
    among = [case.line.case_id for case in cases] if asked.terms else None
    return tuple(tally(logbook, today, None, among).completeness())


def _blocks(found: Found) -> Iterator[Block]:
    number, outcome = Numbering(), found.outcome
    yield Heading(say("Methods"))
    yield from map(Paragraph, methods(found.drawn, outcome, found.at_random))
    yield Paragraph(" ".join(filter(None, (safety_methods(found.safety), made_with()))))
    yield flow_table(found.drawn, outcome, number.table(say("Flow of patients.")))
    yield Heading(say("Results"))
    yield from map(Paragraph, results(found.cases, outcome, found.at_random))
    if not found.cases:
        return
    if len(found.cases) <= _FIRST_LISTED:
        yield from _patients(found, number)
    yield summary_table(found.cases, number.table(say("What the cases are like.")))
    yield Heading(say("Pain"), 2)
    course = course_table(outcome)
    if course is not None:
        yield replace(course, caption=number.table(say("Pain by time point.")))
    yield from pain_figures(outcome, number, side_by_side=True)
    if any(visit.n_due for visit in found.visits):
        caption = number.table(say("Visits that were due."))
        yield completeness_table(found.visits, found.today, caption)
    if found.others is not None:
        yield Heading(say("Other outcomes"), 2)
        yield replace(found.others, caption=number.table(say("Other outcomes.")))
    yield Heading(say("Safety"), 2)
    yield leakage_table(found.safety.leakage, number.table(say("Cement leakage.")))
    yield events_table(found.safety.events, number.table(say("Adverse events.")))
    if len(found.cases) > _FIRST_LISTED:
        yield from _patients(found, number)


def _patients(found: Found, number: Numbering) -> Iterator[Block]:
    yield Heading(say("Patients"), 2)
    if len(found.cases) > MOST_LISTED:
        yield Paragraph(
            say(
                "The table of patients is left out: it lists up to {most_listed:,} cases. "
                "Set a filter, or export the cases as CSV.",
                most_listed=MOST_LISTED,
            )
        )
    else:
        yield patient_table(found.cases, number.table(say("Patients.")))


def pain_figures(
    outcome: PairedOutcome, number: Numbering, *, side_by_side: bool = False
) -> list[Block]:
    """The figures of pain; none shows a mean that would rest on few values."""
    is_few = outcome.numbers.n_pairs < FEW
    each = replace(outcome, center=Center.NONE) if is_few else outcome
    paired = Figure(PainFigure(PainView.PAIRED, each), number.figure(), width_mm=112)
    points = tuple(point for point in outcome.numbers.course if point.scores.n >= FEW)
    if len(points) < 2:
        return [paired]
    drawn = replace(outcome, numbers=replace(outcome.numbers, course=points))
    course = Figure(PainFigure(PainView.COURSE, drawn), number.figure(), width_mm=138)
    return [Gallery((paired, course))] if side_by_side else [paired, course]
