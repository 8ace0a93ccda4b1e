# SPDX-License-Identifier: MIT
"""Heights of a vertebra before and after: what each wall gained, by every formula in use. Pure.

The same restoration differs nearly four-fold between the formulas (McKiernan, Spine 2003;28:2517),
so a figure is never handed out without its ``Formula``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from models.schema import LaterMeasure, TreatedLevel
from models.speech import say, say_in
from models.vocabulary import Genant

AGREES_WITHIN_MM = 1.0
"""A measured gain this far outside a reported one is still the same: films are read
to about 1 mm."""

_NOISE_PLACES = 9
"""Heights are kept to tenths; what differs further behind the point is binary noise."""


class Wall(StrEnum):
    """Where a height is taken; the value begins the names of its columns."""

    ANTERIOR = "anterior"
    MIDDLE = "middle"
    POSTERIOR = "posterior"

    @property
    def shown(self) -> str:
        """As people read it, within a sentence."""
        return say_in("Wall", self.value)


class Formula(StrEnum):
    """What can be worked out of the heights at one wall. Names as in McKiernan 2003.

    Attributes:
        label: what it is called.
        words: how it is reckoned.
        unit: "mm" or "%".
        of: of what a gain is a part, as in "% of lost height"; "" where it is none.
    """

    label: str
    words: str
    unit: str
    of: str

    def __new__(cls, code: str, label: str, words: str, unit: str = "%", of: str = "") -> Formula:
        """Make a formula of its code, name, reckoning, unit and what it is a part of."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.words, member.unit, member.of = label, words, unit, of
        return member

    COMPRESSION_BEFORE = "before", say("Compression before"), say("1 − before / reference")
    COMPRESSION_AFTER = "after", say("Compression after"), say("1 − after / reference")
    GAIN = "gain", say("Gain"), say("after − before"), "mm"
    OF_INITIAL = (
        *("of_initial", say("Gain of initial"), say("gain / before"), "%"),
        say("of initial"),
    )
    OF_LOST = (
        *("of_lost", say("Gain of lost height"), say("gain / (reference − before)"), "%"),
        say("of lost height"),
    )
    OF_REFERENT = (
        *("of_referent", say("Gain of reference"), say("gain / reference"), "%"),
        say("of reference"),
    )


class Undefined(StrEnum):
    """Why a formula has no result; the value says it in a sentence."""

    NO_BEFORE = "The height before is not known."
    NO_AFTER = "The height after is not known."
    NO_REFERENCE = "No neighbor's height is known at this wall."
    NO_LOSS = "Nothing was lost: the height before is not below the reference."

    @property
    def shown(self) -> str:
        """The sentence in the language of the process."""
        return say(self.value)


class Reference(StrEnum):
    """What a height is compared with; the value says it in words."""

    NEIGHBORS = "mean of the levels above and below"
    ABOVE = "level above only"
    BELOW = "level below only"
    OWN_POSTERIOR = "posterior wall of the same vertebra"

    @property
    def shown(self) -> str:
        """The words in the language of the process."""
        return say(self.value)


class Figure(NamedTuple):
    """A result, or why there is none. Above 100 % and below 0 are possible results."""

    value: float | None
    why_not: Undefined | None = None


@dataclass(frozen=True, slots=True)
class WallHeights:
    """Heights at one wall in mm, of the vertebra before and after and of its neighbors."""

    before: float | None = None
    after: float | None = None
    above: float | None = None
    below: float | None = None

    @property
    def reference(self) -> Reference | None:
        """Which neighbors are known."""
        if self.above is not None and self.below is not None:
            return Reference.NEIGHBORS
        if self.above is not None:
            return Reference.ABOVE
        return Reference.BELOW if self.below is not None else None

    @property
    def reference_mm(self) -> float | None:
        """The height to expect: mean of the neighbors, or the one that is known."""
        known = [height for height in (self.above, self.below) if height is not None]
        return sum(known) / len(known) if known else None

    def work_out(self, formula: Formula) -> Figure:
        """The result of a formula, in its unit."""
        if (why_not := self._lacks(formula)) is not None:
            return Figure(None, why_not)
        before, after, reference = self.before or 0, self.after or 0, self.reference_mm or 0
        match formula:
            case Formula.COMPRESSION_BEFORE:
                return _percent(reference - before, reference)
            case Formula.COMPRESSION_AFTER:
                return _percent(reference - after, reference)
            case Formula.GAIN:
                return Figure(_clean(after - before))
            case Formula.OF_INITIAL:
                return _percent(after - before, before)
            case Formula.OF_REFERENT:
                return _percent(after - before, reference)
            case Formula.OF_LOST:
                return _percent(after - before, reference - before)

    def _lacks(self, formula: Formula) -> Undefined | None:
        needs = _NEEDS[formula]
        if "before" in needs and self.before is None:
            return Undefined.NO_BEFORE
        if "after" in needs and self.after is None:
            return Undefined.NO_AFTER
        reference = self.reference_mm
        if "reference" in needs and reference is None:
            return Undefined.NO_REFERENCE
        is_lost = reference is None or self.before is None or self.before < reference
        return Undefined.NO_LOSS if formula is Formula.OF_LOST and not is_lost else None


_NEEDS: Mapping[Formula, frozenset[str]] = {
    Formula.COMPRESSION_BEFORE: frozenset({"before", "reference"}),
    Formula.COMPRESSION_AFTER: frozenset({"after", "reference"}),
    Formula.GAIN: frozenset({"before", "after"}),
    Formula.OF_INITIAL: frozenset({"before", "after"}),
    Formula.OF_LOST: frozenset({"before", "after", "reference"}),
    Formula.OF_REFERENT: frozenset({"before", "after", "reference"}),
}


class Loss(NamedTuple):
    """The worst loss of height before the procedure, and what it is measured against."""

    percent: float
    wall: Wall
    reference: Reference

    @property
    def genant(self) -> Genant:
        """The grade that this loss suggests."""
        return genant_of(self.percent)


class HeightGain(NamedTuple):
    """What a level gained in height, in mm; low and high differ where a range was reported."""

    low: float
    high: float
    measured: bool


def walls_of(level: TreatedLevel) -> dict[Wall, WallHeights]:
    """The heights of a level, wall by wall."""
    return {
        wall: WallHeights(
            getattr(level, f"{wall}_before_mm"),
            getattr(level, f"{wall}_after_mm"),
            getattr(level, f"cranial_{wall}_mm"),
            getattr(level, f"caudal_{wall}_mm"),
        )
        for wall in Wall
    }


def lost_since(level: TreatedLevel, later: LaterMeasure) -> dict[Wall, float | None]:
    """What each wall lost since the procedure, in mm: after less later; None where undefined.

    A wall that is higher than it was has a negative loss.
    """
    return {
        wall: change(getattr(later, f"{wall}_mm"), getattr(level, f"{wall}_after_mm"))
        for wall in Wall
    }


def wedge_since(level: TreatedLevel, later: LaterMeasure) -> float | None:
    """By how many degrees the wedge angle grew since the procedure."""
    return change(level.wedge_after_deg, later.wedge_deg)


def kyphosis_since(level: TreatedLevel, later: LaterMeasure) -> float | None:
    """By how many degrees the kyphotic angle grew since the procedure.

    None where one is not known, or where they were measured between other endplates.
    """
    if not is_same_method(level, later):
        return None
    return change(level.kyphosis_after_deg, later.kyphosis_deg)


def is_same_method(level: TreatedLevel, later: LaterMeasure) -> bool:
    """Whether both kyphotic angles were measured in one way, as far as it is told."""
    told = {level.kyphosis_method, later.kyphosis_method} - {None}
    return len(told) < 2


def worst_loss(walls: Mapping[Wall, WallHeights]) -> Loss | None:
    """The greatest loss in percent of the reference; None where there is nothing to compare with.

    Where no neighbor is known at any wall, anterior and middle are compared with the posterior
    wall of the same vertebra. The two ways are never mixed within a vertebra.
    """
    by_neighbors = [
        Loss(loss, wall, heights.reference)
        for wall, heights in walls.items()
        if (loss := heights.work_out(Formula.COMPRESSION_BEFORE).value) is not None
        and heights.reference is not None
    ]
    if any(heights.reference is not None for heights in walls.values()):
        return max(by_neighbors, key=lambda loss: loss.percent, default=None)
    own = walls[Wall.POSTERIOR].before
    by_posterior = [
        Loss(_clean(100 * (own - before) / own), wall, Reference.OWN_POSTERIOR)
        for wall in (Wall.ANTERIOR, Wall.MIDDLE)
        if own and (before := walls[wall].before) is not None
    ]
    return max(by_posterior, key=lambda loss: loss.percent, default=None)


def genant_of(loss_percent: float) -> Genant:
    """Grade of a loss of height: from 20 % mild, from 25 % moderate, above 40 % severe.

    Genant's grading is by eye; these are the cut-offs in common use.
    """
    if loss_percent < 20:
        return Genant.NONE
    if loss_percent < 25:
        return Genant.MILD
    return Genant.MODERATE if loss_percent <= 40 else Genant.SEVERE


def beck_index(anterior: float | None, posterior: float | None) -> float | None:
    """Anterior by posterior height of the same vertebra; None unless both are known."""
    return anterior / posterior if anterior is not None and posterior else None


def change(before: float | None, after: float | None) -> float | None:
    """After less before, e.g. of an angle, where both are known.

    Kyphosis is positive, so that less kyphosis is a negative change.
    """
    return _clean(after - before) if before is not None and after is not None else None


def height_gain(
    anterior: tuple[float | None, float | None],
    middle: tuple[float | None, float | None],
    reported: tuple[float | None, float | None],
) -> HeightGain | None:
    """The gain of one level: the better of anterior and middle wall, else what was reported.

    ``anterior`` and ``middle`` are heights before and after, ``reported`` is low and high, all in
    mm. A loss is negative. None where nothing is known.
    """
    best = best_gain((anterior, middle))
    if best is not None:
        return HeightGain(best, best, measured=True)
    low, high = reported
    if low is None or high is None:
        return None
    return HeightGain(low, high, measured=False)


def best_gain(walls: Iterable[tuple[float | None, float | None]]) -> float | None:
    """The greatest gain over walls, each a height before and after in mm; None if none has both."""
    gains = [after - before for before, after in walls if before is not None and after is not None]
    return round(max(gains), 1) if gains else None


def contradicts(measured: float | None, reported: Sequence[float | None]) -> bool:
    """Whether a gain that was reported, low and high in mm, cannot be the one measured."""
    low, high = reported
    if measured is None or low is None or high is None:
        return False
    return not _clean(low - AGREES_WITHIN_MM) <= measured <= _clean(high + AGREES_WITHIN_MM)


def _percent(part: float, whole: float) -> Figure:
    if whole == 0:
        return Figure(None, Undefined.NO_BEFORE)
    return Figure(_clean(100 * part / whole))


def _clean(value: float) -> float:
    return round(value, _NOISE_PLACES)
