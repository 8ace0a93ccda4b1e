# SPDX-License-Identifier: MIT
"""Two groups of an outcome against each other; a group with few pairs is shown and not tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.analysis.between import (
    FEWEST_IN_GROUP,
    MannWhitney,
    Welch,
    fisher,
    mann_whitney,
    welch,
)

if TYPE_CHECKING:
    from models.analysis.outcome import Group, PairedOutcome


@dataclass(frozen=True, slots=True)
class ShareTest:
    """Fisher's exact test of the shares that reach one criterion; ``p`` is None where untested."""

    code: str
    label: str
    p: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group against another.

    Attributes:
        one, other: codes of the groups.
        one_label, other_label: the groups as people read them.
        n_one, n_other: pairs in each.
        change: difference of the mean changes, one minus other, by Welch's t test.
        ranks: Mann-Whitney's test of the changes.
        shares: Fisher's test for each criterion.
    """

    one: str
    other: str
    one_label: str
    other_label: str
    n_one: int
    n_other: int
    change: Welch
    ranks: MannWhitney
    shares: tuple[ShareTest, ...]

    @property
    def is_tested(self) -> bool:
        """Whether both groups are large enough."""
        return min(self.n_one, self.n_other) >= FEWEST_IN_GROUP


def largest_two(groups: Sequence[Group]) -> tuple[Group, Group] | None:
    """The two groups with the most pairs, in the order of the groups; None of fewer than two."""
    if len(groups) < 2:
        return None
    by_size = sorted(groups, key=lambda group: -group.numbers.n_pairs)
    one, other = sorted(by_size[:2], key=groups.index)
    return one, other


def compare(outcome: PairedOutcome, one: Group, other: Group) -> Comparison:
    """Test two groups of the outcome against each other."""
    changes = [
        (group.pairs[1] - group.pairs[0]) / outcome.instrument.steps for group in (one, other)
    ]
    criteria = zip(one.numbers.responders, other.numbers.responders, strict=True)
    return Comparison(
        one.code,
        other.code,
        one.label,
        other.label,
        one.numbers.n_pairs,
        other.numbers.n_pairs,
        welch(*changes),
        mann_whitney(*changes),
        tuple(
            ShareTest(first.criterion.value, first.label, fisher(first.result, second.result).p)
            for first, second in criteria
        ),
    )
