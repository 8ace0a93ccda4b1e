# SPDX-License-Identifier: MIT
"""What is measured before and after, and on which scale. Scales are never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.speech import begun, numerals, say, say_in
from models.vocabulary import PainScale, Vocabulary


class Instrument(Vocabulary):
    """What is asked; the label names it in a sentence."""

    PAIN = "pain", "pain"
    ODI = "odi", "ODI"
    RMDQ = "rmdq", "RMDQ"
    EQ5D = "eq5d", "EQ-5D index"
    EQ_VAS = "eq_vas", "EQ-VAS"
    ANALGESICS = "analgesics", "analgesics"
    MOBILITY = "mobility", "mobility"

    @property
    def more_is_better(self) -> bool:
        """Whether a higher value is the better one."""
        return self in (Instrument.EQ5D, Instrument.EQ_VAS)

    @property
    def steps(self) -> int:
        """Whole numbers in which values are compared, for one point of the scale."""
        return 1000 if self is Instrument.EQ5D else 10

    @property
    def bottom(self) -> float:
        """Its lowest value."""
        return -1.0 if self is Instrument.EQ5D else 0.0

    @property
    def decimals(self) -> int:
        """Decimals of a mean."""
        return 2 if self is Instrument.EQ5D else 1

    @property
    def worse(self) -> str:
        """What it is to do worse, as in "more pain"."""
        if self is Instrument.PAIN:
            return say("more pain")
        if self.more_is_better:
            return say("a lower {score}", score=self.label)
        return say("a higher {score}", score=self.label)


FUNCTION = (Instrument.ODI, Instrument.RMDQ, Instrument.EQ5D, Instrument.EQ_VAS)
"""What is asked of function and health, in the order in which it is shown."""

LADDERS = (Instrument.ANALGESICS, Instrument.MOBILITY)
"""What is told in levels, each step down a better one. Levels are counted and never averaged."""


class Center(StrEnum):
    """What stands for the middle of the scores in figures; both are always worked out.

    ``NONE`` is for figures of so few pairs that reports tell no middle of them.
    """

    MEAN = "mean"
    MEDIAN = "median"
    NONE = "none"

    @property
    def shown(self) -> str:
        """The word in the language of the process, within a sentence."""
        return say_in("Center", self.value)


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale.

    Attributes:
        term: a pain scale, or the instrument.
        top: its highest value, which for a verbal scale every score states for itself.
        variant: what else has to be the same for two values to be compared: the value set of an
            EQ-5D index. "" where there is no such thing.
    """

    term: PainScale | Instrument
    top: float
    variant: str = ""

    @property
    def instrument(self) -> Instrument:
        """What it measures."""
        return self.term if isinstance(self.term, Instrument) else Instrument.PAIN

    @property
    def code(self) -> str:
        """As data name it in every language, as in "nrs_0_10" and "odi 0-100"."""
        if isinstance(self.term, PainScale) and self.term.maximum is not None:
            return self.term.value
        return f"{self.term.value} {self.bottom:g}-{self.top:g} {self.variant}".strip()

    @property
    def bottom(self) -> float:
        """Its lowest value."""
        return self.instrument.bottom

    @property
    def label(self) -> str:
        """The scale as people read it."""
        if isinstance(self.term, PainScale):
            if self.term.maximum is not None:
                return self.term.label
            return numerals("{term}, 0–{top:g}", term=self.term.label, top=self.top)
        match self.term:
            case Instrument.EQ5D | Instrument.RMDQ if self.variant:
                return f"{self.term.label}, {self.variant}"
            case Instrument.ODI:
                return numerals("{term} 0–{top:g} %", term=self.term.label, top=self.top)
            case Instrument.ANALGESICS | Instrument.MOBILITY:
                return begun(self.term.label)
            case _:
                return numerals("{term} 0–{top:g}", term=self.term.label, top=self.top)

    @property
    def order(self) -> tuple[int, float, str]:
        """Sorts scales as their vocabulary does."""
        return self.term.rank, self.top, self.variant
