# SPDX-License-Identifier: MIT
"""What a synthetic patient answers about function and health beside the ODI: RMDQ and EQ-5D.

It draws from dice of its own, so that all the rest of a case is what it was before this was added.
"""

from __future__ import annotations

from models.case import Case
from models.sample.dice import Dice, Odds
from models.schema import Assessment
from models.vocabulary import TimePoint

_RMDQ_ITEMS = Odds({24: 88, 23: 12})
_VALUE_SETS = Odds({("US, 3L", -0.109, 1.0): 65, ("Canada, 5L", -0.148, 0.949): 35})
"""Value sets with their lowest and highest index: of the US by Shaw 2005, of Canada by Xie 2016."""

_SKIPPED = 0.1
"""Share of the visits at which a patient leaves a questionnaire out."""


def note_questionnaires(dice: Dice, case: Case) -> None:
    """Let some patients fill in the RMDQ, and some the EQ-5D, each at all of their visits."""
    items = dice.pick(_RMDQ_ITEMS) if dice.chance(0.35) else None
    values = dice.pick(_VALUE_SETS) if dice.chance(0.4) else None
    for row in case.assessments:
        pain = _pain_of(row)
        if pain is None or row.time_point is TimePoint.H24:
            continue
        if items is not None and not dice.chance(_SKIPPED):
            row.rmdq = int(dice.normal(2.2 + 1.75 * pain, 3, 0, items, 0))
            row.rmdq_items = items
        if values is not None and not dice.chance(_SKIPPED):
            row.eq5d_value_set, lowest, highest = values
            row.eq5d_index = dice.normal(0.93 - 0.075 * pain, 0.09, lowest, highest, 3)
            row.eq5d_vas = int(dice.normal(86 - 5.2 * pain, 10, 0, 100, 0))


def _pain_of(row: Assessment) -> float | None:
    """The pain on a scale of ten; None where there is no number."""
    if row.pain_low is None or row.pain_scale is None or not row.pain_scale.maximum:
        return None
    return float(10 * row.pain_low / row.pain_scale.maximum)
