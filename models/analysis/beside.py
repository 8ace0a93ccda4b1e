# SPDX-License-Identifier: MIT
"""Rates of outcomes that published ones can be laid beside, each with what it counts by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.analysis.responders import Criterion
from models.analysis.statistics import wilson
from models.literature import OwnBeside, RateAsked
from models.speech import lowered, say
from models.vocabulary import CountUnit, Measure, TimePoint

if TYPE_CHECKING:
    from models.analysis.followed import Followed
    from models.analysis.members import Ints
    from models.analysis.outcome import PairedOutcome
    from models.analysis.shifts import Medication

_MONTHS = {TimePoint.M1: 1, TimePoint.M3: 3, TimePoint.M6: 6, TimePoint.M12: 12, TimePoint.M24: 24}
"""Time points as publications name them."""


_OF_PAIN_BEFORE = (Criterion.THIRTY, Criterion.FIFTY)
"""Without pain before they are not defined."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An own rate, and the numbers of the cases it counts: only these decide what it is like."""

    own: OwnBeside
    cases: Ints


def rates_beside(found: PairedOutcome) -> list[Counted]:
    """Responders by each criterion, and whoever has no pain left, of all pairs.

    A pair is a procedure; publications mostly count patients.
    """
    if not found.numbers.n_pairs:
        return []
    timed = _at(found.question.to, Measure.RELIEF)
    had_pain = found.cases[found.pairs[0] > 0]
    relief = [
        Counted(
            OwnBeside(
                say("Improved, {one}", one=one.label),
                one.result,
                replace(
                    timed,
                    measure=Measure.RELIEF,
                    definition=one.label,
                    criterion=one.criterion.value,
                ),
            ),
            had_pain if one.criterion in _OF_PAIN_BEFORE else found.cases,
        )
        for one in found.numbers.responders
        if one.result.n
    ]
    gone = wilson(int((found.pairs[1] == 0).sum()), found.numbers.n_pairs)
    none_left = replace(timed, measure=Measure.RELIEF_COMPLETE, definition=say("a score of 0"))
    without = OwnBeside(say("No pain left, a score of 0"), gone, none_left)
    return [*relief, Counted(without, found.cases)]


def _at(to: TimePoint | None, measure: Measure) -> RateAsked:
    """An outcome of procedures at this time point; None for the latest follow-up."""
    when = say("the latest follow-up") if to is None else lowered(to.label)
    months = 0 if to is None else _MONTHS.get(to, 0)
    return RateAsked(measure, CountUnit.PROCEDURE, months=months, when=when)


def medication_beside(found: Medication) -> list[Counted]:
    """Who takes as many analgesics as before or more, of all pairs."""
    numbers = found.analgesics.numbers
    if not numbers.n_pairs:
        return []
    not_less = wilson(numbers.same.k + numbers.worse.k, numbers.n_pairs)
    asked = _at(found.analgesics.question.to, Measure.ANALGESICS_NOT_LESS)
    own = OwnBeside(say("Same or more analgesics"), not_less, asked)
    return [Counted(own, found.analgesics.cases)]


def followed_beside(found: Followed) -> list[Counted]:
    """Who answered at the visit, of all whose visit is over and who had not died before."""
    if not found.answered.n:
        return []
    to = found.question.to
    months, definition = (_MONTHS.get(to, 0), "") if to else (0, say("an answer at any follow-up"))
    asked = RateAsked(Measure.FOLLOWED, CountUnit.PROCEDURE, definition=definition, months=months)
    label = say("Answered at {to}", to=to.label) if to else say("Answered at any follow-up")
    return [Counted(OwnBeside(label, found.answered, asked), found.cases)]
