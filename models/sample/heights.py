# SPDX-License-Identifier: MIT
"""Heights and angles of a synthetic level, before and after, with its neighbors."""

from __future__ import annotations

from math import atan, degrees

from models.heights import genant_of
from models.sample.dice import Dice, Odds
from models.schema import TreatedLevel
from models.vocabulary import (
    Diagnosis,
    KyphosisMethod,
    Level,
    MeasureModality,
    Technique,
)

_REGIONS = ("thoracic", "lumbar")
_FRACTURES = (Diagnosis.OSTEOPOROTIC_FRACTURE, Diagnosis.TRAUMATIC_FRACTURE)
_DEPTH_MM = 33.0
_LIFTS = {
    Technique.VERTEBROPLASTY: (1.1, 1.1),
    Technique.BALLOON_KYPHOPLASTY: (3.1, 1.9),
    Technique.MECHANICAL_IMPLANT: (3.8, 2.0),
}
_LIFTS_OTHERWISE = (2.0, 1.5)
_MODALITY = Odds(
    {
        MeasureModality.STANDING_FILM: 55,
        MeasureModality.PRONE_FLUOROSCOPY: 22,
        MeasureModality.CT: 18,
        MeasureModality.SUPINE_FLUOROSCOPY: 5,
    }
)
_METHOD = Odds(
    {
        KyphosisMethod.MONOSEGMENTAL: 35,
        KyphosisMethod.BISEGMENTAL: 40,
        KyphosisMethod.VERTEBRAL: 25,
    }
)


def measure(dice: Dice, row: TreatedLevel) -> None:
    """Fill in heights where the clinic measured them, or a reported gain where it said one."""
    if row.level.region not in _REGIONS or row.diagnosis[0] not in _FRACTURES:
        return
    if dice.chance(0.4):
        _measure_heights(dice, row)
    elif dice.chance(0.12):
        low = float(dice.whole(1, 4))
        row.height_gain_low_mm, row.height_gain_high_mm = low, low + dice.whole(0, 2)
        row.height_gain_words = "Estimated on the final films"


def _measure_heights(dice: Dice, row: TreatedLevel) -> None:
    reference = 17.5 + 0.68 * (row.level.rank - Level.T4.rank) + dice.normal(0, 1.2, -3, 3)
    _measure_neighbors(dice, row, reference)
    loss = dice.normal(0.3, 0.12, 0.05, 0.65, 3)
    lift = _LIFTS.get(row.technique, _LIFTS_OTHERWISE)
    before, after = [], []
    for share, lifted in ((1.0, 1.0), (1.05, 1.0), (0.2, 0.15)):
        height = round(max(reference * (1 - loss * share), 5.5), 1)
        gain = lifted * dice.normal(*lift, -1.5, 9.5)
        before.append(height)
        after.append(round(min(height + gain, max(reference * 1.04, height)), 1))
    row.anterior_before_mm, row.middle_before_mm, row.posterior_before_mm = before
    row.anterior_after_mm, row.middle_after_mm, row.posterior_after_mm = after
    row.genant = genant_of(100 * (1 - min(before) / reference))
    row.measure_modality = dice.pick(_MODALITY)
    if dice.chance(0.7):
        row.wedge_before_deg = wedge_of(before)
        row.wedge_after_deg = wedge_of(after)
        if dice.chance(0.6):
            extra = dice.normal(4, 5, -8, 18)
            row.kyphosis_before_deg = round(row.wedge_before_deg + extra, 1)
            row.kyphosis_after_deg = round(row.wedge_after_deg + extra, 1)
            row.kyphosis_method = dice.pick(_METHOD)


def _measure_neighbors(dice: Dice, row: TreatedLevel, reference: float) -> None:
    if dice.chance(0.3):
        return
    cranial, caudal = reference - 0.7, reference + 0.7
    row.cranial_anterior_mm = round(cranial + dice.normal(0, 0.6, -2, 2), 1)
    row.cranial_middle_mm = round(cranial + dice.normal(-0.4, 0.6, -2, 2), 1)
    row.cranial_posterior_mm = round(cranial + dice.normal(0.8, 0.6, -1, 3), 1)
    row.caudal_anterior_mm = round(caudal + dice.normal(0, 0.6, -2, 2), 1)
    row.caudal_middle_mm = round(caudal + dice.normal(-0.4, 0.6, -2, 2), 1)
    row.caudal_posterior_mm = round(caudal + dice.normal(0.8, 0.6, -1, 3), 1)


def wedge_of(heights: list[float]) -> float:
    """The wedge angle in degrees of a body with these heights in mm, from front to back."""
    anterior, _, posterior = heights
    return round(degrees(atan((posterior - anterior) / _DEPTH_MM)), 1)
