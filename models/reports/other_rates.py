# SPDX-License-Identifier: MIT
"""Own rates of relief, analgesics, follow-up, fractures and events beside published ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import peewee

from models.analysis import beside as outcomes_beside
from models.analysis.beside import Counted
from models.analysis.members import Ints, found_by
from models.analysis.shifts import medication_of
from models.analysis.treated import treated_with
from models.followup.tally import was_due
from models.literature import OwnBeside, RateAsked, own_rates, published_beside, shipped_rates
from models.reports.content import Table
from models.reports.safety_part import BESIDE_COLUMNS, published_row
from models.reports.wording import FEW, fixed
from models.safety import beside as safety_beside
from models.safety.numbers import SafetyQuestion, safety_numbers
from models.schema import CaseRow
from models.settings import visit_plan_in
from models.speech import lowered, say
from models.vocabulary import CountUnit, Measure, TimePoint

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome
    from models.analysis.question import Question
    from models.followup.tally import Completeness
    from models.literature import PublishedRate
    from models.logbook import Logbook

_MOST_PUBLISHED, _MONTHS = 3, 12
_OF_LEAKAGE = frozenset({Measure.LEAKAGE, Measure.LEAKAGE_SYMPTOMATIC})
"""These have tables of their own."""


def other_rates_table(
    logbook: Logbook,
    question: Question,
    pain: PairedOutcome,
    visits: Sequence[Completeness],
    today: date,
) -> Table | None:
    """An own rate of each thing that publications count too, with those most alike below it.

    Relief is that of the first criterion: publications seldom say by which they count. Follow-up
    is counted as in the table of ``visits`` on this day. None where there is no rate. Its caption
    has no number yet. Call it inside ``logbook.session()``.
    """
    known = [*shipped_rates(), *(kept.rate for kept in own_rates(logbook))]
    rows: list[tuple[str, ...]] = []
    opened: set[int] = set()
    told: set[tuple[Measure, int]] = set()
    for own in _own(logbook, question, pain, visits, today):
        published = _with_counts(known, own)
        what = own.asked.measure, own.asked.months
        if own.result.n >= FEW and published and what not in told:
            told.add(what)
            opened.add(len(rows))
            rows += [_own_row(own), *published]
    if not rows:
        return None
    note = say(
        "Shaded: of this logbook, if {few} or more count. Below it up to "
        "{most_published} published rates whose counts are stated, the most alike "
        "first. Not alike: in what they differ. A score at 12 months: of those due, as "
        "in the table of visits. More are on the Literature page.",
        few=FEW,
        most_published=_MOST_PUBLISHED,
    )
    caption = say("Relief, follow-up, fractures and events, beside published rates.")
    return Table(BESIDE_COLUMNS, tuple(rows), caption, note, frozenset(opened))


def _own(
    logbook: Logbook,
    question: Question,
    pain: PairedOutcome,
    visits: Sequence[Completeness],
    today: date,
) -> Iterator[OwnBeside]:
    outcomes = [
        *outcomes_beside.rates_beside(pain),
        *outcomes_beside.medication_beside(medication_of(logbook, question)),
        *(
            Counted(_scored(visit), _due(logbook, question, visit.time_point, today))
            for visit in visits
            if visit.time_point is TimePoint.M12
        ),
    ]
    yield from treated_with(logbook).among(outcomes)
    safety = safety_numbers(logbook, SafetyQuestion(asked=question.filter))
    for own in safety_beside.rates_beside(safety):
        if own.asked.measure not in _OF_LEAKAGE:
            yield own


def _scored(visit: Completeness) -> OwnBeside:
    """Who has a score at the visit, of all for whom it was due."""
    asked = RateAsked(Measure.FOLLOWED, CountUnit.PROCEDURE, months=_MONTHS)
    return OwnBeside(
        say("A score at {time_point}", time_point=visit.time_point.label), visit.rate, asked
    )


def _due(logbook: Logbook, question: Question, at: TimePoint, today: date) -> Ints:
    """Numbers of the cases of the question for which the visit was due."""
    window = visit_plan_in(logbook.database).window(at)
    numbers = json.dumps(found_by(logbook, question.filter).tolist())
    listed = peewee.SQL("(SELECT CAST(value AS INTEGER) FROM json_each(?))", [numbers])
    row = CaseRow
    query = row.select(row.number, row.performed_day, row.visits, row.days_to_death).where(
        row.number.in_(listed), row.performed_day.is_null(False)
    )
    found = [
        number
        for number, performed, letters, days_to_death in logbook.database.execute(query)
        if window and was_due(window, today.toordinal() - performed, letters, days_to_death)
    ]
    return np.array(found, np.int32)


def _with_counts(known: Sequence[PublishedRate], own: OwnBeside) -> list[tuple[str, ...]]:
    found = (one for one in published_beside(known, own.asked) if one.result is not None)
    return [published_row(one) for one, _ in zip(found, range(_MOST_PUBLISHED), strict=False)]


def _own_row(own: OwnBeside) -> tuple[str, ...]:
    found, unit = own.result, lowered(own.asked.unit.label)
    rate = "–"
    if found.rate is not None and found.ci95 is not None:
        low, high = (fixed(100 * limit) for limit in found.ci95)
        rate = say(
            "{fixed} % ({low} to {high} %)", fixed=fixed(100 * found.rate), low=low, high=high
        )
    return own.label, say("{k:,} of {n:,} {unit}", k=found.k, n=found.n, unit=unit), rate, ""
