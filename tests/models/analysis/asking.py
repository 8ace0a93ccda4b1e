# SPDX-License-Identifier: MIT
"""Short words for what the tests of the analysis ask and look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.analysis.outcome import PairedOutcome
from models.analysis.paired import pain_outcome
from models.analysis.question import Question
from models.analysis.responders import Criterion, responders_of
from models.bulk import save_many
from models.case import Case
from models.logbook import Logbook
from models.vocabulary import Level, TimePoint
from tests.builders import a_case

Ask = Callable[..., PairedOutcome]


def asker(logbook: Logbook) -> Ask:
    """Saves cases, each of a patient of its own, then asks."""

    def answer(*cases: Case, **question: str) -> PairedOutcome:
        for number, case in enumerate(cases):
            case.patient.patient_code = f"P-{number}"
        save_many(logbook, cases)
        with logbook.session():
            return pain_outcome(logbook, Question.read(**question))

    return answer


def case_of(*levels: Level, code: str = "P", **values: Any) -> Case:
    """A case of 4 March 2024, followed up a month later."""
    return a_case(code, *levels, **{"on": "2024-03-04", "after_on": "2024-04-04", **values})


def reasons(outcome: PairedOutcome) -> dict[str, int]:
    return {missing.code: n for missing, n in outcome.numbers.missing}


def rate(outcome: PairedOutcome, criterion: Criterion) -> tuple[int, int]:
    result = responders_of(outcome.numbers.responders, criterion).result
    return result.k, result.n


def course(outcome: PairedOutcome) -> dict[TimePoint, tuple[int, float | None]]:
    return {point.point: (point.scores.n, point.scores.mean) for point in outcome.numbers.course}
