# SPDX-License-Identifier: MIT
"""All numbers about safety of some cases, from one reading of the record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from models.engines.beside import beside
from models.query import EVERYTHING, Filter
from models.safety.columns import Ints
from models.safety.events import EventNumbers, event_numbers
from models.safety.failures import read_relief
from models.safety.followed import read_answers, read_followed
from models.safety.fractures import FractureNumbers, fracture_numbers
from models.safety.leakage import LeakageNumbers, leakage_numbers
from models.safety.monitoring import Watched, watch_cases
from models.safety.radiation import Dose, radiation
from models.safety.reading import read_safety
from models.safety.record import SafetyRecord
from models.safety.watch import Watch

if TYPE_CHECKING:
    from models.logbook import Logbook


@dataclass(frozen=True, slots=True)
class SafetyQuestion:
    """What is asked.

    Attributes:
        asked: which cases count.
        watch: the CUSUM chart.
        sought: leakage only of levels that were looked at in this way, as a set of
            ``LeakDetection``; None for all.
    """

    asked: Filter = EVERYTHING
    watch: Watch = field(default_factory=Watch)
    sought: int | None = None


@dataclass(frozen=True, slots=True)
class SafetyNumbers:
    """The answer.

    ``record`` and ``relieved`` are what it rests on, so that another chart needs no reading.
    """

    question: SafetyQuestion
    record: SafetyRecord
    relieved: Ints | None
    leakage: LeakageNumbers
    events: EventNumbers
    doses: tuple[Dose, ...]
    fractures: FractureNumbers
    watched: Watched

    @property
    def n_cases(self) -> int:
        """How many cases count."""
        return self.record.cases.n

    @property
    def n_synthetic(self) -> int:
        """How many of them were made up."""
        return int(self.record.cases.synthetic.sum())


def safety_numbers(logbook: Logbook, question: SafetyQuestion | None = None) -> SafetyNumbers:
    """Work out everything. Call it inside ``logbook.session()``.

    Raises:
        LogbookError: nobody of the name that is watched operated.
    """
    question = question or SafetyQuestion()
    # One view of the logbook for all statements, whoever saves meanwhile.
    with logbook.database.view():
        database = logbook.database
        early = None
        if not question.asked.terms:
            # Of all cases, whichever these are: they are read while the cases are.
            early = beside(database, lambda: read_answers(database))
        record = read_safety(logbook, question.asked)
        cases = record.cases
        relieved = None
        if question.watch.needs_relief:
            relieved = read_relief(logbook, record.cases, question.asked)
        answers = early or beside(database, lambda: read_answers(database, cases.listed))
        # The rest is counted while follow-up is being read.
        followed = beside(database, lambda: read_followed(logbook, cases, answers()))
        leakage = leakage_numbers(record, question.sought)
        events, doses = event_numbers(record), radiation(record)
        watched = watch_cases(record, question.watch, relieved)
        fractures = fracture_numbers(record, followed())
    return SafetyNumbers(
        question=question,
        record=record,
        relieved=relieved,
        leakage=leakage,
        events=events,
        doses=doses,
        fractures=fractures,
        watched=watched,
    )


def asked_anew(
    logbook: Logbook, numbers: SafetyNumbers, *, watch: Watch, sought: int | None
) -> SafetyNumbers:
    """The same cases with another chart, or leakage looked for in another way.

    The record is not read again; relief is, where it was not yet.
    """
    relieved = numbers.relieved
    if watch.needs_relief and relieved is None:
        relieved = read_relief(logbook, numbers.record.cases, numbers.question.asked)
    leakage = numbers.leakage
    if sought != numbers.question.sought:
        leakage = leakage_numbers(numbers.record, sought)
    return replace(
        numbers,
        question=replace(numbers.question, watch=watch, sought=sought),
        relieved=relieved,
        leakage=leakage,
        watched=watch_cases(numbers.record, watch, relieved),
    )
