# SPDX-License-Identifier: MIT
"""The case series: from any filter to the table of patients, methods, results and figures."""

from __future__ import annotations

from models.analysis.pain import PainOutcome, pain_outcome
from models.analysis.question import Question
from models.logbook import Logbook
from models.query import EVERYTHING, Filter, text_of, words_of
from models.reports.content import (
    Block,
    Circumstances,
    Figure,
    Heading,
    PainFigure,
    PainView,
    Paragraph,
    Report,
    synthetic_sentence,
)
from models.reports.numbering import Numbering
from models.reports.pain_words import course_table
from models.reports.patient_table import MOST_LISTED, patient_table
from models.reports.reading import CaseTold, Progress, cases_told, count_cases
from models.reports.series_summary import summary_table
from models.reports.series_text import Drawn, flow_table, methods, results
from models.reports.wording import FEW, counted

TITLE = "Case series"
FOOTER = "Patient data: codes and dates, no names. Keep it as you keep the logbook."


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
        outcome = pain_outcome(logbook, Question(filter=asked))
    synthetic = sum(case.line.synthetic for case in cases)
    said = synthetic_sentence(synthetic, len(cases))
    return Report(
        title=TITLE,
        subtitle=tuple(
            filter(
                None,
                (f"{counted(len(cases), 'case')}. {drawn.sentence()}", said, around.sentence()),
            )
        ),
        blocks=tuple(_blocks(drawn, cases, outcome)),
        footer=" ".join(filter(None, (FOOTER, said))),
        file_stem=f"{around.logbook} case series",
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
    searched = "" if is_whole else "words that were searched for"
    said = words_of(terms) if terms.terms else ""
    return ", ".join(filter(None, (said, searched))), text_of(terms) if is_whole else ""


def _blocks(drawn: Drawn, cases: list[CaseTold], outcome: PainOutcome) -> list[Block]:
    number = Numbering()
    blocks: list[Block] = [Heading("Methods")]
    blocks += [Paragraph(text) for text in methods(drawn, outcome)]
    blocks.append(flow_table(drawn, outcome, number.table("Flow of patients.")))
    blocks.append(Heading("Results"))
    blocks += [Paragraph(text) for text in results(cases, outcome)]
    if not cases:
        return blocks
    blocks.append(summary_table(cases, number.table("What the cases are like.")))
    course = course_table(outcome, number.table("Pain by time point."))
    if course is not None:
        blocks.append(course)
    else:
        number.take_back()
    blocks += [Heading("Pain", 2), *pain_figures(outcome, number)]
    blocks.append(Heading("Patients", 2))
    if len(cases) > MOST_LISTED:
        blocks.append(
            Paragraph(
                f"The table of patients is left out: it lists up to {MOST_LISTED:,} cases. Set a "
                "filter, or export the cases as CSV."
            )
        )
    else:
        blocks.append(patient_table(cases, number.table("Patients.")))
    return blocks


def pain_figures(outcome: PainOutcome, number: Numbering) -> list[Block]:
    """The figures of pain; none of a mean that would rest on few values."""
    if 0 < outcome.numbers.n_pairs < FEW:
        pairs = counted(outcome.numbers.n_pairs, "complete pair")
        said = f"No figure is drawn of {pairs}: it would show a mean. The scores are in the tables."
        return [Paragraph(said)]
    paired = Figure(PainFigure(PainView.PAIRED, outcome), number.figure(), width_mm=125)
    if sum(point.scores.n >= FEW for point in outcome.numbers.course) < 2:
        return [paired]
    course = Figure(PainFigure(PainView.COURSE, outcome), number.figure(), width_mm=150)
    return [paired, course]
