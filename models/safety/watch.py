# SPDX-License-Identifier: MIT
"""What is watched by a CUSUM chart: which failure, whose, and how. Loads nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self, TypeVar

from models.errors import LogbookError
from models.safety.cusum import Form, Plan
from models.speech import say, say_n
from models.vocabulary import Vocabulary

T = TypeVar("T", bound=Vocabulary)


class Failure(Vocabulary):
    """What is counted. The label can follow "Failure:"."""

    SYMPTOMATIC_LEAK = "symptomatic_leak", "Symptomatic leak"
    CANAL_LEAK = "canal_leak", "Leak into canal or foramen"
    LEAK_ON_FLUOROSCOPY = "leak_on_fluoroscopy", "Leak seen on fluoroscopy"
    TECHNICAL_FAILURE = "technical_failure", "Technical failure"
    LITTLE_RELIEF = "little_relief", "Less than 30 % relief at 1 month"

    @property
    def is_of_levels(self) -> bool:
        """Whether it can be counted level by level."""
        return self in _OF_LEVELS

    @property
    def usual_rates(self) -> tuple[float, float]:
        """Acceptable and unacceptable rate to begin with: a proposal, and no published target."""
        return _USUAL_RATES[self]


_OF_LEVELS = frozenset({Failure.SYMPTOMATIC_LEAK, Failure.CANAL_LEAK, Failure.LEAK_ON_FLUOROSCOPY})

_USUAL_RATES = {
    Failure.SYMPTOMATIC_LEAK: (0.02, 0.05),
    Failure.CANAL_LEAK: (0.02, 0.05),
    Failure.LEAK_ON_FLUOROSCOPY: (0.10, 0.20),
    Failure.TECHNICAL_FAILURE: (0.02, 0.05),
    Failure.LITTLE_RELIEF: (0.20, 0.35),
}


class Unit(Vocabulary):
    """What one observation is."""

    PROCEDURE = "procedure", "Procedure"
    LEVEL = "level", "Treated level"

    @property
    def plural(self) -> str:
        """Many of it, as in "12 procedures"."""
        return say("procedures") if self is Unit.PROCEDURE else say("treated levels")

    def counted(self, n: int) -> str:
        """As in "1 procedure" and "12 procedures"."""
        if self is Unit.PROCEDURE:
            return say_n("{n:,} procedure", "{n:,} procedures", n)
        return say_n("{n:,} treated level", "{n:,} treated levels", n)

    def share(self, k: int, n: int) -> str:
        """As in "2 of 12 procedures"."""
        if self is Unit.PROCEDURE:
            return say_n("{k:,} of {n:,} procedure", "{k:,} of {n:,} procedures", n, k=k)
        return say_n("{k:,} of {n:,} treated level", "{k:,} of {n:,} treated levels", n, k=k)

    @property
    def nothing_counts(self) -> str:
        """That there is none which counts."""
        if self is Unit.PROCEDURE:
            return say("no procedure counts")
        return say("no treated level counts")


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched, and how.

    Attributes:
        failure: what counts as one.
        unit: what one observation is.
        operator: whose; "" for everybody together.
        plan: the chart.
    """

    failure: Failure = Failure.SYMPTOMATIC_LEAK
    unit: Unit = Unit.PROCEDURE
    operator: str = ""
    plan: Plan = field(default_factory=Plan)

    def __post_init__(self) -> None:
        if self.unit is Unit.LEVEL and not self.failure.is_of_levels:
            raise LogbookError(
                say("{failure} is no matter of single levels.", failure=self.failure.label),
                say("Count procedures."),
            )

    @property
    def needs_relief(self) -> bool:
        """Whether pain scores have to be read for it."""
        return self.failure is Failure.LITTLE_RELIEF

    @classmethod
    def read(
        cls,
        failure: str = "",
        unit: str = "",
        operator: str = "",
        form: str = "",
        rates: tuple[float | None, float | None] = (None, None),
        errors: tuple[float | None, float | None] = (None, None),
    ) -> Self:
        """In the words of the command line; "" and None stand for what is usual.

        Raises:
            LogbookError: a word is not known, or a number cannot be.
        """
        counted = _term(Failure, failure, "failure") or Failure.SYMPTOMATIC_LEAK
        p0, p1 = (
            usual if given is None else given
            for given, usual in zip(rates, counted.usual_rates, strict=True)
        )
        usual_plan = Plan()
        plan = Plan(
            form=_term(Form, form, say("form of chart")) or usual_plan.form,
            p0=p0,
            p1=p1,
            alpha=usual_plan.alpha if errors[0] is None else errors[0],
            beta=usual_plan.beta if errors[1] is None else errors[1],
        )
        return cls(counted, _term(Unit, unit, "unit") or Unit.PROCEDURE, operator.strip(), plan)


def _term(vocabulary: type[T], text: str, what: str) -> T | None:
    if not text.strip():
        return None
    term = vocabulary.meant_by(text)
    if term is None:
        known = ", ".join(term.value for term in vocabulary)
        raise LogbookError(
            say("There is no {what} {text}.", what=what, text=text.strip()),
            say("Known are: {known}.", known=known),
        )
    return term
